/** Renames a declaration and all that refers to it, in every file; the new name is quoted where it has to be. */
import type { LangiumDocument } from 'langium';
import { DefaultRenameProvider } from 'langium/lsp';
import { LSPErrorCodes, ResponseError, type RenameParams, type WorkspaceEdit } from 'vscode-languageserver';
import { quoteName } from '../parser.js';

export class V2gRenameProvider extends DefaultRenameProvider {
  /** @throws ResponseError for a name that cannot be written, even in quotes. */
  override async rename(document: LangiumDocument, params: RenameParams): Promise<WorkspaceEdit | undefined> {
    const name = unquoted(params.newName.trim());
    if (name.trim() === '' || /[\r\n]/.test(name)) {
      throw new ResponseError(LSPErrorCodes.RequestFailed, 'A name is one line of text that is not empty.');
    }
    return super.rename(document, { ...params, newName: quoteName(name) });
  }
}

/** A new name may be typed as it would stand in the file. */
function unquoted(name: string): string {
  return /^"(?:[^"\\]|\\.)*"$/.test(name) ? name.slice(1, -1).replace(/\\(.)/g, '$1') : name;
}

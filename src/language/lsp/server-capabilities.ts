/** What the server tells a client that it can do, beyond what Langium knows of. */
import { DocumentState } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import { createRequestHandler, DefaultLanguageServer } from 'langium/lsp';
import type {
  Connection,
  InitializeParams,
  InitializeResult,
  SelectionRangeParams,
} from 'vscode-languageserver';
import { selectionRanges } from './selection-ranges.js';

export class V2gLanguageServer extends DefaultLanguageServer {
  protected override buildInitializeResult(params: InitializeParams): InitializeResult {
    const { capabilities } = super.buildInitializeResult(params);
    return {
      serverInfo: { name: 'v2g-language-server' },
      capabilities: { ...capabilities, selectionRangeProvider: true },
    };
  }
}

export function addSelectionRanges(connection: Connection, shared: LangiumSharedServices): void {
  connection.onSelectionRanges(
    createRequestHandler(
      (_services, document, { positions }: SelectionRangeParams) => selectionRanges(document, positions),
      shared,
      DocumentState.Parsed,
    ),
  );
}

/** Paths in `import`: the folder that has been typed so far, and files that are known to the workspace. */
import type { FileSystemNode, LangiumDocument, URI } from 'langium';
import { UriUtils } from 'langium';
import type { LangiumServices } from 'langium/lsp';
import type { CompletionItem, Position } from 'vscode-languageserver-types';
import { CompletionItemKind } from 'vscode-languageserver-types';

/** @param typed What stands between the quote and the cursor. */
export async function completeImportPath(
  typed: string,
  position: Position,
  document: LangiumDocument,
  services: LangiumServices,
): Promise<CompletionItem[]> {
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  const base = UriUtils.dirname(document.uri);
  const found = new Map<string, CompletionItemKind>();
  for (const { uri, isDirectory } of await read(UriUtils.resolvePath(base, folder || '.'), services)) {
    const name = UriUtils.basename(uri);
    if (isDirectory && !name.startsWith('.') && name !== 'node_modules') {
      found.set(`${folder}${name}/`, CompletionItemKind.Folder);
    } else if (name.endsWith('.v2g') && !UriUtils.equals(uri, document.uri)) {
      found.set(`${folder}${name}`, CompletionItemKind.File);
    }
  }
  for (const { uri } of services.shared.workspace.LangiumDocuments.all) {
    const path = UriUtils.relative(base, uri);
    if (!UriUtils.equals(uri, document.uri) && path.startsWith(typed))
      found.set(path, CompletionItemKind.File);
  }
  const range = {
    start: { line: position.line, character: position.character - typed.length },
    end: position,
  };
  return [...found].map(([label, kind]) => ({ label, kind, textEdit: { range, newText: label } }));
}

async function read(folder: URI, { shared }: LangiumServices): Promise<FileSystemNode[]> {
  try {
    return await shared.workspace.FileSystemProvider.readDirectory(folder);
  } catch {
    // A folder that is not there (yet) offers nothing.
    return [];
  }
}

/** Imports lead to files that exist, once, and never in a circle. */
import type { LangiumDocuments, URI } from 'langium';
import { UriUtils } from 'langium';
import { displayPath } from '../display-path.js';
import { importedUris, resolveImport } from '../imports.js';
import type { ProgramDocument } from '../program.js';
import type { CheckContext } from './context.js';
import { reportRepeated } from './context.js';

export function checkImports(context: CheckContext): void {
  const { document, shared } = context;
  const documents = shared.workspace.LangiumDocuments;
  const { imports } = document.parseResult.value;
  for (const statement of imports) {
    if (statement.path === undefined) continue;
    const uri = resolveImport(statement);
    const at = { property: 'path', data: { path: statement.path } };
    if (uri && UriUtils.equals(uri, document.uri)) {
      context.error('import-cycle', statement, 'A file cannot import itself.', at);
    } else if (!uri || !documents.hasDocument(uri)) {
      const message = `There is no file '${statement.path}' to import; paths count from the folder of this file.`;
      context.error('import-missing', statement, message, at);
    } else if (leadsTo(uri, document, documents)) {
      const message = `'${statement.path}' imports this file in turn: move what both need to a third file.`;
      context.error('import-cycle', statement, message, at);
    }
  }
  reportRepeated(
    context,
    imports,
    (statement) => resolveImport(statement)?.toString(),
    (statement) => ({
      code: 'import-duplicate',
      message: `'${statement.path}' is imported already.`,
      property: 'path',
    }),
  );
}

/** True when a file imports a document, directly or not. */
function leadsTo(from: URI, target: ProgramDocument, documents: LangiumDocuments): boolean {
  const seen = new Set([from.toString()]);
  const pending = [from];
  for (const uri of pending) {
    const document = documents.getDocument(uri) as ProgramDocument | undefined;
    for (const next of document ? importedUris(document) : []) {
      if (UriUtils.equals(next, target.uri)) return true;
      if (!seen.has(next.toString())) {
        seen.add(next.toString());
        pending.push(next);
      }
    }
  }
  return false;
}

/** For messages: the file as written from the folder of the one that speaks of it. */
export function pathFrom(document: ProgramDocument, uri: URI): string {
  const relative = UriUtils.relative(UriUtils.dirname(document.uri), uri);
  return relative === '' ? displayPath(uri) : relative;
}

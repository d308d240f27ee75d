/** Where an `import` leads: paths are relative to the importing file, with `/` on every system. */
import type { LangiumDocument, URI } from 'langium';
import { AstUtils, UriUtils } from 'langium';
import type { Import, Program } from './generated/ast.js';

/** The file that an import names; undefined for an empty path. */
export function resolveImport(statement: Import): URI | undefined {
  if (!statement.path) return undefined;
  return UriUtils.resolvePath(UriUtils.dirname(AstUtils.getDocument(statement).uri), statement.path);
}

const resolved = new WeakMap<Program, URI[]>();

/** The files that a document imports itself, without repetitions, in the order of the text. */
export function importedUris(document: LangiumDocument<Program>): URI[] {
  const program = document.parseResult.value;
  let uris = resolved.get(program);
  if (!uris) {
    const byText = new Map<string, URI>();
    for (const statement of program.imports) {
      const uri = resolveImport(statement);
      if (uri && !UriUtils.equals(uri, document.uri)) byText.set(uri.toString(), uri);
    }
    uris = [...byText.values()];
    resolved.set(program, uris);
  }
  return uris;
}

/**
 * The index of a workspace without an entry for each reference: references lead to the file itself or to what it
 * imports, so that imports say which files a change affects, and the references to a name are found when asked for.
 */
import type { AstNode, AstNodeLocator, LangiumDocument, ReferenceDescription, Stream } from 'langium';
import { AstUtils, CstUtils, DefaultIndexManager, UriUtils, stream } from 'langium';
import type { Program } from '../generated/ast.js';
import { importedUris } from '../imports.js';
import { referencesOf } from './walk.js';

export class V2gIndexManager extends DefaultIndexManager {
  override async updateReferences(): Promise<void> {}

  /** True when a file imports a changed one, directly or not: its names, and what its checks say, may differ. */
  override isAffected(document: LangiumDocument, changedUris: Set<string>): boolean {
    const seen = new Set<string>();
    const pending = [document as LangiumDocument<Program>];
    for (const next of pending) {
      for (const uri of next.parseResult.value.$type === 'Program' ? importedUris(next) : []) {
        const key = uri.toString();
        if (changedUris.has(key)) return true;
        const imported = seen.has(key) ? undefined : this.documents.getDocument(uri);
        seen.add(key);
        if (imported) pending.push(imported as LangiumDocument<Program>);
      }
    }
    return false;
  }

  override findAllReferences(targetNode: AstNode, astNodePath: string): Stream<ReferenceDescription> {
    const targetUri = AstUtils.getDocument(targetNode).uri;
    const found: ReferenceDescription[] = [];
    for (const document of this.documents.all) {
      const locator: AstNodeLocator = this.serviceRegistry.getServices(document.uri).workspace.AstNodeLocator;
      for (const { reference, container } of referencesOf(document.parseResult.value)) {
        if (!('ref' in reference) || reference.ref !== targetNode || !reference.$refNode) continue;
        found.push({
          sourceUri: document.uri,
          sourcePath: locator.getAstNodePath(container),
          targetUri,
          targetPath: astNodePath,
          segment: CstUtils.toDocumentSegment(reference.$refNode),
          local: UriUtils.equals(document.uri, targetUri),
        });
      }
    }
    return stream(found);
  }
}

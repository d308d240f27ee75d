/** The path of an `import` opens the file that it names. */
import type { LangiumDocument } from 'langium';
import { GrammarUtils } from 'langium';
import type { DocumentLinkProvider } from 'langium/lsp';
import type { DocumentLink } from 'vscode-languageserver-types';
import type { Program } from '../generated/ast.js';
import { resolveImport } from '../imports.js';

export class V2gDocumentLinks implements DocumentLinkProvider {
  getDocumentLinks(document: LangiumDocument): DocumentLink[] {
    return (document.parseResult.value as Program).imports.flatMap((statement) => {
      const path = GrammarUtils.findNodeForProperty(statement.$cstNode, 'path');
      const target = path && resolveImport(statement);
      return target
        ? [{ range: path.range, target: target.toString(), tooltip: 'Open the imported file' }]
        : [];
    });
  }
}

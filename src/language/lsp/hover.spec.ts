import type { MarkupContent } from 'vscode-languageserver-types';
import { describeFixtures, showPosition, textIn } from '../../../test/fixtures/language/fixtures.js';

describeFixtures('hover', async ({ V2g, marks }) => {
  const answers = [];
  for (const { document, position } of marks) {
    const hover = await V2g.lsp.HoverProvider!.getHoverContent(document, {
      textDocument: { uri: document.uri.toString() },
      position,
    });
    const word = hover?.range ? textIn(document, hover.range) : '';
    answers.push(
      `=== ${document.uri.path} ${showPosition(position)} ${word}\n${(hover?.contents as MarkupContent | undefined)?.value ?? 'nothing'}`,
    );
  }
  return answers.join('\n\n');
});

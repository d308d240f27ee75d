/** Folding, selection ranges, document links. */
import { describeFixtures, showRange, textIn } from '../../../test/fixtures/language/fixtures.js';
import type { SelectionRange } from 'vscode-languageserver-types';
import { selectionRanges } from './selection-ranges.js';

describeFixtures('folding', async ({ V2g, document }) => {
  const params = { textDocument: { uri: document.uri.toString() } };
  const ranges = (await V2g.lsp.FoldingRangeProvider!.getFoldingRanges(document, params)) ?? [];
  return ranges
    .map(({ startLine, endLine, kind }) => `${startLine + 1}-${endLine + 1}${kind ? ` ${kind}` : ''}`)
    .join('\n');
});

describeFixtures('selection', ({ document, marks }) => {
  const chain: string[] = [];
  const [first] = selectionRanges(
    document,
    marks.map(({ position }) => position),
  );
  for (let range: SelectionRange | undefined = first; range; range = range.parent)
    chain.push(JSON.stringify(textIn(document, range.range)));
  return chain.join('\n');
});

describeFixtures('document-links', async ({ V2g, documents }) => {
  const answers = [];
  for (const document of documents) {
    const params = { textDocument: { uri: document.uri.toString() } };
    const links = (await V2g.lsp.DocumentLinkProvider!.getDocumentLinks(document, params)) ?? [];
    answers.push(...links.map(({ range, target }) => `${document.uri.path} ${showRange(range)} → ${target}`));
  }
  return answers.join('\n');
});

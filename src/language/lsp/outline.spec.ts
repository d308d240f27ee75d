import { SymbolKind, type DocumentSymbol } from 'vscode-languageserver-types';
import {
  describeFixtures,
  showRange,
  textIn,
  type Fixture,
} from '../../../test/fixtures/language/fixtures.js';

const kindNames = new Map(Object.entries(SymbolKind).map(([name, value]) => [value, name]));

describeFixtures('outline', async ({ V2g, document }: Fixture) => {
  const params = { textDocument: { uri: document.uri.toString() } };
  const show = (
    { name, detail, kind, range, selectionRange, children }: DocumentSymbol,
    depth: number,
  ): string =>
    [
      `${'  '.repeat(depth)}${name} (${kindNames.get(kind)}${detail ? `, ${detail}` : ''}) ${showRange(range)} on "${textIn(document, selectionRange)}"`,
      ...(children ?? []).map((child) => show(child, depth + 1)),
    ].join('\n');
  const symbols = (await V2g.lsp.DocumentSymbolProvider!.getSymbols(document, params)) ?? [];
  return symbols.map((symbol) => show(symbol, 0)).join('\n');
});

describeFixtures('workspace-symbols', async ({ shared }) => {
  const found = (await shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query: 'nor' })) ?? [];
  return found
    .map(({ name, kind, location }) => `${name} (${kindNames.get(kind)}) ${location.uri}`)
    .join('\n');
});

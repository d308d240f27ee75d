import { describe, expect, it } from 'vitest';
import { buildFixture, describeFixtures, type Fixture } from '../../../test/fixtures/language/fixtures.js';

async function hints({ V2g, document }: Fixture) {
  const end = document.textDocument.positionAt(Infinity);
  const range = { start: { line: 0, character: 0 }, end };
  const textDocument = { uri: document.uri.toString() };
  return (await V2g.lsp.InlayHintProvider!.getInlayHints(document, { textDocument, range })) ?? [];
}

/** The text with each hint in brackets where it is shown. */
describeFixtures('inlay-hints', async (fixture) => {
  const { textDocument } = fixture.document;
  let text = textDocument.getText();
  for (const { position, label } of (await hints(fixture)).reverse()) {
    const offset = textDocument.offsetAt(position);
    text = `${text.slice(0, offset)}«${label as string}»${text.slice(offset)}`;
  }
  return text;
});

describe('inlay hints', () => {
  it('are off by a setting', async () => {
    const fixture = await buildFixture('station CS1 { charging { ports 1, power 60 kW } }');
    expect(await hints(fixture)).toHaveLength(1);
    fixture.shared.workspace.ConfigurationProvider.updateConfiguration({
      settings: { v2g: { inlayHints: { enabled: false } } },
    });
    expect(await hints(fixture)).toEqual([]);
  });
});

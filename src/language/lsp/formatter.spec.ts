import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  applyEdits,
  buildFixture,
  describeFixtures,
  type Fixture,
} from '../../../test/fixtures/language/fixtures.js';

const options = { tabSize: 2, insertSpaces: true };

async function format({ V2g, document, marks }: Fixture): Promise<string> {
  const textDocument = { uri: document.uri.toString() };
  const formatter = V2g.lsp.Formatter!;
  const edits = marks[0]
    ? await formatter.formatDocumentRange(document, { textDocument, options, range: marks[0].range })
    : await formatter.formatDocument(document, { textDocument, options });
  return applyEdits(document, edits);
}

describeFixtures('formatting', format);

describe('the formatter', () => {
  const examples = ['evening-peak', 'corridor', 'one-station', 'braess-station', 'feeders/ieee33'];
  it.each(examples)('leaves examples/%s.v2g as it is, because the examples are formatted', async (name) => {
    const text = readFileSync(`examples/${name}.v2g`, 'utf8');
    expect(await format(await buildFixture(text))).toBe(text);
  });

  it('leaves a file with a syntax error alone', async () => {
    const text = 'station   CS1 {{';
    expect(await format(await buildFixture(text))).toBe(text);
  });
});

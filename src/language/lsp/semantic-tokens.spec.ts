import { describe, expect, it } from 'vitest';
import { buildFixture, describeFixtures, type Fixture } from '../../../test/fixtures/language/fixtures.js';
import { TOKEN_TYPES } from './semantic-tokens.js';

function decode({ document }: Fixture, data: readonly number[]): string[] {
  const found: string[] = [];
  let [line, character] = [0, 0];
  for (let index = 0; index < data.length; index += 5) {
    const [deltaLine, deltaCharacter, length, type, modifiers] = data.slice(index, index + 5);
    line += deltaLine;
    character = deltaLine === 0 ? character + deltaCharacter : deltaCharacter;
    const text = document.textDocument.getText({
      start: { line, character },
      end: { line, character: character + length },
    });
    found.push(`${line + 1}:${character + 1} ${text} ${TOKEN_TYPES[type]}${modifiers ? ' declaration' : ''}`);
  }
  return found;
}

describeFixtures('semantic-tokens', async (fixture) => {
  const params = { textDocument: { uri: fixture.document.uri.toString() } };
  const { data } = await fixture.V2g.lsp.SemanticTokenProvider!.semanticHighlight(fixture.document, params);
  return decode(fixture, data).join('\n');
});

describe('semantic tokens', () => {
  it('answer for a range alone, and as a difference', async () => {
    const fixture = await buildFixture('station A { }\nstation B { }\nstation C { }\n');
    const provider = fixture.V2g.lsp.SemanticTokenProvider!;
    const textDocument = { uri: fixture.document.uri.toString() };
    const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 13 } };
    const part = await provider.semanticHighlightRange(fixture.document, { textDocument, range });
    expect(decode(fixture, part.data)).toEqual(['2:9 B station declaration']);
    const { resultId } = await provider.semanticHighlight(fixture.document, { textDocument });
    const delta = await provider.semanticHighlightDelta(fixture.document, {
      textDocument,
      previousResultId: resultId!,
    });
    expect(delta).toMatchObject({ edits: [] });
  });
});

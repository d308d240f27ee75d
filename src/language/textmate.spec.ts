import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { keywords, textMateGrammar } from './textmate.js';

const FILE = 'syntaxes/v2g.tmLanguage.json';

async function load() {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
  await oniguruma.loadWASM(wasm);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(FILE, 'utf8'), FILE),
  });
  return (await registry.loadGrammar('source.v2g'))!;
}

const grammar = await load();

/** Each piece of a text with its innermost scope, line by line. */
function scopes(text: string): string[][] {
  let state = textmate.INITIAL;
  return text.split('\n').map((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens
      .map(({ startIndex, endIndex, scopes: all }) => [line.slice(startIndex, endIndex), all.at(-1)!])
      .filter(([piece, scope]) => piece.trim() !== '' && scope !== 'source.v2g')
      .map(([piece, scope]) => `${piece} ‹${scope.replace(/\.v2g$/, '')}›`);
  });
}

describe('the TextMate grammar', () => {
  it('is what the generator writes', () => {
    expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(JSON.stringify(textMateGrammar())));
  });

  it('gives every construct its scopes', async () => {
    const sample = readFileSync('test/fixtures/language/every-construct.v2g', 'utf8');
    const shown = scopes(sample).map((line) => line.join('  '));
    await expect(`${shown.join('\n').trimEnd()}\n`).toMatchFileSnapshot(
      '../../test/fixtures/language/textmate/every-construct.txt',
    );
  });

  it('knows every keyword of the Langium grammar', () => {
    const { declarations, properties, others } = keywords();
    expect(declarations.length + properties.length + others.length).toBeGreaterThan(60);
    const scopeOf = (word: string) => scopes(word)[0][0];
    expect(declarations.map(scopeOf)).toEqual(declarations.map((word) => `${word} ‹keyword.declaration›`));
    expect(properties.map(scopeOf)).toEqual(properties.map((word) => `${word} ‹support.type.property-name›`));
    expect(others.map(scopeOf)).toEqual(others.map((word) => `${word} ‹keyword.control›`));
  });

  it.each([
    ['my-station', []],
    ['bus2', []],
    ['time-window', []],
    ['"a station', ['" ‹string.quoted.double›', 'a station ‹string.quoted.double›']],
    ['// link', ['// link ‹comment.line.double-slash›']],
    ['-5 MW', ['-5 ‹constant.numeric›', 'MW ‹keyword.other.unit›']],
    ['2 EUR/kWh', ['2 ‹constant.numeric›', 'EUR/kWh ‹keyword.other.unit›']],
    ['20 %', ['20 ‹constant.numeric›', '% ‹keyword.other.unit›']],
    ['17:30', ['17:30 ‹constant.numeric.time›']],
    ['n1 -> n2', ['-> ‹keyword.operator›']],
  ])('colours %s', (text, expected) => {
    expect(scopes(text)[0]).toEqual(expected);
  });

  it('ends a string that is not closed with its line', () => {
    expect(scopes('scenario A "title\nroads')[1]).toEqual(['roads ‹keyword.declaration›']);
  });

  it('goes on through a comment of several lines', () => {
    expect(scopes('/** a\nstation\n*/ station')).toEqual([
      ['/** ‹comment.block.documentation›', ' a ‹comment.block.documentation›'],
      ['station ‹comment.block.documentation›'],
      ['*/ ‹comment.block.documentation›', 'station ‹keyword.declaration›'],
    ]);
  });
});

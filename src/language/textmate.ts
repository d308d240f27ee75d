/**
 * The TextMate grammar of the language, made from the Langium grammar: its keywords by the rules in which they stand,
 * and its terminals. Colours by meaning, roads and grid apart, come from the server (lsp/semantic-tokens.ts).
 */
import { AstUtils, GrammarAST } from 'langium';
import { V2gTerminals } from './generated/ast.js';
import { V2gGrammar } from './generated/grammar.js';
import { RESERVED_WORDS } from './parser.js';
import { DIMENSIONS } from './quantities.js';

interface Pattern {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly Pattern[];
}

export interface TextMateGrammar {
  readonly name: string;
  readonly scopeName: string;
  readonly fileTypes: readonly string[];
  readonly patterns: readonly Pattern[];
}

/** Declarations whose name follows the keyword. */
const NAMED = ['scenario', 'roads', 'station', 'feeder', 'study', 'source', 'generator', 'pv', 'shape'];

/** A word is not a part of a longer name, such as `my-station` or `bus2`. */
const BEFORE_WORD = '(?<![\\p{L}\\p{N}_]|[\\p{L}\\p{N}_]-)';
const AFTER_WORD = '(?!-?[\\p{L}\\p{N}_])';

export function textMateGrammar(): TextMateGrammar {
  const { declarations, properties, others } = keywords();
  return {
    name: 'V2G',
    scopeName: 'source.v2g',
    fileTypes: ['v2g'],
    patterns: [
      { name: 'comment.block.documentation.v2g', begin: '/\\*\\*(?!/)', end: '\\*/' },
      { name: 'comment.block.v2g', begin: '/\\*', end: '\\*/' },
      { name: 'comment.line.double-slash.v2g', match: V2gTerminals.SL_COMMENT.source },
      {
        name: 'string.quoted.double.v2g',
        // A quote that is not closed ends with its line.
        begin: '"',
        end: '"|(?=$)',
        patterns: [{ name: 'constant.character.escape.v2g', match: '\\\\.' }],
      },
      { name: 'constant.numeric.time.v2g', match: `${BEFORE_WORD}${V2gTerminals.TIME.source}(?![\\p{N}:])` },
      {
        match: `${BEFORE_WORD}(${plainGroups(V2gTerminals.NUMBER.source)})(?:\\s*(${units()})${AFTER_WORD})?`,
        captures: { 1: { name: 'constant.numeric.v2g' }, 2: { name: 'keyword.other.unit.v2g' } },
      },
      {
        match: `${BEFORE_WORD}(${NAMED.join('|')})\\s+(?!(?:at|characterize|dispatch|compare)\\b)(${plainGroups(V2gTerminals.ID.source)})`,
        captures: { 1: { name: 'keyword.declaration.v2g' }, 2: { name: 'entity.name.type.v2g' } },
      },
      { name: 'keyword.declaration.v2g', match: words(declarations) },
      { name: 'support.type.property-name.v2g', match: words(properties) },
      { name: 'keyword.control.v2g', match: words(others) },
      { name: 'keyword.operator.v2g', match: '->|--' },
      { name: 'punctuation.section.block.v2g', match: '[{}]' },
      { name: 'punctuation.separator.v2g', match: ',' },
    ],
  };
}

/** The words of the grammar: those that open declarations, names of properties, and the rest. */
export function keywords() {
  const all = new Set<string>();
  const properties = new Set<string>();
  for (const node of AstUtils.streamAst(V2gGrammar())) {
    if (!GrammarAST.isKeyword(node) || !/^\w/.test(node.value)) continue;
    all.add(node.value);
    const rule = AstUtils.getContainerOfType(node, GrammarAST.isParserRule);
    if (rule?.name === 'Property' && !RESERVED_WORDS.has(node.value)) properties.add(node.value);
  }
  const declarations = [...all].filter((word) => RESERVED_WORDS.has(word));
  const others = [...all].filter((word) => !RESERVED_WORDS.has(word) && !properties.has(word));
  return { declarations, properties: [...properties], others };
}

function words(list: readonly string[]): string {
  return `${BEFORE_WORD}(?:${longestFirst(list).join('|')})${AFTER_WORD}`;
}

/** Units of the table, where any three capitals stand for a currency. */
function units(): string {
  const names = Object.values(DIMENSIONS).flatMap(({ units: table }) => Object.keys(table));
  const escaped = longestFirst([...new Set(names)].filter((name) => name !== '')).map((name) =>
    name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace('¤', '(?:[A-Z]{3}|[¥€$])'),
  );
  return [...escaped, '[A-Za-z]+[²³]', '[°Ω]'].join('|');
}

function longestFirst(list: readonly string[]): string[] {
  return [...list].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** Groups of a terminal capture nothing, so that the captures of a pattern keep their numbers. */
function plainGroups(source: string): string {
  return source.replace(/(?<!\\)\((?!\?)/g, '(?:');
}

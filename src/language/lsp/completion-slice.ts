/**
 * The tokens that decide what may come next: the head of the declaration around the cursor and the statement at it.
 * What came before in the same block has no say, so that a long or half-written file completes like a short one.
 */
import type { IToken } from 'chevrotain';
import type { BlockKind } from '../properties.js';
import { PROPERTIES } from '../properties.js';

const TOP_LEVEL: ReadonlySet<string> = new Set([
  ...[
    'import',
    'scenario',
    'horizon',
    'currency',
    'travelers',
    'roads',
    'station',
    'couple',
    'feeder',
    'study',
  ],
]);

/** Words that open a statement inside a declaration, wherever they stand in it. */
const MEMBERS: Readonly<Record<string, ReadonlySet<string> | undefined>> = {
  roads: new Set(['node', 'link', 'demand']),
  feeder: new Set(['bus', 'line', 'source', 'generator', 'pv']),
  study: new Set(['axes', 'subsidy', 'directions', 'region', 'reserve', 'tiers', 'static', 'expect']),
};

const NO_MEMBERS: ReadonlySet<string> = new Set();

export interface CompletionSlice {
  readonly tokens: readonly IToken[];
  /** The same without the statement at the cursor, for when that one is broken. */
  readonly fallback: readonly IToken[];
  /** Word that opens the declaration around the cursor; undefined at the top level. */
  readonly declaration: string | undefined;
  /** Kind of the innermost block with properties around the cursor. */
  readonly block: BlockKind | undefined;
  /** Tokens inside of the innermost braces. */
  readonly inside: readonly IToken[];
}

/** @param tokens All tokens before the word that is being completed. */
export function sliceForCompletion(tokens: readonly IToken[]): CompletionSlice {
  const declaration = tokens.findLastIndex((token) => TOP_LEVEL.has(wordOf(token)));
  if (declaration < 0)
    return { tokens: [], fallback: [], declaration: undefined, block: undefined, inside: [] };
  const keyword = wordOf(tokens[declaration]);
  const brace = tokens.findIndex((token, index) => index > declaration && token.image === '{');
  const rest = tokens.slice(declaration);
  if (brace < 0) return { tokens: rest, fallback: rest, declaration: keyword, block: undefined, inside: [] };
  const head = tokens.slice(declaration, brace + 1);
  const { start, depth, innermost } = statementAt(tokens, brace + 1, keyword);
  // Behind the closing brace of the declaration the next one begins.
  if (depth === 0) return { tokens: [], fallback: [], declaration: undefined, block: undefined, inside: [] };
  const statement = tokens.slice(start);
  // No block of a statement holds another one: what stands between two open braces has no say.
  const block = depth > 1 ? statement.findIndex(({ image }) => image === '{') : -1;
  const opened = statement.slice(0, block + 1);
  const inside = statement.slice(depth > 1 ? innermost - start + 1 : 0);
  return {
    tokens: [...head, ...opened, ...lastEntry(inside, keyword)],
    fallback: [...head, ...opened],
    declaration: keyword,
    block: blockAt(keyword, statement, depth),
    inside,
  };
}

/** Longer entries are cut at their last keyword: the grammar may read `7 min x` in many ways, and tries them all. */
const LONGEST_ENTRY = 14;

/** The entry at the end of a list: behind the last comma, with the word that opens the list. */
function lastEntry(inside: readonly IToken[], declaration: string): readonly IToken[] {
  const comma = inside.findLastIndex(({ image }) => image === ',');
  const entry = inside.slice(comma + 1);
  const isList = comma >= 0 && declaration !== 'couple' && LISTS.has(wordOf(inside[0]));
  const opening = isList ? [inside[0]] : [];
  if (entry.length <= LONGEST_ENTRY) return [...opening, ...entry];
  const keyword = entry.findLastIndex((token) => /^[a-z]/.test(wordOf(token)));
  return [...opening, ...entry.slice(Math.max(keyword, entry.length - LONGEST_ENTRY))];
}

/** Statements whose items are separated by commas. */
const LISTS: ReadonlySet<string> = new Set(['node', 'axes', 'subsidy', 'tiers']);

/** Where the statement at the end begins, how many braces are open there, and where the innermost one is. */
function statementAt(tokens: readonly IToken[], from: number, keyword: string) {
  const members = MEMBERS[keyword] ?? NO_MEMBERS;
  let [start, depth, innermost] = [from, 1, from - 1];
  for (let index = from; index < tokens.length; index++) {
    const token = tokens[index];
    const word = wordOf(token);
    if (token.image === '{') {
      depth++;
      innermost = index;
    } else if (token.image === '}') {
      depth--;
      [start, innermost] = [index + 1, from - 1];
      if (depth <= 0) return { start, depth: 0, innermost };
    } else if (token.image === ',' && depth === 1 && start === index) {
      start = index + 1;
    } else if (
      members.has(word) ||
      (depth === 1 && startsService(keyword, word)) ||
      (depth === 1 && startsShape(keyword, word))
    ) {
      // A brace that was not closed does not swallow the statements after it.
      [start, depth, innermost] = [index, 1, from - 1];
    }
  }
  return { start, depth, innermost };
}

function startsService(keyword: string, word: string): boolean {
  return keyword === 'station' && (word === 'charging' || word === 'v2g');
}

function startsShape(keyword: string, word: string): boolean {
  return keyword === 'feeder' && word === 'shape';
}

function blockAt(keyword: string, statement: readonly IToken[], depth: number): BlockKind | undefined {
  if (depth === 1) return keyword === 'travelers' || keyword === 'feeder' ? keyword : undefined;
  const word = statement[0] && wordOf(statement[0]);
  return word !== undefined && Object.hasOwn(PROPERTIES, word) ? (word as BlockKind) : undefined;
}

/** The keyword of a token; empty for a quoted or longer name that only looks like one. */
function wordOf({ image, tokenType }: IToken): string {
  return tokenType.name === image ? image : '';
}

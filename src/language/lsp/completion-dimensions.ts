/** What the number at the cursor measures, from the words before it. */
import type { IToken } from 'chevrotain';
import type { BlockKind, PropertyRule } from '../properties.js';
import { PROPERTIES } from '../properties.js';
import type { Dimension } from '../quantities.js';
import type { CompletionSlice } from './completion-slice.js';

/** Words of studies and of the horizon, and what a number after them measures. */
const BY_WORD: Readonly<Record<string, readonly Dimension[]>> = {
  step: ['time'],
  subsidy: ['money'],
  tiers: ['money'],
  tier: ['money'],
  inside: ['money'],
  outside: ['money'],
  every: ['angle'],
  gap: ['share'],
  below: ['share'],
  reserve: ['power'],
  interval: ['time'],
};

export function dimensionsAt(slice: CompletionSlice): readonly Dimension[] {
  if (slice.block) return rulesAt(slice.block, slice.inside).flatMap((rule) => rule.dimensions);
  const words = slice.tokens.map(({ image }) => image);
  const expectation = words.findLast((word) => word === 'volume' || word === 'range');
  if (words.includes('expect') && expectation) {
    if (!words.slice(words.lastIndexOf(expectation)).includes('in')) return ['money'];
    return expectation === 'range' ? ['length'] : ['volume', 'area', 'length'];
  }
  return BY_WORD[words.findLast((word) => BY_WORD[word]) ?? ''] ?? [];
}

/** The rules that the value at the cursor may belong to: those of the property before it, or the bare ones. */
export function rulesAt(block: BlockKind, inside: readonly IToken[]): readonly PropertyRule[] {
  const entry = inside.slice(inside.findLastIndex(({ image }) => image === ',') + 1);
  const key = keyAt(block, entry) ?? (entry.some(isValue) ? undefined : keyBefore(block, inside, entry));
  if (key) return PROPERTIES[block].filter((rule) => rule.key === key);
  const bare = PROPERTIES[block].filter((rule) => rule.bare);
  // After a comma, steps of the property before the comma go on.
  return bare.length > 0 ? bare : rulesOfSteps(block, inside);
}

function rulesOfSteps(block: BlockKind, inside: readonly IToken[]): readonly PropertyRule[] {
  const key = keyAt(block, inside);
  return PROPERTIES[block].filter((rule) => rule.key === key && key !== undefined && rule.form === 'profile');
}

function keyAt(block: BlockKind, tokens: readonly IToken[]): string | undefined {
  const words = tokens.map(({ image }) => image);
  return words
    .map((word) => (word === 'value' ? 'value of time' : word))
    .findLast((word, index) => isKey(block, word) && words[index - 1] !== 'of');
}

/** `load 100 kW, 60 kvar`: a bare second value of the property before. */
function keyBefore(
  block: BlockKind,
  inside: readonly IToken[],
  entry: readonly IToken[],
): string | undefined {
  const before = keyAt(block, inside.slice(0, inside.length - entry.length));
  return PROPERTIES[block].some((rule) => rule.bare && rule.key === before) ? before : undefined;
}

function isKey(block: BlockKind, word: string): boolean {
  return PROPERTIES[block].some((rule) => rule.key === word);
}

function isValue({ tokenType }: IToken): boolean {
  return tokenType.name === 'NUMBER' || tokenType.name === 'TIME';
}

/** Names of the properties that a block has so far. */
export function givenKeys(block: BlockKind, inside: readonly IToken[]): ReadonlySet<string> {
  return new Set(
    inside.flatMap(({ image }) =>
      PROPERTIES[block].filter((rule) => rule.key?.split(' ')[0] === image).map((rule) => rule.key!),
    ),
  );
}

import { describe, expect, it } from 'vitest';
import { fuzz } from './fuzz.js';
import { mutate, MUTATIONS, Random } from './mutations.js';

describe('the language services', () => {
  it('survive mutated files (the big run is `npm run fuzz`)', async () => {
    const { failures } = await fuzz(1, 150);
    expect(failures.map(({ seed, step, message }) => `seed ${seed}, ${step}: ${message}`)).toEqual([]);
  });
});

describe('what the fuzzer has found', () => {
  it.each([
    [130, 'a brace behind a declaration that has no block'],
    [527, 'thousands of open braces before the cursor'],
    [682, 'an amount that the parser made up, without a number'],
    [2258, 'an axis with thousands of words for its time'],
    [7223, 'a statement of words that may be units or names, behind a long line'],
    [7542, 'a word of thousands of characters before the cursor'],
    [10075, 'a load times its shape that is no number any more'],
    [14207, 'a brace inside a block of properties'],
    [15717, 'thousands of axes, of which the last one has the time'],
  ])('seed %d stays solved: %s', async (seed) => {
    expect((await fuzz(seed, 1)).failures).toEqual([]);
  });
});

describe('mutations', () => {
  it('are the same for the same seed', () => {
    expect(mutate('roads R { node n1 }', new Random(7))).toEqual(
      mutate('roads R { node n1 }', new Random(7)),
    );
  });

  it.each(Object.keys(MUTATIONS))('%s changes a text in at least one of ten tries', (kind) => {
    const text = 'roads R {\n  node n1, n2\n  link n1 -> n2 { time 7 min }\n}\n';
    const changed = Array.from({ length: 10 }, (_, seed) => MUTATIONS[kind](text, new Random(seed)) !== text);
    expect(changed).toContain(true);
  });
});

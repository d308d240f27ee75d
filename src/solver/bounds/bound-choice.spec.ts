import { describe, expect, it } from 'vitest';
import type { Point } from '../result.js';
import { BoundChoice } from './bound-choice.js';
import type { Candidate } from './outer-region.js';

/** Only positions matter to a choice. */
const points = [{ positionMw: [0, 0] }] as Point[];
const known = [
  { positionMw: [0, 0], subsidy: 0 },
  { positionMw: [-1, -1], subsidy: 100 },
  { positionMw: [-2, -2], subsidy: 300 },
];
const choice = (): BoundChoice => new BoundChoice({ subsidyCap: 200, measure: 10, points }, known);
const candidate = (direction: number[], gapMw: number, surface: number | null): Candidate => ({
  direction,
  boundMw: -gapMw,
  positionMw: [0, 0],
  surface,
});

describe('what to branch next', () => {
  it('is where a cut holds most of the surface, not where the gap is widest', () => {
    const items = choice().next([candidate([1, 0], 0.9, 0.1), candidate([0, 1], 0.5, 2)]);
    expect(items.map(({ direction }) => direction)).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(items.every(({ price, subsidyCap }) => price > 0 && subsidyCap === 200)).toBe(true);
  });

  it('is no direction that is close to the best known point, nor one that holds nothing', () => {
    expect(choice().next([candidate([1, 0], 0.02, 5), candidate([0, 1], 0.9, 0)])).toEqual([]);
  });

  it('takes a direction up again with more programmes, behind those that promise as much for less', () => {
    const own = choice();
    const both = [candidate([1, 0], 0.9, 2)];
    const [first] = own.next(both);
    const [second, third] = own.next([...both, candidate([0, 1], 0.5, 2)]);
    expect(second.direction).toEqual([0, 1]);
    expect(third.direction).toEqual([1, 0]);
    expect(third.nodes).toBeGreaterThan(first.nodes);
  });

  it('comes to an end', () => {
    const own = choice();
    let nodes = 0;
    for (let look = 0; ; look++) {
      const items = own.next([candidate([1, 0], 0.9, 2), candidate([0, 1], 0.9, 2)]);
      if (items.length === 0) break;
      nodes += items.reduce((sum, item) => sum + item.nodes, 0);
      expect(look).toBeLessThan(10);
    }
    expect(nodes).toBeGreaterThan(1000);
  });
});

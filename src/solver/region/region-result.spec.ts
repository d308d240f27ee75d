import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDirections } from './directions.js';
import {
  addDirection,
  refinementOf,
  unsolved,
  worthLookingAlong,
  type BudgetState,
  type Found,
} from './region-result.js';

/** Of a point a look at the region asks where it is; the rest is of no matter here. */
const foundAt = (positionMw: number[]): Found => ({ positionMw, subsidy: 0 }) as unknown as Found;

/** Loads a hundred times as far apart as they are certified to at least: closer ones are one point or two by rounding. */
const load = fc.integer({ min: 0, max: 10_000 }).map((steps) => steps / 10_000);
const positions = fc.array(fc.array(load, { minLength: 3, maxLength: 3 }), { minLength: 5, maxLength: 40 });

function sweptBudget(): BudgetState {
  const budget = unsolved(1000);
  for (const direction of firstDirections(3, { kind: 'every', degrees: 45 })) addDirection(budget, direction);
  return budget;
}

it('a look that goes by the corners of earlier ones sees what a look at all points sees', () => {
  fc.assert(
    fc.property(positions, fc.integer({ min: 1, max: 10 }), (all, perLook) => {
      const points = all.map(foundAt);
      const budget = sweptBudget();
      for (let count = perLook; count < points.length; count += perLook)
        refinementOf(budget, points.slice(0, count));
      const looked = refinementOf(budget, points);
      const afresh = refinementOf(sweptBudget(), points);
      expect(budget.corners.among.length).toBeLessThanOrEqual(points.length);
      expect(looked.estimatedGap).toBeCloseTo(afresh.estimatedGap, 4);
      expect(worthLookingAlong(looked, 0)).toHaveLength(worthLookingAlong(afresh, 0).length);
    }),
  );
});

describe('directions worth looking along', () => {
  const next = Array.from({ length: 20 }, (_, index) => ({ direction: [index], gain: 1 }));

  it.each([
    { name: 'as many as may close the gap', look: { estimatedGap: 0.06, outerMeasure: 100, next }, count: 6 },
    { name: 'a batch for the last of it', look: { estimatedGap: 0.021, outerMeasure: 100, next }, count: 4 },
    { name: 'no more than one look tells', look: { estimatedGap: 0.5, outerMeasure: 100, next }, count: 12 },
    {
      name: 'a full look without outer measure',
      look: { estimatedGap: 1, outerMeasure: null, next },
      count: 12,
    },
    {
      name: 'all there are',
      look: { estimatedGap: 0.5, outerMeasure: 100, next: next.slice(0, 2) },
      count: 2,
    },
  ])('are $name', ({ look, count }) => {
    const all = next.map(({ direction }) => direction);
    expect(worthLookingAlong(look, 0.02)).toEqual(all.slice(0, count));
  });
});

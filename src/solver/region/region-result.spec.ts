import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstDirections } from './directions.js';
import { addDirection, refinementOf, unsolved, type BudgetState, type Found } from './region-result.js';

/** Of a point a look at the region asks where it is; the rest is of no matter here. */
const foundAt = (positionMw: number[]): Found => ({ positionMw, subsidy: 0 }) as unknown as Found;

const positions = fc.array(
  fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
  { minLength: 5, maxLength: 40 },
);

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
      expect(looked.next).toHaveLength(afresh.next.length);
    }),
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClassState } from './class-model.js';
import { FeederRows } from './feeder-rows.js';
import { bestCombinations, bestStart } from './pool.js';
import { GRID_PRICE } from './trust-region.js';

/** A state of which only load, subsidy and the occupancy behind the load count: one station, one interval. */
function state(loadMw: number, subsidy: number): ClassState {
  const none = new Float64Array(0);
  return {
    flow: none,
    inflow: none,
    coupon: none,
    leastCost: none,
    subsidy,
    loadMw: Float64Array.of(loadMw),
    occupancy: Float64Array.of(loadMw),
  };
}

const pools = fc.array(
  fc.record({
    load: fc.integer({ min: -20, max: 20 }).map((value) => value / 4),
    subsidy: fc.integer({ min: 0, max: 30 }),
  }),
  { minLength: 1, maxLength: 12 },
);

describe('combinations of one state per class', () => {
  it('are the best of all pairs within the budget for each first state', () => {
    fc.assert(
      fc.property(
        pools,
        pools,
        fc.integer({ min: 0, max: 50 }),
        fc.constantFrom(-1, 1),
        (a, b, budget, sign) => {
          const first = a.map(({ load, subsidy }) => state(load, subsidy));
          const second = b.map(({ load, subsidy }) => state(load, subsidy));
          const all = first.flatMap((one) => {
            const values = second
              .filter((other) => one.subsidy + other.subsidy <= budget)
              .map((other) => 0 + sign * (one.loadMw[0] + other.loadMw[0]));
            return values.length > 0 ? [Math.min(...values)] : [];
          });
          const found = [...bestCombinations([first, second], [sign], budget, 5)];
          expect(found.map(({ support }) => support)).toEqual(all.sort((x, y) => x - y).slice(0, 5));
          for (const { indices, support } of found) {
            const [one, other] = [first[indices[0]], second[indices[1]]];
            expect(one.subsidy + other.subsidy).toBeLessThanOrEqual(budget);
            expect(0 + sign * (one.loadMw[0] + other.loadMw[0])).toBe(support);
          }
        },
      ),
    );
  });

  it('know states that joined a pool since', () => {
    const first = [state(1, 0)];
    const second = [state(1, 0)];
    const best = () => [...bestCombinations([first, second], [-1], 10, 1)][0];
    expect(best().support).toBe(-2);
    second.push(state(3, 10));
    expect(best().support).toBe(-4);
  });
});

/** A few values only, so that many states tie. */
const coarseStates = fc
  .array(fc.record({ load: fc.integer({ min: -4, max: 4 }), subsidy: fc.integer({ min: 0, max: 6 }) }), {
    minLength: 1,
    maxLength: 30,
  })
  .map((states) => states.map(({ load, subsidy }) => state(load, subsidy)));

describe('combinations taken one by one from pools that grow', () => {
  /** All first states, each with the first of its best partners by subsidy, sorted at once. */
  function sorted(first: ClassState[], second: ClassState[], sign: number, budget: number) {
    const bySubsidy = second.map((_, index) => index).sort((a, b) => second[a].subsidy - second[b].subsidy);
    return first
      .flatMap((one, index) => {
        const within = bySubsidy.filter((other) => one.subsidy + second[other].subsidy <= budget);
        if (within.length === 0) return [];
        const value = (other: number) => sign * second[other].loadMw[0];
        const partner = within.reduce((best, other) => (value(other) < value(best) ? other : best));
        return [{ indices: [index, partner], support: 0 + sign * one.loadMw[0] + value(partner) }];
      })
      .sort((a, b) => a.support - b.support);
  }

  it('are those of sorting all of them anew, ties as well', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(coarseStates, coarseStates, fc.integer({ min: 0, max: 12 })), { maxLength: 4 }),
        fc.constantFrom(-1, 1),
        (steps, sign) => {
          const pools: ClassState[][] = [[], []];
          for (const [first, second, budget] of steps) {
            pools[0].push(...first);
            pools[1].push(...second);
            const expected = sorted(pools[0], pools[1], sign, budget);
            expect([...bestCombinations(pools, [sign], budget, Infinity)]).toEqual(expected);
            expect([...bestCombinations(pools, [sign], budget, 7)]).toEqual(expected.slice(0, 7));
          }
        },
      ),
    );
  });

  it('of one class are its states within the budget', () => {
    const pool = [state(1, 3), state(2, 5), state(3, 9), state(2, 1)];
    expect([...bestCombinations([pool], [-1], 5, 9)].map(({ indices }) => indices)).toEqual([[1], [3], [0]]);
    expect([...bestCombinations([], [-1], 5, 9)]).toEqual([]);
  });
});

describe('starts with a feeder', () => {
  const classes = [0, 1].map(() => ({ stations: [0], loadMwPerVehicle: [1], intervals: 1 }));
  const atMost = (offsetMw: number) => new FeederRows([{ interval: 1, normal: [1], offsetMw }], classes, 1);
  const charging = [state(0, 0), state(2, 1), state(5, 2)];
  const v2g = [state(0, 0), state(-1, 1)];

  it('are those that the feeder can serve, not those that go farthest', () => {
    const companions = { feeder: atMost(2.5), together: [] };
    expect(bestStart([charging, v2g], [-1], 10, companions)?.merit).toBe(-2);
    expect(bestStart([charging, v2g], [-1], 10)?.merit).toBe(-5);
  });

  it('include states that were found together, within the budget', () => {
    const together = [[state(5, 2), state(-2.6, 3)]];
    const companions = { feeder: atMost(2.5), together };
    const best = bestStart([charging, v2g], [-1], 5, companions);
    expect(best?.merit).toBeCloseTo(-2.4, 12);
    expect(best?.states).toEqual(together[0]);
    expect(bestStart([charging, v2g], [-1], 4, companions)?.merit).toBe(-2);
  });

  it('have the least merit, and combinations come ahead of what was found together with the same', () => {
    fc.assert(
      fc.property(
        coarseStates,
        coarseStates,
        fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: -4, max: 4 })), {
          maxLength: 9,
        }),
        fc.constantFrom(-1, 1),
        (first, second, loads, sign) => {
          const budget = 6;
          const together = loads.map(([one, other]) => [state(one, 1), state(other, 1)]);
          const feeder = atMost(2.5);
          const all = [
            ...[...bestCombinations([first, second], [sign], budget, Infinity)].map(
              ({ indices: [a, b], support }) => ({
                states: [first[a], second[b]],
                support,
              }),
            ),
            ...together.map((states) => ({
              states,
              support: states.reduce((sum, { loadMw }) => sum + sign * loadMw[0], 0),
            })),
          ].sort((a, b) => a.support - b.support);
          const expected = all
            .map(({ states, support }) => ({
              states,
              merit: support + GRID_PRICE * feeder.violationMw(states),
            }))
            .sort((a, b) => a.merit - b.merit);
          expect(bestStart([first, second], [sign], budget, { feeder, together })).toEqual(
            expected[0] ?? null,
          );
        },
      ),
    );
  });

  it('measure how far loads leave the half-spaces, with cuts until they are taken back', () => {
    const feeder = atMost(2.5);
    const states = [state(5, 0), state(-1, 0)];
    expect(feeder.loadsMw(states, 0)).toEqual([0]);
    expect(feeder.loadsMw(states, 1)).toEqual([4]);
    expect(feeder.violationMw(states)).toBe(1.5);
    feeder.add([{ interval: 1, normal: [1], offsetMw: 1 }]);
    expect(feeder.violationMw(states)).toBe(3);
    expect(feeder.nearest(states, 0, 9).map(({ offsetMw }) => offsetMw)).toEqual([1, 2.5]);
    feeder.reset();
    expect(feeder.violationMw(states)).toBe(1.5);
    expect(feeder.tightIntervals(states, 0)).toEqual([1]);
  });
});

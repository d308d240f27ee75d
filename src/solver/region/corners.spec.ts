import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parallelRoads } from '../../../test/fixtures/parallel-roads.js';
import { InlineEngine } from '../engine/inline-engine.js';
import { convexHull } from '../geometry/hull.js';
import { characterize } from './characterize.js';
import type { ClassState } from './class-model.js';
import { CornerSearch } from './corners.js';
import { FeederRows } from './feeder-rows.js';

const none = new Float64Array(0);
const state = (loadMw: readonly number[], subsidy: number): ClassState => ({
  ...{ flow: none, inflow: none, coupon: none, leastCost: none, subsidy },
  loadMw: Float64Array.from(loadMw),
  occupancy: Float64Array.of(loadMw[0]),
});
const positionOf = (states: readonly ClassState[]): number[] =>
  [0, 1].map((axis) => states.reduce((sum, { loadMw }) => sum + loadMw[axis], 0));

const ALONE = { feeder: null, together: [] };
const TRIANGLE = [
  [0, 0],
  [2, 0],
  [0, 2],
];

describe('corners that combine states of different points', () => {
  it('are the combinations outside of the hull, the one that adds most first, each once', () => {
    const search = new CornerSearch({ cap: 10, moved: false }, ALONE);
    const charging = [state([0, 0], 0), state([1, 1], 3), state([2, 0], 3)];
    const v2g = [state([0, 0], 0), state([1, 1], 6)];
    const [first, ...others] = search.next(TRIANGLE, [charging, v2g]);
    expect(positionOf(first.states)).toEqual([2, 2]);
    expect(first.subsidyCap).toBe(10);
    expect(others.map(({ states }) => positionOf(states))).toEqual([[3, 1]]);
    const all = [...TRIANGLE, [2, 2], [3, 1]];
    expect(search.next(all, [charging, v2g])).toEqual([]);
  });

  it('keep to the budget together', () => {
    const charging = [state([0, 0], 0), state([3, 3], 8)];
    const v2g = [state([0, 0], 0), state([1, 1], 8)];
    const jobs = new CornerSearch({ cap: 10, moved: false }, ALONE).next(TRIANGLE, [charging, v2g]);
    expect(jobs.map(({ states }) => positionOf(states))).toEqual([[3, 3]]);
  });

  it('are served by the feeder', () => {
    const classes = [0, 1].map(() => ({ stations: [0], loadMwPerVehicle: [1], intervals: 1 }));
    const feeder = new FeederRows([{ interval: 1, normal: [1], offsetMw: 2.5 }], classes, 1);
    const charging = [state([0, 0], 0), state([2, 2], 1), state([3, 3], 1)];
    const v2g = [state([0, 0], 0)];
    const jobs = new CornerSearch({ cap: 10, moved: false }, { feeder, together: [] }).next(TRIANGLE, [
      charging,
      v2g,
    ]);
    expect(jobs.map(({ states }) => positionOf(states))).toEqual([[2, 2]]);
  });

  it('enlarge the hull, within the budget, whatever the states are', () => {
    const pool = fc.array(
      fc.record({
        load: fc.tuple(fc.integer({ min: -8, max: 8 }), fc.integer({ min: -8, max: 8 })),
        subsidy: fc.integer({ min: 0, max: 20 }),
      }),
      { minLength: 1, maxLength: 10 },
    );
    fc.assert(
      fc.property(pool, pool, fc.integer({ min: 1, max: 30 }), (a, b, budget) => {
        const pools = [a, b].map((list) => list.map(({ load, subsidy }) => state(load, subsidy)));
        let points = [...TRIANGLE];
        for (const { states } of new CornerSearch({ cap: budget, moved: false }, ALONE).next(points, pools)) {
          expect(states.reduce((sum, { subsidy }) => sum + subsidy, 0)).toBeLessThanOrEqual(budget);
          const larger = [...points, positionOf(states)];
          expect(convexHull(larger).measure).toBeGreaterThan(convexHull(points).measure);
          points = larger;
        }
      }),
    );
  });

  it('are certified points of the region like any others', async () => {
    const { regions } = await characterize(
      parallelRoads({ couponCapPerVehicle: 20 }),
      {
        kind: 'characterize',
        name: 'Region',
        axes: ['S', 'T'].map((station) => ({ station, interval: 5 })),
        subsidyCaps: [30, 60],
        directions: { kind: 'every', degrees: 90 },
        expectations: [],
      },
      { engine: new InlineEngine() },
    );
    for (const { points, measure } of regions) {
      const searched = points.filter(({ direction }) => direction !== null);
      expect(measure).toBeGreaterThan(convexHull(searched.map(({ positionMw }) => positionMw)).measure);
      for (const { certificate } of points) {
        expect(certificate.status).toBe('certified');
        expect(certificate.subsidy).toBeLessThanOrEqual((certificate.subsidyCap ?? Infinity) * (1 + 1e-6));
      }
    }
  });
});

import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import points from '../../../test/fixtures/evening-peak-points.json' with { type: 'json' };
import { eveningPeak } from '../../../test/fixtures/evening-peak.js';
import { COUPON_CAP, crowdedStations } from '../../../test/fixtures/crowded-stations.js';
import { loadHighs } from '../highs/load.js';
import { CERTIFIED_GAP } from '../region/certificate.js';
import { sweepDirections } from '../region/directions.js';
import type { Axis } from '../study-spec.js';
import { FullNetwork } from '../traffic/full-network.js';
import { buildTrafficModel } from '../traffic/network.js';
import { BoundContext } from './bound-context.js';
import { branchAndBound } from './spatial-branching.js';

const highs = await loadHighs();
const axes: Axis[] = [
  { station: 'S', interval: 3 },
  { station: 'T', interval: 3 },
];

interface Bounded {
  direction: number[];
  price: number;
  boundMw: number;
}

function boundOf(
  context: BoundContext,
  classIndex: number,
  direction: number[],
  price: number,
  nodes: number,
): number {
  const item = { direction, price, subsidyCap: null };
  return nodes === 1
    ? context.relaxation(classIndex).bound(direction, price, null)
    : branchAndBound(highs, context.inputs[classIndex], item, nodes);
}

/** direction · P + price · subsidy of all classes is proven to be at least this. */
function bounds(context: BoundContext, classes: number, prices: readonly number[], nodes: number): Bounded[] {
  return sweepDirections(context.inputs[0].axisLoads.length, 45).flatMap((direction) =>
    prices.map((price) => {
      let boundMw = 0;
      for (let k = 0; k < classes; k++) boundMw += boundOf(context, k, direction, price, nodes);
      return { direction, price, boundMw };
    }),
  );
}

const slack = (
  { direction, price, boundMw }: Bounded,
  positionMw: readonly number[],
  subsidy: number,
): number => direction.reduce((sum, a, axis) => sum + a * positionMw[axis], 0) + price * subsidy - boundMw;

describe('bounds of a class', () => {
  for (const [name, cap, nodes] of [
    ['linear', COUPON_CAP, 1],
    ['linear, without caps', null, 1],
    ['branch and bound', COUPON_CAP, 40],
    ['branch and bound, without caps', null, 16],
  ] as const) {
    it(`${name}: no equilibrium for random coupons lies below`, () => {
      const scenario = crowdedStations(cap);
      const model = buildTrafficModel(scenario);
      const full = new FullNetwork(model);
      const context = new BoundContext(highs, scenario, axes);
      const proven = bounds(context, 2, nodes === 1 ? [0, 1e-4, 1e-3, 1e-2] : [1e-3], nodes);
      expect(proven.every(({ boundMw }) => Number.isFinite(boundMw))).toBe(true);
      let certified = 0;
      fc.assert(
        fc.property(
          fc.array(
            fc.oneof(
              { arbitrary: fc.constant(0), weight: 2 },
              fc.double({ min: 0, max: COUPON_CAP, noNaN: true }),
            ),
            {
              minLength: full.noCoupons().length,
              maxLength: full.noCoupons().length,
            },
          ),
          (values) => {
            const coupons = Float64Array.from(values);
            if (!(full.solve(coupons, 1e-9) <= CERTIFIED_GAP)) return;
            const { subsidy, stationLoadMw } = full.measure(full.equilibrium.flow.slice(), coupons);
            certified++;
            const position = axes.map(({ interval }, axis) => stationLoadMw[axis][interval]);
            for (const bound of proven) expect(slack(bound, position, subsidy)).toBeGreaterThan(-1e-9);
          },
        ),
        { numRuns: 300, seed: 7 },
      );
      expect(certified).toBeGreaterThan(200);
      context.dispose();
    });
  }

  it('no certified point of the evening peak lies below a bound', () => {
    const scenario = eveningPeak();
    const eveningAxes = scenario.stations.map(({ id }) => ({ station: id, interval: 6 }));
    const context = new BoundContext(highs, scenario, eveningAxes);
    const directions = [
      [1, 0, 0],
      [-1, 0, 0],
      [0.6, -0.8, 0],
    ];
    for (const direction of directions) {
      for (const price of [0, 1e-4, 5e-4]) {
        const boundMw = [0, 1].reduce(
          (sum, k) => sum + context.relaxation(k).bound(direction, price, null),
          0,
        );
        const gaps = points.map(([x, y, z, subsidy]) =>
          slack({ direction, price, boundMw }, [x, y, z], subsidy),
        );
        expect(Math.min(...gaps)).toBeGreaterThan(-1e-6);
        // Not vacuous: a megawatt or two from the best point, of loads that range over six.
        expect(Math.min(...gaps)).toBeLessThan(1.5);
      }
    }
    context.dispose();
  });

  it('a subsidy cap and a price can only raise the bound', () => {
    const context = new BoundContext(highs, crowdedStations(), axes);
    for (const direction of sweepDirections(2, 45)) {
      const relaxation = context.relaxation(0);
      const free = relaxation.bound(direction, 0, null);
      expect(relaxation.bound(direction, 0, 50)).toBeGreaterThanOrEqual(free - 1e-9);
      expect(relaxation.bound(direction, 1e-3, null)).toBeGreaterThanOrEqual(free - 1e-9);
    }
    context.dispose();
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { eveningPeak } from '../../../test/fixtures/evening-peak.js';
import type { Highs } from '../highs/load.js';
import { loadHighs } from '../highs/load.js';
import { LinearModelBuilder, withModel } from '../highs/model.js';
import type { CellState } from './cell-state.js';
import { cheapestCoupons } from './coupons.js';
import { Equilibrium } from './equilibrium.js';
import { buildTrafficModel } from './network.js';
import type { StationChoice } from './station-choice.js';
import { buildStationChoice } from './station-choice.js';

const USED_SHARE = 1e-9;
const EMPTY_INFLOW = 1e-10;
const CLOSED_EXCESS = 1e-9;
/** The programme's own tolerance, and what closing the equilibrium leaves. */
const TOLERANCE = 1e-7;

const model = buildTrafficModel(eveningPeak());
const choices = (['charging', 'v2g'] as const).map((kind) => buildStationChoice(model, kind));

/** Flows of an equilibrium and their cell state at prices without coupons. */
function respond({ columns, price }: StationChoice, coupon: readonly number[]): [Float64Array, CellState] {
  const equilibrium = new Equilibrium(columns);
  const { cells } = equilibrium;
  equilibrium.reset();
  for (let cell = 0; cell < price.length; cell++) cells.money[cell] = price[cell] - coupon[cell];
  equilibrium.solve({ maxExcess: CLOSED_EXCESS, maxSweeps: 200 });
  cells.money.set(price);
  cells.load(equilibrium.flow);
  return [equilibrium.flow.slice(), cells];
}

/** The conditions as they are written, coupons of all cells and least costs as columns, by HiGHS. */
function leastSubsidy(
  highs: Highs,
  choice: StationChoice,
  flow: Float64Array,
  state: CellState,
): number | null {
  const { groupStart, demand, start, cell, weight, intervals } = choice.columns;
  const builder = new LinearModelBuilder();
  state.inflow.forEach((inflow, at) => {
    const cap = inflow > EMPTY_INFLOW ? choice.couponCap[Math.floor(at / intervals)] : 0;
    builder.addColumn(`coupon ${at}`, 0, cap, inflow);
  });
  demand.forEach((vehicles, group) => {
    const leastCost = builder.addColumn(`least cost ${group}`, -Infinity, Infinity);
    for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
      const cost = state.columnCost(column);
      const lower = flow[column] > USED_SHARE * vehicles ? cost : -Infinity;
      const [from, to] = [start[column], start[column + 1]];
      const cells = [...cell.subarray(from, to), leastCost];
      builder.addRow(`column ${column}`, lower, cost, cells, [...weight.subarray(from, to), 1]);
    }
  });
  return withModel(highs, builder, { primal_feasibility_tolerance: 1e-9 }, (lp) => {
    const { status, objective } = lp.solve();
    return status === 'optimal' ? objective : null;
  });
}

/** Coupons of a few amounts in some cells: ties, caps and stations that nobody enters are met. */
const anyCoupons = fc.array(fc.oneof(fc.constant(0), fc.constantFrom(10, 45), fc.double({ min: 0, max: 45, noNaN: true })), {
  minLength: choices[0].price.length,
  maxLength: choices[0].price.length,
}); // prettier-ignore

describe('cheapest coupons', () => {
  let highs: Highs;
  beforeAll(async () => (highs = await loadHighs()));

  it('cost as little as HiGHS finds, and keep the flows an equilibrium', () => {
    let [supported, capped] = [0, 0];
    fc.assert(
      fc.property(anyCoupons, fc.nat(1), fc.constantFrom(45, 12), (coupons, kind, cap) => {
        const choice = { ...choices[kind], couponCap: choices[kind].couponCap.map(() => cap) };
        const [flow, state] = respond(choice, coupons);
        const found = cheapestCoupons(choice, flow, state);
        const least = leastSubsidy(highs, choice, flow, state);
        expect(found === null).toBe(least === null);
        if (!found || least === null) {
          capped++;
          return;
        }
        supported++;
        expect(found.subsidy).toBeCloseTo(least, 5);
        const { groupStart, demand, start, cell, weight } = choice.columns;
        found.perVehicle.forEach((coupon, at) => {
          expect(coupon).toBeGreaterThanOrEqual(0);
          expect(coupon).toBeLessThanOrEqual(state.inflow[at] > EMPTY_INFLOW ? cap + TOLERANCE : 0);
        });
        demand.forEach((vehicles, group) => {
          for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
            let cost = state.columnCost(column) - found.leastCost[group];
            for (let entry = start[column]; entry < start[column + 1]; entry++)
              cost -= weight[entry] * found.perVehicle[cell[entry]];
            expect(cost).toBeGreaterThan(-TOLERANCE);
            if (flow[column] > USED_SHARE * vehicles) expect(cost).toBeLessThan(TOLERANCE);
          }
        });
      }),
      { numRuns: 150, seed: 11 },
    );
    expect(supported).toBeGreaterThan(50);
    expect(capped).toBeGreaterThan(20);
  });

  it('are none where nothing has to be paid, and do not exist for flows that are no equilibrium', () => {
    const [choice] = choices;
    const [flow, state] = respond(choice, new Array<number>(choice.price.length).fill(0));
    const found = cheapestCoupons(choice, flow, state);
    expect(found?.subsidy).toBeCloseTo(0, 6);
    const { groupStart, demand, constant } = choice.columns;
    const spread = new Float64Array(constant.length);
    demand.forEach((vehicles, group) =>
      spread.fill(
        vehicles / (groupStart[group + 1] - groupStart[group]),
        groupStart[group],
        groupStart[group + 1],
      ),
    );
    state.load(spread);
    expect(cheapestCoupons(choice, spread, state)).toBeNull();
  });
});

/** Other equilibria of a point's coupons, confirmed on the full network with its nonlinear costs. */
import { CERTIFIED_GAP } from '../region/certificate.js';
import type { ClassResponse } from '../region/class-model.js';
import type { Flow, LoadSpread, OtherEquilibrium } from '../result.js';
import type { CouponTable } from '../traffic/full-network.js';
import { planOf } from '../traffic/plan.js';
import { renewedRoadCosts } from '../traffic/station-choice.js';
import type { Equilibria } from './equilibria.js';
import { SAME_LOAD_MW } from './equilibria.js';
import type { QueryContext } from './query-context.js';

/** Gap of the roads, as a share of all time costs, and of the other equilibria on the full network. */
const ROAD_GAP = 1e-10;
const OTHER_GAP = 1e-12;

/** Road costs with these flows at the stations, into the class models. */
export function settleAround({ region }: QueryContext, flows: readonly Float64Array[]): void {
  const { roads, choices, classes, model, timeCost } = region;
  const cost = roads.solve(flows, ROAD_GAP * timeCost);
  classes.forEach((one, index) => one.setRoadCosts(renewedRoadCosts(model, choices[index], cost)));
}

/** The flow on the full network that belongs to flows at the stations. */
export function ownFlow({ region }: QueryContext, flows: readonly Float64Array[]): Float64Array {
  region.roads.solve(flows, ROAD_GAP * region.timeCost);
  return region.roads.fullFlow(region.full.columns);
}

export function tableOf({ region }: QueryContext, coupons: readonly Float64Array[]): CouponTable {
  const { full, choices, model } = region;
  const table = full.noCoupons();
  choices.forEach((choice, index) =>
    choice.services.forEach((service, block) => {
      const first = block * model.intervals;
      table.set(coupons[index].subarray(first, first + model.intervals), service * model.intervals);
    }),
  );
  return table;
}

export interface Witness extends OtherEquilibrium {
  full: Float64Array;
}

/**
 * Equilibria of the full network with the least and the largest load on each axis, the classes combined: with the road
 * costs fixed any equilibrium of one goes with any of the other.
 */
export function witnesses(
  context: QueryContext,
  equilibria: readonly Equilibria[],
  table: CouponTable,
  position: readonly number[],
): Witness[] {
  const found: Witness[] = [];
  const tried = new Set<string>();
  const axes = position.length;
  for (let axis = 0; axis < axes; axis++) {
    for (const sign of [1, -1]) {
      const chosen = equilibria.map(({ responses }) => extreme(responses, axis, sign));
      const key = chosen.join();
      if (tried.has(key) || chosen.some((index) => index < 0)) continue;
      tried.add(key);
      const start = ownFlow(
        context,
        chosen.map((index, at) => equilibria[at].responses[index].flow),
      );
      const witness = confirmed(context, start, table);
      if (!witness) continue;
      const isOther = [position, ...found.map(({ positionMw }) => positionMw)].every((known) =>
        known.some((mw, k) => Math.abs(mw - witness.positionMw[k]) > SAME_LOAD_MW),
      );
      if (isOther) found.push(witness);
    }
  }
  return found;
}

function extreme(responses: readonly ClassResponse[], axis: number, sign: number): number {
  let best = -1;
  responses.forEach(({ loadMw }, index) => {
    if (best < 0 || sign * loadMw[axis] > sign * responses[best].loadMw[axis] + SAME_LOAD_MW) best = index;
  });
  return best;
}

/** The equilibrium of the full network that a start leads to; null when it does not settle. */
function confirmed({ region }: QueryContext, start: Float64Array, table: CouponTable): Witness | null {
  const { full, model } = region;
  full.solve(table, OTHER_GAP, start);
  const flow = full.equilibrium.flow.slice();
  const { relativeGap, stationLoadMw } = full.measure(flow, table);
  if (!(relativeGap <= CERTIFIED_GAP)) return null;
  const flows: Flow[] = planOf(model, full, flow, table, stationLoadMw).flows;
  return { positionMw: region.positionMw(stationLoadMw), equilibriumGap: relativeGap, flows, full: flow };
}

export function largestMidwayGap(
  { region: { full } }: QueryContext,
  own: Float64Array,
  others: readonly Witness[],
  table: CouponTable,
): number {
  let largest = 0;
  for (const other of others) {
    const midway = own.map((vehicles, column) => (vehicles + other.full[column]) / 2);
    largest = Math.max(largest, full.measure(midway, table).relativeGap);
  }
  return largest;
}

export function countsOf(equilibria: readonly Equilibria[]): { starts: number; settled: number } {
  return {
    starts: equilibria.reduce((sum, { starts }) => sum + starts, 0),
    settled: equilibria.reduce((sum, { settled }) => sum + settled, 0),
  };
}

export function rangesOf(positions: readonly (readonly number[])[]): LoadSpread['ranges'] {
  return positions[0].map((_, axis) => ({
    min: Math.min(...positions.map((position) => position[axis])),
    max: Math.max(...positions.map((position) => position[axis])),
  }));
}

/**
 * Where the searches of a dispatch start: the equilibrium without coupons, known points of the region, and responses
 * to coupon patterns that push the loads to where the feeder can serve them, each class by itself. Any charging state
 * goes with any V2G state; the pairs of least merit differ enough to lead to different optima.
 */
import type { ClassModel, ClassState } from '../region/class-model.js';
import { couponsOf, patternsFor } from '../region/pool.js';
import type { Coupon } from '../result.js';
import { entryCost, SUBSIDY_WEIGHT } from './cost-model.js';
import type { DispatchContext } from './dispatch-context.js';
import { GRID_PRICE, measuredStates, meritOf, OVERSPENDING_PRICE } from './merit.js';

/** Half-spaces that the loads without coupons break, whose normals the patterns push along. */
const PUSHED_NORMALS = 4;
/** Pairs whose merit is computed in full. */
const CANDIDATES = 200;
/** Starts closer than this in the interval of the focus lead to the same optimum, MW. */
const DISTINCT_START_MW = 0.2;

export interface StartPool {
  couponFree: ClassState[];
  /** States by class. */
  pools: ClassState[][];
}

/** The same for all tiers. */
export function startPool(context: DispatchContext): StartPool {
  const { region, focus, input } = context;
  const { classes, model, grid } = region;
  const couponFree = [...region.couponFree];
  const pools = couponFree.map((state) => [state]);
  for (const coupons of input.known) {
    classes.forEach((classModel, index) => {
      const state = classModel.respond(couponTable(context, classModel, coupons));
      if (state) pools[index].push(state);
    });
  }
  const broken = (grid?.nearest(couponFree, 0, Infinity) ?? []).filter(({ interval }) => interval === focus);
  const directions = broken.slice(0, PUSHED_NORMALS).map(({ normal }) => normal);
  for (const direction of directions.length > 0
    ? directions
    : axisDirections(input.scenario.stations.length)) {
    classes.forEach((classModel, index) => {
      for (const pattern of patternsFor(model, classModel, [direction])) {
        const state = classModel.respond(couponsOf(classModel, pattern));
        if (state) pools[index].push(state);
      }
    });
  }
  return { couponFree, pools };
}

/** The best starts for a tier, best first. */
export function bestStarts(
  context: DispatchContext,
  { pools }: StartPool,
  budget: number,
  count: number,
): ClassState[][] {
  const candidates = pairs(context, pools, budget)
    .map((states) => ({ states, merit: meritOf(context, measuredStates(context, states), budget) }))
    .sort((a, b) => a.merit - b.merit);
  const chosen: { states: ClassState[]; loads: number[] }[] = [];
  for (const { states } of candidates) {
    const loads = focusLoads(states);
    const known = chosen.some(
      (other) => Math.hypot(...loads.map((mw, axis) => mw - other.loads[axis])) < DISTINCT_START_MW,
    );
    if (known) continue;
    chosen.push({ states, loads });
    if (chosen.length === count) break;
  }
  return chosen.map(({ states }) => states);
}

/** Pairs of one state per class by a merit that looks at the focus only: cheap enough for all of them. */
function pairs(
  { region, entryCosts, focus }: DispatchContext,
  pools: readonly ClassState[][],
  budget: number,
): ClassState[][] {
  const rows = (
    region.grid?.nearest(
      pools.map(([first]) => first),
      Infinity,
      Infinity,
    ) ?? []
  ).filter(({ interval }) => interval === focus);
  const costs = pools.map((pool, index) =>
    pool.map(({ inflow, subsidy }) => entryCost(entryCosts[index], inflow) + SUBSIDY_WEIGHT * subsidy),
  );
  const found: { states: ClassState[]; merit: number }[] = [];
  const visit = (states: ClassState[], cost: number): void => {
    const index = states.length;
    if (index < pools.length) {
      pools[index].forEach((state, k) => visit([...states, state], cost + costs[index][k]));
      return;
    }
    const loads = focusLoads(states);
    const spent = states.reduce((sum, { subsidy }) => sum + subsidy, 0);
    let beyond = 0;
    for (const { normal, offsetMw } of rows)
      beyond = Math.max(
        beyond,
        normal.reduce((sum, n, station) => sum + n * loads[station], -offsetMw),
      );
    const merit = cost + OVERSPENDING_PRICE * Math.max(0, spent - budget) + GRID_PRICE * beyond;
    found.push({ states, merit });
  };
  visit([], 0);
  return found
    .sort((a, b) => a.merit - b.merit)
    .slice(0, CANDIDATES)
    .map(({ states }) => states);
}

/** The axes of the class models are all stations at the focus. */
function focusLoads(states: readonly ClassState[]): number[] {
  return Array.from(states[0]?.loadMw ?? [], (_, axis) =>
    states.reduce((sum, { loadMw }) => sum + loadMw[axis], 0),
  );
}

function axisDirections(count: number): number[][] {
  return Array.from({ length: count }, (_, axis) =>
    [1, -1].map((sign) => Array.from({ length: count }, (__, k) => (k === axis ? sign : 0))),
  ).flat();
}

function couponTable(
  { input, region }: DispatchContext,
  { choice }: ClassModel,
  coupons: readonly Coupon[],
): Float64Array {
  const table = new Float64Array(choice.price.length);
  for (const { station, service, interval, perVehicle } of coupons) {
    if (service !== choice.kind || interval >= region.model.intervals) continue;
    const index = input.scenario.stations.findIndex(({ id }) => id === station);
    const block = choice.stations.indexOf(index);
    if (block >= 0) table[block * region.model.intervals + interval] = perVehicle;
  }
  return table;
}

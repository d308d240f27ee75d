/**
 * Starting states. Charging and V2G interact only through the roads and the budget, so each class gets a pool of
 * responses to simple coupon patterns, for all budgets and directions at once; any charging state goes with any
 * V2G state whose subsidies fit the budget together.
 */
import type { TrafficModel } from '../traffic/network.js';
import type { ClassModel, ClassState } from './class-model.js';

/** Largest coupon tried where a service has no cap, as a multiple of the value of an hour. */
const UNCAPPED_HOURS = 2;
/** Smallest coupon tried, as a share of the largest, and the ratio of the geometric grid. */
const SMALLEST_SHARE = 0.01;
const GRID_RATIO = 1.45;

/**
 * Coupons that outweigh every other cost, in hours of the value of time: the response goes as far as any coupons
 * can bring it. What it takes is found by the minimum-subsidy programme, within the caps or not at all.
 */
const EXTREME_HOURS = 1000;

/** How far around the axes' entry intervals a pattern pays: how a coupon's payment spreads over time. */
const SPREADS = ['all', 'window', 'neighbours', 'late'] as const;

/** A coupon pattern: `scale` times the (non-negative) profile of direction and spread. */
export interface Pattern {
  direction: readonly number[];
  spread: (typeof SPREADS)[number] | 'extreme';
  scale: number;
}

/** The coupons whose response goes as far along a direction as any coupons can bring it. */
export function extremePattern(model: TrafficModel, direction: readonly number[]): Pattern {
  return { direction, spread: 'extreme', scale: EXTREME_HOURS * model.scenario.valueOfTimePerH };
}

/** All patterns for given directions, in a fixed order. */
export function patternsFor(
  model: TrafficModel,
  classModel: ClassModel,
  directions: readonly (readonly number[])[],
): Pattern[] {
  const caps = [...classModel.choice.couponCap].filter((cap) => Number.isFinite(cap));
  const largest = caps.length > 0 ? Math.max(...caps) : UNCAPPED_HOURS * model.scenario.valueOfTimePerH;
  const patterns: Pattern[] = [];
  for (const direction of directions) {
    patterns.push(extremePattern(model, direction));
    for (const spread of SPREADS) {
      for (let scale = largest; scale > SMALLEST_SHARE * largest; scale /= GRID_RATIO) {
        patterns.push({ direction, spread, scale });
      }
    }
  }
  return patterns;
}

/** Coupons per cell for a pattern. */
export function couponsOf(classModel: ClassModel, pattern: Pattern): Float64Array {
  const { choice, axisLoads } = classModel;
  const { intervals, blocks } = choice.columns;
  const worth = new Float64Array(blocks.length * intervals);
  const near = new Uint8Array(worth.length);
  axisLoads.forEach((load, axis) => {
    if (!load) return;
    const block = blocks[Math.floor(load.cell / intervals)];
    const dwell = block.kind === 'service' ? block.dwell : 1;
    const first = load.cell - (load.cell % intervals);
    const at = load.cell - first;
    for (let t = Math.max(0, at - dwell + 1); t <= at; t++) {
      worth[first + t] -= pattern.direction[axis] * load.mwPerVehicle;
    }
    const margin = pattern.spread === 'neighbours' ? 1 : 0;
    for (let b = 0; b < blocks.length; b++) {
      const from = Math.max(0, at - dwell + 1 - margin);
      const to = Math.min(intervals - 1, at + margin);
      for (let t = from; t <= to; t++) near[b * intervals + t] = 1;
      if (pattern.spread === 'late') for (let t = from; t < intervals; t++) near[b * intervals + t] = 1;
    }
  });
  let least = 0;
  let most = 0;
  for (const value of worth) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const range = most - least;
  const coupons = new Float64Array(worth.length);
  if (range === 0) return coupons;
  for (let cell = 0; cell < coupons.length; cell++) {
    if (pattern.spread !== 'all' && pattern.spread !== 'extreme' && !near[cell]) continue;
    const cap = pattern.spread === 'extreme' ? Infinity : choice.couponCap[Math.floor(cell / intervals)];
    coupons[cell] = Math.min(cap, (pattern.scale * (worth[cell] - least)) / range);
  }
  return coupons;
}

/** States of one class in the order they were found. */
export type StatePool = ClassState[];

export interface Combination {
  /** Index into the pool, per class. */
  indices: number[];
  support: number;
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
};

/** Starts closer than this to a better one lead to the same optimum, MW. */
const DISTINCT_START_MW = 0.3;
/** Combinations looked at for a start that differs. */
const START_CANDIDATES = 60;

/** The best combinations whose loads differ, as states per class, best first. */
export function distinctStarts(
  pools: readonly StatePool[],
  direction: ArrayLike<number>,
  budget: number,
  count: number,
): ClassState[][] {
  const starts: { states: ClassState[]; loadMw: number[] }[] = [];
  for (const { indices } of bestCombinations(pools, direction, budget, START_CANDIDATES)) {
    const states = indices.map((index, pool) => pools[pool][index]);
    const loadMw = Array.from(direction, (_, axis) =>
      states.reduce((sum, state) => sum + state.loadMw[axis], 0),
    );
    const known = starts.some(
      (other) => Math.hypot(...loadMw.map((mw, axis) => mw - other.loadMw[axis])) < DISTINCT_START_MW,
    );
    if (known) continue;
    starts.push({ states, loadMw });
    if (starts.length === count) break;
  }
  return starts.map(({ states }) => states);
}

/**
 * The best combinations of one state per class whose subsidies fit the budget together: the second pool is
 * sorted by subsidy with a prefix minimum of direction · load, and looked up at what each first state leaves.
 * @returns up to `count` combinations with distinct first states, best first.
 */
export function bestCombinations(
  pools: readonly StatePool[],
  direction: ArrayLike<number>,
  budget: number,
  count: number,
): Combination[] {
  const [first, second] = pools;
  const found: Combination[] = [];
  if (!first) return found;
  if (!second) {
    first.forEach((state, index) => {
      if (state.subsidy <= budget) found.push({ indices: [index], support: dot(direction, state.loadMw) });
    });
  } else {
    const order = second
      .map((_, index) => index)
      .sort((a, b) => second[a].subsidy - second[b].subsidy || a - b);
    const best: number[] = [];
    let least = Infinity;
    let leastIndex = -1;
    const values = order.map((index) => {
      const value = dot(direction, second[index].loadMw);
      if (value < least) {
        least = value;
        leastIndex = index;
      }
      best.push(leastIndex);
      return least;
    });
    first.forEach((state, index) => {
      let low = 0;
      let high = order.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (second[order[middle]].subsidy <= budget - state.subsidy) low = middle + 1;
        else high = middle;
      }
      if (low === 0) return;
      found.push({
        indices: [index, best[low - 1]],
        support: dot(direction, state.loadMw) + values[low - 1],
      });
    });
  }
  return found.sort((a, b) => a.support - b.support || a.indices[0] - b.indices[0]).slice(0, count);
}

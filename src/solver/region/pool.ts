/**
 * Starting states. Charging and V2G interact only through the roads and the budget, so each class gets a pool of
 * responses to simple coupon patterns, for all budgets and directions at once; any charging state goes with any
 * V2G state whose subsidies fit the budget together.
 */
import type { TrafficModel } from '../traffic/network.js';
import type { ClassModel, ClassState } from './class-model.js';
import type { FeederRows } from './feeder-rows.js';
import { bestPartners, leastFirst, supportsTogether } from './partners.js';
import { GRID_PRICE } from './trust-region.js';

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

/** Combinations looked at with a feeder, which may not serve the best of them. */
const FEEDER_CANDIDATES = 400;

/** One state per class to start from. */
export interface Start {
  states: readonly ClassState[];
  /** direction · load, and what leaving the feeder's region costs, MW. */
  merit: number;
}

/** What states of different classes have to do with each other besides the budget. */
export interface Companions {
  /** What the feeder can serve; null without one. */
  feeder: FeederRows | null;
  /** States that were found together: they keep to the feeder's limits. */
  together: readonly (readonly ClassState[])[];
}

/**
 * The best combination within the budget; the first of equals. Null where no states fit it.
 * @param below a merit that is of no use, nor are larger ones, MW.
 */
export function bestStart(
  pools: readonly StatePool[],
  direction: ArrayLike<number>,
  budget: number,
  companions: Companions = { feeder: null, together: [] },
  below = Infinity,
): Start | null {
  const { feeder } = companions;
  let best: Start | null = null;
  let limit = below;
  for (const { states, support } of candidateStarts(pools, direction, budget, companions, below)) {
    // Leaving the feeder's region only adds to a support: nothing that comes later is better.
    if (support >= limit) break;
    const merit = support + (feeder ? GRID_PRICE * feeder.violationMw(states) : 0);
    if (merit >= limit) continue;
    best = { states, merit };
    limit = merit;
  }
  return best;
}

/**
 * What may be a start, farthest along the direction first: combinations, and with a feeder what was found together.
 * @param below supports of this and more are of no use, MW.
 */
function* candidateStarts(
  pools: readonly StatePool[],
  direction: ArrayLike<number>,
  budget: number,
  { feeder, together }: Companions,
  below: number,
): Generator<{ states: readonly ClassState[]; support: number }, void> {
  const { partner, support } = bestPartners(pools, direction, budget);
  const supports = new Float64Array(support.length + (feeder ? together.length : 0));
  supports.set(support);
  if (feeder) supports.set(supportsTogether(together, direction, budget), support.length);
  let combinations = 0;
  for (const index of leastFirst(supports, below)) {
    if (index >= support.length) yield { states: together[index - support.length], support: supports[index] };
    else if (combinations++ < FEEDER_CANDIDATES)
      yield {
        states: combined(index, partner).map((state, pool) => pools[pool][state]),
        support: supports[index],
      };
  }
}

/** Per class, the index into its pool. */
function combined(first: number, partner: Int32Array): number[] {
  return partner[first] < 0 ? [first] : [first, partner[first]];
}

/**
 * The best combinations of one state per class whose subsidies fit the budget together.
 * @returns up to `count` combinations with distinct first states, best first.
 */
export function* bestCombinations(
  pools: readonly StatePool[],
  direction: ArrayLike<number>,
  budget: number,
  count: number,
): Generator<Combination, void> {
  const { partner, support } = bestPartners(pools, direction, budget);
  for (const first of leastFirst(support)) {
    if (count-- === 0) return;
    yield { indices: combined(first, partner), support: support[first] };
  }
}

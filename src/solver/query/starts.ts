/** Where a query starts: pairs of class states that together come close to the target at little subsidy. */
import type { Highs } from '../highs/load.js';
import { DUAL_SIMPLEX, LinearModelBuilder, withModel } from '../highs/model.js';
import type { ClassState } from '../region/class-model.js';
import { subsidyOf } from '../region/local-search.js';
import type { StatePool } from '../region/pool.js';
import type { Mix } from './envelope.js';
import { NEGLIGIBLE_WEIGHT } from './envelope.js';
import { distance, positionOf } from './position.js';
import type { Aim } from './reach-search.js';

/** Starts whose inflows differ by less than this share of all vehicles lead to the same optimum. */
const DISTINCT_SHARE = 0.05;
/** What a MW off the target counts when states are paired, money. */
export const PAIR_PRICE = 1500;
/** Pairs looked at for a start that differs. */
const CANDIDATES = 200;

export interface Start {
  states: ClassState[];
  merit: number;
}

/**
 * @param pools states per class; any charging state goes with any V2G state.
 * @param pricePerMw what a MW off the target counts, money.
 */
export function nearestStarts(
  pools: readonly StatePool[],
  targetMw: readonly number[],
  pricePerMw: number,
  count: number,
  budget = Infinity,
): Start[] {
  const found: Start[] = [];
  for (const { indices, merit } of bestTuples(pools, targetMw, pricePerMw, budget)) {
    const states = indices.map((index, pool) => pools[pool][index]);
    if (found.some((other) => isSame(other.states, states))) continue;
    found.push({ states, merit });
    if (found.length === count) break;
  }
  return found;
}

function isSame(a: readonly ClassState[], b: readonly ClassState[]): boolean {
  let moved = 0;
  let all = 0;
  a.forEach(({ inflow }, index) =>
    inflow.forEach((vehicles, cell) => {
      moved += Math.abs(vehicles - b[index].inflow[cell]) / 2;
      all += vehicles;
    }),
  );
  return moved <= DISTINCT_SHARE * all;
}

function bestTuples(
  pools: readonly StatePool[],
  targetMw: readonly number[],
  pricePerMw: number,
  budget: number,
): { indices: number[]; merit: number }[] {
  const [first, second] = pools;
  if (!first) return [];
  const best: { indices: number[]; merit: number }[] = [];
  let worst = Infinity;
  const offer = (indices: number[], merit: number): void => {
    best.push({ indices, merit });
    if (best.length < 2 * CANDIDATES) return;
    best.sort((a, b) => a.merit - b.merit || compare(a.indices, b.indices));
    best.length = CANDIDATES;
    worst = best[CANDIDATES - 1].merit;
  };
  first.forEach((one, i) => {
    const rest = targetMw.map((mw, axis) => mw - one.loadMw[axis]);
    if (!second) {
      if (one.subsidy <= budget) offer([i], one.subsidy + pricePerMw * Math.hypot(...rest));
      return;
    }
    for (let j = 0; j < second.length; j++) {
      const subsidy = one.subsidy + second[j].subsidy;
      if (subsidy >= worst || subsidy > budget) continue;
      let squared = 0;
      for (let axis = 0; axis < rest.length; axis++) squared += (rest[axis] - second[j].loadMw[axis]) ** 2;
      const merit = subsidy + pricePerMw * Math.sqrt(squared);
      if (merit < worst) offer([i, j], merit);
    }
  });
  return best.sort((a, b) => a.merit - b.merit || compare(a.indices, b.indices)).slice(0, CANDIDATES);
}

const compare = (a: readonly number[], b: readonly number[]): number => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return 0;
};

/**
 * The mix of whole points nearest to the target that adds up to it: min Σ w_i |P_i − target|² s.t. Σ w_i P_i = target,
 * Σ w_i = 1, the simplex of the Delaunay triangulation that holds the target. Its points resemble each other, those of
 * the cheapest mix need not. Null where no points surround the target.
 * @param count the first so many states of each pool belong together, class by class.
 */
export function surroundingMix(
  highs: Highs,
  pools: readonly StatePool[],
  count: number,
  targetMw: readonly number[],
): Mix | null {
  const points = Array.from({ length: count }, (_, index) => {
    const states = pools.map((pool) => pool[index]);
    return { positionMw: positionOf(states, targetMw.length), subsidy: subsidyOf(states) };
  });
  const builder = new LinearModelBuilder();
  const columns = points.map(({ positionMw }, index) =>
    builder.addColumn(`weight ${index}`, 0, Infinity, distance(positionMw, targetMw) ** 2),
  );
  builder.addRow(
    'weights',
    1,
    1,
    columns,
    columns.map(() => 1),
  );
  targetMw.forEach((mw, axis) =>
    builder.addRow(
      `position ${axis}`,
      mw,
      mw,
      columns,
      points.map(({ positionMw }) => positionMw[axis]),
    ),
  );
  return withModel(highs, builder, { simplex_strategy: DUAL_SIMPLEX }, (model) => {
    const solution = model.solve();
    if (solution.status !== 'optimal') return null;
    const part = columns.flatMap((column, index) => {
      const weight = solution.columns[column];
      return weight > NEGLIGIBLE_WEIGHT ? [{ index, weight }] : [];
    });
    const subsidy = part.reduce((sum, { index, weight }) => sum + weight * points[index].subsidy, 0);
    return { subsidy, offMw: 0, parts: pools.map(() => part) };
  });
}

/** The mean of states by weight, per class: no equilibrium, but near one. */
export function mixedStart(pools: readonly StatePool[], { parts }: Mix): Aim[] {
  return parts.map((list, pool) => {
    const mean = (of: (state: ClassState) => Float64Array): Float64Array => {
      const sum = new Float64Array(of(pools[pool][0]).length);
      for (const { index, weight } of list)
        of(pools[pool][index]).forEach((value, i) => (sum[i] += weight * value));
      return sum;
    };
    return { coupon: mean((s) => s.coupon), inflow: mean((s) => s.inflow), flow: mean((s) => s.flow) };
  });
}

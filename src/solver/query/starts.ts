/** Where a query starts: pairs of class states that together come close to the target at little subsidy. */
import type { ClassState } from '../region/class-model.js';
import type { StatePool } from '../region/pool.js';
import type { Mix } from './envelope.js';
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

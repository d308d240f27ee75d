/**
 * The best partner of each state of one class among the states of the other. Pools hold thousands of states and are
 * gone through for every direction: what does not depend on it is kept, flat, and grows with the pool.
 */
import TinyQueue from 'tinyqueue';
import type { ClassState } from './class-model.js';

/** States of one class in the order they were found; others only ever join at the end. */
type Pool = readonly ClassState[];

interface Ranked {
  /** States by subsidy, equal ones in the order of the pool. */
  bySubsidy: number[];
  /** By state. */
  subsidy: Float64Array;
  /** By state and axis. */
  loadMw: Float64Array;
}

const ranked = new WeakMap<Pool, Ranked>();

function rankedOf(pool: Pool, axes: number): Ranked {
  const known = ranked.get(pool);
  if (known?.bySubsidy.length === pool.length) return known;
  const bySubsidy = known?.bySubsidy ?? [];
  const subsidy = new Float64Array(pool.length);
  const loadMw = new Float64Array(pool.length * axes);
  if (known) {
    subsidy.set(known.subsidy);
    loadMw.set(known.loadMw);
  }
  for (let index = bySubsidy.length; index < pool.length; index++) {
    bySubsidy.push(index);
    subsidy[index] = pool[index].subsidy;
    loadMw.set(pool[index].loadMw, index * axes);
  }
  // An array's sort, unlike a typed array's, merges the few that joined into those in order.
  bySubsidy.sort((a, b) => subsidy[a] - subsidy[b] || a - b);
  const found = { bySubsidy, subsidy, loadMw };
  ranked.set(pool, found);
  return found;
}

/** direction · load of every state, MW. */
function along(pool: Pool, direction: ArrayLike<number>): Float64Array {
  const { loadMw } = rankedOf(pool, direction.length);
  const values = new Float64Array(pool.length);
  for (let index = 0, k = 0; index < values.length; index++) {
    let value = 0;
    for (let axis = 0; axis < direction.length; axis++) value += direction[axis] * loadMw[k++];
    values[index] = value;
  }
  return values;
}

interface Sums {
  /** Of the first so many. */
  count: number;
  /** With room for more. */
  subsidy: Float64Array;
  /** By axis within each. */
  loadMw: Float64Array;
}

const sums = new WeakMap<readonly Pool[], Sums>();

function sumsOf(together: readonly Pool[], axes: number): Sums {
  const known = sums.get(together) ?? {
    count: 0,
    subsidy: new Float64Array(0),
    loadMw: new Float64Array(0),
  };
  if (known.subsidy.length < together.length) {
    const { subsidy, loadMw } = known;
    known.subsidy = new Float64Array(2 * together.length);
    known.loadMw = new Float64Array(2 * together.length * axes);
    known.subsidy.set(subsidy);
    known.loadMw.set(loadMw);
  }
  for (; known.count < together.length; known.count++) {
    for (const { subsidy, loadMw } of together[known.count]) {
      known.subsidy[known.count] += subsidy;
      for (let axis = 0; axis < axes; axis++) known.loadMw[known.count * axes + axis] += loadMw[axis];
    }
  }
  sums.set(together, known);
  return known;
}

/**
 * direction · load of states that were found together, MW; Infinity of those that the budget has no room for.
 * @param together one state per class each; others only ever join at the end.
 */
export function supportsTogether(
  together: readonly Pool[],
  direction: ArrayLike<number>,
  budget: number,
): Float64Array {
  const axes = direction.length;
  const { subsidy, loadMw } = sumsOf(together, axes);
  const supports = new Float64Array(together.length).fill(Infinity);
  for (let index = 0; index < supports.length; index++) {
    if (subsidy[index] > budget) continue;
    let value = 0;
    for (let axis = 0; axis < axes; axis++) value += direction[axis] * loadMw[index * axes + axis];
    supports[index] = value;
  }
  return supports;
}

export interface Partners {
  /** By state of the first class: the partner that reaches farthest along the direction among those that the budget
   * leaves room for, the cheapest of equal ones; −1 where there is none. */
  partner: Int32Array;
  /** direction · load of both, MW; Infinity where the budget has no room for the two. */
  support: Float64Array;
}

/** Of a single class each state stands alone. */
export function bestPartners(
  [first = [], second]: readonly Pool[],
  direction: ArrayLike<number>,
  budget: number,
): Partners {
  const support = along(first, direction);
  const partner = new Int32Array(first.length).fill(-1);
  const { bySubsidy, subsidy } = rankedOf(first, direction.length);
  if (!second) {
    for (let i = 0; i < first.length; i++) if (subsidy[i] > budget) support[i] = Infinity;
    return { partner, support };
  }
  const values = along(second, direction);
  const others = rankedOf(second, direction.length);
  // From the dearest state on, what is left for a partner grows: each partner comes into reach once.
  let inReach = 0;
  let best = -1;
  for (let k = bySubsidy.length - 1; k >= 0; k--) {
    const i = bySubsidy[k];
    const left = budget - subsidy[i];
    for (; inReach < values.length && others.subsidy[others.bySubsidy[inReach]] <= left; inReach++) {
      const candidate = others.bySubsidy[inReach];
      if (best < 0 || values[candidate] < values[best]) best = candidate;
    }
    partner[i] = best;
    support[i] = best < 0 ? Infinity : support[i] + values[best];
  }
  return { partner, support };
}

/** Where the least values below a limit are, least first, equal ones in their order; the next is looked for when asked for. */
export function* leastFirst(values: Float64Array, below = Infinity): Generator<number, void> {
  const candidates: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] < below) candidates.push(i);
  const queue = new TinyQueue(candidates, (a, b) => values[a] - values[b] || a - b);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) yield next;
}

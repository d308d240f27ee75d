/** Which directions of a budget are solved again once all have been: states found since may serve them better. */
import { largestSide } from '../geometry/hull.js';
import { PointSet } from '../geometry/point-set.js';
import { bestStart } from './pool.js';
import type { BudgetState, Found } from './region-result.js';
import type { Starts } from './starts.js';

/** A direction is solved again when states found since promise more by this share of the region's largest side. */
const WORTH_SOLVING_AGAIN_SHARE = 2e-3;
/** The same of a budget whose points were moved: its searches are short, and corners win the rest for less. */
const MOVED_WORTH_SOLVING_AGAIN_SHARE = 1e-2;

/** @param points those that keep to the budget. */
export function worthSolvingAgain(
  { cap, directions, moved, promisedMw }: BudgetState,
  points: readonly Found[],
  { pools, companions }: Pick<Starts, 'pools' | 'companions'>,
): number[][] {
  const positions = points.map(({ positionMw }) => positionMw);
  const sideMw = positions.length > 0 ? largestSide(positions) : 0;
  const worthShare = moved ? MOVED_WORTH_SOLVING_AGAIN_SHARE : WORTH_SOLVING_AGAIN_SHARE;
  const set = new PointSet(positions);
  return directions.filter((direction) => {
    // What could not be kept once is not promised again.
    const before = promisedMw.get(direction.join()) ?? Infinity;
    const useless = Math.min(set.least(direction), before) - worthShare * sideMw;
    const best = bestStart(pools, direction, cap ?? Infinity, companions, useless);
    if (!best) return false;
    promisedMw.set(direction.join(), best.merit);
    return true;
  });
}

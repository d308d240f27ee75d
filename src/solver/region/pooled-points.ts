/**
 * Which points a region lists. A point that keeps to a budget is a point of that region however it was found: for
 * another direction, or under another budget. So a larger budget has all points of a smaller one, and its measure
 * never falls.
 */
import { convexHull, type HullOptions } from '../geometry/hull.js';
import { PointSet } from '../geometry/point-set.js';
import { compareVectors, dot, isWithin } from '../geometry/vector.js';

/** What pooling has to know of a certified point; money in the scenario's currency, null for no budget. */
export interface FoundPoint {
  positionMw: readonly number[];
  /** The budget it was found under. */
  subsidyCap: number | null;
  /** What it costs. */
  subsidy: number;
}

export interface PooledPoint<T extends FoundPoint> {
  point: T;
  /** The solved directions along which no point of the region reaches farther; empty for one that is listed only
   * because it is a corner of the hull. */
  directions: number[][];
}

export interface BudgetRequest {
  subsidyCap: number | null;
  /** Directions solved under this budget. */
  directions: readonly (readonly number[])[];
}

/** Points this close along a direction reach equally far, MW: loads are certified to 1e-6 MW. */
const EQUAL_REACH_MW = 1e-6;

/** Directions closer than this are the same. */
const SAME_DIRECTION = 1e-9;

/** Whether a point may be listed under a budget: found under one that is no larger, or cheap enough. */
export function keepsToBudget(point: FoundPoint, subsidyCap: number | null): boolean {
  if (subsidyCap === null) return true;
  return (point.subsidyCap !== null && point.subsidyCap <= subsidyCap) || point.subsidy <= subsidyCap;
}

/**
 * The least list of points that says all about the region of one budget: the best for each solved direction, and the
 * corners of the hull of all. In the order of the directions, then of the corners.
 *
 * A point found under a larger budget may be listed when its subsidy is small enough; whoever writes its
 * certificate then states this budget, which it keeps as well.
 *
 * @param found certified points of all budgets, in a reproducible order
 */
export function pooledPoints<T extends FoundPoint>(
  found: readonly T[],
  { subsidyCap, directions }: BudgetRequest,
  options: HullOptions = {},
): PooledPoint<T>[] {
  const eligible = found.filter((point) => keepsToBudget(point, subsidyCap));
  if (eligible.length === 0) return [];
  const positions = eligible.map((point) => point.positionMw);
  const corners = convexHull(positions, options).vertices;
  const isCorner = new Set(corners);
  const set = new PointSet(positions);
  const listed = new Map<number, number[][]>();
  for (const direction of distinct(directions)) {
    const best = bestAlong(direction, positions, set.least(direction), isCorner);
    const sofar = listed.get(best);
    if (sofar) sofar.push([...direction]);
    else listed.set(best, [[...direction]]);
  }
  for (const corner of corners) if (!listed.has(corner)) listed.set(corner, []);
  return [...listed].map(([index, along]) => ({ point: eligible[index], directions: along }));
}

/** Among the points that reach farthest, a corner of the hull if there is one, then the first by coordinates. */
function bestAlong(
  direction: readonly number[],
  positions: readonly (readonly number[])[],
  least: number,
  isCorner: ReadonlySet<number>,
): number {
  const tied = positions.flatMap((position, index) =>
    dot(direction, position) <= least + EQUAL_REACH_MW ? [index] : [],
  );
  const among = tied.some((index) => isCorner.has(index))
    ? tied.filter((index) => isCorner.has(index))
    : tied;
  return among.reduce((a, b) => (compareVectors(positions[b], positions[a]) < 0 ? b : a));
}

function distinct(directions: readonly (readonly number[])[]): (readonly number[])[] {
  const kept: (readonly number[])[] = [];
  for (const direction of directions) {
    if (!kept.some((other) => isWithin(other, direction, SAME_DIRECTION))) kept.push(direction);
  }
  return kept;
}

/** Which bounds are worth proving, judged by the certified points: directions, and a price of subsidy for each budget. */
import { dot, negate } from '../geometry/vector.js';
import { sweepDirections } from '../region/directions.js';
import type { IntervalResult } from '../result.js';
import type { PricedDirection } from './cuts.js';

/** Directions of a polygon and of a solid; in more dimensions the sweep alone. */
const DIRECTIONS: Readonly<Record<number, number>> = { 2: 24, 3: 64 };
const SWEEP_DEGREES = 45;
/** Halvings of the interval in which the best price is searched. */
const PRICE_STEPS = 60;
/** Prices below this share of the largest are nothing. */
const NO_PRICE = 1e-6;

/** Relaxed equilibria need about half the subsidy of true ones, so their best price is about half as high. */
const RELAXED_SHARE = 0.5;

export interface KnownPoint {
  positionMw: readonly number[];
  subsidy: number;
}

export function knownPoints({
  regions,
  couponFree,
}: Pick<IntervalResult, 'regions' | 'couponFree'>): KnownPoint[] {
  const points = [...regions.flatMap((region) => region.points), ...(couponFree ? [couponFree] : [])];
  return points
    .filter(({ certificate }) => certificate.status === 'certified')
    .map(({ positionMw, certificate }) => ({ positionMw, subsidy: certificate.subsidy }));
}

/**
 * The sweep, then the facet normals of the hulls, farthest from those already chosen first: what lies between directions
 * is cut off by none.
 */
export function boundDirections({ axes, regions }: Pick<IntervalResult, 'axes' | 'regions'>): number[][] {
  const chosen = sweepDirections(axes.length, SWEEP_DEGREES);
  const wanted = DIRECTIONS[axes.length] ?? chosen.length;
  const candidates = regions.flatMap(({ hull }) => hull.halfspaces.map(({ normal }) => negate(normal)));
  const closest = candidates.map((candidate) => Math.max(...chosen.map((known) => dot(candidate, known))));
  while (chosen.length < wanted && candidates.length > 0) {
    let farthest = 0;
    for (let k = 1; k < candidates.length; k++) if (closest[k] < closest[farthest]) farthest = k;
    const next = candidates[farthest];
    if (closest[farthest] > 1 - NO_PRICE) break;
    chosen.push([...next]);
    candidates.forEach((candidate, k) => (closest[k] = Math.max(closest[k], dot(candidate, next))));
  }
  return chosen;
}

/**
 * The price at which the known points prove most for a budget F: the λ that maximises min(direction · P + λ·G) − λ·F
 * over points with load P and subsidy G, a concave function of λ.
 */
export function bestPrice(
  points: readonly KnownPoint[],
  direction: readonly number[],
  budget: number,
): number {
  const lines = points.map(({ positionMw, subsidy }) => ({
    value: dot(direction, positionMw),
    slope: subsidy - budget,
  }));
  const least = (price: number): number =>
    Math.min(...lines.map(({ value, slope }) => value + price * slope));
  const lowest = Math.min(...lines.map(({ value }) => value));
  let low = 0;
  // Beyond this price the line of a point that spends less than the budget has fallen below the value at no price.
  let high = Math.min(
    ...lines.filter(({ slope }) => slope < 0).map(({ value, slope }) => (value - lowest) / -slope),
  );
  if (!Number.isFinite(high)) return 0;
  const top = high;
  for (let step = 0; step < PRICE_STEPS; step++) {
    const left = low + (high - low) / 3;
    const right = high - (high - low) / 3;
    if (least(left) < least(right)) low = left;
    else high = right;
  }
  return low < NO_PRICE * top ? 0 : low;
}

/** Per direction of the sweep: one item for what caps alone allow, and one for each finite budget. */
export function firstItems(
  result: Pick<IntervalResult, 'axes' | 'regions' | 'couponFree'>,
): PricedDirection[] {
  const points = knownPoints(result);
  const budgets = result.regions.flatMap(({ subsidyCap }) => (subsidyCap === null ? [] : [subsidyCap]));
  return sweepDirections(result.axes.length, SWEEP_DEGREES).flatMap((direction) => [
    { direction, price: 0, subsidyCap: null },
    ...budgets.map((subsidyCap) => ({
      direction,
      price: RELAXED_SHARE * bestPrice(points, direction, subsidyCap),
      subsidyCap,
    })),
  ]);
}

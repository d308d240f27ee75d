/** Which bounds are worth proving, judged by the certified points: directions, and a price of subsidy for each budget. */
import { dot, negate } from '../geometry/vector.js';
import { sweepDirections } from '../region/directions.js';
import type { IntervalResult } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import { BUDGET_ROUNDING, type PricedDirection } from './cuts.js';

/** Directions of a polygon and of a solid; in more dimensions the sweep alone. */
const DIRECTIONS: Readonly<Record<number, number>> = { 2: 24, 3: 64 };
const SWEEP_DEGREES = 45;
/** Nothing is known beyond the largest budget: the price there is taken to be that at this share of it. */
const SHORT_OF_LAST = 0.9;
/** Halvings of the interval in which the best price is searched. */
const PRICE_STEPS = 60;
/** Prices below this share of the largest are nothing. */
const NO_PRICE = 1e-6;

/**
 * Relaxed equilibria need less subsidy than true ones, the less the fewer ranges were split, so their best price is lower,
 * too. Measured: half of it for one relaxation, three quarters where 40 to 250 are solved; the multiplier of the budget in
 * what is proven so far is zero in most of the worst directions, and a price of zero proves 0.1 to 0.3 MW less.
 */
const RELAXED_SHARE = 0.5;
const BRANCHED_SHARE = 0.75;

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

/** The price at which a bound is worth proving with so many linear programmes, MW per money. */
export function worthwhilePrice(
  points: readonly KnownPoint[],
  direction: readonly number[],
  budget: SubsidyCap,
  nodes: number,
): number {
  if (budget === null) return 0;
  const isInside = points.some(({ subsidy }) => subsidy > budget * (1 + BUDGET_ROUNDING));
  const price = bestPrice(points, direction, isInside ? budget : SHORT_OF_LAST * budget);
  return (nodes === 1 ? RELAXED_SHARE : BRANCHED_SHARE) * price;
}

/** Per direction of the sweep one item for what caps alone allow, and per candidate one for each finite budget. */
export function firstItems(
  result: Pick<IntervalResult, 'axes' | 'regions' | 'couponFree'>,
  candidates: readonly number[][],
): PricedDirection[] {
  const points = knownPoints(result);
  const budgets = result.regions.flatMap(({ subsidyCap }) => (subsidyCap === null ? [] : [subsidyCap]));
  return [
    ...sweepDirections(result.axes.length, SWEEP_DEGREES).map((direction) => ({
      direction,
      price: 0,
      subsidyCap: null,
    })),
    ...candidates.flatMap((direction) =>
      budgets.map((subsidyCap) => ({
        direction,
        price: worthwhilePrice(points, direction, subsidyCap, 1),
        subsidyCap,
      })),
    ),
  ];
}

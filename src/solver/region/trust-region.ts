/** How the sequential linear programmes of a region and of its point queries move: both have coupons as steps and MW as merit. */

/** Trust radii of the coupons, money per vehicle. Measured: starting wider or ending finer does not gain. */
export const FIRST_RADIUS = 3;
export const LARGEST_RADIUS = 8;
export const LAST_RADIUS = 0.05;
export const MAX_STEPS = 18;
/**
 * At this radius, money per vehicle, a step may move all vehicles of a group to other columns, below it a share in
 * proportion: where stations are empty flows cost a linear programme nothing, and it would move them all at any radius.
 */
export const WHOLE_FLOW_RADIUS = 1;
/** A step that improves the merit less than this is none, MW. */
export const SMALL_IMPROVEMENT_MW = 1e-4;
/** A step that improves the merit more than this earns a wider radius, MW. */
export const LARGE_IMPROVEMENT_MW = 0.02;
/** A radius changes by these factors from one step to the next: what a step tells of others holds close to it. */
const LEAST_RADIUS_FACTOR = 0.1;
const LARGEST_RADIUS_FACTOR = 2;
/** Of the radius, after a step that brought nothing at most, after one that did at least. */
const HALF = 0.5;
/** In the merit, overspending costs this many times what the step says a money unit of budget is worth. */
export const OVERSHOOT_FACTOR = 2;
/** Bounds of what a money unit is worth, MW: the merit must neither ignore the budget nor see nothing else. */
export const LEAST_BUDGET_PRICE = 3e-4;
export const LARGEST_BUDGET_PRICE = 1e-2;
/** Violated complementarity costs this many times as much per money unit as budget: a step that pays drivers one by one is no equilibrium. */
export const COMPLEMENT_FACTOR = 10;
/** Share of the last step's overspending that the next step plans for, and its largest share of the budget. */
export const FORESIGHT = 0.3;
export const LARGEST_FORESIGHT_SHARE = 0.2;

/**
 * Half-spaces of the feeder that a step looks at: as far as steps mostly move loads, and no more than make it slow.
 * Measured: 1.5 MW costs a fifth more of a step's time and reaches no farther.
 */
export const NEAR_GRID_MW = 0.6;
export const MAX_GRID_ROWS = 40;

/**
 * Price of leaving the feeder's region, per MW: above what a MW on the axes can be worth to a direction of length
 * one through the normals of the feeder's half-spaces, so that a step leaves it only where it must.
 */
export const GRID_PRICE = 3;

/**
 * The radius of the next step: a linear programme promises in proportion to the radius, and misses by its square, so a
 * step that promised p and brought b would have brought most at p / 2(p − b) of its radius [Nocedal and Wright, section
 * 3.5: quadratic interpolation].
 * @param broughtMw null where the step led to no equilibrium.
 */
export function nextRadius(radius: number, promiseMw: number, broughtMw: number | null): number {
  const isAccepted = broughtMw !== null && broughtMw > SMALL_IMPROVEMENT_MW;
  // Overspending at a price that is still rising makes promises that are none.
  if (!(promiseMw > 0) || broughtMw === null) return isAccepted ? radius : HALF * radius;
  const missedMw = promiseMw - broughtMw;
  const best = missedMw > 0 ? promiseMw / (2 * missedMw) : Infinity;
  const factor = isAccepted
    ? Math.min(LARGEST_RADIUS_FACTOR, Math.max(HALF, best))
    : Math.min(HALF, Math.max(LEAST_RADIUS_FACTOR, best));
  return Math.min(LARGEST_RADIUS, radius * factor);
}

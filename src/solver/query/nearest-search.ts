/**
 * From a starting state to the equilibrium within a budget that comes nearest to a target: sequential linear programmes
 * as in the search for boundary points, with the squared distance as tangents in place of a direction,
 *
 *   q_k ≥ 2a (P_k − target_k) − a²   for a few a around the present deviation,   minimise Σ q_k / (2 distance).
 */
import type { FeederCoupling } from '../region/feeder-coupling.js';
import { GRID_TOLERANCE_MW } from '../region/feeder-coupling.js';
import type { ClassState } from '../region/class-model.js';
import { subsidyOf } from '../region/local-search.js';
import type { Measured } from '../region/restoration.js';
import { aimsOf, bestRestoration } from '../region/restoration.js';
import type { EpigraphRow } from '../region/step-rows.js';
import {
  GRID_PRICE,
  COMPLEMENT_FACTOR,
  FIRST_RADIUS,
  FORESIGHT,
  LARGEST_BUDGET_PRICE,
  LARGEST_FORESIGHT_SHARE,
  LARGEST_RADIUS,
  LARGE_IMPROVEMENT_MW,
  LAST_RADIUS,
  LEAST_BUDGET_PRICE,
  MAX_GRID_ROWS,
  MAX_STEPS,
  NEAR_GRID_MW,
  OVERSHOOT_FACTOR,
  SMALL_IMPROVEMENT_MW,
} from '../region/trust-region.js';
import { distance, positionOf } from './position.js';
import type { QueryContext } from './query-context.js';
import type { Aim } from './reach-search.js';

/** Tangents of the squared deviation, as shares of the present one: from the target to somewhat beyond the present. */
const TANGENTS = [0, 0.25, 0.5, 0.75, 1, 1.5] as const;
/** Tangents on both sides of the target as well, MW: a deviation may change its sign. */
const SIDE_TANGENT_MW = 0.05;
/** The distance that the objective is scaled by is at least this, MW. */
const LEAST_DISTANCE_MW = 1e-3;

export interface NearestResult {
  states: ClassState[];
  distanceMw: number;
  subsidy: number;
  steps: number;
}

export interface NearestOptions {
  firstRadius?: number;
  maxSteps?: number;
  grid?: FeederCoupling | null;
}

/** @returns the nearest states within the budget, null when none was met. */
export function searchNearest(
  context: QueryContext,
  start: readonly Aim[],
  targetMw: readonly number[],
  budget: number,
  { firstRadius = FIRST_RADIUS, maxSteps = MAX_STEPS, grid = null }: NearestOptions = {},
): NearestResult | null {
  const { program, region } = context;
  const { classes } = region;
  const off = (states: readonly Measured[]): number =>
    distance(positionOf(states, targetMw.length), targetMw);
  let best: NearestResult | null = null;
  let steps = 0;
  const consider = (states: ClassState[]): void => {
    const subsidy = subsidyOf(states);
    const distanceMw = off(states);
    if (subsidy > budget || (best && distanceMw >= best.distanceMw)) return;
    if (grid && grid.violationMw(states) > GRID_TOLERANCE_MW) return;
    best = { states, distanceMw, subsidy, steps };
  };
  let budgetPrice = LEAST_BUDGET_PRICE;
  const merit = (states: readonly Measured[]): number =>
    off(states) +
    OVERSHOOT_FACTOR * budgetPrice * Math.max(0, subsidyOf(states) - budget) +
    (grid ? GRID_PRICE * grid.violationMw(states) : 0);
  const first = bestRestoration(classes, start, merit);
  if (!first) return null;
  let current = first;
  consider(current);
  let radius = firstRadius;
  let surprise = 0;
  let surpriseRadius = radius;
  while (radius >= LAST_RADIUS && steps < maxSteps) {
    const scale = Math.max(LEAST_DISTANCE_MW, off(current));
    program.setDirection(new Float64Array(targetMw.length), OVERSHOOT_FACTOR * budgetPrice);
    program.setPrices({
      entry: context.noEntryPrices,
      subsidy: 0,
      grid: GRID_PRICE,
      epigraph: new Float64Array(targetMw.length).fill(1 / (2 * scale)),
    });
    const foresight = Math.min(
      LARGEST_FORESIGHT_SHARE * budget,
      FORESIGHT * Math.max(0, surprise) * Math.min(1, (radius / surpriseRadius) ** 2),
    );
    const aim = Number.isFinite(budget) ? budget - foresight : budget;
    const step = program.step(current, radius, aim, COMPLEMENT_FACTOR * budgetPrice, [
      ...tangentRows(context, targetMw, positionOf(current, targetMw.length)),
      ...(grid?.nearest(current, NEAR_GRID_MW, MAX_GRID_ROWS) ?? []),
    ]);
    steps++;
    if (!step) break;
    budgetPrice = Math.min(LARGEST_BUDGET_PRICE, Math.max(LEAST_BUDGET_PRICE, step.budgetPrice));
    const next = bestRestoration(classes, aimsOf(step, current), merit);
    if (next) {
      consider(next);
      surprise = subsidyOf(next) - aim;
      surpriseRadius = radius;
    }
    const improvement = next ? merit(current) - merit(next) : 0;
    if (next && improvement > SMALL_IMPROVEMENT_MW) {
      current = next;
      if (improvement > LARGE_IMPROVEMENT_MW) radius = Math.min(LARGEST_RADIUS, radius * 1.5);
    } else {
      radius /= 2;
    }
  }
  return best;
}

function tangentRows(
  { region }: QueryContext,
  targetMw: readonly number[],
  positionMw: readonly number[],
): EpigraphRow[] {
  const { stations } = region.model.scenario;
  return region.input.axes.flatMap(({ station, interval }, axis) => {
    const at = stations.findIndex(({ id }) => id === station);
    const deviation = positionMw[axis] - targetMw[axis];
    const tangents = [...TANGENTS.map((share) => share * deviation), SIDE_TANGENT_MW, -SIDE_TANGENT_MW];
    return [...new Set(tangents)].map((a): EpigraphRow => ({
      interval,
      normal: stations.map((_, index) => (index === at ? 2 * a : 0)),
      offsetMw: 2 * a * targetMw[axis] + a * a,
      epigraph: axis,
    }));
  });
}

/**
 * From a starting state to a local optimum of direction · load under a budget: sequential linear programmes, each
 * followed by proximal restorations that make its answer an exact equilibrium again.
 */
import type { ClassModel, ClassState } from './class-model.js';
import type { FeederCoupling } from './feeder-coupling.js';
import { GRID_TOLERANCE_MW } from './feeder-coupling.js';
import type { Measured } from './restoration.js';
import { aimsOf, bestRestoration, ownEquilibrium } from './restoration.js';
import type { StepProgram } from './step-program.js';
import {
  COMPLEMENT_FACTOR,
  FIRST_RADIUS,
  FORESIGHT,
  GRID_PRICE,
  LARGEST_BUDGET_PRICE,
  LARGEST_FORESIGHT_SHARE,
  LAST_RADIUS,
  LEAST_BUDGET_PRICE,
  MAX_GRID_ROWS,
  MAX_STEPS,
  NEAR_GRID_MW,
  OVERSHOOT_FACTOR,
  SMALL_IMPROVEMENT_MW,
  nextRadius,
} from './trust-region.js';

/** Share of a step's promise with which no further weight is tried. */
const FAIR_SHARE = 0.1;
/**
 * A search ends with a step that promises and brings less than this share of how far the budget has carried: what a
 * region is refined to is a share of its size, too, and the regions of small budgets are small.
 */
const LEAST_PROMISE_SHARE = 5e-4;
/** A multiplier this close to the price of overspending, as a share of it, is that price. */
const SAME_PRICE = 1e-6;

export interface SearchResult {
  states: ClassState[];
  /** direction · load, MW. */
  support: number;
  subsidy: number;
  steps: number;
}

export interface SearchOptions {
  firstRadius?: number;
  maxSteps?: number;
  /** The feeder; its half-spaces bind in all intervals. */
  grid?: FeederCoupling | null;
  /** Called with every equilibrium that improved the merit: each is a valid state, for any budget it fits. */
  onState?: (states: readonly ClassState[]) => void;
  /** A search ends with the first step that promises less, MW, whatever it brings. */
  enoughPromiseMw?: number;
  /** What a money unit of budget is worth at first, MW: near an optimum it is known before the first step. */
  firstBudgetPrice?: number;
  /** direction · load without coupons, MW: what the reach of a search is measured from. */
  couponFreeMw?: number;
  /** Subsidy that a result may have, money, where less is aimed at: steps miss what they aim at by a little. */
  mostSubsidy?: number;
}

export function supportOf(direction: ArrayLike<number>, states: readonly Measured[]): number {
  let sum = 0;
  for (const { loadMw } of states) for (let i = 0; i < loadMw.length; i++) sum += direction[i] * loadMw[i];
  return sum;
}

export const subsidyOf = (states: readonly Measured[]): number =>
  states.reduce((sum, { subsidy }) => sum + subsidy, 0);

/**
 * @param start one state per class; may overspend.
 * @returns the best states within the budget, null when none was met.
 */
export function searchBoundary(
  classes: readonly ClassModel[],
  program: StepProgram,
  start: readonly ClassState[],
  direction: ArrayLike<number>,
  budget: number,
  options: SearchOptions = {},
): SearchResult | null {
  const {
    firstRadius = FIRST_RADIUS,
    maxSteps = MAX_STEPS,
    grid = null,
    onState,
    enoughPromiseMw = 0,
    firstBudgetPrice = LEAST_BUDGET_PRICE,
    couponFreeMw = -Infinity,
    mostSubsidy = budget,
  } = options;
  let current = [...start];
  let best: SearchResult | null = null;
  let budgetPrice = firstBudgetPrice;
  let radius = firstRadius;
  let surprise = 0;
  let surpriseRadius = radius;
  let steps = 0;
  const consider = (states: ClassState[]): void => {
    const support = supportOf(direction, states);
    const subsidy = subsidyOf(states);
    if (subsidy > mostSubsidy || (best && support >= best.support)) return;
    if (grid && grid.violationMw(states) > GRID_TOLERANCE_MW) return;
    best = { states, support, subsidy, steps };
  };
  // Nothing within the budget yet: nothing is too little.
  const reachMw = (): number => (best ? Math.max(0, couponFreeMw - best.support) : 0);
  const merit = (states: readonly Measured[]): number =>
    supportOf(direction, states) +
    OVERSHOOT_FACTOR * budgetPrice * Math.max(0, subsidyOf(states) - budget) +
    (grid ? GRID_PRICE * grid.violationMw(states) : 0);

  consider(current);
  while (radius >= LAST_RADIUS && steps < maxSteps) {
    const foresight = Math.min(
      LARGEST_FORESIGHT_SHARE * budget,
      FORESIGHT * Math.max(0, surprise) * Math.min(1, (radius / surpriseRadius) ** 2),
    );
    // From within the budget the first step can keep to it, and then tells what a money unit is worth.
    const keepsBudget = steps === 0 && subsidyOf(current) <= mostSubsidy;
    const overshootPrice = OVERSHOOT_FACTOR * (keepsBudget ? LARGEST_BUDGET_PRICE : budgetPrice);
    program.setDirection(direction, overshootPrice);
    const step = program.step(
      current,
      radius,
      budget - foresight,
      COMPLEMENT_FACTOR * budgetPrice,
      grid?.nearest(current, NEAR_GRID_MW, MAX_GRID_ROWS),
    );
    steps++;
    if (!step) break;
    const promise = merit(current) - step.predicted;
    budgetPrice = Math.min(LARGEST_BUDGET_PRICE, Math.max(LEAST_BUDGET_PRICE, step.budgetPrice));
    const aims = aimsOf(step, current);
    const next =
      bestRestoration(classes, aims, merit, merit(current) - FAIR_SHARE * promise) ??
      ownEquilibrium(classes, aims);
    if (next) consider(next);
    const improvement = next ? merit(current) - merit(next) : 0;
    if (next) {
      surprise = subsidyOf(next) - (budget - foresight);
      surpriseRadius = radius;
    }
    if (next && improvement > SMALL_IMPROVEMENT_MW) {
      current = next;
      onState?.(current);
    }
    radius = nextRadius(radius, promise, next ? improvement : null);
    // A step that overspends at its price promises less than one at the price to come.
    if (step.budgetPrice >= overshootPrice * (1 - SAME_PRICE) && budgetPrice < LARGEST_BUDGET_PRICE) continue;
    // What foresight has left of the budget is worth its price.
    const hope = promise + step.budgetPrice * foresight;
    const least = LEAST_PROMISE_SHARE * reachMw();
    if ((hope < least && improvement < least) || hope < enoughPromiseMw) break;
  }
  return best;
}

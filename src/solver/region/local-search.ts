/**
 * From a starting state to a local optimum of direction · load under a budget: sequential linear programmes, each
 * followed by proximal restorations that make its answer an exact equilibrium again.
 */
import type { ClassModel, ClassResponse, ClassState } from './class-model.js';
import type { FeederCoupling } from './feeder-coupling.js';
import { GRID_TOLERANCE_MW } from './feeder-coupling.js';
import type { Step, StepProgram } from './step-program.js';
import { GRID_PRICE } from './step-program.js';

/** Trust radii of the coupons, money per vehicle. Measured: starting wider or ending finer does not gain. */
export const FIRST_RADIUS = 3;
const LARGEST_RADIUS = 8;
const LAST_RADIUS = 0.05;
const MAX_STEPS = 18;
/**
 * Weights of the proximal restoration, money per vehicle and vehicle, in the order in which they are tried. A small
 * weight trusts the coupons of the step, which mostly is best; a large one its flows.
 */
export const RESTORATION_WEIGHTS = [0.03, 0.3, 3] as const;
/** Share of a step's promise with which no further weight is tried. */
const FAIR_SHARE = 0.1;
/**
 * A step that promises and brings less than this, MW, is one of those in a row after which a search ends. Not at the
 * first: near the kinks of small regions a smaller radius may still find what the promise of a larger one left out.
 */
const LEAST_PROMISE_MW = 5e-4;
const UNPROMISING_STEPS = 5;
/** A search that has another to beat ends where this many times the promise of its next step would not do. */
const HOPED_PROMISES = 2;
/** A step that improves the merit less than this is none, MW. */
const SMALL_IMPROVEMENT_MW = 1e-4;
/** A step that improves the merit more than this earns a wider radius, MW. */
const LARGE_IMPROVEMENT_MW = 0.02;
/** In the merit, overspending costs this many times what the step says a money unit of budget is worth. */
const OVERSHOOT_FACTOR = 2;
/** Bounds of what a money unit is worth, MW: the merit must neither ignore the budget nor see nothing else. */
const LEAST_BUDGET_PRICE = 3e-4;
const LARGEST_BUDGET_PRICE = 1e-2;
/** Violated complementarity costs this many times as much per money unit as budget: a step that pays drivers one by one is no equilibrium. */
const COMPLEMENT_FACTOR = 10;
/** Share of the last step's overspending that the next step plans for, and its largest share of the budget. */
const FORESIGHT = 0.3;
const LARGEST_FORESIGHT_SHARE = 0.2;

/** Half-spaces of the feeder that a step looks at: as far as one step moves loads, and no more than make it slow. */
const NEAR_GRID_MW = 1.5;
const MAX_GRID_ROWS = 40;

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
  /** Support already reached from elsewhere, MW: a search that cannot be expected to reach farther ends. */
  toBeatMw?: number;
}

/** What a merit is made of. */
type Measured = Pick<ClassState, 'loadMw' | 'subsidy' | 'occupancy'>;

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
    toBeatMw = Infinity,
  } = options;
  let current = [...start];
  let best: SearchResult | null = null;
  let budgetPrice = LEAST_BUDGET_PRICE;
  let radius = firstRadius;
  let surprise = 0;
  let surpriseRadius = radius;
  let steps = 0;
  let unpromising = 0;
  const consider = (states: ClassState[]): void => {
    const support = supportOf(direction, states);
    const subsidy = subsidyOf(states);
    if (subsidy > budget || (best && support >= best.support)) return;
    if (grid && grid.violationMw(states) > GRID_TOLERANCE_MW) return;
    best = { states, support, subsidy, steps };
  };
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
    program.setDirection(direction, OVERSHOOT_FACTOR * budgetPrice);
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
    if (merit(current) - HOPED_PROMISES * promise > toBeatMw) break;
    budgetPrice = Math.min(LARGEST_BUDGET_PRICE, Math.max(LEAST_BUDGET_PRICE, step.budgetPrice));
    const next = bestRestoration(classes, step, current, merit, promise);
    if (next) consider(next);
    const improvement = next ? merit(current) - merit(next) : 0;
    if (next) {
      surprise = subsidyOf(next) - (budget - foresight);
      surpriseRadius = radius;
    }
    if (next && improvement > SMALL_IMPROVEMENT_MW) {
      current = next;
      onState?.(current);
      if (improvement > LARGE_IMPROVEMENT_MW) radius = Math.min(LARGEST_RADIUS, radius * 1.5);
    } else {
      radius /= 2;
    }
    unpromising = promise < LEAST_PROMISE_MW && improvement < LEAST_PROMISE_MW ? unpromising + 1 : 0;
    if (unpromising > UNPROMISING_STEPS) break;
  }
  return best;
}

/**
 * Makes a step's answer an exact equilibrium, with its cheapest coupons: with the first weight that brings a fair share
 * of what the step promised, else with the best. Where no coupons within the caps support any of them, the step's
 * coupons themselves keep to the caps: their own equilibrium is taken.
 */
function bestRestoration(
  classes: readonly ClassModel[],
  { coupons, inflows }: Step,
  warm: readonly ClassState[],
  merit: (states: readonly Measured[]) => number,
  promise: number,
): ClassState[] | null {
  const before = merit(warm);
  const candidates: { responses: ClassResponse[]; merit: number }[] = [];
  for (const weight of RESTORATION_WEIGHTS) {
    const responses = ofEach(classes, (model, index) =>
      model.restore(coupons[index], inflows[index], weight, warm[index].flow),
    );
    if (!responses) continue;
    const measured = responses.map(({ loadMw, occupancy, estimatedSubsidy }) => ({
      loadMw,
      occupancy,
      subsidy: estimatedSubsidy,
    }));
    const value = merit(measured);
    candidates.push({ responses, merit: value });
    if (before - value > FAIR_SHARE * promise) break;
  }
  // The cheapest coupons cost as much as the equilibrium itself, so they are found for the best one only.
  candidates.sort((a, b) => a.merit - b.merit);
  for (const { responses } of candidates) {
    const states = ofEach(classes, (model, index) => model.cheapest(responses[index].flow));
    if (states) return states;
  }
  return ofEach(classes, (model, index) => model.respond(coupons[index], warm[index].flow));
}

/** One answer per class; null when a class has none. */
function ofEach<R>(
  classes: readonly ClassModel[],
  answerOf: (model: ClassModel, index: number) => R | null,
): R[] | null {
  const answers: R[] = [];
  for (let index = 0; index < classes.length; index++) {
    const answer = answerOf(classes[index], index);
    if (!answer) return null;
    answers.push(answer);
  }
  return answers;
}

/**
 * From a starting state to a local optimum of the dispatch's cost under a tier: Benders rounds around sequential
 * linear programmes. A programme sees the feeder's cost through the cuts known so far; each of its answers is made an
 * exact equilibrium again by proximal restoration; at the end of a round the feeder is solved and adds its cuts.
 */
import { GRID_TOLERANCE_MW } from '../region/feeder-coupling.js';
import type { ClassState } from '../region/class-model.js';
import { subsidyOf } from '../region/local-search.js';
import { RESTORATION_WEIGHTS } from '../region/restoration.js';
import type { Step } from '../region/step-program.js';
import type { EpigraphRow } from '../region/step-rows.js';
import { SUBSIDY_WEIGHT } from './cost-model.js';
import type { DispatchContext } from './dispatch-context.js';
import type { Measured } from './merit.js';
import {
  GRID_MARGIN_MW,
  GRID_PRICE,
  measuredResponse,
  measuredStates,
  meritOf,
  OVERSPENDING_PRICE,
  trafficCost,
} from './merit.js';

/** Trust radii of the coupons, money per vehicle, as in the search for boundary points. */
const FIRST_RADIUS = 3;
const LARGEST_RADIUS = 8;
const LAST_RADIUS = 0.02;
const MAX_STEPS = 25;
/** A step that gains less than this is none, money; one that gains more than the second earns a wider radius. */
const SMALL_GAIN = 1e-3;
const LARGE_GAIN = 1;
/**
 * Violated complementarity per money unit, in the programme's objective: above what a driver who is paid alone would
 * bring (the feeder's and the tier's multipliers times the load of a vehicle, some hundreds of money), or steps promise
 * what no equilibrium gives. Measured on the evening peak: with a tenth of it searches stall outside the feeder's region.
 */
const COMPLEMENT_PRICE = 200;
/** Benders rounds, and the difference between the cuts' cost and the feeder's at which they end, money. */
const MAX_ROUNDS = 6;
const COST_GAP = 0.05;
/** Half-spaces of the feeder that a step sees: those closer than this, MW, and at most so many. */
const NEAR_GRID_MW = 1.5;
const MAX_GRID_ROWS = 80;
/** Largest share of a tier that a step leaves for what it may overspend. */
const LARGEST_FORESIGHT_SHARE = 0.2;
/** Subsidy above the tier that is rounding, as a share of it. */
const BUDGET_ROUNDING = 1e-9;

export interface DispatchOptimum {
  states: ClassState[];
  /** Total cost with the feeder solved, money. */
  total: number;
}

/** A state within the tier. */
export interface AffordableState {
  states: ClassState[];
  /** How far its loads are beyond the feeder's region. */
  beyondMw: number;
}

export interface SearchOutcome {
  /** Null when no state within tier and feeder was met. */
  best: DispatchOptimum | null;
  /** The state within the tier that comes closest to what the feeder can serve; null when none is within it. */
  closest: AffordableState | null;
  steps: number;
}

export interface SearchLimits {
  firstRadius?: number;
  maxSteps?: number;
}

/** @param start one state per class; may overspend and overload. */
export function searchDispatch(
  context: DispatchContext,
  start: readonly ClassState[],
  budget: number,
  limits: SearchLimits = {},
): SearchOutcome {
  const { feederCost } = context;
  let best: DispatchOptimum | null = null;
  let closest: AffordableState | null = null;
  let current = [...start];
  let steps = 0;
  const loadsOf = (states: readonly ClassState[]) => (interval: number) => context.loadsMw(states, interval);
  feederCost?.exact(loadsOf(current));
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const descent = descend(context, current, budget, limits);
    current = descent.states;
    steps += descent.steps;
    closest = closer(closest, descent.closest);
    const answer = descent.within ?? current;
    const known = feederCost?.atLeast(loadsOf(answer)) ?? 0;
    const exact = feederCost ? feederCost.exact(loadsOf(answer)) : 0;
    if (exact !== null && descent.within) {
      const total = trafficCost(measuredStates(context, answer)) + exact;
      if (!best || total < best.total) best = { states: answer, total };
    }
    if (exact !== null && exact - known <= COST_GAP) break;
  }
  return { best, closest, steps };
}

interface Descent {
  /** The state of least merit. */
  states: ClassState[];
  /** The state of least merit that keeps to tier and feeder; null when none was met. */
  within: ClassState[] | null;
  closest: AffordableState | null;
  steps: number;
}

function descend(
  context: DispatchContext,
  start: readonly ClassState[],
  budget: number,
  { firstRadius = FIRST_RADIUS, maxSteps = MAX_STEPS }: SearchLimits,
): Descent {
  const { steps: program, region, feederCost, entryCosts } = context;
  program.setDirection(new Float64Array(context.input.scenario.stations.length), OVERSPENDING_PRICE);
  const epigraph = new Float64Array(feederCost?.intervals ?? 0);
  const cuts = (feederCost?.all ?? []).map(({ interval, slopePerMwh, offsetPerH }): EpigraphRow => ({
    interval,
    normal: slopePerMwh,
    offsetMw: -offsetPerH,
    epigraph: interval,
  }));
  for (const { interval } of cuts) epigraph[interval] = context.input.scenario.intervalHours;
  program.setPrices({ entry: entryCosts, subsidy: SUBSIDY_WEIGHT, grid: GRID_PRICE, epigraph });
  let current = [...start];
  let merit = meritOf(context, measuredStates(context, current), budget);
  let within: { states: ClassState[]; merit: number } | null = null;
  let closest: AffordableState | null = null;
  const consider = (states: ClassState[], value: number): void => {
    if (subsidyOf(states) > budget * (1 + BUDGET_ROUNDING)) return;
    const beyondMw = region.grid?.violationMw(states) ?? 0;
    closest = closer(closest, { states, beyondMw });
    if (beyondMw <= GRID_TOLERANCE_MW && !(within && value >= within.merit))
      within = { states, merit: value };
  };
  consider(current, merit);
  let radius = firstRadius;
  let surprise = 0;
  let surpriseRadius = radius;
  let steps = 0;
  while (radius >= LAST_RADIUS && steps < maxSteps) {
    const rows = (region.grid?.nearest(current, NEAR_GRID_MW, MAX_GRID_ROWS) ?? []).map((row) => ({
      ...row,
      offsetMw: row.offsetMw - GRID_MARGIN_MW,
    }));
    // What the last step overspent, the next one plans for; a smaller step errs by the square.
    const foresight = Math.max(0, surprise) * Math.min(1, (radius / surpriseRadius) ** 2);
    const aim = Math.max(0, budget - Math.min(LARGEST_FORESIGHT_SHARE * budget, foresight));
    const step = program.step(current, radius, aim, COMPLEMENT_PRICE, [...rows, ...cuts]);
    steps++;
    if (!step) break;
    const next = restored(context, step, current, budget);
    const gain = next ? merit - next.merit : 0;
    if (next) {
      surprise = subsidyOf(next.states) - aim;
      surpriseRadius = radius;
      consider(next.states, next.merit);
    }
    if (next && gain > SMALL_GAIN) {
      current = next.states;
      merit = next.merit;
      if (gain > LARGE_GAIN) radius = Math.min(LARGEST_RADIUS, radius * 1.5);
    } else {
      radius /= 2;
    }
  }
  // TypeScript does not see that `consider` writes them.
  const kept = within as { states: ClassState[] } | null;
  return { states: current, within: kept?.states ?? null, closest: closest as AffordableState | null, steps };
}

export function closer(a: AffordableState | null, b: AffordableState | null): AffordableState | null {
  if (!a || !b) return a ?? b;
  return b.beyondMw < a.beyondMw ? b : a;
}

/** A step's answer as an exact equilibrium, with the weight that gives the least merit and its cheapest coupons. */
function restored(
  context: DispatchContext,
  { coupons, inflows }: Step,
  warm: readonly ClassState[],
  budget: number,
): { states: ClassState[]; merit: number } | null {
  const { classes } = context.region;
  const candidates = RESTORATION_WEIGHTS.flatMap((weight) => {
    const flows: Float64Array[] = [];
    const measured: Measured[] = [];
    for (let index = 0; index < classes.length; index++) {
      const response = classes[index].restore(coupons[index], inflows[index], weight, warm[index].flow);
      if (!response) return [];
      flows.push(response.flow);
      measured.push(measuredResponse(context, index, response));
    }
    return [{ flows, merit: meritOf(context, measured, budget) }];
  });
  candidates.sort((a, b) => a.merit - b.merit);
  for (const { flows } of candidates) {
    const states: ClassState[] = [];
    for (let index = 0; index < classes.length; index++) {
      const state = classes[index].cheapest(flows[index]);
      if (state) states.push(state);
    }
    if (states.length < classes.length) continue;
    return { states, merit: meritOf(context, measuredStates(context, states), budget) };
  }
  return null;
}

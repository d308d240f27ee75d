/**
 * From a starting state to a local optimum of the dispatch's cost under a tier: Benders rounds around sequential
 * linear programmes. A programme sees the feeder's cost through the cuts known so far; each of its answers is made an
 * exact equilibrium again by proximal restoration; at the end of a round the feeder is solved and adds its cuts.
 */
import { GRID_TOLERANCE_MW } from '../region/feeder-coupling.js';
import type { ClassState } from '../region/class-model.js';
import { subsidyOf } from '../region/local-search.js';
import type { EpigraphRow, Step } from '../region/step-program.js';
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
/** Weights of the proximal restoration, money per vehicle and vehicle. */
const RESTORATION_WEIGHTS = [0.03, 0.3, 3] as const;
/** A step that gains less than this is none, money; one that gains more than the second earns a wider radius. */
const SMALL_GAIN = 1e-3;
const LARGE_GAIN = 1;
/** Violated complementarity per money unit, in the programme's objective: paying drivers one by one is no equilibrium. */
const COMPLEMENT_PRICE = 20;
/** Benders rounds, and the difference between the cuts' cost and the feeder's at which they end, money. */
const MAX_ROUNDS = 6;
const COST_GAP = 0.05;
/** Half-spaces of the feeder that a step sees: those closer than this, MW, and at most so many. */
const NEAR_GRID_MW = 1.5;
const MAX_GRID_ROWS = 80;
/** Subsidy above the tier that is rounding, as a share of it. */
const BUDGET_ROUNDING = 1e-9;

export interface DispatchOptimum {
  states: ClassState[];
  /** Total cost with the feeder solved, money. */
  total: number;
}

export interface SearchOutcome {
  /** Null when no state within tier and feeder was met. */
  best: DispatchOptimum | null;
  /** The state of least merit, whatever it violates. */
  last: ClassState[];
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
  const { feederCost, region } = context;
  let best: DispatchOptimum | null = null;
  let current = [...start];
  let steps = 0;
  const loadsOf = (states: readonly ClassState[]) => (interval: number) => context.loadsMw(states, interval);
  feederCost?.exact(loadsOf(current));
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const descent = descend(context, current, budget, limits);
    current = descent.states;
    steps += descent.steps;
    const measured = measuredStates(context, current);
    const known = feederCost?.atLeast(loadsOf(current)) ?? 0;
    const exact = feederCost ? feederCost.exact(loadsOf(current)) : 0;
    const isServed = !region.grid || region.grid.violationMw(current) <= GRID_TOLERANCE_MW;
    if (exact !== null && isServed && subsidyOf(current) <= budget * (1 + BUDGET_ROUNDING)) {
      const total = trafficCost(measured) + exact;
      if (!best || total < best.total) best = { states: current, total };
    }
    if (exact !== null && exact - known <= COST_GAP) break;
  }
  return { best, last: current, steps };
}

function descend(
  context: DispatchContext,
  start: readonly ClassState[],
  budget: number,
  { firstRadius = FIRST_RADIUS, maxSteps = MAX_STEPS }: SearchLimits,
): { states: ClassState[]; steps: number } {
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
  let radius = firstRadius;
  let steps = 0;
  while (radius >= LAST_RADIUS && steps < maxSteps) {
    const rows = (region.grid?.nearest(current, NEAR_GRID_MW, MAX_GRID_ROWS) ?? []).map((row) => ({
      ...row,
      offsetMw: row.offsetMw - GRID_MARGIN_MW,
    }));
    const step = program.step(current, radius, budget, COMPLEMENT_PRICE, [...rows, ...cuts]);
    steps++;
    if (!step) break;
    const next = restored(context, step, current, budget);
    const gain = next ? merit - next.merit : 0;
    if (next && gain > SMALL_GAIN) {
      current = next.states;
      merit = next.merit;
      if (gain > LARGE_GAIN) radius = Math.min(LARGEST_RADIUS, radius * 1.5);
    } else {
      radius /= 2;
    }
  }
  return { states: current, steps };
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

/** A boundary point under a budget: a local search from the best start, then the certificate on the full network. */
import type { Point } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import { certify, settleRoads } from './certificate.js';
import type { ClassState } from './class-model.js';
import { outerSupportMw } from './outer-bound.js';
import { GRID_TOLERANCE_MW } from './feeder-coupling.js';
import type { SearchOptions, SearchResult } from './local-search.js';
import { searchBoundary, subsidyOf, supportOf } from './local-search.js';
import { couponsOf, extremePattern } from './pool.js';
import type { RegionContext } from './region-context.js';
import { scaledBack } from './scaled-back.js';

/** Where renewed road times overspend or leave the feeder's region, a short search close by corrects it. */
const POLISH_RADII = [0.4, 1.5] as const;
const POLISH_STEPS = 6;
const MAX_POLISHES = 4;
/** Share of the budget that is left to the road times, which renewed move subsidies a little. */
export const MARGIN_SHARE = 5e-4;
/**
 * Steps of a search. Measured on the evening peak: 18 reach 0.1 % farther on average and take half as much time again.
 */
const SEARCH_STEPS = 8;
/** After an overspent certificate the next search aims below the budget by this many times the overspending. */
export const OVERSPENDING_MARGIN = 1.5;
/** A point that the AC check refuses is cut off and searched again at most this often. */
const MAX_GRID_ROUNDS = 4;

export interface BoundaryAnswer {
  /** Null when no equilibrium within the budget could be certified. */
  point: Point | null;
  /** States of the certified point, one per class. */
  states: ClassState[];
  /** States met on the way, one list per class: starts for other directions and budgets. */
  visited: ClassState[][];
  /** Linear programmes solved. */
  solves: number;
  /** No equilibrium under any coupons has less direction · load, MW. */
  outerSupportMw: number;
}

/**
 * @param start one state per class.
 * @param firstRadius of the search, money per vehicle.
 */
export function boundaryPoint(
  context: RegionContext,
  start: readonly ClassState[],
  direction: readonly number[],
  subsidyCap: SubsidyCap,
  firstRadius?: number,
): BoundaryAnswer {
  const { classes, steps, grid } = context;
  const budget = subsidyCap ?? Infinity;
  const visited: ClassState[][] = classes.map(() => []);
  const bound = outerSupportMw(classes, context.feederCorners, direction);
  context.reset();
  const target = budget * (1 - MARGIN_SHARE);
  const options: SearchOptions = {
    firstRadius,
    maxSteps: SEARCH_STEPS,
    mostSubsidy: budget,
    couponFreeMw: supportOf(direction, context.couponFree),
    grid,
    onState: (reached) => reached.forEach((state, index) => visited[index].push(state)),
  };
  const farther = fartherStart(context, start, direction, budget);
  // Under the road times of the start itself a result hardly changes when its own are settled.
  const settled = settleRoads(context, farther);
  let result = settled && searchBoundary(classes, steps, settled, direction, target, options);
  if (!result) {
    // The start may keep to the budget on the reference roads only.
    context.resetRoadCosts();
    result = searchBoundary(classes, steps, farther, direction, target, options);
  }
  let solves = result?.steps ?? 0;
  let states: readonly ClassState[] | null = result && result.states;
  for (let round = 0; states && round < MAX_GRID_ROUNDS; round++) {
    const polished = polish(context, states, direction, budget);
    solves += polished.solves;
    if (!polished.states) break;
    const { point, cuts } = certify(context, polished.states, context.positionMw, direction, subsidyCap);
    if (point.certificate.status === 'certified')
      return {
        point: { ...point, outerSupportMw: bound },
        states: polished.states,
        visited,
        solves,
        outerSupportMw: bound,
      };
    if (cuts.length === 0) break;
    grid?.add(cuts);
    states = polished.states;
  }
  return { point: null, states: [], visited, solves, outerSupportMw: bound };
}

/**
 * A start, with the farthest response of each class in place of its own where the budget and the feeder allow it: that
 * is the optimum where the budget does not bind, or near it where caps are in its way.
 */
export function fartherStart(
  context: RegionContext,
  start: readonly ClassState[],
  direction: readonly number[],
  budget: number,
): readonly ClassState[] {
  const farthest = farthestStart(context, direction);
  if (!farthest) return start;
  let best = start;
  for (let choice = 1; choice < 2 ** farthest.length; choice++) {
    const mixed = start.map((state, index) => ((choice >> index) & 1 ? farthest[index] : state));
    const isAllowed =
      subsidyOf(mixed) <= budget && (context.grid?.violationMw(mixed) ?? 0) <= GRID_TOLERANCE_MW;
    if (isAllowed && supportOf(direction, mixed) < supportOf(direction, best)) best = mixed;
  }
  return best;
}

/** Null where a class has no such response within its caps. */
function farthestStart({ classes, model }: RegionContext, direction: readonly number[]): ClassState[] | null {
  const states: ClassState[] = [];
  for (const each of classes) {
    const state = each.respond(couponsOf(each, extremePattern(model, direction)));
    if (!state) return null;
    states.push(state);
  }
  return states;
}

/** Alternates renewed road times and short searches until the states keep to the budget on the full network. */
function polish(
  context: RegionContext,
  states: readonly ClassState[],
  direction: readonly number[],
  budget: number,
): { states: ClassState[] | null; solves: number } {
  const { grid } = context;
  let solves = 0;
  let target = budget * (1 - MARGIN_SHARE);
  let current = settleRoads(context, states);
  for (let round = 0; current && round < MAX_POLISHES; round++) {
    const overspent = subsidyOf(current) - budget;
    const served = !grid || grid.violationMw(current) <= GRID_TOLERANCE_MW;
    if (overspent <= 0 && served) return { states: current, solves };
    target -= OVERSPENDING_MARGIN * Math.max(0, overspent);
    let result: SearchResult | null = null;
    for (const firstRadius of POLISH_RADII) {
      result ??= searchBoundary(context.classes, context.steps, current, direction, target, {
        firstRadius,
        maxSteps: POLISH_STEPS,
        couponFreeMw: supportOf(direction, context.couponFree),
        grid,
      });
      solves += result?.steps ?? POLISH_STEPS;
      if (result) break;
    }
    const next = result?.states ?? scaledBack(context.classes, current, target);
    current = next && settleRoads(context, next);
  }
  return { states: null, solves };
}

/** A boundary point under a budget: local searches from the best starts, then the certificate on the full network. */
import type { Point } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import { certify, settleRoads } from './certificate.js';
import type { ClassState } from './class-model.js';
import { outerSupportMw } from './outer-bound.js';
import { GRID_TOLERANCE_MW } from './feeder-coupling.js';
import type { SearchResult } from './local-search.js';
import { searchBoundary, subsidyOf, supportOf } from './local-search.js';
import { couponsOf, extremePattern } from './pool.js';
import type { RegionContext } from './region-context.js';

/** Renewed road times move subsidies a little: a short search close by brings them back into the budget. */
const POLISH_RADII = [0.4, 1.5] as const;
const POLISH_STEPS = 6;
const MAX_POLISHES = 4;
/** Unspent budget below this share is not worth another search. */
const SPENT_SHARE = 2e-3;
/** After an overspent certificate the next search aims below the budget by this many times the overspending. */
const OVERSPENDING_MARGIN = 1.5;
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

/** @param starts states per class, best first. */
export function boundaryPoint(
  context: RegionContext,
  starts: readonly (readonly ClassState[])[],
  direction: readonly number[],
  subsidyCap: SubsidyCap,
): BoundaryAnswer {
  const { classes, steps, grid } = context;
  const budget = subsidyCap ?? Infinity;
  const visited: ClassState[][] = classes.map(() => []);
  const onState = (states: readonly ClassState[]): void =>
    states.forEach((state, index) => visited[index].push(state));
  let solves = 0;
  const bound = outerSupportMw(classes, context.feederCorners, direction);
  context.reset();
  const results: SearchResult[] = [];
  const couponFreeMw = supportOf(direction, context.couponFree);
  const [first = context.couponFree, ...others] = starts;
  for (const start of [fartherStart(context, first, direction, budget), ...others]) {
    const toBeatMw = Math.min(Infinity, ...results.map(({ support }) => support));
    const result = searchBoundary(classes, steps, start, direction, budget, {
      onState,
      grid,
      toBeatMw,
      couponFreeMw,
    });
    if (!result) continue;
    solves += result.steps;
    results.push(result);
  }
  results.sort((a, b) => a.support - b.support);
  for (const result of results) {
    context.resetRoadCosts();
    let states: readonly ClassState[] = result.states;
    for (let round = 0; round < MAX_GRID_ROUNDS; round++) {
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
  let target = budget;
  let best: ClassState[] | null = null;
  let current = settleRoads(context, states);
  for (let round = 0; current && round < MAX_POLISHES; round++) {
    const subsidy = subsidyOf(current);
    const served = !grid || grid.violationMw(current) <= GRID_TOLERANCE_MW;
    if (subsidy <= budget && served) {
      best = current;
      if (round > 0 || subsidy >= budget * (1 - SPENT_SHARE)) return { states: best, solves };
    } else {
      target =
        Math.min(target, budget) - OVERSPENDING_MARGIN * Math.max(0, subsidy - budget) * (round > 0 ? 1 : 0);
    }
    let result: SearchResult | null = null;
    for (const firstRadius of POLISH_RADII) {
      result ??= searchBoundary(context.classes, context.steps, current, direction, target, {
        firstRadius,
        maxSteps: POLISH_STEPS,
        couponFreeMw: supportOf(direction, context.couponFree),
        grid,
      });
      solves += POLISH_STEPS;
      if (result) break;
    }
    if (!result) break;
    current = settleRoads(context, result.states);
  }
  if (current && subsidyOf(current) <= budget && (!grid || grid.violationMw(current) <= GRID_TOLERANCE_MW)) {
    best = current;
  }
  return { states: best, solves };
}

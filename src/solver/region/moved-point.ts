/**
 * A boundary point searched for from a start near the optimum: what an earlier run found for a scenario that said
 * something slightly different, or a state met close by. Few and small steps do, and they are taken under the start's
 * own road times, so that the certificate has little left to correct.
 */
import type { SubsidyCap } from '../study-spec.js';
import type { BoundaryAnswer } from './boundary-point.js';
import { fartherStart, MARGIN_SHARE, OVERSPENDING_MARGIN } from './boundary-point.js';
import { certify, settleRoads } from './certificate.js';
import type { ClassState } from './class-model.js';
import { searchBoundary, subsidyOf } from './local-search.js';
import { outerSupportMw } from './outer-bound.js';
import type { RegionContext } from './region-context.js';
import { scaledBack } from './scaled-back.js';

/**
 * Trust radius of the first step from where a change has left a point, money per vehicle. Measured on the evening peak: with
 * half of it a region lacks 2 % more of itself after a price has changed by 5 %, and as much as before after 2 %.
 */
const RADIUS = 2;
/** Most searches end after a step or two with one that promises little; the others are worth their steps. */
const STEPS = 8;
/** Sweeps of a class whose flows cannot be held: a search from elsewhere costs less than many. */
const MOST_SWEEPS = 200;
/** The search's own steps move the road times farther than what is left after one renewal. */
const FIRST_RENEWALS = 1;
/** Of the searches that correct what renewed road times have overspent, or the feeder has cut off. */
const CORRECTION_RADIUS = 0.2;
const CORRECTION_STEPS = 2;
const MAX_ROUNDS = 4;
/**
 * What a money unit is worth at first, MW. A start may overspend by a tenth; at the least price its first steps would
 * spend even more, and what they tell of the price would come too late.
 */
const FIRST_BUDGET_PRICE = 1e-3;

/**
 * @param start one state per class; may overspend.
 * @param enoughMw a step that promises less ends the search.
 * @param firstRadius of the search, money per vehicle.
 */
export function movedPoint(
  context: RegionContext,
  start: readonly ClassState[],
  direction: readonly number[],
  subsidyCap: SubsidyCap,
  enoughMw: number,
  firstRadius = RADIUS,
): BoundaryAnswer {
  const { classes, steps, grid } = context;
  const budget = subsidyCap ?? Infinity;
  const visited: ClassState[][] = classes.map(() => []);
  let solves = 0;
  context.reset();
  const farther = fartherStart(context, start, direction, budget);
  let current = settledStart(context, [farther, start]);
  let target = budget * (1 - MARGIN_SHARE);
  let near = false;
  for (let round = 0; current && round < MAX_ROUNDS; round++) {
    const result = searchBoundary(classes, steps, current, direction, target, {
      firstRadius: near ? CORRECTION_RADIUS : firstRadius,
      maxSteps: near ? CORRECTION_STEPS : STEPS,
      firstBudgetPrice: FIRST_BUDGET_PRICE,
      mostSubsidy: budget,
      enoughPromiseMw: enoughMw,
      grid,
      onState: (states) => states.forEach((state, index) => visited[index].push(state)),
    });
    if (!result) {
      current = scaledBack(classes, current, target);
      continue;
    }
    solves += result.steps;
    near = true;
    current = settleRoads(context, result.states, undefined, MOST_SWEEPS);
    if (!current) break;
    const overspent = subsidyOf(current) - budget;
    if (overspent > 0) {
      target -= OVERSPENDING_MARGIN * overspent;
      continue;
    }
    const { point, cuts } = certify(context, current, context.positionMw, direction, subsidyCap);
    if (point.certificate.status === 'certified') {
      const bound = outerSupportMw(classes, context.feederCorners, direction);
      const certified = { ...point, outerSupportMw: bound };
      return { point: certified, states: current, visited, solves, outerSupportMw: bound };
    }
    if (cuts.length === 0) break;
    grid?.add(cuts);
  }
  const bound = outerSupportMw(classes, context.feederCorners, direction);
  return { point: null, states: [], visited, solves, outerSupportMw: bound };
}

/**
 * The first of the starts that settles under its own road times, null where none does: coupons at caps may leave
 * congestion that goes round in circles, which the point nearby does not.
 */
function settledStart(
  context: RegionContext,
  starts: readonly (readonly ClassState[])[],
): ClassState[] | null {
  for (const start of new Set(starts)) {
    context.resetRoadCosts();
    const settled = settleRoads(context, start, FIRST_RENEWALS, MOST_SWEEPS);
    if (settled) return settled;
  }
  return null;
}

/** The cheapest certified point at a target: searches, roads and stations in agreement there, and the certificate. */
import { certify } from '../region/certificate.js';
import type { ClassModel, ClassState } from '../region/class-model.js';
import type { FeederCoupling } from '../region/feeder-coupling.js';
import { subsidyOf } from '../region/local-search.js';
import type { Point } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import { renewedRoadCosts } from '../traffic/station-choice.js';
import { distance, positionOf, respond, steerTo } from './position.js';
import type { QueryContext } from './query-context.js';
import type { Aim } from './reach-search.js';
import { searchReach } from './reach-search.js';
import { mixedStart, nearestStarts, PAIR_PRICE, surroundingMix } from './starts.js';

/** A certified point this close to what was asked for is there, MW: a kilowatt, as in `unique` and `distanceMw`. */
export const REACHED_MW = 1e-3;
/** What the last restoration is held to, MW: leaves the above a wide margin. */
const SETTLED_MW = 1e-6;
/** Gap of the roads, as a share of all time costs, and changes of their costs that are none, money; as in a certificate. */
const ROAD_GAP = 1e-10;
const SETTLED_ROAD_COST = 1e-8;
const MAX_RENEWALS = 8;
/** Weights of the restoration that keeps the flows while road costs move, in the order in which they are tried. */
const HOLD_WEIGHTS = [1, 0.1, 10, 0.01] as const;
/** A search that misses the target by more than this is not worth settling, MW. */
const CLOSE_MW = 0.02;
/** Pairs tried, after the mix, where the mix does not lead to the target within the budget. */
const MORE_STARTS = 2;
/** After a cut of the feeder: a short search close by. */
const POLISH = { firstRadius: 0.4, maxSteps: 6 };
/** A point that the AC check refuses is cut off and searched again at most this often. */
const MAX_GRID_ROUNDS = 3;

/** The cheapest certified point at the target, whatever it costs; null when none was found. */
export function reachPoint(
  context: QueryContext,
  targetMw: readonly number[],
  subsidyCap: SubsidyCap,
): Point | null {
  const { grid } = context.region;
  const budget = subsidyCap ?? Infinity;
  let best: Point | null = null;
  const consider = (start: readonly Aim[]): void => {
    context.reset();
    const states = reachableStates(context, start, targetMw, grid);
    const point = states && certifiedAt(context, states, targetMw, subsidyCap);
    if (point && (!best || point.certificate.subsidy < best.certificate.subsidy)) best = point;
  };
  const mix = context.envelope.at(targetMw);
  if (mix) consider(mixedStart(context.pools, mix));
  // An answer costs no more than a point that is known to be there.
  for (const states of knownAt(context, targetMw)) consider(states);
  for (const start of furtherStarts(context, targetMw)) {
    if (isWithin(best, budget)) break;
    consider(start);
  }
  return best;
}

const isWithin = (point: Point | null, budget: number): boolean =>
  point !== null && point.certificate.subsidy <= budget;

/** States of known points at the target. */
function knownAt({ pools, pointCount }: QueryContext, targetMw: readonly number[]): ClassState[][] {
  return Array.from({ length: pointCount }, (_, index) => pools.map((pool) => pool[index])).filter(
    (states) => distance(positionOf(states, targetMw.length), targetMw) <= CLOSE_MW,
  );
}

function* furtherStarts(context: QueryContext, targetMw: readonly number[]): Generator<readonly Aim[]> {
  const { highs, pools, pointCount } = context;
  const around = surroundingMix(highs, pools, pointCount, targetMw);
  if (around) yield mixedStart(pools, around);
  for (const { states } of nearestStarts(pools, targetMw, PAIR_PRICE, MORE_STARTS)) yield states;
}

/** States close to the target, from a search that starts at aims. */
export function reachableStates(
  context: QueryContext,
  start: readonly Aim[],
  targetMw: readonly number[],
  grid: FeederCoupling | null,
): ClassState[] | null {
  const result = searchReach(context, start, targetMw, { grid });
  return result && result.distanceMw <= CLOSE_MW ? result.states : null;
}

function certifiedAt(
  context: QueryContext,
  states: readonly ClassState[],
  targetMw: readonly number[],
  subsidyCap: SubsidyCap,
): Point | null {
  const { grid } = context.region;
  let current: readonly ClassState[] = states;
  for (let round = 0; round < MAX_GRID_ROUNDS; round++) {
    const settled = settleAt(context, current, targetMw);
    if (!settled) return null;
    const cap = subsidyCap !== null && subsidyOf(settled) <= subsidyCap ? subsidyCap : null;
    const { point, cuts } = certify(context.region, settled, context.region.positionMw, null, cap);
    if (point.certificate.status === 'certified')
      return distance(point.positionMw, targetMw) <= REACHED_MW ? point : null;
    if (cuts.length === 0 || !grid) return null;
    grid.add(cuts);
    const again = searchReach(context, settled, targetMw, { ...POLISH, grid });
    if (!again || again.distanceMw > CLOSE_MW) return null;
    current = again.states;
  }
  return null;
}

/**
 * Roads and stations in agreement with the loads at the target: road times are renewed, and the station flows are brought
 * back to the target under them, until neither changes. Null when they do not settle.
 */
export function settleAt(
  { region }: QueryContext,
  states: readonly ClassState[],
  targetMw: readonly number[],
): ClassState[] | null {
  const { roads, choices, classes, model, timeCost } = region;
  let current = [...states];
  for (let renewal = 0; renewal < MAX_RENEWALS; renewal++) {
    const cost = roads.solve(
      current.map(({ flow }) => flow),
      ROAD_GAP * timeCost,
    );
    let change = 0;
    classes.forEach((one, index) => {
      const renewed = renewedRoadCosts(model, choices[index], cost);
      const before = choices[index].columns.constant;
      renewed.forEach((value, column) => (change = Math.max(change, Math.abs(value - before[column]))));
      one.setRoadCosts(renewed);
    });
    const off = distance(positionOf(current, targetMw.length), targetMw);
    if (change < SETTLED_ROAD_COST && off <= SETTLED_MW) return current;
    const next = heldAt(classes, current, targetMw);
    if (!next) return null;
    current = next;
  }
  roads.solve(
    current.map(({ flow }) => flow),
    ROAD_GAP * timeCost,
  );
  return current;
}

/** The equilibrium at the target close to states under new road costs, with its cheapest coupons. */
function heldAt(
  classes: readonly ClassModel[],
  states: readonly ClassState[],
  targetMw: readonly number[],
): ClassState[] | null {
  let best: { states: ClassState[]; distanceMw: number } | null = null;
  for (const weight of HOLD_WEIGHTS) {
    const restoration = {
      coupons: states.map(({ coupon }) => coupon),
      inflows: states.map(({ inflow }) => inflow),
      weight,
      warm: states.map(({ flow }) => flow),
    };
    const from = respond(classes, restoration, targetMw);
    if (!from) continue;
    const { responses, distanceMw } = steerTo(classes, restoration, from, targetMw, SETTLED_MW);
    if (best && distanceMw >= best.distanceMw) continue;
    const next = responses.map(({ flow }, index) => classes[index].cheapest(flow));
    if (next.every((state) => state !== null)) best = { states: next, distanceMw };
    if (best && best.distanceMw <= SETTLED_MW) break;
  }
  return best?.states ?? null;
}

/** The cheapest certified point at a target: searches, roads and stations in agreement there, and the certificate. */
import { certify, settleRoads } from '../region/certificate.js';
import type { ClassState } from '../region/class-model.js';
import type { FeederCoupling } from '../region/feeder-coupling.js';
import { subsidyOf } from '../region/local-search.js';
import type { Point } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import { distance, positionOf, respond, steerTo } from './position.js';
import type { QueryContext } from './query-context.js';
import type { Aim } from './reach-search.js';
import { searchReach } from './reach-search.js';
import { mixedStart, nearestStarts, PAIR_PRICE } from './starts.js';

/** A certified point this close to what was asked for is there, MW: a kilowatt, as in `unique` and `distanceMw`. */
export const REACHED_MW = 1e-3;
/** What the last restoration is held to, MW: leaves the above a wide margin. */
const SETTLED_MW = 1e-6;
const MAX_SETTLEMENTS = 5;
/** Weight of the restoration that brings settled states back to the target: the flows count. */
const HOLD_WEIGHT = 1;
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
  const mix = context.envelope.at(targetMw);
  const starts = function* (): Generator<readonly Aim[]> {
    if (mix) yield mixedStart(context.pools, mix);
    for (const { states } of nearestStarts(context.pools, targetMw, PAIR_PRICE, MORE_STARTS)) yield states;
  };
  for (const start of starts()) {
    context.reset();
    const states = reachableStates(context, start, targetMw, grid);
    if (!states) continue;
    const point = certifiedAt(context, states, targetMw, subsidyCap);
    if (point && (!best || point.certificate.subsidy < best.certificate.subsidy)) best = point;
    if (best && best.certificate.subsidy <= budget) break;
  }
  return best;
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
    grid.addCuts(cuts);
    const again = searchReach(context, settled, targetMw, { ...POLISH, grid });
    if (!again || again.distanceMw > CLOSE_MW) return null;
    current = again.states;
  }
  return null;
}

/** Roads and stations in agreement with the loads at the target; null when they do not settle there. */
export function settleAt(
  context: QueryContext,
  states: readonly ClassState[],
  targetMw: readonly number[],
): ClassState[] | null {
  const { classes } = context.region;
  let current: readonly ClassState[] = states;
  for (let round = 0; round < MAX_SETTLEMENTS; round++) {
    const settled = settleRoads(context.region, current);
    if (!settled) return null;
    if (distance(positionOf(settled, targetMw.length), targetMw) <= SETTLED_MW) return settled;
    const restoration = {
      coupons: settled.map(({ coupon }) => coupon),
      inflows: settled.map(({ inflow }) => inflow),
      weight: HOLD_WEIGHT,
      warm: settled.map(({ flow }) => flow),
    };
    const from = respond(classes, restoration, targetMw);
    if (!from) return null;
    const { responses } = steerTo(classes, restoration, from, targetMw, SETTLED_MW / 10);
    const next = responses.map(({ flow }, index) => classes[index].cheapest(flow));
    if (!next.every((state) => state !== null)) return settled;
    current = next;
  }
  return settleRoads(context.region, current);
}

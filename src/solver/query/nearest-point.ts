/** The certified point within a budget that is nearest to a target. */
import { certify, settleRoads } from '../region/certificate.js';
import { GRID_TOLERANCE_MW } from '../region/feeder-coupling.js';
import { subsidyOf } from '../region/local-search.js';
import type { Point } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import { searchNearest } from './nearest-search.js';
import type { QueryContext } from './query-context.js';
import { mixedStart, nearestStarts, PAIR_PRICE } from './starts.js';

/** Renewed road times move subsidies a little: a short search brings the point back into the budget. */
const POLISH = { firstRadius: 0.4, maxSteps: 6 };
const MAX_POLISHES = 4;
/** After an overspent polish the next one aims below the budget by this many times the overspending. */
const OVERSPENDING_MARGIN = 1.5;

/** Null when none was found. */
export function nearestPoint(
  context: QueryContext,
  targetMw: readonly number[],
  subsidyCap: SubsidyCap,
): Point | null {
  const { grid } = context.region;
  const budget = subsidyCap ?? Infinity;
  context.reset();
  const mix = context.envelope.at(targetMw, budget);
  const start = mix ? mixedStart(context.pools, mix) : context.region.couponFree;
  let found = searchNearest(context, start, targetMw, budget, { grid });
  if (!found) {
    const [known] = nearestStarts(context.pools, targetMw, PAIR_PRICE, 1, budget);
    found = known && searchNearest(context, known.states, targetMw, budget, { grid });
  }
  let aim = budget;
  let current = found && settleRoads(context.region, found.states);
  for (let round = 0; current && round < MAX_POLISHES; round++) {
    const overspent = subsidyOf(current) - budget;
    const isServed = !grid || grid.violationMw(current) <= GRID_TOLERANCE_MW;
    if (overspent <= 0 && isServed) {
      const { point, cuts } = certify(context.region, current, context.region.positionMw, null, subsidyCap);
      if (point.certificate.status === 'certified') return point;
      if (cuts.length === 0) return null;
      grid?.add(cuts);
    }
    if (overspent > 0) aim -= OVERSPENDING_MARGIN * overspent;
    const again = searchNearest(context, current, targetMw, aim, { ...POLISH, grid });
    current = again && settleRoads(context.region, again.states);
  }
  return null;
}

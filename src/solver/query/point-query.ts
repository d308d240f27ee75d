/**
 * The answer to "which coupons bring this operating point about?": the cheapest certified point at the target that was
 * found, or the nearest one within the budget and why not the target itself.
 */
import type { PointQuery } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import { nearestPoint } from './nearest-point.js';
import { distance } from './position.js';
import type { QueryContext } from './query-context.js';
import { REACHED_MW, reachPoint } from './reach-point.js';
import { whyNot } from './why-not.js';

const MS_PER_SECOND = 1000;

/** @param subsidyCap the budget; null for none. */
export function answerQuery(
  context: QueryContext,
  targetMw: readonly number[],
  subsidyCap: SubsidyCap,
): PointQuery {
  const began = performance.now();
  context.reset();
  const changes = context.travellers.nearest(targetMw);
  const isReachable = !changes || changes.every((change) => Math.abs(change) <= REACHED_MW);
  const found = isReachable ? reachPoint(context, targetMw, subsidyCap) : null;
  const seconds = (): number => (performance.now() - began) / MS_PER_SECOND;
  const asked = { targetMw: [...targetMw], subsidyCap };
  if (found && found.certificate.subsidy <= (subsidyCap ?? Infinity)) {
    return {
      ...asked,
      status: 'reached',
      point: found,
      distanceMw: distance(found.positionMw, targetMw),
      requiredSubsidy: found.certificate.subsidy,
      reason: null,
      seconds: seconds(),
    };
  }
  const reason = whyNot(context, targetMw, subsidyCap, { changes, found });
  const nearest = nearestPoint(context, targetMw, subsidyCap);
  return {
    ...asked,
    status: nearest ? 'nearest' : 'none',
    point: nearest,
    distanceMw: nearest ? distance(nearest.positionMw, targetMw) : null,
    requiredSubsidy: found?.certificate.subsidy ?? null,
    beyondBudget: found,
    reason,
    seconds: seconds(),
  };
}

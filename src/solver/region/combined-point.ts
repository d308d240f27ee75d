/** States that were found apart, certified together. */
import type { Point } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import { certify, settleRoads } from './certificate.js';
import type { ClassState } from './class-model.js';
import { subsidyOf } from './local-search.js';
import type { RegionContext } from './region-context.js';
import { scaledBack } from './scaled-back.js';

export interface CombinedPoint {
  point: Point;
  /** One per class, under the roads that they share now. */
  states: ClassState[];
}

/** Share of the budget that coupons which overspend are taken below it, so that renewed road times do not overspend again. */
const MARGIN_SHARE = 1e-3;

/**
 * @param states one per class.
 * @returns null where roads and coupons do not settle within the budget, or the point cannot be certified.
 */
export function combinedPoint(
  context: RegionContext,
  states: readonly ClassState[],
  subsidyCap: SubsidyCap,
): CombinedPoint | null {
  const budget = subsidyCap ?? Infinity;
  context.reset();
  let settled = settleRoads(context, states);
  if (settled && subsidyOf(settled) > budget) {
    const lower = scaledBack(context.classes, settled, budget * (1 - MARGIN_SHARE));
    settled = lower && settleRoads(context, lower);
  }
  if (!settled) return null;
  const { point } = certify(context, settled, context.positionMw, null, subsidyCap);
  return point.certificate.status === 'certified' ? { point, states: settled } : null;
}

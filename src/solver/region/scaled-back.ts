/** Coupons that overspend, taken back into the budget without a search. */
import type { ClassModel, ClassState } from './class-model.js';
import { subsidyOf } from './local-search.js';

/** Each scaling lowers the coupons by this at least; there are so many at most. */
const LEAST_CUT = 1e-3;
const MAX_SCALINGS = 5;

/**
 * The responses to lower coupons, the first that keep to the budget; null where none of them does. What is spent is
 * followed by secants: in proportion to the coupons at first, then as the last two responses tell.
 */
export function scaledBack(
  classes: readonly ClassModel[],
  states: readonly ClassState[],
  budget: number,
): ClassState[] | null {
  let before = { scale: 0, spent: 0 };
  let last = { scale: 1, spent: subsidyOf(states) };
  for (let scaling = 0; scaling < MAX_SCALINGS; scaling++) {
    const slope = (last.spent - before.spent) / (last.scale - before.scale);
    // Where lower coupons did not cost less, what they cost in all is all there is to go by.
    const cut = (last.spent - budget) / (slope > 0 ? slope : last.spent / last.scale);
    const scale = last.scale - Math.min(last.scale, Math.max(LEAST_CUT, cut + LEAST_CUT));
    const lower: ClassState[] = [];
    for (const [index, model] of classes.entries()) {
      const { coupon, flow } = states[index];
      const state = model.respond(
        coupon.map((each) => scale * each),
        flow,
      );
      if (!state) return null;
      lower.push(state);
    }
    [before, last] = [last, { scale, spent: subsidyOf(lower) }];
    if (last.spent <= budget) return lower;
  }
  return null;
}

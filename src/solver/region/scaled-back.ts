/** Coupons that overspend, taken back into the budget without a search. */
import type { ClassModel, ClassState } from './class-model.js';
import { subsidyOf } from './local-search.js';

/** Coupons are scaled back by this at least, and so often at most. */
const SCALE_BACK = 0.97;
const MAX_SCALINGS = 5;

/** The responses to lower coupons, the first that keep to the budget; null where none of them does. */
export function scaledBack(
  classes: readonly ClassModel[],
  states: readonly ClassState[],
  budget: number,
): ClassState[] | null {
  let scale = 1;
  let spent = subsidyOf(states);
  for (let scaling = 0; scaling < MAX_SCALINGS; scaling++) {
    scale *= Math.min(SCALE_BACK, budget / spent);
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
    spent = subsidyOf(lower);
    if (spent <= budget) return lower;
  }
  return null;
}

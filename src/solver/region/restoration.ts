/** From the answer of a linear programme back to an exact equilibrium with its cheapest coupons. */
import type { ClassModel, ClassState } from './class-model.js';
import type { Step } from './step-program.js';

/**
 * Weights of the proximal restoration, money per vehicle and vehicle, in the order in which they are tried. A small
 * weight trusts the coupons of the step, which mostly is best; a large one its flows.
 */
export const RESTORATION_WEIGHTS = [0.03, 0.3, 3] as const;

/** Coupons and inflows that a step aims at, and flows to start from. */
export type RestorationAim = Pick<ClassState, 'coupon' | 'inflow' | 'flow'>;

export function aimsOf({ coupons, inflows }: Step, states: readonly ClassState[]): RestorationAim[] {
  return states.map(({ flow }, index) => ({ coupon: coupons[index], inflow: inflows[index], flow }));
}

/** What a merit is made of. */
export type Measured = Pick<ClassState, 'loadMw' | 'subsidy' | 'occupancy'>;

/**
 * The equilibrium of least merit over the weights, with its cheapest coupons; no further weight is tried once the
 * merit falls below `enough`. Null when no coupons within the caps support any of them.
 */
export function bestRestoration(
  classes: readonly ClassModel[],
  aims: readonly RestorationAim[],
  merit: (states: readonly Measured[]) => number,
  enough = -Infinity,
): ClassState[] | null {
  let best: ClassState[] | null = null;
  let least = Infinity;
  for (const weight of RESTORATION_WEIGHTS) {
    const responses = ofEach(classes, (model, index) => {
      const { coupon, inflow, flow } = aims[index];
      return model.restore(coupon, inflow, weight, flow);
    });
    if (!responses) continue;
    // No coupons cost less than nothing: what is worse even then needs none.
    if (merit(responses.map((response) => ({ ...response, subsidy: 0 }))) >= least) continue;
    const states = ofEach(classes, (model, index) => model.cheapest(responses[index].flow));
    if (!states) continue;
    const value = merit(states);
    if (value < least) [best, least] = [states, value];
    if (value < enough) break;
  }
  return best;
}

/** The equilibrium of the aims' own coupons, which always keep to the caps. */
export function ownEquilibrium(
  classes: readonly ClassModel[],
  aims: readonly RestorationAim[],
): ClassState[] | null {
  return ofEach(classes, (model, index) => model.respond(aims[index].coupon, aims[index].flow));
}

/** One answer per class; null when a class has none. */
function ofEach<R>(
  classes: readonly ClassModel[],
  answerOf: (model: ClassModel, index: number) => R | null,
): R[] | null {
  const answers: R[] = [];
  for (let index = 0; index < classes.length; index++) {
    const answer = answerOf(classes[index], index);
    if (!answer) return null;
    answers.push(answer);
  }
  return answers;
}

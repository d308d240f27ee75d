/**
 * All equilibria of given coupons that solves from many starts end in. With the road costs fixed, charging and V2G do not
 * meet, so each class is searched by itself: from nothing, and from responses to coupons that push the loads of the axes
 * up and down, by much and by little.
 */
import type { ClassModel, ClassResponse } from '../region/class-model.js';
import { sweepDirections } from '../region/directions.js';
import { pricedCoupons } from './position.js';

/** Angle between the directions of the pushes, degrees. */
const PUSH_DEGREES = 45;
/** Pushes, money per MW: from a small fraction of what coupons pay for a MW to all of it and more. */
const PUSHES = [3, 30, 300, 3000] as const;
/** Loads that differ by less than this are of one equilibrium, MW; as in `unique`. */
export const SAME_LOAD_MW = 1e-3;

export interface Equilibria {
  /** Distinct in their loads; the first is the one nearest to the given flow. */
  responses: ClassResponse[];
  starts: number;
  settled: number;
}

/** @param flow an equilibrium for the coupons. */
export function equilibriaOf(model: ClassModel, coupon: Float64Array, flow: Float64Array): Equilibria {
  const none = new Float64Array(coupon.length);
  const settle = (paid: Float64Array, warm: Float64Array): ClassResponse | null =>
    model.restore(paid, none, 0, warm);
  const found: Equilibria = { responses: [], starts: 0, settled: 0 };
  const offer = (response: ClassResponse | null): void => {
    found.starts++;
    if (!response) return;
    found.settled++;
    if (!found.responses.some((known) => haveSameLoads(model, known, response)))
      found.responses.push(response);
  };
  offer(settle(coupon, flow));
  model.equilibrium.reset();
  offer(settle(coupon, model.equilibrium.flow.slice()));
  for (const direction of sweepDirections(model.axisLoads.length, PUSH_DEGREES)) {
    for (const push of PUSHES) {
      const price = direction.map((value) => push * value);
      const pushed = settle(pricedCoupons(model, coupon, price), flow);
      if (pushed) offer(settle(coupon, pushed.flow));
    }
  }
  return found;
}

/** At every station and time, not only on the axes. */
export function haveSameLoads(
  { choice }: ClassModel,
  a: Pick<ClassResponse, 'occupancy'>,
  b: Pick<ClassResponse, 'occupancy'>,
): boolean {
  const { intervals } = choice.columns;
  return a.occupancy.every(
    (vehicles, cell) =>
      Math.abs(vehicles - b.occupancy[cell]) *
        Math.abs(choice.loadMwPerVehicle[Math.floor(cell / intervals)]) <=
      SAME_LOAD_MW,
  );
}

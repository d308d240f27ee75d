/**
 * Equilibria at a given position. A price λ per MW on the loads of the axes is added to the coupons of a proximal
 * restoration: the coupon of a cell that is present at an axis' time rises by λ × the load of a vehicle, so loads rise
 * with λ. Newton's method with Broyden updates finds the λ at which the loads are those asked for.
 */
import { Matrix, solve as solveDense } from 'ml-matrix';
import type { ClassModel, ClassResponse } from '../region/class-model.js';

/** Step of the finite differences, money per MW: some hundredths of money for a vehicle of tens of kW. */
const DIFFERENCE = 0.5;
const MAX_ITERATIONS = 12;
/** Largest price change in one iteration, money per MW. */
const LARGEST_CHANGE = 400;
/** Steps shorter than this share of a Newton step are given up. */
const SHORTEST_STEP = 0.05;
const SHORTENING = 3;
/** A load that answers a price by less than this, MW² per money, does not answer. */
const DEAF = 1e-9;

export interface Restoration {
  coupons: readonly Float64Array[];
  inflows: readonly Float64Array[];
  weight: number;
  /** Flows to start from, per class. */
  warm: readonly Float64Array[];
}

/** How loads answered to prices the last time: the next time close by starts from it, and saves the differences. */
export interface Steering {
  slope: Matrix | null;
}

export interface Steered {
  responses: ClassResponse[];
  positionMw: number[];
  /** Euclidean distance from the target, MW. */
  distanceMw: number;
}

export const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, axis) => value - b[axis]));

/** Loads on the axes, MW. */
export function positionOf(states: readonly Pick<ClassResponse, 'loadMw'>[], axes: number): number[] {
  const position = new Array<number>(axes).fill(0);
  for (const { loadMw } of states) loadMw.forEach((mw, axis) => (position[axis] += mw));
  return position;
}

/** The equilibrium of a restoration with prices on the axes; null when a class does not settle. */
export function respond(
  classes: readonly ClassModel[],
  { coupons, inflows, weight, warm }: Restoration,
  targetMw: readonly number[],
  price?: readonly number[],
): Steered | null {
  const responses: ClassResponse[] = [];
  for (let index = 0; index < classes.length; index++) {
    const coupon = price ? pricedCoupons(classes[index], coupons[index], price) : coupons[index];
    const response = classes[index].restore(coupon, inflows[index], weight, warm[index]);
    if (!response) return null;
    responses.push(response);
  }
  const positionMw = positionOf(responses, targetMw.length);
  return { responses, positionMw, distanceMw: distance(positionMw, targetMw) };
}

/**
 * @param from the restoration's equilibrium without prices.
 * @param toleranceMw distance from the target at which the position is met.
 * @returns the equilibrium nearest to the target that was met.
 */
export function steerTo(
  classes: readonly ClassModel[],
  restoration: Restoration,
  from: Steered,
  targetMw: readonly number[],
  toleranceMw: number,
  steering: Steering = { slope: null },
): Steered {
  let best = from;
  if (best.distanceMw <= toleranceMw) return best;
  const at: Response = (price) =>
    respond(classes, { ...restoration, warm: best.responses.map(({ flow }) => flow) }, targetMw, price);
  let price = new Array<number>(targetMw.length).fill(0);
  let isFresh = steering.slope === null;
  steering.slope ??= differences(at, price, best);
  for (let iteration = 0; iteration < MAX_ITERATIONS && steering.slope; iteration++) {
    const moved = advance(at, steering.slope, price, best, targetMw);
    if (moved) {
      ({ price, best } = moved);
      if (best.distanceMw <= toleranceMw) break;
    } else if (isFresh) {
      steering.slope = null;
    } else {
      steering.slope = differences(at, price, best);
      isFresh = true;
    }
  }
  return best;
}

type Response = (price: readonly number[]) => Steered | null;

/** One Newton step that comes closer; null when none does. */
function advance(
  at: Response,
  slope: Matrix,
  price: readonly number[],
  from: Steered,
  targetMw: readonly number[],
): { price: number[]; best: Steered } | null {
  const change = newtonChange(slope, from.positionMw, targetMw);
  if (!change) return null;
  for (let length = 1; length >= SHORTEST_STEP; length /= SHORTENING) {
    const moved = price.map((value, axis) => value + length * change[axis]);
    const next = at(moved);
    if (!next) continue;
    broyden(slope, change, length, from.positionMw, next.positionMw);
    if (next.distanceMw < from.distanceMw) return { price: moved, best: next };
  }
  return null;
}

/** d position / d price, axes × axes. */
function differences(at: Response, price: readonly number[], from: Steered): Matrix | null {
  const slope = Matrix.zeros(price.length, price.length);
  for (let k = 0; k < price.length; k++) {
    const moved = at(price.map((value, axis) => (axis === k ? value + DIFFERENCE : value)));
    if (!moved) return null;
    moved.positionMw.forEach((mw, axis) => slope.set(axis, k, (mw - from.positionMw[axis]) / DIFFERENCE));
  }
  return slope;
}

function newtonChange(
  slope: Matrix,
  positionMw: readonly number[],
  targetMw: readonly number[],
): number[] | null {
  // Levenberg's damping: an axis that answers to no price must not take the others along.
  const normal = slope.transpose().mmul(slope);
  let largest = 0;
  for (let k = 0; k < targetMw.length; k++) largest = Math.max(largest, normal.get(k, k));
  if (largest < DEAF * DEAF) return null;
  for (let k = 0; k < targetMw.length; k++) normal.set(k, k, normal.get(k, k) + 1e-9 * largest);
  const wanted = Matrix.columnVector(targetMw.map((mw, axis) => mw - positionMw[axis]));
  let change: number[];
  try {
    change = solveDense(normal, slope.transpose().mmul(wanted)).to1DArray();
  } catch {
    return null;
  }
  const size = Math.max(...change.map(Math.abs));
  if (!Number.isFinite(size) || size === 0) return null;
  const factor = Math.min(1, LARGEST_CHANGE / size);
  return change.map((value) => value * factor);
}

/** Rank-one update: the slope that explains what was just seen and changes least. */
function broyden(
  slope: Matrix,
  change: readonly number[],
  length: number,
  from: readonly number[],
  to: readonly number[],
): void {
  const step = change.map((value) => value * length);
  const squared = step.reduce((sum, value) => sum + value * value, 0);
  if (squared === 0) return;
  to.forEach((mw, row) => {
    let predicted = 0;
    step.forEach((value, k) => (predicted += slope.get(row, k) * value));
    const error = (mw - from[row] - predicted) / squared;
    step.forEach((value, k) => slope.set(row, k, slope.get(row, k) + error * value));
  });
}

/** Coupons plus a price per MW on the loads of the axes. */
export function pricedCoupons(
  { axisLoads, choice }: ClassModel,
  coupon: Float64Array,
  price: readonly number[],
): Float64Array {
  const priced = coupon.slice();
  const { columns } = choice;
  axisLoads.forEach((load, axis) => {
    if (!load || price[axis] === 0) return;
    const block = columns.blocks[Math.floor(load.cell / columns.intervals)];
    const dwell = block.kind === 'service' ? block.dwell : 1;
    const first = load.cell - (load.cell % columns.intervals);
    for (let cell = Math.max(first, load.cell - dwell + 1); cell <= load.cell; cell++)
      priced[cell] += price[axis] * load.mwPerVehicle;
  });
  return priced;
}

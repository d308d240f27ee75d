/**
 * The rotating hyperplane: the directions a that a study minimises a · P along. On a grid of equal angles in up to
 * three dimensions, as the paper sweeps; along the axes and their pairwise diagonals in more.
 */
import type { CharacterizeSpec, Directions } from '../study-spec.js';

/** Angle of the sweep that a refinement starts from, and of the patterns of the starting states, degrees. */
export const FIRST_SWEEP_DEGREES = 45;

/** The directions that a study is solved along before any other. */
export function firstDirections(dimension: number, directions: Directions): number[][] {
  return sweepDirections(dimension, directions.kind === 'every' ? directions.degrees : FIRST_SWEEP_DEGREES);
}

/** How many searches a study takes, budgets together, at least those it has had; null where it refines until a gap is closed. */
export function sweepCount(
  { axes, directions, subsidyCaps }: CharacterizeSpec,
  searched: number,
): number | null {
  if (directions.kind !== 'every') return null;
  return Math.max(searched, subsidyCaps.length * sweepDirections(axes.length, directions.degrees).length);
}

/**
 * Distinct unit directions in a fixed order.
 * - 1 axis: both ways.
 * - 2 axes: a = (sin β, cos β), β from 0° in steps below 360°.
 * - 3 axes: a = (sin α sin β, sin α cos β, cos α), α from 0° in steps up to 180°, β as above: 26 at 45°.
 * - more: ± the unit vectors, then ± and ∓ the diagonals of each pair of axes; the step plays no part.
 * @param degrees step of both angles, 0 < degrees ≤ 90
 */
export function sweepDirections(dimension: number, degrees: number): number[][] {
  if (!(dimension >= 1) || !Number.isInteger(dimension)) {
    throw new RangeError(`A region needs at least one axis, not ${dimension}.`);
  }
  if (!(degrees > 0 && degrees <= 90))
    throw new RangeError(`A step of ${degrees}° is not between 0° and 90°.`);
  if (dimension === 1) return [[1], [-1]];
  if (dimension === 2) return circle(degrees);
  return dimension === 3 ? sphere(degrees) : axesAndDiagonals(dimension);
}

function circle(degrees: number): number[][] {
  return multiples(degrees, 360, false).map((beta) => [sinDegrees(beta), cosDegrees(beta)]);
}

function sphere(degrees: number): number[][] {
  const longitudes = circle(degrees);
  return multiples(degrees, 180, true).flatMap((alpha) => {
    const sinAlpha = sinDegrees(alpha);
    const cosAlpha = cosDegrees(alpha);
    if (sinAlpha === 0) return [[0, 0, cosAlpha]]; // a pole, the same for every longitude
    // Adding zero turns a product of −0 into 0.
    return longitudes.map(([sinBeta, cosBeta]) => [sinAlpha * sinBeta + 0, sinAlpha * cosBeta + 0, cosAlpha]);
  });
}

function axesAndDiagonals(dimension: number): number[][] {
  const along = (entries: [axis: number, value: number][]) => {
    const direction = new Array<number>(dimension).fill(0);
    for (const [axis, value] of entries) direction[axis] = value;
    return direction;
  };
  const axes = Array.from({ length: dimension }, (_, axis) => axis);
  const units = axes.flatMap((axis) => [along([[axis, 1]]), along([[axis, -1]])]);
  const half = Math.SQRT1_2;
  const diagonals = axes.flatMap((first) =>
    axes.slice(first + 1).flatMap((second) =>
      [
        [half, half],
        [half, -half],
        [-half, half],
        [-half, -half],
      ].map(([a, b]) =>
        along([
          [first, a],
          [second, b],
        ]),
      ),
    ),
  );
  return [...units, ...diagonals];
}

/** 0, step, 2 step, … below `end`, or up to it; counted, not summed, so that no rounding builds up. */
function multiples(step: number, end: number, inclusive: boolean): number[] {
  const count = end / step;
  const whole = Math.round(count);
  const divides = Math.abs(count - whole) < 1e-9;
  const last = divides ? (inclusive ? whole : whole - 1) : Math.floor(count);
  return Array.from({ length: last + 1 }, (_, k) => (divides ? (k * end) / whole : k * step));
}

/** Sine of an angle in degrees, folded into the first octant: exact zeros and ones, sin 45° = cos 45°. */
function sinDegrees(angle: number): number {
  const turn = ((angle % 360) + 360) % 360;
  if (turn >= 180) return 0 - sinDegrees(turn - 180);
  const folded = turn > 90 ? 180 - turn : turn;
  if (folded === 45) return Math.SQRT1_2;
  return folded < 45 ? Math.sin((folded * Math.PI) / 180) : Math.cos(((90 - folded) * Math.PI) / 180);
}

function cosDegrees(angle: number): number {
  return sinDegrees(angle + 90);
}

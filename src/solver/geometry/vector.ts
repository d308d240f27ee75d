/** Vectors of any dimension as plain arrays, and the little linear algebra the hull needs. */
import { ZERO_COMPONENT } from './tolerances.js';

export type Vector = readonly number[];

export function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

/** As `dot`, for the innermost loops of this folder only: whatever kind of array meets `dot` anywhere makes it several
 * times as slow everywhere, while these have but one or two. */
export function product(a: Vector, b: Vector): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

export function subtract(a: Vector, b: Vector): number[] {
  return a.map((value, k) => value - b[k]);
}

/** a + factor · b. */
export function addScaled(a: Vector, factor: number, b: Vector): number[] {
  return a.map((value, k) => value + factor * b[k]);
}

export function norm(a: Vector): number {
  return Math.sqrt(dot(a, a));
}

/** Whether |a − b| ≤ distance; most that are not are told by one component. */
export function isWithin(a: Vector, b: Vector, distance: number): boolean {
  let sum = 0;
  for (let k = 0; k < a.length; k++) {
    const difference = a[k] - b[k];
    if (Math.abs(difference) > distance) return false;
    sum += difference * difference;
  }
  return Math.sqrt(sum) <= distance;
}

/** n!: a parallelepiped of n edges measures so many times the simplex with the same. */
export function factorial(n: number): number {
  let product = 1;
  for (let k = 2; k <= n; k++) product *= k;
  return product;
}

/** −a, without negative zeros. */
export function negate(a: Vector): number[] {
  return a.map((value) => 0 - value);
}

/** Unit vector along `a`, its rounding-sized components exactly zero. */
export function normalize(a: Vector): number[] {
  const length = norm(a);
  return a.map((value) => (Math.abs(value) <= ZERO_COMPONENT * length ? 0 : value / length));
}

export function unitVector(dimension: number, axis: number): number[] {
  return Array.from({ length: dimension }, (_, k) => (k === axis ? 1 : 0));
}

export function centroid(points: readonly Vector[]): number[] {
  return points[0].map((_, k) => points.reduce((sum, point) => sum + point[k], 0) / points.length);
}

/** Lexicographic order. */
export function compareVectors(a: Vector, b: Vector): number {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k] - b[k];
  return 0;
}

/** What is left of `a` after its components along the orthonormal `basis` are taken out; twice is enough. */
export function residual(a: Vector, basis: readonly Vector[]): number[] {
  let rest = [...a];
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of basis) rest = addScaled(rest, -dot(rest, direction), direction);
  }
  return rest;
}

/** Determinant of a square matrix of rows, by elimination with partial pivoting. */
export function determinant(rows: readonly Vector[]): number {
  // The hull asks for these by the thousand.
  if (rows.length === 2) return rows[0][0] * rows[1][1] - rows[0][1] * rows[1][0];
  if (rows.length === 3) return edgeDeterminant(rows, [0, 0, 0]);
  const matrix = rows.map((row) => row.slice());
  let value = 1;
  for (let column = 0; column < matrix.length; column++) {
    let pivot = column;
    for (let row = column + 1; row < matrix.length; row++) {
      if (Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column])) pivot = row;
    }
    if (matrix[pivot][column] === 0) return 0;
    if (pivot !== column) {
      [matrix[pivot], matrix[column]] = [matrix[column], matrix[pivot]];
      value = -value;
    }
    value *= matrix[column][column];
    for (let row = column + 1; row < matrix.length; row++) {
      const factor = matrix[row][column] / matrix[column][column];
      for (let k = column; k < matrix.length; k++) matrix[row][k] -= factor * matrix[column][k];
    }
  }
  return value;
}

/**
 * Determinant of the edges from one point to d others: d! times the content of their simplex, positive for one orientation.
 * @param corners d vectors of d components.
 */
export function edgeDeterminant(corners: readonly Vector[], from: Vector): number {
  if (corners.length !== 3) return determinant(corners.map((corner) => subtract(corner, from)));
  const [a, b, c] = corners;
  const [x, y, z] = from;
  const [ax, ay, az] = [a[0] - x, a[1] - y, a[2] - z];
  const [bx, by, bz] = [b[0] - x, b[1] - y, b[2] - z];
  const [cx, cy, cz] = [c[0] - x, c[1] - y, c[2] - z];
  return ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
}

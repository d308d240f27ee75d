/** The affine subspace that points span: how many dimensions they really have. */
import { dot, norm, normalize, residual, subtract, unitVector, type Vector } from './vector.js';

export interface AffineSpan {
  /** A point of the subspace. */
  origin: number[];
  /** Orthonormal directions within it; as many as its dimension. The unit vectors when it is the whole space. */
  basis: number[][];
  /** Orthonormal directions across it; empty when it is the whole space. */
  normals: number[][];
  /** Indices of dimension + 1 points that span it. */
  pivots: number[];
}

/**
 * Affine span of `points` by pivoted Gram–Schmidt: the point farthest from the subspace so far extends it, until
 * all lie within `tolerance` (in the unit of the coordinates) or the dimension reaches `maxDimension`.
 */
export function affineSpan(
  points: readonly Vector[],
  tolerance: number,
  maxDimension = points[0].length,
): AffineSpan {
  const ambient = points[0].length;
  const basis: number[][] = [];
  const pivots = [0];
  // Flat and in place: every hull asks for this, of hundreds of points.
  const rests = new Float64Array(points.length * ambient);
  points.forEach((point, index) => {
    for (let k = 0; k < ambient; k++) rests[index * ambient + k] = point[k] - points[0][k];
  });
  while (basis.length < Math.min(ambient, maxDimension)) {
    let farthest = 0;
    let distance = 0;
    for (let index = 0, from = 0; index < points.length; index++, from += ambient) {
      let squares = 0;
      for (let k = from; k < from + ambient; k++) squares += rests[k] * rests[k];
      const length = Math.sqrt(squares);
      if (length > distance) [farthest, distance] = [index, length];
    }
    if (distance <= tolerance) break;
    basis.push(normalize([...rests.subarray(farthest * ambient, (farthest + 1) * ambient)]));
    pivots.push(farthest);
    for (let from = 0; from < rests.length; from += ambient) takeOut(rests, from, basis);
  }
  const whole = basis.length === ambient;
  return {
    origin: [...points[0]],
    basis: whole ? basis.map((_, axis) => unitVector(ambient, axis)) : basis,
    normals: complement(basis, ambient),
    pivots,
  };
}

/** As `residual`, of one of many vectors in a flat array, in place. */
function takeOut(vectors: Float64Array, from: number, basis: readonly Vector[]): void {
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of basis) {
      let along = 0;
      for (let k = 0; k < direction.length; k++) along += vectors[from + k] * direction[k];
      for (let k = 0; k < direction.length; k++) vectors[from + k] += -along * direction[k];
    }
  }
}

/** Orthonormal directions across an orthonormal basis; each with its first non-zero component positive. */
export function complement(basis: readonly Vector[], ambient: number): number[][] {
  const normals: number[][] = [];
  while (basis.length + normals.length < ambient) {
    let best: number[] = [];
    let length = 0;
    for (let axis = 0; axis < ambient; axis++) {
      const rest = residual(unitVector(ambient, axis), [...basis, ...normals]);
      // The margin keeps the choice among equals on the first axis whatever the rounding.
      if (norm(rest) > length * (1 + 1e-9)) [best, length] = [rest, norm(rest)];
    }
    const sign = (best.find((value) => Math.abs(value) > 1e-9 * length) ?? 1) < 0 ? -1 : 1;
    normals.push(normalize(best.map((value) => sign * value)));
  }
  return normals;
}

/** Coordinates of `point` in the subspace: basis · (point − origin) / scale. */
export function toSubspace(point: Vector, span: Pick<AffineSpan, 'origin' | 'basis'>, scale = 1): number[] {
  const offset = subtract(point, span.origin);
  return span.basis.map((direction) => dot(direction, offset) / scale);
}

/** A direction of the subspace in the coordinates of the space around it. */
export function liftDirection(direction: Vector, span: Pick<AffineSpan, 'origin' | 'basis'>): number[] {
  return span.origin.map((_, k) => direction.reduce((sum, value, j) => sum + value * span.basis[j][k], 0));
}

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
  let rests = points.map((point) => subtract(point, points[0]));
  while (basis.length < Math.min(ambient, maxDimension)) {
    let farthest = 0;
    let distance = 0;
    rests.forEach((rest, index) => {
      const length = norm(rest);
      if (length > distance) [farthest, distance] = [index, length];
    });
    if (distance <= tolerance) break;
    basis.push(normalize(rests[farthest]));
    pivots.push(farthest);
    rests = rests.map((rest) => residual(rest, basis));
  }
  const whole = basis.length === ambient;
  return {
    origin: [...points[0]],
    basis: whole ? basis.map((_, axis) => unitVector(ambient, axis)) : basis,
    normals: complement(basis, ambient),
    pivots,
  };
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

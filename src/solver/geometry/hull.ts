/**
 * Convex hulls of points in any dimension and of any affine rank: a point, a segment, a polygon in space, a solid.
 * Facets come from Quickhull and are checked; half-spaces hold every input point.
 */
import { affineSpan, liftDirection, toSubspace, type AffineSpan } from './affine.js';
import { hullFacets } from './facets.js';
import { GeometryError } from './geometry-error.js';
import { PointSet } from './point-set.js';
import { POINT_TOLERANCE, RANK_TOLERANCE } from './tolerances.js';
import {
  centroid,
  compareVectors,
  dot,
  edgeDeterminant,
  factorial,
  negate,
  normalize,
  subtract,
  type Vector,
} from './vector.js';

/** normal · x ≤ offset; the normal has unit length, so the offset is in the unit of the coordinates. */
export interface HalfSpace {
  normal: number[];
  offset: number;
}

export interface ConvexHull {
  /** Affine rank of the points: 0 a point, 1 a segment, 2 a polygon, 3 a solid. */
  dimension: number;
  /** Indices of the corners in the input; of a polygon in order around it, else by their coordinates. */
  vertices: number[];
  /** Indices into `vertices`: simplices in 3D and above (triangles, counter-clockwise from outside), edges of a
   * polygon in order around it, both ends of a segment, the point itself. */
  facets: number[][];
  /** Every input point satisfies them. Of a flat hull the equations of its subspace come first, as two exactly
   * opposite half-spaces each; those hold within the tolerance. One half-space per plane, however many triangles. */
  halfspaces: HalfSpace[];
  /** Length, area or volume in the hull's own dimension; 0 for a point. */
  measure: number;
  /** Unit of `measure` for coordinates in MW: "1", "MW", "MW^2", "MW^3". */
  measureUnit: string;
  /** The subspace of the hull: orthonormal directions within it and across it. */
  subspace: Subspace;
}

/** Where a hull lies: a point of it, orthonormal directions within it (the unit vectors when it is solid) and across. */
export type Subspace = Pick<AffineSpan, 'origin' | 'basis' | 'normals'>;

export interface HullOptions {
  /** Accuracy of the coordinates in their own unit: thinner is flat, closer is the same point. Default 0: the
   * relative tolerances alone decide. */
  absoluteTolerance?: number;
}

/** Unit of the measure of a body of this dimension whose coordinates are in MW. */
export function measureUnit(dimension: number): string {
  if (dimension === 0) return '1';
  return dimension === 1 ? 'MW' : `MW^${dimension}`;
}

/**
 * Convex hull of `points` (n × d, n ≥ 1, d ≥ 1). The answer does not depend on the order of the points but for the
 * indices in `vertices`.
 * @throws GeometryError for no points, points of different dimensions, coordinates that are not finite
 */
export function convexHull(points: readonly Vector[], options: HullOptions = {}): ConvexHull {
  checkPoints(points);
  const absolute = options.absoluteTolerance ?? 0;
  const extent = largestSide(points);
  // Coordinates far from zero cannot be told apart more finely than their own rounding.
  const rounding = 8 * Number.EPSILON * Math.max(...points.map((point) => Math.max(...point.map(Math.abs))));
  const mergeDistance = Math.max(POINT_TOLERANCE * extent, absolute, rounding);
  const order = points.map((_, index) => index).sort((a, b) => compareVectors(points[a], points[b]) || a - b);
  const distinct = mergeClose(order, points, mergeDistance);
  const span = spanOf(
    distinct.map((index) => points[index]),
    Math.max(RANK_TOLERANCE * extent, absolute, rounding),
  );
  const dimension = span.basis.length;
  const equations = subspaceEquations(points, span);
  if (dimension === 0) {
    const halfspaces = equations;
    return {
      dimension,
      vertices: [distinct[0]],
      facets: [[0]],
      halfspaces,
      measure: 0,
      measureUnit: '1',
      subspace: span,
    };
  }

  const local = distinct.map((index) => toSubspace(points[index], span, extent));
  const found = hullFacets(local, mergeDistance / extent);
  // Too thin to tell its facets apart at this accuracy; at a coarser one it is thicker or flat.
  if (!found) return convexHull(points, { ...options, absoluteTolerance: 10 * mergeDistance });
  const { facets, planes } = found;
  const corners = cornerOrder(facets, dimension);
  const position = new Map(corners.map((corner, k) => [corner, k]));
  const all = new PointSet(points);
  const bounds = planes.map((plane) => {
    const normal = normalize(liftDirection(plane.normal, span));
    return { normal, offset: all.greatest(normal) };
  });
  return {
    dimension,
    vertices: corners.map((corner) => distinct[corner]),
    facets: facets.map((facet) => facet.map((corner) => position.get(corner)!)).sort(compareVectors),
    halfspaces: [...equations, ...bounds.sort((a, b) => compareVectors(a.normal, b.normal))],
    measure: contentOf(local, facets) * extent ** dimension,
    measureUnit: measureUnit(dimension),
    subspace: span,
  };
}

function checkPoints(points: readonly Vector[]): void {
  if (points.length === 0) throw new GeometryError('A convex hull needs at least one point.');
  const dimension = points[0].length;
  if (dimension === 0) throw new GeometryError('Points need at least one coordinate.');
  points.forEach((point, index) => {
    if (point.length !== dimension) {
      throw new GeometryError(`Point ${index} has ${point.length} coordinates, the first has ${dimension}.`);
    }
    if (!point.every(Number.isFinite))
      throw new GeometryError(`Point ${index} is not finite: ${point.join(', ')}.`);
  });
}

/** Longest side of the bounding box. */
export function largestSide(points: readonly Vector[]): number {
  const sides = points[0].map((_, k) => {
    const values = points.map((point) => point[k]);
    return Math.max(...values) - Math.min(...values);
  });
  return Math.max(...sides);
}

/** One index for each cluster of points closer than `distance`, the first of it in the given (sorted) order. */
function mergeClose(order: readonly number[], points: readonly Vector[], distance: number): number[] {
  const kept: number[] = [];
  for (const index of order) {
    let repeated = false;
    // Sorted by the first coordinate: older ones are too far away as soon as one is.
    for (let k = kept.length - 1; k >= 0 && !repeated; k--) {
      if (points[index][0] - points[kept[k]][0] > distance) break;
      repeated = Math.hypot(...subtract(points[index], points[kept[k]])) <= distance;
    }
    if (!repeated) kept.push(index);
  }
  return kept;
}

function spanOf(points: readonly Vector[], tolerance: number): Subspace {
  const { origin, basis, normals } = affineSpan(points, tolerance);
  return { origin, basis, normals };
}

/** normal · x = c for every direction across the subspace, c in the middle of the points' values. */
function subspaceEquations(points: readonly Vector[], span: Subspace): HalfSpace[] {
  return span.normals.flatMap((normal) => {
    const values = points.map((point) => dot(normal, point));
    const middle = (Math.min(...values) + Math.max(...values)) / 2;
    return [
      { normal, offset: middle },
      { normal: negate(normal), offset: 0 - middle },
    ];
  });
}

/** Corners of the facets: around a polygon from the least one on, else ascending (the points are sorted). */
function cornerOrder(facets: readonly number[][], dimension: number): number[] {
  const corners = [...new Set(facets.flat())].sort((a, b) => a - b);
  if (dimension !== 2) return corners;
  const next = new Map(facets.map(([from, to]) => [from, to]));
  const ring = [corners[0]];
  while (ring.length < corners.length) ring.push(next.get(ring.at(-1)!)!);
  return ring;
}

/** d-dimensional content of the body with these simplicial facets: cones from the middle of its corners. */
function contentOf(points: readonly number[][], facets: readonly number[][]): number {
  const middle = centroid([...new Set(facets.flat())].sort((a, b) => a - b).map((corner) => points[corner]));
  const cones = facets.map((facet) =>
    Math.abs(
      edgeDeterminant(
        facet.map((corner) => points[corner]),
        middle,
      ),
    ),
  );
  return cones.reduce((sum, cone) => sum + cone, 0) / factorial(middle.length);
}

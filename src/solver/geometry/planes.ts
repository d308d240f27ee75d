/** The planes that carry the facets of a hull: merging coplanar facets, finding superfluous corners. */
import { affineSpan } from './affine.js';
import { DEPENDENCE_TOLERANCE } from './tolerances.js';
import { determinant, dot, negate, norm, normalize, subtract, type Vector } from './vector.js';

/** normal · x = offset, the body behind it: normal · x ≤ offset. */
export interface Plane {
  normal: number[];
  offset: number;
}

/**
 * Normal of the hyperplane through d corners in d dimensions, by cofactors of the edges (the cross product in 3D).
 * Its length is the facet's (d−1)-dimensional content times (d−1)!; its sign is arbitrary.
 */
function facetNormal(corners: readonly Vector[]): number[] {
  const edges = corners.slice(1).map((corner) => subtract(corner, corners[0]));
  return corners[0].map((_, axis) => {
    const minor = determinant(edges.map((edge) => edge.filter((_, k) => k !== axis)));
    return axis % 2 === 0 ? minor : -minor;
  });
}

/** The plane through `corner` with this normal, turned away from `interior`. */
function planeAt(corner: Vector, normal: Vector, interior: Vector): Plane {
  const unit = normalize(normal);
  const away = dot(unit, corner) >= dot(unit, interior) ? unit : negate(unit);
  return { normal: away, offset: dot(away, corner) };
}

/** The hyperplane through d corners in d dimensions, pointing away from `interior`. */
export function hyperplaneThrough(corners: readonly Vector[], interior: Vector): Plane {
  return planeAt(corners[0], facetNormal(corners), interior);
}

/**
 * The planes of the facets, one for all facets whose corners lie within `tolerance` of it. The largest of them
 * gives the plane, because its normal is the most accurate.
 */
export function mergePlanes(
  points: readonly Vector[],
  facets: readonly number[][],
  interior: Vector,
  tolerance: number,
): Plane[] {
  const sized = facets.map((facet, index) => {
    const normal = facetNormal(facet.map((corner) => points[corner]));
    return { index, normal, size: norm(normal) };
  });
  sized.sort((a, b) => b.size - a.size || a.index - b.index);
  const planes: Plane[] = [];
  const known = new PlaneSet(points[0].length, facets.length);
  for (const { index, normal } of sized) {
    const corners = facets[index].map((corner) => points[corner]);
    if (known.someHolds(corners, tolerance)) continue;
    const plane = planeAt(corners[0], normal, interior);
    planes.push(plane);
    known.add(plane);
  }
  return planes;
}

/** Planes in one flat array: every facet of a hull is held against every plane, and so is every corner. */
class PlaneSet {
  private readonly stride: number;
  private readonly values: Float64Array;
  private count = 0;

  constructor(dimension: number, capacity: number) {
    this.stride = dimension + 1;
    this.values = new Float64Array(this.stride * capacity);
  }

  add({ normal, offset }: Plane): void {
    const from = this.stride * this.count++;
    this.values.set(normal, from);
    this.values[from + normal.length] = offset;
  }

  /** Whether one of the planes holds all corners, within `tolerance`. */
  someHolds(corners: readonly Vector[], tolerance: number): boolean {
    for (let plane = 0; plane < this.count; plane++) {
      let k = 0;
      while (k < corners.length && this.holds(plane, corners[k], tolerance)) k++;
      if (k === corners.length) return true;
    }
    return false;
  }

  /** Indices of the planes that hold a corner, within `tolerance`. */
  through(corner: Vector, tolerance: number): number[] {
    const found: number[] = [];
    for (let plane = 0; plane < this.count; plane++)
      if (this.holds(plane, corner, tolerance)) found.push(plane);
    return found;
  }

  private holds(plane: number, corner: Vector, tolerance: number): boolean {
    const { values, stride } = this;
    const from = stride * plane;
    let product = 0;
    for (let axis = 0; axis < stride - 1; axis++) product += values[from + axis] * corner[axis];
    return Math.abs(product - values[from + stride - 1]) <= tolerance;
  }
}

/** Unit vectors whose determinant is this many times the tolerance span the space whichever of them are taken first. */
const CLEARLY_INDEPENDENT = 10;

/** Those of the `corners` where planes meet in a single point; the others lie within an edge or a facet. */
export function trueCorners(
  points: readonly Vector[],
  corners: readonly number[],
  planes: readonly Plane[],
  tolerance: number,
): number[] {
  const dimension = points[0].length;
  const origin = new Array<number>(dimension).fill(0);
  const all = new PlaneSet(dimension, planes.length);
  for (const plane of planes) all.add(plane);
  return corners.filter((corner) => {
    const normals = all.through(points[corner], tolerance).map((plane) => planes[plane].normal);
    // Each of the residuals that decide below is at least a share of this determinant.
    if (
      normals.length >= dimension &&
      Math.abs(determinant(normals.slice(0, dimension))) > CLEARLY_INDEPENDENT * DEPENDENCE_TOLERANCE
    )
      return true;
    return affineSpan([origin, ...normals], DEPENDENCE_TOLERANCE).basis.length === dimension;
  });
}

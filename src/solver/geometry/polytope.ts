/**
 * Polytopes given by half-spaces: their corners and measure, and how far a point is from their boundary.
 * Corners come from cutting a box by one half-space after the other (the double description method).
 */
import { Clipper, cutBox, type Corner } from './cutting.js';
import { GeometryError, UnboundedError } from './geometry-error.js';
import { convexHull, largestSide, type ConvexHull, type HalfSpace } from './hull.js';
import { COARSE_TOLERANCE, CUT_BOX, ON_PLANE_TOLERANCE } from './tolerances.js';
import {
  centroid,
  dot,
  edgeDeterminant,
  factorial,
  negate,
  norm,
  unitVector,
  type Vector,
} from './vector.js';

export interface Polytope {
  /** With unit normals. */
  halfspaces: HalfSpace[];
  /** Empty when no point satisfies all half-spaces. */
  corners: Corner[];
  /** Distance within which a point is on a half-space's boundary, in the unit of the coordinates. */
  tolerance: number;
}

/**
 * The corners of {x : normal · x ≤ offset for all half-spaces}; any number of dimensions, any position, flat ones too.
 * @param halfspaces normals of any length but zero
 * @param leastCut half-spaces that would cut off no corner farther out than this, in the unit of the coordinates, are left
 * out, so that what is returned holds the intersection. Many that meet in all but one point would each cut a sliver off
 * the others' otherwise.
 * @param inside points of the polytope, to look for it around them first: half the time where they fill most of it.
 * @throws UnboundedError when they leave a way to infinity; GeometryError when there is no half-space to tell the
 * dimension, or one is not finite
 */
export function intersectHalfspaces(
  halfspaces: readonly HalfSpace[],
  leastCut = 0,
  inside: readonly Vector[] = [],
): Polytope {
  if (halfspaces.length === 0) throw new GeometryError('A polytope needs at least one half-space.');
  const unit = halfspaces.map(withUnitNormal);
  const dimension = unit[0].normal.length;
  const origin = new Array<number>(dimension).fill(0);
  const scale = Math.max(...unit.map((h) => Math.abs(h.offset))) || 1;
  const coarse = COARSE_TOLERANCE * scale;
  const near = (points: readonly Vector[]): Polytope => {
    const side = Math.max(largestSide(points), 10 * coarse);
    const tolerance = Math.max(ON_PLANE_TOLERANCE * side, 16 * Number.EPSILON * scale);
    const corners = cutBox(unit, centroid(points), 2 * side, { tolerance, leastCut });
    return { halfspaces: unit, corners, tolerance };
  };
  const found = inside.length > 0 ? near(inside) : null;
  if (found && found.corners.length > 0 && !reachesBox(found.corners)) return found;
  // First far and wide, to find out where the polytope is; then near it, as accurately as doubles allow.
  const wide = cutBox(unit, origin, CUT_BOX * scale, { tolerance: coarse, leastCut });
  if (wide.length === 0) return { halfspaces: unit, corners: [], tolerance: coarse };
  if (reachesBox(wide))
    throw new UnboundedError(`The ${halfspaces.length} half-spaces do not bound a polytope.`);
  return near(wide.map(({ position }) => position));
}

/** Whether a polytope cut from a box reaches it still. */
function reachesBox(corners: readonly Corner[]): boolean {
  return corners.some(({ on }) => on.some((plane) => plane < 0));
}

/** Takes the part of the polytope that also satisfies one more half-space; for many of them its edges are found once. */
export function clipper({ halfspaces, corners, tolerance }: Polytope): (halfspace: HalfSpace) => Polytope {
  const cutting = new Clipper(corners, halfspaces[0].normal.length, halfspaces.length, tolerance);
  return (halfspace) => {
    const added = withUnitNormal(halfspace);
    return { halfspaces: [...halfspaces, added], corners: cutting.clip(added), tolerance };
  };
}

/** The hull of the polytope's corners: its dimension, measure, facets. Undefined when it is empty. */
export function polytopeHull(polytope: Polytope): ConvexHull | undefined {
  if (polytope.corners.length === 0) return undefined;
  return convexHull(polytope.corners.map((corner) => corner.position));
}

/**
 * The polytope's content by its corners' incidences: cones from a corner over the faces that it is not on, face by
 * face [Cohen and Hickey 1979]. Quicker than a hull and as accurate as the corners are; 0 for what is flat.
 */
export function polytopeContent({ corners }: Polytope): number {
  if (corners.length === 0) return 0;
  const dimension = corners[0].position.length;
  return coneContents(corners, dimension, []) / factorial(dimension);
}

/** Σ |det| over the simplices of a face: the corners of `apexes` and those of a triangulation of the face. */
function coneContents(face: readonly Corner[], dimension: number, apexes: readonly Corner[]): number {
  const [apex, ...others] = face;
  const simplex = [...apexes, apex];
  if (dimension === 0) {
    const [first, ...free] = simplex.map(({ position }) => position);
    return Math.abs(edgeDeterminant(free, first));
  }
  if (others.length === dimension) {
    // A simplex has one face across from the apex.
    const across = others[0].on.some(
      (plane) => !apex.on.includes(plane) && others.every(({ on }) => on.includes(plane)),
    );
    return across ? coneContents(others, dimension - 1, simplex) : 0;
  }
  const facesBy = new Map<number, Corner[]>();
  for (const corner of others) {
    for (const plane of corner.on) {
      if (apex.on.includes(plane)) continue;
      const face = facesBy.get(plane);
      if (face) face.push(corner);
      else facesBy.set(plane, [corner]);
    }
  }
  // Coinciding planes carry the same face.
  const seen: Corner[][] = [];
  let total = 0;
  for (const face of facesBy.values()) {
    if (face.length < dimension || seen.some((other) => haveSameCorners(other, face))) continue;
    seen.push(face);
    total += coneContents(face, dimension - 1, simplex);
  }
  return total;
}

function haveSameCorners(a: readonly Corner[], b: readonly Corner[]): boolean {
  return a.length === b.length && a.every((corner, k) => corner === b[k]);
}

function withUnitNormal({ normal, offset }: HalfSpace): HalfSpace {
  const length = norm(normal);
  if (!(length > 0) || !Number.isFinite(offset)) {
    throw new GeometryError(`Not a half-space: normal ${normal.join(', ')}, offset ${offset}.`);
  }
  return { normal: normal.map((value) => value / length), offset: offset / length };
}

/** Whether a point satisfies all half-spaces (unit normals) within `tolerance`, in the unit of the coordinates. */
export function contains(halfspaces: readonly HalfSpace[], point: Vector, tolerance = 0): boolean {
  return halfspaces.every(({ normal, offset }) => dot(normal, point) <= offset + tolerance);
}

/** Half-spaces of the box that the ranges of the axes span. */
export function boxHalfspaces(ranges: readonly { min: number; max: number }[]): HalfSpace[] {
  return ranges.flatMap(({ min, max }, axis) => {
    const normal = unitVector(ranges.length, axis);
    return [
      { normal, offset: max },
      { normal: negate(normal), offset: 0 - min },
    ];
  });
}

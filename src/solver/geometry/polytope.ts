/**
 * Polytopes given by half-spaces: their corners and measure, and how far a point is from their boundary.
 * Corners come from cutting a box by one half-space after the other (the double description method).
 */
import { GeometryError, UnboundedError } from './geometry-error.js';
import { convexHull, largestSide, type ConvexHull, type HalfSpace } from './hull.js';
import {
  COARSE_TOLERANCE,
  CROWDED_CORNERS,
  CUT_BOX,
  ON_PLANE_TOLERANCE,
  POINT_TOLERANCE,
} from './tolerances.js';
import {
  addScaled,
  centroid,
  determinant,
  dot,
  isWithin,
  negate,
  norm,
  product,
  subtract,
  unitVector,
  type Vector,
} from './vector.js';

/** A corner and the half-spaces, by position in the polytope's list, on whose boundary it lies. */
export interface Corner {
  position: number[];
  on: number[];
}

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
 * @throws UnboundedError when they leave a way to infinity; GeometryError when there is no half-space to tell the
 * dimension, or one is not finite
 */
export function intersectHalfspaces(halfspaces: readonly HalfSpace[], leastCut = 0): Polytope {
  if (halfspaces.length === 0) throw new GeometryError('A polytope needs at least one half-space.');
  const unit = halfspaces.map(withUnitNormal);
  const dimension = unit[0].normal.length;
  const origin = new Array<number>(dimension).fill(0);
  const scale = Math.max(...unit.map((h) => Math.abs(h.offset))) || 1;
  // First far and wide, to find out where the polytope is; then near it, as accurately as doubles allow.
  const coarse = cutBox(unit, origin, CUT_BOX * scale, { tolerance: COARSE_TOLERANCE * scale, leastCut });
  if (coarse.length === 0) return { halfspaces: unit, corners: [], tolerance: COARSE_TOLERANCE * scale };
  if (coarse.some((corner) => corner.on.some((plane) => plane < 0))) {
    throw new UnboundedError(`The ${halfspaces.length} half-spaces do not bound a polytope.`);
  }
  const positions = coarse.map((corner) => corner.position);
  const side = Math.max(largestSide(positions), 10 * COARSE_TOLERANCE * scale);
  const tolerance = Math.max(ON_PLANE_TOLERANCE * side, 16 * Number.EPSILON * scale);
  const corners = cutBox(unit, centroid(positions), 2 * side, { tolerance, leastCut });
  return { halfspaces: unit, corners, tolerance };
}

/** Takes the part of the polytope that also satisfies one more half-space; for many of them its edges are found once. */
export function clipper({ halfspaces, corners, tolerance }: Polytope): (halfspace: HalfSpace) => Polytope {
  const neighbours = edges(corners, [...corners.keys()], [...corners.keys()], halfspaces[0].normal.length);
  return (halfspace) => {
    const added = withUnitNormal(halfspace);
    return {
      halfspaces: [...halfspaces, added],
      corners: cut(corners, added, halfspaces.length, tolerance, neighbours),
      tolerance,
    };
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
  let factorial = 1;
  for (let k = 2; k <= dimension; k++) factorial *= k;
  return coneContents(corners, dimension, []) / factorial;
}

/** Σ |det| over the simplices of a face: the corners of `apexes` and those of a triangulation of the face. */
function coneContents(face: readonly Corner[], dimension: number, apexes: readonly Corner[]): number {
  const [apex, ...others] = face;
  const simplex = [...apexes, apex];
  if (dimension === 0) {
    return Math.abs(
      determinant(simplex.slice(1).map(({ position }) => subtract(position, simplex[0].position))),
    );
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

/** Corners of the half-spaces' intersection with a cube; those on the cube have a negative number among `on`. */
function cutBox(
  halfspaces: readonly HalfSpace[],
  middle: Vector,
  halfSide: number,
  { tolerance, leastCut }: { tolerance: number; leastCut: number },
): Corner[] {
  const dimension = middle.length;
  let corners: Corner[] = [];
  for (let code = 0; code < 2 ** dimension; code++) {
    const signs = middle.map((_, axis) => ((code >> axis) & 1 ? 1 : -1));
    corners.push({
      // Relative to the middle until the end, to keep the digits of a small polytope far from zero.
      position: signs.map((sign) => sign * halfSide),
      on: signs.map((sign, axis) => -1 - (2 * axis + (sign > 0 ? 1 : 0))),
    });
  }
  halfspaces.forEach(({ normal, offset }, plane) => {
    const moved = { normal, offset: offset - dot(normal, middle) };
    if (leastCut > 0 && corners.every(({ position }) => product(normal, position) <= moved.offset + leastCut))
      return;
    corners = cut(corners, moved, plane, tolerance);
  });
  return corners.map(({ position, on }) => ({ position: addScaled(position, 1, middle), on }));
}

/**
 * Cuts off the corners beyond a half-space; where an edge crosses its boundary there is a new one.
 * @param neighbours see `edges`; found for this half-space only when they are not given.
 */
function cut(
  corners: readonly Corner[],
  { normal, offset }: HalfSpace,
  plane: number,
  tolerance: number,
  neighbours?: readonly (readonly number[] | undefined)[],
): Corner[] {
  // This loop runs over every corner for every half-space: no closures, no temporary objects.
  const heights = new Float64Array(corners.length);
  const inside: number[] = [];
  const kept: Corner[] = [];
  for (let k = 0; k < corners.length; k++) {
    const corner = corners[k];
    const height = product(normal, corner.position) - offset;
    heights[k] = height;
    if (height > tolerance) continue;
    if (height >= -tolerance) {
      kept.push({ position: corner.position, on: [...corner.on, plane] });
    } else {
      kept.push(corner);
      inside.push(k);
    }
  }
  if (kept.length === corners.length || kept.length === 0) return kept;

  const endsOf = neighbours ?? edges(corners, inside, beyondIndices(heights, tolerance), normal.length);
  const created: Corner[] = [];
  for (const near of inside) {
    for (const far of endsOf[near] ?? []) {
      if (heights[far] <= tolerance) continue;
      const { position: from, on } = corners[near];
      const to = corners[far];
      const shared = on.filter((p) => to.on.includes(p));
      const share = heights[near] / (heights[near] - heights[far]);
      const crossing = addScaled(from, share, subtract(to.position, from));
      const position = addScaled(crossing, offset - dot(normal, crossing), normal);
      const twin = created.find((other) => isWithin(other.position, position, tolerance));
      if (twin) twin.on = [...new Set([...twin.on, ...shared])];
      else created.push({ position, on: [...shared, plane] });
    }
  }
  const all = [...kept, ...created];
  return all.length > CROWDED_CORNERS * (2 * normal.length + plane) ? withoutSuperfluous(all) : all;
}

/**
 * By corner in `from`, those in `to` with which it shares an edge, in their order; undefined where it surely has none.
 * The ends of an edge share d − 1 planes. A pair that is no edge does no harm: its crossing is in the polytope.
 */
function edges(
  corners: readonly Corner[],
  from: readonly number[],
  to: readonly number[],
  dimension: number,
): (readonly number[] | undefined)[] {
  // Planes of the box have numbers down to −2d.
  const boxPlanes = 2 * dimension;
  const cornersOn: number[][] = [];
  for (const k of to) for (const plane of corners[k].on) (cornersOn[boxPlanes + plane] ??= []).push(k);
  const sharedPlanes = new Int32Array(corners.length);
  const ends: (readonly number[] | undefined)[] = [];
  for (const k of from) {
    const shared = corners[k].on.filter((plane) => cornersOn[boxPlanes + plane]);
    if (shared.length < dimension - 1) continue;
    const found: number[] = [];
    for (const plane of shared) {
      for (const other of cornersOn[boxPlanes + plane])
        if (++sharedPlanes[other] === dimension - 1) found.push(other);
    }
    for (const plane of shared) for (const other of cornersOn[boxPlanes + plane]) sharedPlanes[other] = 0;
    // In one dimension the ends share no plane.
    ends[k] = dimension === 1 ? to : found.sort((a, b) => a - b);
  }
  return ends;
}

function beyondIndices(heights: Float64Array, tolerance: number): number[] {
  const indices: number[] = [];
  heights.forEach((height, k) => {
    if (height > tolerance) indices.push(k);
  });
  return indices;
}

/** Where many planes all but coincide, crossings of pairs that are no edges multiply: keep the hull's corners only,
 * each on all the planes of those merged into it. */
function withoutSuperfluous(corners: readonly Corner[]): Corner[] {
  const positions = corners.map((corner) => corner.position);
  const merged = POINT_TOLERANCE * largestSide(positions);
  return convexHull(positions).vertices.map((vertex) => {
    const close = corners.filter(({ position }) => norm(subtract(position, positions[vertex])) <= merged);
    return { position: positions[vertex], on: [...new Set(close.flatMap(({ on }) => on))] };
  });
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

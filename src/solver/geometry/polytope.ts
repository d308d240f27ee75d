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
  negate,
  norm,
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

/** The part of the polytope that also satisfies one more half-space. */
export function clip(polytope: Polytope, halfspace: HalfSpace): Polytope {
  const added = withUnitNormal(halfspace);
  return {
    halfspaces: [...polytope.halfspaces, added],
    corners: cut(polytope.corners, added, polytope.halfspaces.length, polytope.tolerance),
    tolerance: polytope.tolerance,
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
  const membersOf = new Map<number, number[]>();
  others.forEach(({ on }, index) => {
    for (const plane of on) {
      const members = membersOf.get(plane);
      if (members) members.push(index);
      else membersOf.set(plane, [index]);
    }
  });
  const seen = new Set<string>();
  let total = 0;
  for (const [plane, members] of membersOf) {
    if (members.length < dimension || apex.on.includes(plane)) continue;
    const key = members.join();
    // Coinciding planes carry the same face.
    if (seen.has(key)) continue;
    seen.add(key);
    total += coneContents(
      members.map((index) => others[index]),
      dimension - 1,
      simplex,
    );
  }
  return total;
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
    if (leastCut > 0 && corners.every(({ position }) => dot(normal, position) <= moved.offset + leastCut))
      return;
    corners = cut(corners, moved, plane, tolerance);
  });
  return corners.map(({ position, on }) => ({ position: addScaled(position, 1, middle), on }));
}

/** Cuts off the corners beyond a half-space; where an edge crosses its boundary there is a new one. */
function cut(
  corners: readonly Corner[],
  { normal, offset }: HalfSpace,
  plane: number,
  tolerance: number,
): Corner[] {
  // This loop runs over every corner for every half-space: no closures, no temporary objects.
  const heights = new Float64Array(corners.length);
  const kept: Corner[] = [];
  const keptHeights: number[] = [];
  // The corners cut off, by the planes that they are on; those of the box have numbers down to −2d.
  const boxPlanes = 2 * normal.length;
  const beyondOn: number[][] = [];
  for (let k = 0; k < corners.length; k++) {
    const corner = corners[k];
    const height = dot(normal, corner.position) - offset;
    heights[k] = height;
    if (height > tolerance) {
      for (const p of corner.on) (beyondOn[boxPlanes + p] ??= []).push(k);
    } else {
      kept.push(height >= -tolerance ? { position: corner.position, on: [...corner.on, plane] } : corner);
      keptHeights.push(height);
    }
  }
  if (kept.length === corners.length || kept.length === 0) return kept;

  const ridge = normal.length - 1;
  const created: Corner[] = [];
  const sharedPlanes = new Int32Array(corners.length);
  kept.forEach((inner, index) => {
    if (keptHeights[index] >= -tolerance) return;
    // The ends of an edge share d − 1 planes. A pair that is no edge does no harm: its crossing is in the polytope.
    const ends: number[] = [];
    for (const p of inner.on) {
      for (const far of beyondOn[boxPlanes + p] ?? []) if (++sharedPlanes[far] === ridge) ends.push(far);
    }
    for (const p of inner.on) for (const far of beyondOn[boxPlanes + p] ?? []) sharedPlanes[far] = 0;
    // In one dimension the ends share no plane.
    for (const far of ridge === 0 ? beyondIndices(heights, tolerance) : ends.sort((a, b) => a - b)) {
      const outer = corners[far];
      const shared = inner.on.filter((p) => outer.on.includes(p));
      const share = keptHeights[index] / (keptHeights[index] - heights[far]);
      const crossing = addScaled(inner.position, share, subtract(outer.position, inner.position));
      const position = addScaled(crossing, offset - dot(normal, crossing), normal);
      const twin = created.find((other) => norm(subtract(other.position, position)) <= tolerance);
      if (twin) twin.on = [...new Set([...twin.on, ...shared])];
      else created.push({ position, on: [...shared, plane] });
    }
  });
  const all = [...kept, ...created];
  return all.length > CROWDED_CORNERS * (boxPlanes + plane) ? withoutSuperfluous(all) : all;
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

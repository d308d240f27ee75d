/**
 * Polytopes given by half-spaces around a point that is known to be inside. Hundreds of half-spaces that meet in one corner
 * but for rounding, as proven bounds do, leave the method of cutting with edges that it cannot follow; here they are
 * points that lie close together, and a hull is made of points whatever their place.
 */
import { convexHull, type ConvexHull, type HalfSpace } from './hull.js';
import { addScaled, dot, type Vector } from './vector.js';

/** Of the polar hull, whose size is 1 / depth: a plane closer to zero stands for a corner beyond measure. */
const NO_DISTANCE = 1e-9;

export interface PolarPolytope {
  corners: number[][];
  /** Of the corners. */
  hull: ConvexHull;
}

/** How far a point is inside of all half-spaces with unit normals; negative outside. */
export function depthOf(halfspaces: readonly HalfSpace[], point: Vector): number {
  return Math.min(...halfspaces.map(({ normal, offset }) => offset - dot(normal, point)));
}

/**
 * {x : normal · x ≤ offset for all half-spaces} by its polar dual: half-space i is the point normal / depth, and a facet
 * of the hull of these points is a corner [Grünbaum, Convex Polytopes, 3.4].
 * @param halfspaces with unit normals, in any order and as many alike as there may be.
 * @param inside deeper inside of each than rounding.
 * @returns null where they leave a way to infinity.
 */
export function polytopeAround(halfspaces: readonly HalfSpace[], inside: Vector): PolarPolytope | null {
  const points = halfspaces.map(({ normal, offset }) => {
    const depth = offset - dot(normal, inside);
    return normal.map((component) => component / depth);
  });
  const polar = convexHull(points);
  const reach = Math.max(...points.map((point) => Math.hypot(...point)));
  if (polar.dimension < inside.length) return null;
  if (polar.halfspaces.some(({ offset }) => offset <= NO_DISTANCE * reach)) return null;
  const corners = polar.halfspaces.map(({ normal, offset }) => addScaled(inside, 1 / offset, normal));
  return { corners, hull: convexHull(corners) };
}

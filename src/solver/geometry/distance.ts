/** How far a point is from the boundary of a polytope, and where on the boundary it is nearest. */
import { complement } from './affine.js';
import { GeometryError } from './geometry-error.js';
import type { HalfSpace } from './hull.js';
import { DEPENDENCE_TOLERANCE, ON_PLANE_TOLERANCE } from './tolerances.js';
import { addScaled, dot, norm, subtract, type Vector } from './vector.js';

export interface BoundaryPoint {
  position: number[];
  /** Positive inside: to the nearest facet. Negative outside: to the nearest point of the polytope. */
  signedDistance: number;
}

/** See `closestBoundaryPoint`. */
export function signedDistance(point: Vector, halfspaces: readonly HalfSpace[]): number {
  return closestBoundaryPoint(point, halfspaces).signedDistance;
}

/**
 * The nearest point of the boundary of {x : normal · x ≤ offset}, and its Euclidean distance from `point` in the unit
 * of the coordinates. Every point of a flat polytope is on its boundary: distance 0.
 * @param halfspaces with unit normals
 * @throws GeometryError when no point satisfies all half-spaces
 */
export function closestBoundaryPoint(point: Vector, halfspaces: readonly HalfSpace[]): BoundaryPoint {
  if (halfspaces.length === 0) throw new GeometryError('A polytope needs at least one half-space.');
  let nearest = halfspaces[0];
  let slack = Infinity;
  for (const halfspace of halfspaces) {
    const room = halfspace.offset - dot(halfspace.normal, point);
    if (room < slack) [nearest, slack] = [halfspace, room];
  }
  if (slack >= 0) return { position: addScaled(point, slack, nearest.normal), signedDistance: slack };
  const scale = Math.max(norm(point), ...halfspaces.map((h) => Math.abs(h.offset)));
  const position = project(point, halfspaces, ON_PLANE_TOLERANCE * scale);
  if (!position)
    throw new GeometryError('No point satisfies all half-spaces, so there is no distance to them.');
  return { position, signedDistance: -norm(subtract(position, point)) };
}

/**
 * The point of the polytope nearest to `point`, after Seidel's incremental linear programming: while a half-space is
 * violated by the answer so far, the answer lies on its boundary, a problem of one dimension less.
 */
function project(point: Vector, halfspaces: readonly HalfSpace[], tolerance: number): number[] | undefined {
  // Farthest first: few later ones are then violated. Array.sort is stable, so the order is reproducible.
  const excess = (h: HalfSpace) => dot(h.normal, point) - h.offset;
  const ordered = [...halfspaces].sort((a, b) => excess(b) - excess(a));
  let best = [...point];
  for (let index = 0; index < ordered.length; index++) {
    const { normal, offset } = ordered[index];
    if (dot(normal, best) <= offset + tolerance) continue;
    const foot = addScaled(point, offset - dot(normal, point), normal);
    const axes = complement([normal], normal.length);
    const earlier = restrict(ordered.slice(0, index), foot, axes, tolerance);
    const local = earlier && project(new Array<number>(axes.length).fill(0), earlier, tolerance);
    if (!local) return undefined;
    best = local.reduce((sum, value, k) => addScaled(sum, value, axes[k]), foot);
  }
  return best;
}

/** The half-spaces within the plane through `foot` along `axes`; undefined when one of them misses the plane. */
function restrict(
  halfspaces: readonly HalfSpace[],
  foot: Vector,
  axes: readonly Vector[],
  tolerance: number,
): HalfSpace[] | undefined {
  const restricted: HalfSpace[] = [];
  for (const { normal, offset } of halfspaces) {
    const slope = axes.map((axis) => dot(axis, normal));
    const room = offset - dot(normal, foot);
    const length = norm(slope);
    if (length > DEPENDENCE_TOLERANCE) {
      restricted.push({ normal: slope.map((value) => value / length), offset: room / length });
    } else if (room < -tolerance) {
      return undefined;
    }
  }
  return restricted;
}

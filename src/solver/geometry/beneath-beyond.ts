/**
 * Convex hull in any dimension by Quickhull (Barber, Dobkin, Huhdanpaa 1996): a simplex grows by the farthest
 * point beyond a facet; the facets that see the point are replaced by those that join it to their horizon.
 * Points within the tolerance of the hull are left inside. Every step uses up a point, so it always ends.
 */
import { affineSpan } from './affine.js';
import { GeometryError } from './geometry-error.js';
import { hyperplaneThrough, type Plane } from './planes.js';
import { ridgeKey } from './ridges.js';
import { VISIBILITY_TOLERANCE } from './tolerances.js';
import { centroid, product } from './vector.js';

/** Facets of a polytope grow like n^(d/2); beyond this many the answer would take minutes. */
const MAX_FACETS = 50_000;

interface Facet {
  corners: number[];
  plane: Plane;
  /** Neighbour across the ridge that lacks the corner of the same position. */
  neighbours: Facet[];
  /** Points beyond this facet, by index. */
  beyond: number[];
  alive: boolean;
}

const height = (facet: Facet, point: readonly number[]) =>
  product(facet.plane.normal, point) - facet.plane.offset;

/**
 * @param points n × d, spanning d dimensions, scaled to about the unit box
 * @param tolerance points this close to the hull do not become corners
 * @returns simplicial facets, d indices each; none when the points span fewer dimensions within the tolerance
 * @throws GeometryError when there are more facets than can be handled
 */
export function beneathBeyond(points: readonly number[][], tolerance: number): number[][] {
  const dimension = points[0].length;
  const { pivots } = affineSpan(points, tolerance);
  if (pivots.length <= dimension) return [];
  const interior = centroid(pivots.map((index) => points[index]));
  const create = (corners: number[]): Facet => ({
    corners,
    plane: hyperplaneThrough(
      corners.map((index) => points[index]),
      interior,
    ),
    neighbours: [],
    beyond: [],
    alive: true,
  });

  // All that ever were, in the order in which they were born.
  const queue = pivots.map((_, skipped) => create(pivots.filter((_, position) => position !== skipped)));
  let alive = queue.length;
  link(queue, points.length);
  assign(points.keys(), queue, points, tolerance);

  for (let next = 0; next < queue.length; next++) {
    const facet = queue[next];
    if (!facet.alive || facet.beyond.length === 0) continue;
    const apex = farthestBeyond(facet, points);
    const visible = visibleFrom(points[apex], facet);
    const created: Facet[] = [];
    for (const seen of visible) {
      seen.alive = false;
      seen.neighbours.forEach((neighbour, position) => {
        if (visible.has(neighbour)) return;
        const born = create(seen.corners.map((corner, k) => (k === position ? apex : corner)));
        born.neighbours[position] = neighbour;
        neighbour.neighbours[neighbour.neighbours.indexOf(seen)] = born;
        created.push(born);
      });
    }
    link(created, points.length);
    const orphans = [...visible].flatMap((seen) => seen.beyond).filter((index) => index !== apex);
    assign(orphans, created, points, tolerance);
    queue.push(...created);
    alive += created.length - visible.size;
    if (alive > MAX_FACETS) {
      throw new GeometryError(
        `The hull in ${dimension} dimensions has more than ${MAX_FACETS} facets; use fewer points.`,
      );
    }
  }
  return queue.filter((facet) => facet.alive).map((facet) => facet.corners);
}

/** The first of the points farthest beyond a facet. */
function farthestBeyond(facet: Facet, points: readonly number[][]): number {
  let [best] = facet.beyond;
  let most = -Infinity;
  for (const index of facet.beyond) {
    const distance = height(facet, points[index]);
    if (distance > most) [best, most] = [index, distance];
  }
  return best;
}

/** All facets that see `point`, connected to `start`, which does. */
function visibleFrom(point: readonly number[], start: Facet): Set<Facet> {
  const visible = new Set([start]);
  for (const facet of visible) {
    for (const neighbour of facet.neighbours) {
      if (height(neighbour, point) > VISIBILITY_TOLERANCE) visible.add(neighbour);
    }
  }
  return visible;
}

/**
 * Makes facets that share a ridge neighbours, where they have none yet.
 * @param count of the points.
 */
function link(facets: readonly Facet[], count: number): void {
  const open = new Map<number | string, { facet: Facet; position: number }>();
  for (const facet of facets) {
    for (let position = 0; position < facet.corners.length; position++) {
      if (facet.neighbours[position]) continue;
      const ridge = ridgeKey(facet.corners, position, count);
      const other = open.get(ridge);
      if (other) {
        facet.neighbours[position] = other.facet;
        other.facet.neighbours[other.position] = facet;
        open.delete(ridge);
      } else {
        open.set(ridge, { facet, position });
      }
    }
  }
}

/** Gives each point to the facet it lies farthest beyond. */
function assign(
  indices: Iterable<number>,
  facets: readonly Facet[],
  points: readonly number[][],
  tolerance: number,
): void {
  for (const index of indices) {
    let best: Facet | undefined;
    let farthest = tolerance;
    for (const facet of facets) {
      const distance = height(facet, points[index]);
      if (distance > farthest) [best, farthest] = [facet, distance];
    }
    best?.beyond.push(index);
  }
}

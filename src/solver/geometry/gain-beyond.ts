/** What a point adds to a hull, without the hull of both. */
import type { ConvexHull } from './hull.js';
import { centroid, dot, edgeDeterminant, factorial } from './vector.js';

/**
 * @param hull of full dimension, of `points`.
 * @returns for a position the facets that it sees, and how much it adds to the measure: the simplices that it makes with them.
 */
export function gainBeyond(
  { vertices, facets }: ConvexHull,
  points: readonly (readonly number[])[],
): (position: readonly number[]) => { gain: number; facets: number[] } {
  const corners = vertices.map((index) => points[index]);
  const inside = centroid(corners);
  const perSimplex = factorial(inside.length);
  // The content of a simplex is linear in its free corner: negative inside, zero on the facet.
  const contents = facets.map((facet) => {
    const from = (position: readonly number[]): number =>
      edgeDeterminant(
        facet.map((corner) => corners[corner]),
        position,
      ) / perSimplex;
    const atInside = from(inside);
    const sign = -Math.sign(atInside);
    const slope = inside.map((_, axis) => {
      const moved = inside.map((value, k) => (k === axis ? value + 1 : value));
      return sign * (from(moved) - atInside);
    });
    return { slope, constant: sign * atInside - dot(slope, inside) };
  });
  return (position) => {
    const seen: number[] = [];
    let gain = 0;
    contents.forEach(({ slope, constant }, facet) => {
      const content = constant + dot(slope, position);
      if (content <= 0) return;
      seen.push(facet);
      gain += content;
    });
    return { gain, facets: seen };
  };
}

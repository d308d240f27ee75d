/** Seeded random points inside the hull of a region, spread evenly over its length, area or volume. */
import { centroid, determinant, dot, subtract } from '../geometry/vector.js';
import type { Hull } from '../result.js';

/**
 * @param count number of points; the first ones are the same whatever it is.
 * @returns points in MW; of a hull that is a point, that point.
 */
export function randomPointsInside({ vertices, facets }: Hull, count: number, seed: number): number[][] {
  if (vertices.length === 0) return [];
  const random = mulberry32(seed);
  const middle = centroid(vertices);
  // Cones from the middle over the facets fill the hull without overlap.
  const cones = facets.map((facet) => [middle, ...facet.map((index) => vertices[index])]);
  const sizes = cones.map(simplexMeasure);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return Array.from({ length: count }, () => {
    let left = random() * total;
    let chosen = 0;
    while (chosen < cones.length - 1 && left > sizes[chosen]) left -= sizes[chosen++];
    const corners = cones[chosen] ?? [middle];
    // Exponential variates over their sum are even on a simplex.
    const weights = corners.map(() => -Math.log(1 - random()));
    const sum = weights.reduce((all, weight) => all + weight, 0);
    return middle.map((_, axis) =>
      corners.reduce((value, corner, k) => value + (weights[k] / sum) * corner[axis], 0),
    );
  });
}

/** Length, area or volume of a simplex times a constant of its dimension, in a space of any dimension. */
function simplexMeasure([apex, ...others]: readonly (readonly number[])[]): number {
  const edges = others.map((corner) => subtract(corner, apex));
  return Math.sqrt(Math.max(0, determinant(edges.map((a) => edges.map((b) => dot(a, b))))));
}

/** A small generator of evenly spread numbers in [0, 1) with 32 bits of state (Tommy Ettinger's mulberry32, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How the measure of a hull follows from the supports at its vertices. */
import type { Hull } from '../result.js';
import { dot, subtract } from '../geometry/vector.js';

/**
 * Of each vertex the outward normal whose length is its share of the surface: when the vertices move by δ, the measure
 * grows by Σ normal · δ. Of a polygon half of each edge, of a solid a third of each triangle falls to each of its corners.
 * @param hull of full dimension, 1 to 3; in `facets` both ends, edges or triangles.
 */
export function vertexNormals({ vertices, facets }: Pick<Hull, 'vertices' | 'facets'>): number[][] {
  const dimension = vertices[0].length;
  const normals = vertices.map(() => new Array<number>(dimension).fill(0));
  const middle = vertices[0].map(
    (_, axis) => vertices.reduce((sum, vertex) => sum + vertex[axis], 0) / vertices.length,
  );
  if (dimension === 1) {
    vertices.forEach(([at], index) => (normals[index][0] = Math.sign(at - middle[0])));
    return normals;
  }
  for (const facet of facets) {
    const corners = facet.map((index) => vertices[index]);
    const normal = facetNormal(corners);
    // Facets are not oriented; the middle of the vertices is inside.
    const outward = dot(normal, subtract(corners[0], middle)) >= 0 ? 1 : -1;
    for (const index of facet)
      normal.forEach((component, axis) => (normals[index][axis] += (outward * component) / dimension));
  }
  return normals;
}

/** A normal as long as the facet is large. */
function facetNormal([a, b, c]: readonly number[][]): number[] {
  const u = subtract(b, a);
  if (a.length === 2) return [u[1], -u[0]];
  const v = subtract(c, a);
  return [(u[1] * v[2] - u[2] * v[1]) / 2, (u[2] * v[0] - u[0] * v[2]) / 2, (u[0] * v[1] - u[1] * v[0]) / 2];
}

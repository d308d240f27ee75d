import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convexHull } from '../geometry/hull.js';
import type { Hull } from '../result.js';
import { vertexNormals } from './measure.js';

function hullOf(points: number[][]): Hull {
  const { vertices, facets, halfspaces } = convexHull(points);
  return { vertices: vertices.map((index) => points[index]), facets, halfspaces };
}

describe('the normals of vertices', () => {
  it('are the ends of a segment', () => {
    expect(vertexNormals(hullOf([[3], [1]])).map(([x]) => x)).toEqual(
      hullOf([[3], [1]]).vertices.map(([x]) => (x === 3 ? 1 : -1)),
    );
  });

  it('are half of both edges at a corner of a square', () => {
    const square = hullOf([
      [0, 0],
      [2, 0],
      [0, 2],
      [2, 2],
    ]);
    const normals = vertexNormals(square);
    square.vertices.forEach(([x, y], index) => expect(normals[index]).toEqual([x - 1, y - 1]));
  });

  it.each([2, 3])('say how the measure grows when vertices move, in %i dimensions', (dimension) => {
    const coordinate = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 100);
    const point = fc.array(coordinate, { minLength: dimension, maxLength: dimension });
    fc.assert(
      fc.property(fc.uniqueArray(point, { minLength: 6, maxLength: 10, selector: String }), (points) => {
        const hull = hullOf(points);
        fc.pre(convexHull(points).dimension === dimension);
        const normals = vertexNormals(hull);
        // Growing about the origin moves each vertex along itself: d measure = dimension × measure.
        const growth = hull.vertices.reduce(
          (sum, vertex, index) => sum + vertex.reduce((s, x, axis) => s + x * normals[index][axis], 0),
          0,
        );
        expect(growth).toBeCloseTo(dimension * convexHull(points).measure, 6);
      }),
    );
  });
});

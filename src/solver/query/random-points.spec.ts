import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convexHull } from '../geometry/hull.js';
import { randomPointsInside } from './random-points.js';

function hullOf(points: number[][]) {
  const hull = convexHull(points);
  return {
    vertices: hull.vertices.map((index) => points[index]),
    facets: hull.facets,
    halfspaces: hull.halfspaces,
  };
}

const cube = hullOf([0, 1].flatMap((x) => [0, 1].flatMap((y) => [0, 1].map((z) => [x, y, z]))));

describe('random points inside a hull', () => {
  it('are inside it', () => {
    const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
    const cloud = fc.array(fc.tuple(coordinate, coordinate, coordinate), { minLength: 6, maxLength: 20 });
    fc.assert(
      fc.property(cloud, fc.integer(), (points, seed) => {
        const hull = hullOf(points.map((point) => [...point]));
        for (const point of randomPointsInside(hull, 20, seed)) {
          for (const { normal, offset } of hull.halfspaces) {
            const reach = normal.reduce((sum, value, axis) => sum + value * point[axis], 0);
            expect(reach).toBeLessThanOrEqual(offset + 1e-6);
          }
        }
      }),
      { numRuns: 50, seed: 3 },
    );
  });

  it('are spread evenly: each eighth of a cube has its share', () => {
    const count = 8000;
    const octants = new Array<number>(8).fill(0);
    for (const [x, y, z] of randomPointsInside(cube, count, 1))
      octants[(x > 0.5 ? 4 : 0) + (y > 0.5 ? 2 : 0) + (z > 0.5 ? 1 : 0)]++;
    // Five standard deviations of a share of one in eight.
    const deviation = Math.sqrt(count * (1 / 8) * (7 / 8));
    for (const inside of octants) expect(Math.abs(inside - count / 8)).toBeLessThan(5 * deviation);
  });

  it('are the same for the same seed, and the first ones do not depend on their number', () => {
    expect(randomPointsInside(cube, 5, 9)).toEqual(randomPointsInside(cube, 50, 9).slice(0, 5));
    expect(randomPointsInside(cube, 5, 9)).not.toEqual(randomPointsInside(cube, 5, 10));
  });

  it('stay in a flat hull, on a segment, and at a point', () => {
    const triangle = hullOf([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    for (const [x, y, z] of randomPointsInside(triangle, 50, 1)) expect(x + y + z).toBeCloseTo(1, 12);
    const segment = hullOf([
      [0, 2],
      [4, 2],
    ]);
    for (const [x, y] of randomPointsInside(segment, 50, 1)) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(4);
      expect(y).toBeCloseTo(2, 12);
    }
    expect(randomPointsInside(hullOf([[3, 4]]), 2, 1)).toEqual([
      [3, 4],
      [3, 4],
    ]);
  });
});

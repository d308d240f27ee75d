import fc from 'fast-check';
import quickHull from 'quickhull3d';
import { describe, expect, it } from 'vitest';
import { convexHull, largestSide, type ConvexHull } from './hull.js';
import { angles, gridClouds, rotate, seededRandom, shifts, transform, wildClouds } from './test-bodies.js';
import { determinant, dot } from './vector.js';

/** A fixed seed: the same run every time. */
const runs = { seed: 2026, numRuns: 300 };
/** Relative to extent^dimension: twenty points may each be moved by the point tolerance of 1e-8. */
const MEASURE_TOLERANCE = 1e-6;

const cornersOf = (hull: ConvexHull, points: number[][]) => hull.vertices.map((index) => points[index]);
const bodySize = (points: number[][], dimension: number) =>
  Math.max(largestSide(points), 1e-300) ** dimension;

function expectSameMeasure(a: ConvexHull, b: ConvexHull, points: number[][]) {
  expect(b.dimension).toBe(a.dimension);
  expect(Math.abs(a.measure - b.measure)).toBeLessThanOrEqual(
    MEASURE_TOLERANCE * bodySize(points, a.dimension),
  );
}

describe('properties of convex hulls', () => {
  it.each([1, 2, 3])('every point of a cloud in %i dimensions satisfies every half-space', (dimension) => {
    fc.assert(
      fc.property(wildClouds(dimension), (points) => {
        const hull = convexHull(points);
        const slack = 1e-7 * largestSide(points) + 1e-14;
        for (const { normal, offset } of hull.halfspaces) {
          for (const point of points) expect(dot(normal, point) - offset).toBeLessThanOrEqual(slack);
        }
      }),
      runs,
    );
  });

  it.each([1, 2, 3])('the hull of the hull in %i dimensions is the hull', (dimension) => {
    fc.assert(
      fc.property(gridClouds(dimension), (points) => {
        const hull = convexHull(points);
        const corners = cornersOf(hull, points);
        const again = convexHull(corners);
        expectSameMeasure(hull, again, points);
        expect(again.halfspaces.length).toBeLessThanOrEqual(hull.halfspaces.length);
      }),
      runs,
    );
  });

  it('the measure of a solid, a polygon or a segment in space survives rotation and translation', () => {
    fc.assert(
      fc.property(gridClouds(3), angles, shifts, (points, turn, shift) => {
        expectSameMeasure(convexHull(points), convexHull(transform(rotate(points, turn), 1, shift)), points);
      }),
      runs,
    );
  });

  it('the order of the points does not matter', () => {
    fc.assert(
      fc.property(gridClouds(3), fc.infiniteStream(fc.nat()), (points, keys) => {
        const shuffled = points.map((point) => ({ point, key: keys.next().value as number }));
        shuffled.sort((a, b) => a.key - b.key);
        const other = shuffled.map(({ point }) => point);
        const a = convexHull(points);
        const b = convexHull(other);
        expect({ ...b, vertices: cornersOf(b, other) }).toEqual({ ...a, vertices: cornersOf(a, points) });
      }),
      runs,
    );
  });

  it('noise of 1e-9 of the extent changes neither the dimension nor the measure', () => {
    fc.assert(
      fc.property(gridClouds(3), fc.nat(), (points, seed) => {
        const random = seededRandom(seed);
        const noise = 1e-9 * largestSide(points);
        const noisy = points.map((point) => point.map((value) => value + noise * (random() - 0.5)));
        expectSameMeasure(convexHull(points), convexHull(noisy), points);
      }),
      runs,
    );
  });

  it('more points never make it smaller', () => {
    fc.assert(
      fc.property(gridClouds(3), gridClouds(3, 6), (points, added) => {
        const a = convexHull(points);
        const b = convexHull([...points, ...added]);
        expect(b.dimension).toBeGreaterThanOrEqual(a.dimension);
        if (b.dimension === a.dimension) {
          expect(b.measure).toBeGreaterThanOrEqual(
            a.measure - 1e-6 * bodySize([...points, ...added], a.dimension),
          );
        }
      }),
      runs,
    );
  });

  it('scaling by s multiplies the measure by s to the power of the dimension', () => {
    fc.assert(
      fc.property(gridClouds(3), fc.integer({ min: -6, max: 6 }), (points, exponent) => {
        const scale = 2 ** (3 * exponent);
        const scaled = convexHull(transform(points, scale, [0, 0, 0]));
        const hull = convexHull(points);
        expect(scaled.dimension).toBe(hull.dimension);
        expect(scaled.measure).toBeCloseTo(hull.measure * scale ** hull.dimension, 9);
      }),
      runs,
    );
  });

  it('quickhull3d finds the same volume and corners among points in general position', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 4, max: 60 }), (seed, count) => {
        const random = seededRandom(seed);
        const points = Array.from({ length: count }, () => [random(), random(), random()]);
        const hull = convexHull(points);
        const triangles = quickHull(points.map(([x, y, z]) => [x, y, z]));
        expect([...hull.vertices].sort((a, b) => a - b)).toEqual(
          [...new Set(triangles.flat())].sort((a, b) => a - b),
        );
        const volume = triangles.reduce(
          (sum, t) => sum + determinant(t.map((corner: number) => points[corner])) / 6,
          0,
        );
        expect(Math.abs(volume)).toBeCloseTo(hull.measure, 10);
      }),
      runs,
    );
  });

  it('ends on nearly coplanar points of any noise', () => {
    fc.assert(
      fc.property(
        gridClouds(3),
        angles,
        fc.nat(),
        fc.integer({ min: -13, max: -5 }),
        (cloud, turn, seed, exponent) => {
          const random = seededRandom(seed);
          const points = rotate(cloud, turn).map((point) =>
            point.map((v) => v + 10 ** exponent * (random() - 0.5)),
          );
          const hull = convexHull(points);
          const slack = 1e-6 * largestSide(points) + 1e-14;
          for (const { normal, offset } of hull.halfspaces) {
            for (const point of points) expect(dot(normal, point) - offset).toBeLessThanOrEqual(slack);
          }
        },
      ),
      runs,
    );
  });

  it('a product of two clouds in the plane has the product of their areas', () => {
    fc.assert(
      fc.property(gridClouds(2, 6), gridClouds(2, 6), (first, second) => {
        const a = convexHull(first);
        const b = convexHull(second);
        fc.pre(a.dimension === 2 && b.dimension === 2);
        const product = convexHull(first.flatMap((p) => second.map((q) => [...p, ...q])));
        fc.pre(product.dimension === 4);
        const size = bodySize(first, 2) * bodySize(second, 2);
        expect(Math.abs(product.measure - a.measure * b.measure)).toBeLessThanOrEqual(1e-6 * size);
        expect(product.vertices).toHaveLength(a.vertices.length * b.vertices.length);
      }),
      { seed: 2026, numRuns: 40 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PointSet } from './point-set.js';
import { gridClouds, wildClouds } from './test-bodies.js';
import { dot, isWithin, norm, subtract } from './vector.js';

describe('points in one array', () => {
  it.each([1, 2, 3, 4])('reach as far as each for itself, to the last bit, in %i dimensions', (dimension) => {
    const direction = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: dimension,
      maxLength: dimension,
    });
    fc.assert(
      fc.property(wildClouds(dimension), direction, (points, along) => {
        const products = points.map((point) => dot(along, point));
        expect(new PointSet(points).least(along)).toBe(Math.min(...products));
        expect(new PointSet(points).greatest(along)).toBe(Math.max(...products));
        expect(new PointSet(points).indexOfLeast(along)).toBe(products.indexOf(Math.min(...products)));
      }),
    );
  });

  it('reach nowhere when there are none', () => {
    expect(new PointSet([]).least([1])).toBe(Infinity);
    expect(new PointSet([]).greatest([1])).toBe(-Infinity);
    expect(new PointSet([]).indexOfLeast([1])).toBe(-1);
  });
});

/** Squares of differences that are far smaller vanish, and with them the length. */
const millionths = wildClouds(3).map((points) =>
  points.map((point) => point.map((value) => Math.round(value * 1e6) / 1e6)),
);

it.each([millionths, gridClouds(3)])(
  'points are within a distance when their difference is no longer',
  (clouds) => {
    fc.assert(
      fc.property(clouds, fc.integer({ min: 0, max: 8 }), (points, distance) => {
        for (const a of points)
          for (const b of points) expect(isWithin(a, b, distance)).toBe(norm(subtract(a, b)) <= distance);
      }),
    );
  },
);

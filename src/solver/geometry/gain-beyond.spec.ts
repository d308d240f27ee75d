import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gainBeyond } from './gain-beyond.js';
import { convexHull } from './hull.js';
import { cube, spherePoints } from './test-bodies.js';

describe('what a point adds to a hull', () => {
  it('is nothing inside, and a pyramid on the only facet that it sees', () => {
    const beyondOf = gainBeyond(
      convexHull(cube),
      convexHull(cube).vertices.map((index) => cube[index]),
    );
    expect(beyondOf([0.5, 0.5, 0.5])).toEqual({ gain: 0, facets: [] });
    const { gain, facets } = beyondOf([0.5, 0.5, 2]);
    expect(gain).toBeCloseTo(1 / 3, 12);
    // The square at the top is two triangles.
    expect(facets).toHaveLength(2);
  });

  it('is what the hull of both measures more', () => {
    const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: 40 }),
        fc.array(coordinate, { minLength: 3, maxLength: 3 }),
        (count, position) => {
          const points = spherePoints(count);
          const hull = convexHull(points);
          const { gain } = gainBeyond(hull, points)(position);
          expect(gain).toBeCloseTo(convexHull([...points, position]).measure - hull.measure, 9);
        },
      ),
    );
  });
});

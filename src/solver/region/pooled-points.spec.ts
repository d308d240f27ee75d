import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convexHull } from '../geometry/hull.js';
import { gridClouds } from '../geometry/test-bodies.js';
import { dot } from '../geometry/vector.js';
import { sweepDirections } from './directions.js';
import { keepsToBudget, pooledPoints, type FoundPoint } from './pooled-points.js';

const at = (positionMw: number[], subsidyCap: number | null, subsidy: number): FoundPoint => ({
  positionMw,
  subsidyCap,
  subsidy,
});
const axes2 = sweepDirections(2, 90);

describe('points of a region, pooled', () => {
  it('belong to a budget when they were found under a smaller one, or cost no more', () => {
    const cheap = at([0, 0], 2000, 800);
    const dear = at([0, 0], 2000, 1900);
    expect([500, 1000, 2000, 4000, null].map((cap) => keepsToBudget(cheap, cap))).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
    expect([500, 1000, 2000, 4000, null].map((cap) => keepsToBudget(dear, cap))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
    // The certificate allows a subsidy a hair above its own cap; under that cap the point stays.
    expect(keepsToBudget(at([0, 0], 1000, 1000.0005), 1000)).toBe(true);
    expect(keepsToBudget(at([0, 0], null, 3000), 4000)).toBe(true);
  });

  it('are the best per direction and the corners of the hull, each once', () => {
    const found = [
      at([0, 0], 1000, 900),
      at([2, 0], 1000, 900),
      at([1, 0.5], 1000, 900),
      at([1, 3], 2000, 1500),
      at([0.2, 2.9], 2000, 1500),
    ];
    const small = pooledPoints(found, { subsidyCap: 1000, directions: axes2 });
    expect(small.map(({ point, directions }) => [point.positionMw, directions])).toEqual([
      [
        [0, 0],
        [
          [0, 1],
          [1, 0],
        ],
      ],
      [[1, 0.5], [[0, -1]]],
      [[2, 0], [[-1, 0]]],
    ]);
    const large = pooledPoints(found, { subsidyCap: 2000, directions: axes2 });
    expect(large.map(({ point }) => point.positionMw)).toEqual([
      [0, 0],
      [1, 3],
      [2, 0],
      [0.2, 2.9],
    ]);
    expect(large.at(-1)!.directions).toEqual([]);
  });

  it('are none when nothing was found', () => {
    expect(pooledPoints([], { subsidyCap: 1000, directions: axes2 })).toEqual([]);
    expect(pooledPoints([at([0, 0], 2000, 1500)], { subsidyCap: 1000, directions: axes2 })).toEqual([]);
  });

  it('keep the measure and every support, and the measure never falls with the budget', () => {
    const directions = sweepDirections(3, 45);
    fc.assert(
      fc.property(gridClouds(3, 40), fc.infiniteStream(fc.nat({ max: 40 })), (cloud, costs) => {
        const found = cloud.map((positionMw) => {
          const subsidy = 100 * (costs.next().value as number);
          return at(positionMw, 1000 * Math.ceil(subsidy / 1000), subsidy);
        });
        let before = { dimension: 0, measure: 0 };
        for (const subsidyCap of [1000, 2000, 4000, null]) {
          const eligible = found.filter((point) => keepsToBudget(point, subsidyCap));
          const listed = pooledPoints(found, { subsidyCap, directions });
          if (eligible.length === 0) {
            expect(listed).toEqual([]);
            continue;
          }
          const all = convexHull(eligible.map((point) => point.positionMw));
          const hull = convexHull(listed.map(({ point }) => point.positionMw));
          expect(hull.dimension).toBe(all.dimension);
          expect(hull.measure).toBeCloseTo(all.measure, 6);
          expect(hull.dimension).toBeGreaterThanOrEqual(before.dimension);
          if (hull.dimension === before.dimension) {
            expect(hull.measure).toBeGreaterThanOrEqual(before.measure * (1 - 1e-7));
          }
          before = hull;
          expect(listed.flatMap((entry) => entry.directions)).toHaveLength(directions.length);
          for (const { point, directions: along } of listed) {
            for (const direction of along) {
              const least = Math.min(...eligible.map((other) => dot(direction, other.positionMw)));
              expect(dot(direction, point.positionMw)).toBeCloseTo(least, 5);
            }
          }
        }
      }),
      { seed: 2026, numRuns: 150 },
    );
  });
});

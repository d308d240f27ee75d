import { describe, expect, it } from 'vitest';
import { syntheticResult } from '../../test/fixtures/synthetic-result.js';
import type { CharacterizeResult } from '../solver/result.js';
import { deriveStudyView } from './derive.js';
import { outerHull, outerOutline, rangesOf } from './outer.js';
import { projectRegions } from './project.js';

const square = [
  { normal: [1, 0], offset: 2 },
  { normal: [-1, 0], offset: 1 },
  { normal: [0, 1], offset: 3 },
  { normal: [0, -1], offset: 0 },
];

/** What was found inside. */
const found = {
  vertices: [
    [0, 1],
    [1, 1],
    [0, 2],
  ],
  facets: [],
  halfspaces: [],
};

describe('the proven outside of a region', () => {
  it('has the corners of its half-spaces, and states these as they were proven', () => {
    const hull = outerHull({ outerHalfspaces: square, hull: found })!;
    const rounded = hull.vertices.map((vertex) => vertex.map((load) => Math.round(1e9 * load) / 1e9 + 0));
    expect(rounded.sort((a, b) => a[0] - b[0] || a[1] - b[1])).toEqual([
      [-1, 0],
      [-1, 3],
      [2, 0],
      [2, 3],
    ]);
    expect(hull.facets).toHaveLength(4);
    expect(hull.halfspaces).toEqual(square);
    const ranges = rangesOf(hull).flatMap(({ min, max }) => [min, max]);
    [-1, 2, 0, 3].forEach((end, k) => expect(ranges[k]).toBeCloseTo(end, 9));
  });

  it('is not there where nothing was proven, or nothing that encloses a body', () => {
    expect(outerHull({ hull: found })).toBeNull();
    expect(outerHull({ outerHalfspaces: [], hull: found })).toBeNull();
    expect(outerHull({ outerHalfspaces: square.slice(0, 3), hull: found })).toBeNull();
    expect(
      outerHull({ outerHalfspaces: [...square, { normal: [1, 0], offset: -2 }], hull: found }),
    ).toBeNull();
  });

  it('is computed once for the same half-spaces', () => {
    const region = { outerHalfspaces: [...square], hull: found };
    expect(outerHull(region)).toBe(outerHull(region));
  });

  const file = syntheticResult({ points: 40, boundsMw: 0.25 });
  const view = deriveStudyView(file, 'Region')!;

  it('holds every point of its region, on every axis and in every projection', () => {
    const { regions } = file.studies[0] as CharacterizeResult;
    regions.forEach((region, r) => {
      const outer = view.regions[r].outer!;
      for (const { positionMw } of region.points) {
        for (const { normal, offset } of outer.hull.halfspaces)
          expect(normal.reduce((sum, n, k) => sum + n * positionMw[k], 0)).toBeLessThan(offset);
        positionMw.forEach((mw, k) => {
          expect(mw).toBeGreaterThan(outer.ranges[k].min);
          expect(mw).toBeLessThan(outer.ranges[k].max);
        });
      }
    });
    const { hulls, outerHulls } = projectRegions(view, [0, 2]);
    hulls.forEach(({ vertices }, r) => {
      for (const [x, y] of vertices)
        for (const { normal, offset } of outerHulls[r]!.halfspaces)
          expect(normal[0] * x + normal[1] * y).toBeLessThan(offset);
    });
  });

  it('is drawn for the largest budget that has one, for the one that is chosen, or for none', () => {
    const { regions } = view;
    expect(outerOutline(regions, undefined)).toEqual({ region: 3, hull: regions[3].outer!.hull });
    expect(outerOutline(regions, undefined, [3])?.region).toBe(2);
    expect(outerOutline(regions, 1)?.region).toBe(1);
    expect(outerOutline(regions, 1, [1])).toBeNull();
    expect(outerOutline(regions, null)).toBeNull();
    expect(outerOutline([{ outer: null }], undefined)).toBeNull();
    const { outerHulls } = projectRegions(view, [1]);
    expect(outerOutline(regions, 2, [], outerHulls)).toEqual({ region: 2, hull: outerHulls[2] });
  });
});

import { describe, expect, it } from 'vitest';
import { twoStations } from '../../test/fixtures/two-stations.js';
import { convexHull } from '../solver/geometry/hull.js';
import type { CharacterizeResult, Region } from '../solver/result.js';
import { deriveDifference } from './difference.js';

// Boxes of side 1 MW without a budget and half of that with 30 CNY, worked out in the fixture.
const square = twoStations(2).studies[0] as CharacterizeResult;

/** The region of a box. */
function box(region: Region, corners: number[][], measure: number): Region {
  const { vertices, facets, halfspaces } = convexHull(corners);
  return {
    ...region,
    hull: { vertices: vertices.map((index) => corners[index]), facets, halfspaces },
    measure,
  };
}

const unit = (x: number, y: number): number[][] => [
  [x, y],
  [x + 1, y],
  [x, y + 1],
  [x + 1, y + 1],
];

const only = (region: Region): CharacterizeResult => ({ ...square, regions: [region] });
const unlimited = square.regions.find(({ subsidyCap }) => subsidyCap === null)!;

describe('the difference of two results', () => {
  it('is nothing between a result and itself', () => {
    const [{ axes, regions }] = deriveDifference(square, square);
    expect(axes).toEqual(square.axes);
    expect(regions.map(({ subsidyCap }) => subsidyCap)).toEqual([30, null]);
    for (const { change, shared, before, ranges } of regions) {
      expect(change).toBe(0);
      expect(shared!.both).toBeCloseTo(before!, 9);
      expect(shared!.onlyBefore).toBeCloseTo(0, 9);
      expect(shared!.onlyAfter).toBeCloseTo(0, 9);
      for (const range of ranges) expect(range.before).toEqual(range.after);
    }
  });

  it('tells what two overlapping squares share', () => {
    const before = only(box(unlimited, unit(0, 0), 1));
    const after = only(box(unlimited, unit(0.25, 0.5), 1));
    const [{ regions }] = deriveDifference(before, after);
    expect(regions[0].change).toBe(0);
    expect(regions[0].shared!.both).toBeCloseTo(0.75 * 0.5, 9);
    expect(regions[0].shared!.onlyBefore).toBeCloseTo(0.625, 9);
    expect(regions[0].shared!.onlyAfter).toBeCloseTo(0.625, 9);
  });

  it('knows squares that share nothing or only an edge', () => {
    const before = only(box(unlimited, unit(0, 0), 1));
    for (const x of [1, 3]) {
      const [{ regions }] = deriveDifference(before, only(box(unlimited, unit(x, 0), 1)));
      expect(regions[0].shared).toEqual({ both: 0, onlyBefore: 1, onlyAfter: 1 });
    }
  });

  it('lists budgets that only one side has, in their order', () => {
    const [first, second] = square.regions;
    const [{ regions }] = deriveDifference({ ...square, regions: [first] }, { ...square, regions: [second] });
    expect(regions).toMatchObject([
      { subsidyCap: 30, before: first.measure, after: null, change: null, shared: null },
      { subsidyCap: null, before: null, after: second.measure, change: null, shared: null },
    ]);
  });

  it('holds intervals against each other by their axes', () => {
    const moved = square.axes.map((axis) => ({ ...axis, interval: axis.interval + 1 }));
    const later = { ...square, axes: moved };
    const sweep: CharacterizeResult = { ...square, laterIntervals: [{ ...later, interval: 1 }] };
    const differences = deriveDifference(later, sweep);
    expect(differences.map(({ axes }) => axes)).toEqual([square.axes, moved]);
    expect(differences[0].regions[0]).toMatchObject({ before: null });
    expect(differences[1].regions[0]).toMatchObject({ change: 0 });
  });
});

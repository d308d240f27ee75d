import { describe, expect, it } from 'vitest';
import { convexHull } from '../geometry/hull.js';
import { crossPolytope, cube, seededRandom, simplex, transform } from '../geometry/test-bodies.js';
import { dot } from '../geometry/vector.js';
import { sweepDirections } from './directions.js';
import { refine, type SolvedDirection } from './refine.js';

/** Minimises a · P over known vertices, as a boundary-point solve does over the region. */
function solverOf(vertices: number[][]) {
  const points: number[][] = [];
  const solved: SolvedDirection[] = [];
  const solve = (direction: number[]) => {
    const best = vertices.reduce((a, b) => (dot(direction, b) < dot(direction, a) ? b : a));
    points.push(best);
    solved.push({ direction, supportMw: dot(direction, best) });
  };
  const solveNextUntil = (solves: number) => {
    for (;;) {
      const state = refine(points, solved);
      if (solved.length >= solves || state.next.length === 0) return state;
      solve(state.next[0].direction);
    }
  };
  return { points, solved, solve, solveNextUntil };
}

/** Vertices on a skewed ellipsoid of a few MW: what one station gives up, another can take. */
function regionVertices(count: number, seed: number): number[][] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const z = 2 * random() - 1;
    const angle = 2 * Math.PI * random();
    const radius = Math.sqrt(1 - z * z);
    const [a, b, c] = [radius * Math.cos(angle), radius * Math.sin(angle), z];
    return [1.5 + 3 * a, 1.2 - 2 * a + 1.5 * b, 1 - 0.8 * a - 0.9 * b + 1.2 * c];
  });
}

describe('refinement of a solid region', () => {
  it.each([1, 2, 3, 4, 5])('facet normals beat the sweep on a 40-vertex polytope (seed %i)', (seed) => {
    const vertices = regionVertices(40, seed);
    const volume = convexHull(vertices).measure;
    const swept = solverOf(vertices);
    for (const direction of sweepDirections(3, 45)) swept.solve(direction);
    const sweep = refine(swept.points, swept.solved).hull.measure / volume;

    const refined = solverOf(vertices);
    for (const direction of sweepDirections(3, 90)) refined.solve(direction);
    const equalEffort = refined.solveNextUntil(26);
    expect(equalEffort.hull.measure / volume).toBeGreaterThan(sweep + 0.05);
    const few = refined.solveNextUntil(26 + 8);
    expect(few.hull.measure / volume).toBeGreaterThan(0.95);
  });

  it('of an octahedron in a cube: the gap is 1 − (4/3)/8, and the eight normals tie', () => {
    const octahedron = solverOf(crossPolytope(3));
    for (const direction of sweepDirections(3, 90)) octahedron.solve(direction);
    const first = refine(octahedron.points, octahedron.solved);
    expect(first.hull.measure).toBeCloseTo(4 / 3, 12);
    expect(first.outerMeasure).toBeCloseTo(8, 9);
    expect(first.estimatedGap).toBeCloseTo(5 / 6, 9);
    expect(first.next).toHaveLength(8);
    // Of [−1, 1]³, the part with x + y + z ≥ 1 is the corner simplex with edges of length 2.
    for (const { gain } of first.next) expect(gain).toBeCloseTo(8 / 6, 9);
    const last = octahedron.solveNextUntil(100);
    expect(octahedron.solved).toHaveLength(6 + 8);
    expect(last.estimatedGap).toBeLessThan(1e-9);
    expect(last.next).toEqual([]);
  });

  it('asks for the facet with the most room first', () => {
    // A cube with one corner missing from the points, though the axes' supports allow it, and a dent far smaller.
    const points = cube.filter((corner) => corner.some((value) => value === 0));
    const solved = sweepDirections(3, 90).map((direction) => ({
      direction,
      supportMw: Math.min(...cube.map((corner) => dot(direction, corner))) - (direction[2] === -1 ? 0.01 : 0),
    }));
    const { next, estimatedGap, outerMeasure } = refine(points, solved);
    expect(outerMeasure).toBeCloseTo(1.01, 9);
    expect(estimatedGap).toBeCloseTo(1 - 5 / 6 / 1.01, 9);
    for (const component of next[0].direction) expect(component).toBeCloseTo(-1 / Math.sqrt(3), 12);
    expect(next[0].gain).toBeGreaterThan(1 / 6);
    // The lid at z = 1 has room too, but its direction is solved: nothing more can be found there.
    expect(next).toHaveLength(1);
  });

  it('asks for one facet per corner of the outer polytope first, for a search there cuts the corner off', () => {
    // Two edges below the corner (1, 1) of a square, of which each alone has more room than the one below (0, 1).
    const points = [
      [0, 0],
      [1, 0],
      [1, 0.4],
      [0.8, 0.8],
      [0.4, 1],
      [0, 0.8],
    ];
    const solved = sweepDirections(2, 90).map((direction) => ({
      direction,
      supportMw: Math.min(...points.map((point) => dot(direction, point))),
    }));
    const gains = (known: readonly SolvedDirection[]) => refine(points, known).next.map(({ gain }) => gain);
    for (const [index, gain] of [0.09, 0.04, 0.09].entries())
      expect(gains(solved)[index]).toBeCloseTo(gain, 12);
    const awaited = { direction: [-2 / Math.sqrt(5), -1 / Math.sqrt(5)], supportMw: null };
    for (const [index, gain] of [0.04, 0.09].entries())
      expect(gains([...solved, awaited])[index]).toBeCloseTo(gain, 12);
  });

  it('takes a better point of another direction for the support, so the gap is never negative', () => {
    const solved = sweepDirections(3, 90).map((direction) => ({ direction, supportMw: -0.5 }));
    const state = refine(crossPolytope(3), solved);
    expect(state.outerMeasure).toBeCloseTo(8, 9);
    expect(state.estimatedGap).toBeCloseTo(5 / 6, 9);
  });

  it('knows no gap while the supports leave a way to infinity, and asks for every facet', () => {
    const state = refine(simplex(3), [{ direction: [1, 0, 0], supportMw: 0 }]);
    expect(state).toMatchObject({ outerMeasure: null, estimatedGap: 1 });
    expect(state.next).toHaveLength(3);
    expect(state.next.every(({ gain }) => gain === Infinity)).toBe(true);
  });

  it('does not ask again along a direction that gave no certified point', () => {
    const solved = sweepDirections(3, 90).map((direction) => ({ direction, supportMw: -1 as number | null }));
    const tried = { direction: [1, 1, 1].map((v) => -v / Math.sqrt(3)), supportMw: null };
    expect(refine(crossPolytope(3), [...solved, tried]).next).toHaveLength(7);
  });
});

describe('refinement of what is not a solid', () => {
  const plane = (x: number, y: number) => [x, y, 3 - x - y];
  const polygon = [plane(0, 0), plane(2, 0), plane(3, 1), plane(2, 2), plane(0, 1.5)];

  it('of a polygon in space first looks across its plane, then closes it within', () => {
    const region = solverOf(polygon);
    for (const direction of sweepDirections(3, 90)) region.solve(direction);
    const first = refine(region.points, region.solved);
    expect(first.hull.dimension).toBe(2);
    expect(first.estimatedGap).toBe(1);
    expect(first.next.slice(0, 2).map(({ gain }) => gain)).toEqual([Infinity, Infinity]);
    for (const { direction } of first.next.slice(0, 2)) {
      expect(Math.abs(dot(direction, [1, 1, 1]))).toBeCloseTo(Math.sqrt(3), 12);
    }
    const last = region.solveNextUntil(100);
    expect(last.hull.measure).toBeCloseTo(convexHull(polygon).measure, 12);
    expect(last.estimatedGap).toBeLessThan(1e-9);
    expect(last.next).toEqual([]);
    expect(region.solved.length).toBeLessThanOrEqual(6 + 2 + 8);
  });

  it('is not done with a plane when a support across it reaches farther than every certified point', () => {
    const normal = [1, 1, 1].map((value) => value / Math.sqrt(3));
    const level = 3 / Math.sqrt(3);
    const solved = [
      ...sweepDirections(3, 90).map((direction) => ({
        direction,
        supportMw: Math.min(...polygon.map((point) => dot(direction, point))),
      })),
      { direction: normal, supportMw: level },
    ];
    const other = (supportMw: number | null) =>
      refine(polygon, [...solved, { direction: normal.map((value) => -value), supportMw }]).estimatedGap;
    expect(other(-level)).toBeLessThan(1);
    expect(other(-level - 0.1)).toBe(1);
    expect(other(null)).toBe(1);
  });

  it('of a segment is closed by its ends and the directions across it', () => {
    const segment = solverOf([
      [0, 0, 0],
      [1, 2, 2],
    ]);
    for (const direction of sweepDirections(3, 90)) segment.solve(direction);
    const last = segment.solveNextUntil(100);
    expect(last.hull).toMatchObject({ dimension: 1 });
    expect(last.hull.measure).toBeCloseTo(3, 12);
    expect(last.estimatedGap).toBeLessThan(1e-9);
    expect(segment.solved.length).toBeLessThanOrEqual(6 + 4 + 2);
  });

  it('of a point is closed by the axes', () => {
    const point = solverOf([[1, 2, 3]]);
    point.solve([1, 0, 0]);
    const first = refine(point.points, point.solved);
    expect(first).toMatchObject({ outerMeasure: 0, estimatedGap: 1 });
    expect(first.next).toHaveLength(5);
    for (const direction of sweepDirections(3, 90).slice()) point.solve(direction);
    expect(refine(point.points, point.solved)).toMatchObject({ estimatedGap: 0, next: [] });
  });

  it('in one and two dimensions works as in three', () => {
    const interval = solverOf([[-1], [2]]);
    for (const direction of sweepDirections(1, 45)) interval.solve(direction);
    expect(refine(interval.points, interval.solved)).toMatchObject({
      outerMeasure: 3,
      estimatedGap: 0,
      next: [],
    });

    const square = solverOf(crossPolytope(2));
    for (const direction of sweepDirections(2, 90)) square.solve(direction);
    expect(refine(square.points, square.solved).estimatedGap).toBeCloseTo(0.5, 9);
    expect(square.solveNextUntil(50).estimatedGap).toBeLessThan(1e-9);
    expect(square.solved).toHaveLength(8);
  });

  it('in four dimensions gives directions and a gap as well', () => {
    const body = solverOf(crossPolytope(4));
    for (const direction of sweepDirections(4, 45)) body.solve(direction);
    const first = refine(body.points, body.solved);
    expect(first.hull.measure).toBeCloseTo(2 / 3, 12);
    expect(first.next).toHaveLength(16);
    expect(body.solveNextUntil(100).estimatedGap).toBeLessThan(1e-9);
  });

  it.each([1e-3, 1, 1e3])('does not depend on the unit (scale %s)', (scale) => {
    const region = solverOf(transform(regionVertices(12, 9), scale, [0, 0, 0]));
    for (const direction of sweepDirections(3, 90)) region.solve(direction);
    expect(region.solveNextUntil(200).estimatedGap).toBeLessThan(1e-6);
    expect(region.solved.length).toBeLessThan(60);
  });
});

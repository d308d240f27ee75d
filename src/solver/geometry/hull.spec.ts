import { describe, expect, it } from 'vitest';
import { convexHull, type ConvexHull } from './hull.js';
import {
  crossPolytope,
  cube,
  rotate,
  seededRandom,
  simplex,
  spherePoints,
  transform,
} from './test-bodies.js';
import { determinant, dot, norm, subtract } from './vector.js';

const largestViolation = (hull: ConvexHull, points: number[][]) =>
  Math.max(...hull.halfspaces.flatMap((h) => points.map((point) => dot(h.normal, point) - h.offset)));

describe('convex hull of solids', () => {
  it('of a cube is its corners, six planes and twelve outward triangles, whatever lies inside', () => {
    const points = [[0.5, 0.5, 0.5], [0.5, 0.5, 0], [0.5, 0, 0], ...cube, [0, 0, 0], [1, 1, 1]];
    const hull = convexHull(points);
    expect(hull).toMatchObject({ dimension: 3, measureUnit: 'MW^3' });
    expect(hull.measure).toBeCloseTo(1, 14);
    expect(hull.vertices.map((index) => points[index])).toEqual(cube);
    expect(hull.halfspaces).toEqual([
      { normal: [-1, 0, 0], offset: 0 },
      { normal: [0, -1, 0], offset: 0 },
      { normal: [0, 0, -1], offset: 0 },
      { normal: [0, 0, 1], offset: 1 },
      { normal: [0, 1, 0], offset: 1 },
      { normal: [1, 0, 0], offset: 1 },
    ]);
    expect(hull.facets).toHaveLength(12);
    for (const facet of hull.facets) {
      const corners = facet.map((k) => subtract(points[hull.vertices[k]], [0.5, 0.5, 0.5]));
      expect(determinant(corners)).toBeGreaterThan(0);
    }
  });

  it.each([
    ['simplex', simplex(3), 1 / 6, 4],
    ['octahedron', crossPolytope(3), 4 / 3, 8],
    [
      'prism',
      [
        [0, 0],
        [4, 0],
        [0, 3],
      ].flatMap(([x, y]) => [
        [x, y, 0],
        [x, y, 5],
      ]),
      30,
      5,
    ],
    [
      'thin prism',
      [
        [0, 0],
        [4, 0],
        [0, 3],
      ].flatMap(([x, y]) => [
        [x, y, 0],
        [x, y, 1e-5],
      ]),
      6e-5,
      5,
    ],
  ])('of a %s has its volume and planes', (_, points, volume, planes) => {
    const hull = convexHull(points);
    expect(hull.measure / volume).toBeCloseTo(1, 12);
    expect(hull.halfspaces).toHaveLength(planes);
    expect(hull.vertices).toHaveLength(points.length);
  });

  it('of points on a sphere approaches the ball', () => {
    const points = spherePoints(400);
    const hull = convexHull(points);
    expect(hull.vertices).toHaveLength(400);
    expect(hull.facets).toHaveLength(2 * 400 - 4);
    expect(hull.measure).toBeGreaterThan(0.97 * ((4 / 3) * Math.PI));
    expect(hull.measure).toBeLessThan((4 / 3) * Math.PI);
  });

  it.each([1e-6, 1e-3, 1, 1e3, 1e6])('scales: a turned cube of side %s', (side) => {
    const points = transform(rotate(cube, [0.3, 0.7, -1.1]), side, [2 * side, -side, 0]);
    const hull = convexHull(points);
    expect(hull.dimension).toBe(3);
    expect(hull.measure / side ** 3).toBeCloseTo(1, 12);
    expect(hull.halfspaces).toHaveLength(6);
    expect(largestViolation(hull, points)).toBe(0);
  });

  it('takes points within 1e-9 of the faces, edges and corners of a cube for points on them', () => {
    const random = seededRandom(7);
    const noisy = cube.flatMap((corner) => [
      corner,
      corner.map((value) => value + 1e-9 * (random() - 0.5)),
      [corner[0], corner[1], random()].map((value) => value + 1e-9 * (random() - 0.5)),
      [corner[0], random(), random()].map((value) => value + 1e-9 * (random() - 0.5)),
    ]);
    const hull = convexHull(noisy);
    expect(hull.vertices).toHaveLength(8);
    expect(hull.halfspaces).toHaveLength(6);
    expect(hull.measure).toBeCloseTo(1, 8);
    expect(largestViolation(hull, noisy)).toBe(0);
  });
});

describe('convex hull of flat regions', () => {
  it('of a polygon in a slanted plane is its area, its plane and its edges in order', () => {
    const total = 4.667;
    const triangle = [
      [2, 1],
      [0, 0],
      [3, 0],
      [0, 3],
      [1.5, 1.5],
    ].map(([x, y]) => [x, y, total - x - y]);
    const hull = convexHull(triangle);
    expect(hull).toMatchObject({ dimension: 2, measureUnit: 'MW^2' });
    expect(hull.measure).toBeCloseTo(4.5 * Math.sqrt(3), 12);
    expect(hull.vertices).toHaveLength(3);
    expect(hull.facets).toEqual([
      [0, 1],
      [1, 2],
      [2, 0],
    ]);
    const [up, down, ...edges] = hull.halfspaces;
    for (const component of up.normal) expect(component).toBeCloseTo(1 / Math.sqrt(3), 14);
    expect(up.offset).toBeCloseTo(total / Math.sqrt(3), 12);
    expect(down).toEqual({ normal: up.normal.map((value) => -value), offset: -up.offset });
    expect(edges).toHaveLength(3);
    for (const edge of edges) expect(dot(edge.normal, up.normal)).toBeCloseTo(0, 14);
    expect(largestViolation(hull, triangle)).toBeLessThan(1e-14);
  });

  it('stays a polygon under noise of 1e-9, and is a solid when it is thick', () => {
    const random = seededRandom(3);
    const flat = Array.from({ length: 60 }, () => [5 * random(), 5 * random()]);
    const noisy = flat.map(([x, y]) => [x, y, 3 - x - y + 1e-9 * random()]);
    const hull = convexHull(noisy);
    expect(hull.dimension).toBe(2);
    expect(largestViolation(hull, noisy)).toBeLessThan(1e-8);
    expect(convexHull(flat.map(([x, y]) => [x, y, 3 - x - y + 1e-3 * random()])).dimension).toBe(3);
  });

  it('of collinear points is the segment between its ends', () => {
    const points = [
      [1, 1, 0],
      [0, 0, 0],
      [3, 3, 0],
      [2, 2, 0],
    ];
    const hull = convexHull(points);
    expect(hull).toMatchObject({ dimension: 1, vertices: [1, 2], facets: [[0], [1]], measureUnit: 'MW' });
    expect(hull.measure).toBeCloseTo(3 * Math.SQRT2, 14);
    expect(hull.halfspaces).toHaveLength(6);
    expect(largestViolation(hull, points)).toBeLessThan(1e-14);
  });

  it('of repeated points is the point', () => {
    const hull = convexHull([
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3 + 1e-17],
    ]);
    expect(hull).toMatchObject({ dimension: 0, vertices: [0], facets: [[0]], measure: 0, measureUnit: '1' });
    expect(hull.halfspaces).toContainEqual({ normal: [0, -1, 0], offset: -2 });
  });

  it('follows the accuracy its caller states', () => {
    const points = [
      [0, 0],
      [5, 1e-4],
      [2, 5e-5],
      [2, 2e-4],
    ];
    expect(convexHull(points).dimension).toBe(2);
    expect(convexHull(points, { absoluteTolerance: 1e-3 }).dimension).toBe(1);
    expect(
      convexHull(
        [
          [0, 0],
          [1e-7, 0],
        ],
        { absoluteTolerance: 1e-6 },
      ).dimension,
    ).toBe(0);
  });
});

describe('convex hull in other dimensions', () => {
  it('on a line is an interval', () => {
    expect(convexHull([[3], [-1], [2]])).toMatchObject({
      dimension: 1,
      vertices: [1, 0],
      facets: [[0], [1]],
      halfspaces: [
        { normal: [-1], offset: 1 },
        { normal: [1], offset: 3 },
      ],
      measure: 4,
    });
  });

  it('in the plane is a polygon, counter-clockwise', () => {
    const hull = convexHull([
      [0, 2],
      [2, 2],
      [1, 1],
      [2, 0],
      [0, 0],
      [1, 0],
    ]);
    expect(hull).toMatchObject({
      dimension: 2,
      vertices: [4, 3, 1, 0],
      facets: [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 0],
      ],
    });
    expect(hull.measure).toBeCloseTo(4, 14);
    expect(hull.halfspaces).toHaveLength(4);
  });

  it.each([
    ['cross-polytope in 4', crossPolytope(4), 2 / 3, 16],
    ['simplex in 5', simplex(5), 1 / 120, 6],
    ['4-cube', [0, 1].flatMap((w) => cube.map((point) => [w, ...point])), 1, 8],
    ['cross-polytope in 6', crossPolytope(6), 64 / 720, 64],
  ])('of the %s dimensions gives vertices, half-spaces and content', (_, points, content, planes) => {
    const hull = convexHull(points);
    expect(hull.dimension).toBe(points[0].length);
    expect(hull.measure).toBeCloseTo(content, 12);
    expect(hull.halfspaces).toHaveLength(planes);
    expect(hull.vertices).toHaveLength(points.length);
    expect(largestViolation(hull, points)).toBe(0);
    for (const { normal } of hull.halfspaces) expect(norm(normal)).toBeCloseTo(1, 14);
  });
});

describe('bad input to a convex hull', () => {
  it.each([
    ['no points', [], /at least one point/],
    ['no coordinates', [[]], /at least one coordinate/],
    [
      'mixed dimensions',
      [
        [1, 2],
        [1, 2, 3],
      ],
      /Point 1 has 3 coordinates, the first has 2/,
    ],
    [
      'a value that is not finite',
      [
        [1, 2],
        [1, Number.NaN],
      ],
      /Point 1 is not finite/,
    ],
  ])('%s is an error that says so', (_, points, message) => {
    expect(() => convexHull(points)).toThrow(message);
  });
});

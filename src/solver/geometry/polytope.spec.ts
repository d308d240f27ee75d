import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closestBoundaryPoint, signedDistance } from './distance.js';
import { convexHull, largestSide, type HalfSpace } from './hull.js';
import {
  boxHalfspaces,
  clipper,
  contains,
  intersectHalfspaces,
  polytopeContent,
  polytopeHull,
} from './polytope.js';
import {
  angles,
  crossPolytope,
  gridClouds,
  rotate,
  shifts,
  simplex,
  spherePoints,
  transform,
} from './test-bodies.js';
import { dot, norm, subtract } from './vector.js';

const unitBox = boxHalfspaces([0, 1, 2].map(() => ({ min: 0, max: 1 })));
const measureOf = (halfspaces: HalfSpace[]) => polytopeHull(intersectHalfspaces(halfspaces))?.measure;

const wideBox = (dimension: number): HalfSpace[] =>
  boxHalfspaces(Array.from({ length: dimension }, () => ({ min: -2, max: 2 })));

/** Half-spaces around the origin, many of which meet in one corner or are the same. */
function planesAlike(dimension: number): fc.Arbitrary<HalfSpace[]> {
  const normal = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: dimension, maxLength: dimension });
  return fc
    .tuple(fc.array(normal, { maxLength: 12 }), fc.integer({ min: 1, max: 8 }))
    .map(([normals, far]) =>
      normals.filter((each) => norm(each) > 0).map((each) => ({ normal: each, offset: far / 2 })),
    );
}

describe('intersection of half-spaces', () => {
  it('of a box is its corners and volume', () => {
    const box = intersectHalfspaces(
      boxHalfspaces([
        { min: -1, max: 2 },
        { min: 0, max: 4 },
        { min: 3, max: 3.5 },
      ]),
    );
    expect(box.corners).toHaveLength(8);
    expect(polytopeHull(box)!.measure).toBeCloseTo(6, 12);
    expect(box.corners.every(({ position }) => [3, 3.5].includes(position[2]))).toBe(true);
  });

  it.each([
    [
      'an interval',
      [
        { normal: [2], offset: 3 },
        { normal: [-1], offset: 1 },
      ],
      2.5,
    ],
    [
      'a triangle with a redundant side',
      [
        [-1, 0, 0],
        [0, -1, 0],
        [1, 1, 2],
        [1, 1, 9],
      ].map(([x, y, b]) => ({ normal: [x, y], offset: b })),
      2,
    ],
    [
      'an octahedron',
      [1, -1].flatMap((x) => [1, -1].flatMap((y) => [1, -1].map((z) => ({ normal: [x, y, z], offset: 1 })))),
      4 / 3,
    ],
    [
      'a 4-cube',
      [0, 1, 2, 3].flatMap((k) =>
        [1, -1].map((s) => ({ normal: [0, 1, 2, 3].map((j) => (j === k ? s : 0)), offset: 1 })),
      ),
      16,
    ],
  ])('of %s has its measure', (_, halfspaces, measure) => {
    expect(measureOf(halfspaces)).toBeCloseTo(measure, 9);
  });

  it('of 500 half-spaces tangent to a ball is a little more than the ball', () => {
    const polytope = intersectHalfspaces(spherePoints(500).map((normal) => ({ normal, offset: 1 })));
    expect(polytope.corners).toHaveLength(2 * 500 - 4);
    const ratio = polytopeHull(polytope)!.measure / ((4 / 3) * Math.PI);
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(1.01);
  });

  it('leaves out what cuts off too little: hundreds that all but meet in the corners of a box', () => {
    const touching = [...unitBox.map(({ normal }) => normal), ...spherePoints(400)].map((normal) => ({
      normal,
      offset: normal.reduce((sum, value) => sum + Math.max(0, value), 0) + 1e-6,
    }));
    expect(intersectHalfspaces(touching).corners.length).toBeGreaterThan(100);
    expect(intersectHalfspaces(touching, 1e-5).corners.length).toBe(8);
  });

  it('holds the intersection whatever is left out, and little more', () => {
    const bound = fc.record({
      towards: fc.integer({ min: 0, max: 299 }),
      offset: fc.double({ min: 1, max: 1.05, noNaN: true }),
    });
    const normals = spherePoints(300);
    fc.assert(
      fc.property(fc.array(bound, { maxLength: 60 }), (bounds) => {
        const all = [
          ...boxHalfspaces([0, 1, 2].map(() => ({ min: -1.1, max: 1.1 }))),
          ...bounds.map(({ towards, offset }) => ({ normal: normals[towards], offset })),
        ];
        const exact = polytopeContent(intersectHalfspaces(all));
        const outer = polytopeContent(intersectHalfspaces(all, 1e-3));
        expect(outer).toBeGreaterThanOrEqual(exact * (1 - 1e-9));
        // Each of the corners left standing out by 1e-3 at most, over a surface of less than 30.
        expect(outer).toBeLessThan(exact + 30 * 1e-3);
      }),
    );
  });

  it.each([1, 2, 3, 4])(
    'is the same when it is looked for around points inside of it, few of them or all its corners, in %i dimensions',
    (dimension) => {
      const box = wideBox(dimension);
      fc.assert(
        fc.property(planesAlike(dimension), (planes) => {
          const found = intersectHalfspaces([...box, ...planes]);
          const corners = found.corners.map(({ position }) => position);
          const small = corners.map((corner) => corner.map((value) => value / 100));
          for (const inside of [corners, small, corners.slice(0, 1)]) {
            const again = intersectHalfspaces([...box, ...planes], 0, inside);
            expect(again.corners).toHaveLength(corners.length);
            expect(polytopeContent(again)).toBeCloseTo(polytopeContent(found), 9);
          }
        }),
      );
      expect(() => intersectHalfspaces(box.slice(1), 0, [box[0].normal])).toThrow(/do not bound/);
    },
  );

  it('is empty when the half-spaces contradict each other, an error when they leave a way to infinity', () => {
    expect(intersectHalfspaces([...unitBox, { normal: [1, 1, 1], offset: -0.1 }]).corners).toEqual([]);
    expect(measureOf([...unitBox, { normal: [1, 1, 1], offset: -0.1 }])).toBeUndefined();
    expect(() => intersectHalfspaces(unitBox.slice(1))).toThrow(/do not bound/);
    expect(() => intersectHalfspaces([])).toThrow(/at least one/);
    expect(() => intersectHalfspaces([{ normal: [0, 0], offset: 1 }])).toThrow(/Not a half-space/);
  });

  it('of a box with a plane given as two half-spaces is a polygon', () => {
    const plane = [1, -1].map((sign) => ({ normal: [sign, sign, sign], offset: 1.5 * sign }));
    const hexagon = polytopeHull(intersectHalfspaces([...unitBox, ...plane]))!;
    expect(hexagon.dimension).toBe(2);
    expect(hexagon.vertices).toHaveLength(6);
    expect(hexagon.measure).toBeCloseTo(0.75 * Math.sqrt(3), 12);
  });

  it.each([1e-6, 1, 1e6])('works at scale %s, near zero and far from it', (scale) => {
    for (const shift of [0, 1e3 * scale]) {
      const ranges = [0, 1, 2].map(() => ({ min: shift, max: shift + scale }));
      expect(measureOf(boxHalfspaces(ranges))! / scale ** 3).toBeCloseTo(1, 9);
    }
  });

  it('clipping keeps what satisfies one more half-space', () => {
    const box = intersectHalfspaces(unitBox);
    expect(polytopeHull(clipper(box)({ normal: [1, 1, 1], offset: 1 }))!.measure).toBeCloseTo(1 / 6, 12);
    expect(polytopeHull(clipper(box)({ normal: [-1, -1, -1], offset: -1 }))!.measure).toBeCloseTo(5 / 6, 12);
    expect(polytopeHull(clipper(box)({ normal: [1, 0, 0], offset: 5 }))!.measure).toBeCloseTo(1, 12);
    expect(polytopeHull(clipper(box)({ normal: [1, 0, 0], offset: -5 }))).toBeUndefined();
    expect(polytopeHull(box)!.measure).toBeCloseTo(1, 12);
  });

  it('clipping from either side gives two parts that make up the whole, however many planes it is asked for', () => {
    const polytope = intersectHalfspaces(spherePoints(40).map((normal) => ({ normal, offset: 1 })));
    const clip = clipper(polytope);
    const whole = polytopeContent(polytope);
    const component = fc.integer({ min: -3, max: 3 });
    const normals = fc
      .tuple(component, component, component)
      .filter((normal) => norm(normal) > 0)
      .map((normal) => normal.map((value) => value / norm(normal)));
    fc.assert(
      fc.property(normals, fc.integer({ min: -12, max: 12 }), (normal, tenths) => {
        const below = polytopeContent(clip({ normal, offset: tenths / 10 }));
        const above = polytopeContent(clip({ normal: normal.map((value) => -value), offset: -tenths / 10 }));
        expect(below + above).toBeCloseTo(whole, 9);
      }),
    );
  });

  it.each([1, 2, 3, 4])("content by incidences is the hull's measure in %i dimensions", (dimension) => {
    const box = wideBox(dimension);
    fc.assert(
      fc.property(planesAlike(dimension), (planes) => {
        const polytope = intersectHalfspaces([...box, ...planes]);
        const cap = clipper(polytope)({ normal: box[0].normal, offset: -0.5 });
        for (const body of [polytope, cap]) {
          const hull = polytopeHull(body);
          const measure = hull?.dimension === dimension ? hull.measure : 0;
          expect(polytopeContent(body)).toBeCloseTo(measure, 9);
        }
      }),
    );
    const flat = intersectHalfspaces([...box, { normal: box[0].normal, offset: -2 }]);
    expect(polytopeContent(flat)).toBeCloseTo(0, 9);
  });

  it.each([1, 2, 3])('vertices to half-spaces and back are the same body in %i dimensions', (dimension) => {
    fc.assert(
      fc.property(gridClouds(dimension), angles, shifts, (cloud, turn, shift) => {
        const points = dimension === 3 ? transform(rotate(cloud, turn), 1, shift) : cloud;
        const hull = convexHull(points);
        const again = polytopeHull(intersectHalfspaces(hull.halfspaces))!;
        const size = Math.max(largestSide(points), 1e-3);
        expect(again.dimension).toBe(hull.dimension);
        expect(Math.abs(again.measure - hull.measure)).toBeLessThan(1e-6 * size ** hull.dimension);
        expect(again.vertices).toHaveLength(hull.vertices.length);
        expect(again.halfspaces).toHaveLength(hull.halfspaces.length);
        for (const { normal, offset } of again.halfspaces) {
          const closest = hull.halfspaces.map((h) =>
            Math.hypot(norm(subtract(h.normal, normal)), h.offset - offset),
          );
          expect(Math.min(...closest)).toBeLessThan(1e-6 * (1 + norm(shift) + size));
        }
      }),
      { seed: 2026, numRuns: 200 },
    );
  });
});

describe('signed distance', () => {
  it('is to the nearest facet inside, to the nearest point outside', () => {
    expect(signedDistance([0.5, 0.4, 0.25], unitBox)).toBeCloseTo(0.25, 14);
    expect(signedDistance([0.5, 0, 0.25], unitBox)).toBeCloseTo(0, 14);
    expect(signedDistance([0.5, 0.5, 3], unitBox)).toBeCloseTo(-2, 14);
    expect(signedDistance([0.5, 4, 5], unitBox)).toBeCloseTo(-5, 12);
    expect(signedDistance([2, 3, -2], unitBox)).toBeCloseTo(-3, 12);
    expect(contains(unitBox, [1, 1, 1])).toBe(true);
    expect(contains(unitBox, [1, 1, 1.001])).toBe(false);
    expect(contains(unitBox, [1, 1, 1.001], 0.01)).toBe(true);
  });

  it('finds the closest boundary point', () => {
    expect(closestBoundaryPoint([0.5, 0.4, 0.9], unitBox).position).toEqual([0.5, 0.4, 1]);
    const corner = closestBoundaryPoint([2, 3, -2], unitBox).position;
    [1, 1, 0].forEach((value, k) => expect(corner[k]).toBeCloseTo(value, 12));
  });

  it('of a flat region is measured from its plane', () => {
    const triangle = convexHull(simplex(3).slice(1)).halfspaces;
    expect(signedDistance([1 / 3, 1 / 3, 1 / 3], triangle)).toBeCloseTo(0, 12);
    expect(signedDistance([0, 0, 0], triangle)).toBeCloseTo(-1 / Math.sqrt(3), 12);
    expect(signedDistance([3, 0, 0], triangle)).toBeCloseTo(-2, 12);
  });

  it('to half-spaces that contradict each other is an error', () => {
    expect(() =>
      signedDistance(
        [0],
        [
          { normal: [1], offset: 0 },
          { normal: [-1], offset: -1 },
        ],
      ),
    ).toThrow(/No point/);
  });

  it('meets the optimality condition: nothing in the body is closer', () => {
    fc.assert(
      fc.property(gridClouds(3), shifts, (cloud, point) => {
        const hull = convexHull(cloud);
        const { position, signedDistance: distance } = closestBoundaryPoint(point, hull.halfspaces);
        expect(contains(hull.halfspaces, position, 1e-6)).toBe(true);
        expect(Math.abs(distance)).toBeCloseTo(norm(subtract(point, position)), 6);
        if (distance > 0) return;
        // The body lies behind the plane through the nearest point across the line to it.
        for (const other of cloud) {
          expect(dot(subtract(point, position), subtract(other, position))).toBeLessThan(1e-5);
        }
      }),
      { seed: 2026, numRuns: 300 },
    );
  });

  it('agrees for the cross-polytope with its norm', () => {
    const { halfspaces } = convexHull(crossPolytope(3));
    expect(signedDistance([0, 0, 0], halfspaces)).toBeCloseTo(1 / Math.sqrt(3), 12);
    expect(signedDistance([4, 0, 0], halfspaces)).toBeCloseTo(-3, 12);
  });
});

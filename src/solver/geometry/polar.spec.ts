import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HalfSpace } from './hull.js';
import { depthOf, polytopeAround } from './polar.js';
import { boxHalfspaces, intersectHalfspaces, polytopeHull } from './polytope.js';
import { seededRandom } from './test-bodies.js';
import { norm } from './vector.js';

const unitBox = boxHalfspaces([
  { min: 0, max: 1 },
  { min: 0, max: 1 },
  { min: 0, max: 1 },
]);
const middle = [0.5, 0.5, 0.5];

const unit = (vector: number[]): number[] => vector.map((component) => component / norm(vector));

describe('a polytope around a point', () => {
  it('of six half-spaces is their cube', () => {
    const { corners, hull } = polytopeAround(unitBox, middle)!;
    expect(corners).toHaveLength(8);
    expect(hull.measure).toBeCloseTo(1, 12);
  });

  it('measures what cutting one half-space after the other does', () => {
    const component = fc.double({ min: -1, max: 1, noNaN: true });
    const normal = fc
      .tuple(component, component, component)
      .filter((vector) => norm(vector) > 0.1)
      .map(unit);
    const halfspace = fc.record({ normal, depth: fc.double({ min: 0.05, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(halfspace, { maxLength: 30 }), (drawn) => {
        const more = drawn.map(({ normal: n, depth }): HalfSpace => ({
          normal: n,
          offset: depth + n.reduce((sum, each, k) => sum + each * middle[k], 0),
        }));
        const halfspaces = [...unitBox, ...more];
        const cut = polytopeHull(intersectHalfspaces(halfspaces))!;
        expect(polytopeAround(halfspaces, middle)!.hull.measure).toBeCloseTo(cut.measure, 7);
      }),
    );
  });

  it('is hardly less than a cube where 800 half-spaces meet in its corners but for their rounding', () => {
    const random = seededRandom(1);
    const throughCorners = Array.from({ length: 800 }, (): HalfSpace => {
      const corner = [0, 1, 2].map(() => (random() < 0.5 ? 0 : 1));
      // Within the corner's normal cone, half of them near its middle.
      const spread = random() < 0.5 ? 1 : 1e-3;
      const normal = unit(corner.map((side) => (side ? 1 : -1) * (1 + spread * (random() - 0.5))));
      const offset = normal.reduce((sum, each, k) => sum + each * corner[k], 0) + 1e-6 * random();
      return { normal, offset };
    });
    const { hull } = polytopeAround([...unitBox, ...throughCorners], middle)!;
    expect(hull.measure).toBeGreaterThan(1 - 1e-9);
    expect(hull.measure).toBeLessThan(1 + 1e-9);
  });

  it('is none where there is a way to infinity', () => {
    expect(polytopeAround(unitBox.slice(0, 5), middle)).toBeNull();
    expect(polytopeAround(unitBox.slice(0, 2), middle)).toBeNull();
  });

  it('tells how deep a point lies inside', () => {
    expect(depthOf(unitBox, middle)).toBe(0.5);
    expect(depthOf(unitBox, [0.5, 0.5, 1.25])).toBe(-0.25);
  });
});

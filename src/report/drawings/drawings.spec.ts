import { describe, expect, it } from 'vitest';
import {
  boxAround,
  boxLabels,
  gridSegments,
  HOME_VIEW,
  PLANE_VIEWS,
  viewBasis,
  type Vec3,
} from './axes-box.js';
import { contrast, paletteFor, type ThemeKind } from './palette.js';
import { solidOf } from './solid-faces.js';
import { wayOf } from './routes.js';

const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

describe('palettes', () => {
  const backgrounds: Record<ThemeKind, string> = {
    light: '#ffffff',
    dark: '#1f1f1f',
    'high-contrast': '#000000',
    'high-contrast-light': '#ffffff',
  };
  for (const [kind, background] of Object.entries(backgrounds) as [ThemeKind, string][]) {
    it(`stands out 3:1 from the background of ${kind}, as WCAG asks of graphics`, () => {
      const p = paletteFor(kind);
      const marks = [0, 1, 2, 3].map((i) => p.cap(i, 4));
      for (const c of [...marks, p.statics, p.feeder, p.free])
        expect(contrast(c, background)).toBeGreaterThan(3);
      // These carry text.
      for (const c of [p.dispatch, p.warning]) expect(contrast(c, background)).toBeGreaterThan(4.5);
    });
    it(`prints readable numbers on every step of the heat map in ${kind}`, () => {
      const p = paletteFor(kind);
      for (let share = 0; share <= 1; share += 0.05) {
        const { fill, ink } = p.heat(share);
        expect(contrast(fill, ink)).toBeGreaterThan(4.5);
      }
    });
  }
  it('keeps the budgets apart in grey, too', () => {
    const p = paletteFor('light');
    const steps = [0, 1, 2, 3].map((i) => contrast(p.cap(i, 4), '#ffffff'));
    for (let i = 1; i < steps.length; i++) expect(steps[i - 1] / steps[i]).toBeGreaterThan(1.25);
  });
});

describe('the box around a solid', () => {
  const box = boxAround(
    [
      [0, -1, 2],
      [4, 3, 2.5],
    ],
    ['x', 'y', 'z'],
  );

  it('holds all points between round ends', () => {
    expect(box.map((a) => [a.min, a.max])).toEqual([
      [0, 4],
      [-1, 3],
      [2, 2.5],
    ]);
  });

  it('has an orthonormal view from everywhere', () => {
    for (const view of [HOME_VIEW, ...Object.values(PLANE_VIEWS)]) {
      const { right, up, towards } = viewBasis(view);
      for (const v of [right, up, towards]) expect(dot(v, v)).toBeCloseTo(1, 12);
      expect(dot(right, up)).toBeCloseTo(0, 12);
      expect(dot(up, towards)).toBeCloseTo(0, 12);
    }
  });

  it('looks at a plane with its first axis to the right and its second upwards', () => {
    const { right, up } = viewBasis(PLANE_VIEWS.xy);
    expect(right.map((c) => Math.round(c))).toEqual([1, 0, 0]);
    expect(up.map((c) => Math.round(c) + 0)).toEqual([0, 1, 0]);
  });

  it('draws its grid on the walls behind the body only', () => {
    const { towards } = viewBasis(HOME_VIEW);
    const centre: Vec3 = [2, 1, 2.25];
    for (const [a, b] of gridSegments(box, towards)) {
      const middle = a.map((c, k) => (c + b[k]) / 2 - centre[k]) as unknown as Vec3;
      const wall = [0, 1, 2].filter((k) => a[k] === b[k]).some((k) => middle[k] * towards[k] < 0);
      expect(wall).toBe(true);
    }
  });

  it('names three axes from the side and two when it faces a plane', () => {
    const titles = (view: typeof HOME_VIEW) => {
      const { right, up, towards } = viewBasis(view);
      const labels = boxLabels(box, towards, (p) => [100 * dot(p, right), -100 * dot(p, up)]);
      return labels.filter((l) => l.title).map((l) => l.text);
    };
    expect(titles(HOME_VIEW)).toEqual(['x', 'y', 'z']);
    expect(titles(PLANE_VIEWS.xy)).toEqual(['x', 'y']);
    expect(titles(PLANE_VIEWS.yz)).toEqual(['y', 'z']);
  });
});

describe('faces of a hull', () => {
  const cube = (() => {
    const vertices = Array.from({ length: 8 }, (_, i) => [i & 1, (i >> 1) & 1, (i >> 2) & 1]);
    const quads = [
      [0, 1, 3, 2],
      [4, 5, 7, 6],
      [0, 1, 5, 4],
      [2, 3, 7, 6],
      [0, 2, 6, 4],
      [1, 3, 7, 5],
    ];
    const facets = quads.flatMap(([a, b, c, d]) => [
      [a, b, c],
      [a, c, d],
    ]);
    return { vertices, facets, halfspaces: [] };
  })();

  it('point outwards whichever way round their corners are given', () => {
    for (const { corners, normal } of solidOf(cube).faces) {
      const middle = [0, 1, 2].map((k) => corners.reduce((s, c) => s + c[k], 0) / 3 - 0.5);
      expect(dot(normal, middle as unknown as Vec3)).toBeGreaterThan(0.4);
    }
  });

  it('share twelve edges in a cube, without the diagonals of its sides', () => {
    expect(solidOf(cube).edges).toHaveLength(12);
  });

  it('make a polygon in space visible from both sides', () => {
    const ring = [
      [0, 0, 0],
      [1, 0, 1],
      [1, 1, 2],
      [0, 1, 1],
    ];
    const { faces, edges } = solidOf({
      vertices: ring,
      facets: ring.map((_, i) => [i, (i + 1) % 4]),
      halfspaces: [],
    });
    expect(edges).toHaveLength(4);
    expect(dot(faces[0].normal, faces[1].normal)).toBeCloseTo(-1, 12);
  });
});

it('writes a way with its stop where it happens', () => {
  expect(wayOf(['n1->n5', 'n5->n6', 'CS1.charging', 'n6->n7'])).toBe('n1 → n5 → n6 → CS1 ⚡ → n7');
  expect(wayOf(['CS1.v2g', 'n6->n7'])).toBe('CS1 ⇄ → n6 → n7');
});

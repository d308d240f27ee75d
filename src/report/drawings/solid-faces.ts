/** Faces and edges of a hull in three coordinates, whether it is a solid or a polygon in space. */
import type { Hull } from '../../solver/result.js';
import type { Vec3, ViewBasis } from './axes-box.js';

export interface Face {
  corners: Vec3[];
  /** Unit length, out of the body. */
  normal: Vec3;
}

export interface Solid3 {
  faces: Face[];
  /** Where faces meet at an angle; the diagonals of flat faces are left out. */
  edges: [Vec3, Vec3][];
  /** The normals of the two faces that meet at each edge. */
  sides: [Vec3, Vec3][];
}

/** Cosine above which two faces count as one plane: 2 degrees. */
const SAME_PLANE = Math.cos((2 * Math.PI) / 180);

export function solidOf(hull: Hull): Solid3 {
  const at = (i: number) => hull.vertices[i] as unknown as Vec3;
  const triangles = hull.facets.filter((f) => f.length === 3);
  if (triangles.length === 0) return polygonOf(hull, at);
  const centre = [0, 1, 2].map((k) => hull.vertices.reduce((s, v) => s + v[k], 0) / hull.vertices.length);
  const faces = triangles.map((f) => {
    const corners = f.map(at);
    const n = cross(minus(corners[1], corners[0]), minus(corners[2], corners[0]));
    const outwards = dot(n, minus(corners[0], centre as unknown as Vec3)) >= 0;
    return {
      corners: outwards ? corners : [...corners].reverse(),
      normal: unit(outwards ? n : n.map((x) => -x)),
    };
  });
  const normals = new Map<string, Vec3[]>();
  const ends = new Map<string, [number, number]>();
  triangles.forEach((f, i) =>
    f.forEach((a, k) => {
      const b = f[(k + 1) % 3];
      const key = a < b ? `${a} ${b}` : `${b} ${a}`;
      normals.set(key, [...(normals.get(key) ?? []), faces[i].normal]);
      ends.set(key, [a, b]);
    }),
  );
  const bent = [...normals].filter(([, [n, m]]) => !m || dot(n, m) < SAME_PLANE);
  return {
    faces,
    edges: bent.map(([key]) => ends.get(key)!.map(at) as [Vec3, Vec3]),
    sides: bent.map(([, [n, m]]) => [n, m ?? n]),
  };
}

/** A polygon in space has two sides; its vertices go around it. A segment has an edge only. */
function polygonOf(hull: Hull, at: (i: number) => Vec3): Solid3 {
  const ring = hull.vertices.map((_, i) => at(i));
  const edges = ring.map((p, i) => [p, ring[(i + 1) % ring.length]] as [Vec3, Vec3]);
  if (ring.length < 3) {
    const shown = edges.slice(0, ring.length - 1);
    // Seen from wherever one stands.
    return {
      faces: [],
      edges: shown,
      sides: shown.map(() => [
        [0, 0, 0],
        [0, 0, 0],
      ]),
    };
  }
  const normal = unit(cross(minus(ring[1], ring[0]), minus(ring[2], ring[0])));
  const back = unit(normal.map((x) => -x));
  return {
    faces: [
      { corners: ring, normal },
      { corners: [...ring].reverse(), normal: back },
    ],
    edges,
    sides: edges.map(() => [normal, back]),
  };
}

/** Between 0.7 and 2: faces turned away from the viewer are denser, as in glass. */
export function shade(normal: Vec3, { towards, up }: ViewBasis): number {
  const facing = Math.abs(dot(normal, towards));
  return 0.7 + 1.0 * (1 - facing) ** 2 + 0.3 * Math.max(0, dot(normal, up));
}

const minus = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
function unit(v: readonly number[]): Vec3 {
  const length = Math.hypot(...v) || 1;
  return [v[0] / length, v[1] / length, v[2] / length];
}

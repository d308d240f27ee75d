/** Bodies and motions with known measures, for the specs of this folder. */
import fc from 'fast-check';
import { dot } from './vector.js';

export const cube: number[][] = [0, 1].flatMap((x) => [0, 1].flatMap((y) => [0, 1].map((z) => [x, y, z])));

/** ± unit vectors in any dimension. */
export function crossPolytope(dimension: number): number[][] {
  return Array.from({ length: 2 * dimension }, (_, i) =>
    Array.from({ length: dimension }, (_, k) => (k === i >> 1 ? (i % 2 === 0 ? 1 : -1) : 0)),
  );
}

/** Origin and unit vectors. */
export function simplex(dimension: number): number[][] {
  return Array.from({ length: dimension + 1 }, (_, i) =>
    Array.from({ length: dimension }, (_, k) => (k === i - 1 ? 1 : 0)),
  );
}

/** n points spread evenly on the unit sphere along a golden spiral. */
export function spherePoints(n: number): number[][] {
  return Array.from({ length: n }, (_, i) => {
    const z = 1 - (2 * i + 1) / n;
    const radius = Math.sqrt(1 - z * z);
    const angle = i * Math.PI * (3 - Math.sqrt(5));
    return [radius * Math.cos(angle), radius * Math.sin(angle), z];
  });
}

/** A small seeded generator (mulberry32), uniform in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/** Rotation about x, then y, then z by the given angles. */
export function rotate(points: readonly number[][], [a, b, c]: readonly number[]): number[][] {
  const rows = [
    [
      Math.cos(b) * Math.cos(c),
      Math.sin(a) * Math.sin(b) * Math.cos(c) - Math.cos(a) * Math.sin(c),
      Math.cos(a) * Math.sin(b) * Math.cos(c) + Math.sin(a) * Math.sin(c),
    ],
    [
      Math.cos(b) * Math.sin(c),
      Math.sin(a) * Math.sin(b) * Math.sin(c) + Math.cos(a) * Math.cos(c),
      Math.cos(a) * Math.sin(b) * Math.sin(c) - Math.sin(a) * Math.cos(c),
    ],
    [-Math.sin(b), Math.sin(a) * Math.cos(b), Math.cos(a) * Math.cos(b)],
  ];
  return points.map((point) => rows.map((row) => dot(row, point)));
}

export function transform(points: readonly number[][], scale: number, shift: readonly number[]): number[][] {
  return points.map((point) => point.map((value, k) => scale * value + shift[k]));
}

const cloudsOf = (value: fc.Arbitrary<number>, dimension: number, maxLength: number) =>
  fc.array(fc.array(value, { minLength: dimension, maxLength: dimension }), { minLength: 1, maxLength });

/** Any points, down to denormal distances. */
export function wildClouds(dimension: number, maxLength = 24): fc.Arbitrary<number[][]> {
  const wild = fc.double({ min: -10, max: 10, noNaN: true });
  return cloudsOf(fc.oneof(wild, fc.integer({ min: -3, max: 3 })), dimension, maxLength);
}

/**
 * Points on a fine or a coarse grid, the latter with many coplanar, collinear and repeated ones. A grid point off a
 * plane through three others is off by far more than the tolerances, so that the dimension is beyond doubt.
 */
export function gridClouds(dimension: number, maxLength = 24): fc.Arbitrary<number[][]> {
  const fine = fc.integer({ min: -40, max: 40 }).map((value) => value / 8);
  const coarse = fc.integer({ min: -2, max: 2 });
  return fc.oneof(cloudsOf(fine, dimension, maxLength), cloudsOf(coarse, dimension, maxLength));
}

export const angles = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 });
export const shifts = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 3, maxLength: 3 });

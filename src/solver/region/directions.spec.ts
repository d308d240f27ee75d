import { describe, expect, it } from 'vitest';
import { sweepDirections } from './directions.js';

const smallestAngle = (directions: number[][]) => {
  let least = Infinity;
  directions.forEach((a, i) =>
    directions.slice(i + 1).forEach((b) => {
      const chord = Math.hypot(...a.map((value, k) => value - b[k]));
      least = Math.min(least, 2 * Math.asin(Math.min(1, chord / 2)));
    }),
  );
  return (least * 180) / Math.PI;
};

describe('directions of the sweep', () => {
  it.each([
    [1, 45, 2],
    [2, 45, 8],
    [2, 30, 12],
    [2, 90, 4],
    [3, 45, 26],
    [3, 30, 2 + 5 * 12],
    [3, 90, 6],
    [3, 15, 2 + 11 * 24],
    [4, 45, 8 + 24],
    [6, 45, 12 + 60],
  ])('%i axes at %i degrees: %i distinct unit directions', (dimension, degrees, count) => {
    const directions = sweepDirections(dimension, degrees);
    expect(directions).toHaveLength(count);
    for (const direction of directions) {
      expect(direction).toHaveLength(dimension);
      expect(Math.hypot(...direction)).toBeCloseTo(1, 14);
    }
    expect(smallestAngle(directions)).toBeGreaterThan(0.9);
  });

  it('at 45 degrees in 3D are the axes, the edges and the diagonals, with exact zeros', () => {
    const directions = sweepDirections(3, 45);
    const zeros = directions.map((direction) => direction.filter((value) => Object.is(value, 0)).length);
    expect(zeros.filter((count) => count === 2)).toHaveLength(6);
    expect(directions.flat().every((value) => Object.is(value, 0) || Math.abs(value) > 0.49)).toBe(true);
    expect(directions.flat().some((value) => Object.is(value, -0))).toBe(false);
    expect(directions[0]).toEqual([0, 0, 1]);
    expect(directions.at(-1)).toEqual([0, 0, -1]);
    expect(directions).toContainEqual([Math.SQRT1_2, Math.SQRT1_2, 0]);
    const opposite = (a: number[]) => directions.some((b) => a.every((value, k) => value + b[k] === 0));
    expect(directions.every(opposite)).toBe(true);
  });

  it('go round the circle from the second axis', () => {
    expect(sweepDirections(2, 90)).toEqual([
      [0, 1],
      [1, 0],
      [0, -1],
      [-1, 0],
    ]);
  });

  it('stop before the full turn when the step does not divide it', () => {
    expect(sweepDirections(2, 50)).toHaveLength(8);
    expect(sweepDirections(3, 50)).toHaveLength(1 + 3 * 8);
    expect(sweepDirections(2, 0.1)).toHaveLength(3600);
  });

  it('are the same every time', () => {
    expect(sweepDirections(3, 45)).toEqual(sweepDirections(3, 45));
  });

  it('refuse no axes and steps that make no sense', () => {
    expect(() => sweepDirections(0, 45)).toThrow(/at least one axis/);
    expect(() => sweepDirections(3, 0)).toThrow(/not between/);
    expect(() => sweepDirections(3, Number.NaN)).toThrow(/not between/);
    expect(() => sweepDirections(3, 120)).toThrow(/not between/);
  });
});

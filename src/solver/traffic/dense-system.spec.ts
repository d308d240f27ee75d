import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { solveInPlace } from './dense-system.js';

describe('solveInPlace', () => {
  it('solves a system whose first pivot is zero', () => {
    // y = 2, x + y = 5.
    const right = Float64Array.of(2, 5);
    expect(solveInPlace(Float64Array.of(0, 1, 1, 1), right)).toBe(true);
    expect([...right]).toEqual([3, 2]);
  });

  it('tells a singular system', () => {
    expect(solveInPlace(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 1))).toBe(false);
  });

  it('leaves a residual of rounding for diagonally dominant systems', () => {
    const size = 7;
    const entries = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: size * (size + 1),
      maxLength: size * (size + 1),
    });
    fc.assert(
      fc.property(entries, (values) => {
        const matrix = Float64Array.from(values.slice(0, size * size));
        for (let i = 0; i < size; i++) matrix[i * size + i] += 2 * size;
        const right = Float64Array.from(values.slice(size * size));
        const solution = right.slice();
        expect(solveInPlace(matrix.slice(), solution)).toBe(true);
        for (let i = 0; i < size; i++) {
          const sum = solution.reduce((total, value, k) => total + matrix[i * size + k] * value, 0);
          expect(sum).toBeCloseTo(right[i], 12);
        }
      }),
    );
  });
});

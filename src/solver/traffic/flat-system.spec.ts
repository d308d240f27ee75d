import fc from 'fast-check';
import { Matrix, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { solveFlat } from './flat-system.js';

const entry = fc.double({ min: -10, max: 10, noNaN: true });
/** Strictly dominant diagonals: never singular, and rows in an order that needs pivots. */
const system = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc.record({
    rows: fc.array(fc.array(entry, { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    }),
    right: fc.array(entry, { minLength: size, maxLength: size }),
    turn: fc.nat(size - 1),
  }),
);

describe('linear systems on flat arrays', () => {
  it('have bit for bit the solution that the library finds on its own matrices', () => {
    fc.assert(
      fc.property(system, ({ rows, right, turn }) => {
        const size = right.length;
        const matrix = rows.map((row, i) =>
          row.map((value, j) => value + (j === (i + turn) % size ? 20 * size : 0)),
        );
        const expected = solve(new Matrix(matrix), Matrix.columnVector(right)).to1DArray();
        expect([...solveFlat(Float64Array.from(matrix.flat()), Float64Array.from(right))]).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('throw where the matrix is singular', () => {
    expect(() => solveFlat(Float64Array.from([1, 2, 2, 4]), Float64Array.from([1, 1]))).toThrow(/singular/);
  });
});

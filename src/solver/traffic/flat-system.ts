/**
 * Linear systems by ml-matrix' LU decomposition with partial pivoting, on the caller's arrays. Its own matrices hold
 * every row in an array of its own, and a solve makes three of them: more work than the decomposition at this size.
 */
import type { Matrix } from 'ml-matrix';
import { LuDecomposition, WrapperMatrix1D } from 'ml-matrix';

/** Rows in one array. What the library asks for as its working copy is the matrix itself. */
class FlatMatrix extends WrapperMatrix1D {
  constructor(
    private readonly flat: Float64Array,
    rows: number,
  ) {
    super(flat, { rows });
  }

  override clone(): this {
    return this;
  }

  /** Of a column: its rows in the order of the pivots. The library only gets and sets entries of it. */
  override subMatrixRow(rowIndices: ArrayLike<number>): Matrix {
    const rows = new Float64Array(rowIndices.length);
    for (let at = 0; at < rows.length; at++) rows[at] = this.flat[rowIndices[at]];
    return new FlatMatrix(rows, rows.length) as unknown as Matrix;
  }
}

/**
 * Solves matrix · x = right.
 * @param matrix square, row by row; the decomposition takes its place.
 * @throws Error when the matrix is singular.
 */
export function solveFlat(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const column = new FlatMatrix(right, size) as unknown as Matrix;
  const solved = new LuDecomposition(new FlatMatrix(matrix, size)).solve(column);
  const solution = new Float64Array(size);
  for (let row = 0; row < size; row++) solution[row] = solved.get(row, 0);
  return solution;
}

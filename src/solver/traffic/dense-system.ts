/**
 * Small dense linear systems, solved where they are. Newton steps of equilibria solve tens of unknowns thousands of times;
 * a third of their time went into allocating a library's matrices.
 */

/**
 * Solves A·x = b by Gaussian elimination with partial pivoting [Golub and Van Loan, algorithm 3.4.1].
 * @param matrix A by rows, n × n; overwritten.
 * @param right b; holds x afterwards.
 * @returns false when A is singular; `right` is meaningless then.
 */
export function solveInPlace(matrix: Float64Array, right: Float64Array): boolean {
  const size = right.length;
  for (let pivot = 0; pivot < size; pivot++) {
    let best = pivot;
    for (let row = pivot + 1; row < size; row++) {
      if (Math.abs(matrix[row * size + pivot]) > Math.abs(matrix[best * size + pivot])) best = row;
    }
    const diagonal = matrix[best * size + pivot];
    if (!(Math.abs(diagonal) > 0)) return false;
    if (best !== pivot) {
      for (let column = pivot; column < size; column++) {
        const kept = matrix[pivot * size + column];
        matrix[pivot * size + column] = matrix[best * size + column];
        matrix[best * size + column] = kept;
      }
      const kept = right[pivot];
      right[pivot] = right[best];
      right[best] = kept;
    }
    for (let row = pivot + 1; row < size; row++) {
      const factor = matrix[row * size + pivot] / diagonal;
      if (factor === 0) continue;
      for (let column = pivot + 1; column < size; column++) {
        matrix[row * size + column] -= factor * matrix[pivot * size + column];
      }
      right[row] -= factor * right[pivot];
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row];
    for (let column = row + 1; column < size; column++) sum -= matrix[row * size + column] * right[column];
    right[row] = sum / matrix[row * size + row];
  }
  return true;
}

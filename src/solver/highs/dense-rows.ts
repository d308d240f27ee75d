/** Dense rows over the same columns, and one more column each. */
import type { Highs } from './load.js';

type RowsToAdd = Parameters<ReturnType<Highs['createModel']>['addRows']>[0];

/** lower ≤ values · (common columns) + last.value · column[last.column] ≤ upper. */
export interface DenseRow {
  lower: number;
  upper: number;
  values: ArrayLike<number>;
  last: { column: number; value: number };
}

/** @param numCols columns of the model. */
export function sparseRows(
  rows: readonly DenseRow[],
  columns: readonly number[],
  numCols: number,
): RowsToAdd {
  const width = columns.length + 1;
  const starts = new Int32Array(rows.length + 1);
  const indices = new Int32Array(rows.length * width);
  const values = new Float64Array(rows.length * width);
  const lower = new Float64Array(rows.length);
  const upper = new Float64Array(rows.length);
  rows.forEach((row, at) => {
    const end = (at + 1) * width;
    starts[at + 1] = end;
    indices.set(columns, at * width);
    values.set(row.values, at * width);
    indices[end - 1] = row.last.column;
    values[end - 1] = row.last.value;
    lower[at] = row.lower;
    upper[at] = row.upper;
  });
  const matrix = { format: 'csr', numRows: rows.length, numCols, starts, indices, values } as const;
  return { lower, upper, matrix };
}

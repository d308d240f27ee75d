/**
 * A linear programme as sparse rows over named columns, and the HiGHS instance that solves it again and again.
 * Names and origins stay on this side of the border: HiGHS misreads names such as `3x` or `inf`.
 */
import { sparseRows, type DenseRow } from './dense-rows.js';
import type { Highs } from './load.js';

export type { DenseRow } from './dense-rows.js';

type HighsModel = ReturnType<Highs['createModel']>;

/** A status per column and row: of the model that saved it, or of `BASIS_STATUS`. */
export type SavedBasis = ReturnType<HighsModel['getBasis']>;

/** Where a column or row is; as many are basic as there are rows. A free one that is not basic is at zero. */
export const BASIS_STATUS = { LOWER: 0, BASIC: 1, ZERO: 3 } as const;

/** Numbers of the model status that HiGHS returns. */
const OPTIMAL = 7;
const INFEASIBLE = 8;
const UNBOUNDED_OR_INFEASIBLE = 9;
const UNBOUNDED = 10;
/** HiGHS' code of an integer column. */
const INTEGER = 1;
/** HiGHS' code of a solution that is feasible. */
const FEASIBLE = 2;

export type SolveStatus = 'optimal' | 'infeasible' | 'unbounded' | 'failed';

export interface LinearSolution {
  status: SolveStatus;
  objective: number;
  /** Value per column; undefined unless optimal. */
  columns: Float64Array;
  /** Reduced cost per column. */
  columnDuals: Float64Array;
  /** Activity per row. */
  rows: Float64Array;
  /** Multiplier per row: derivative of the objective to the row's active bound. */
  rowDuals: Float64Array;
}

/** HiGHS options by their documented names. */
export type HighsOptions = Readonly<Record<string, boolean | number | string>>;

/** Options that every model starts from: silent and reproducible (this build has one thread). */
const BASE_OPTIONS: HighsOptions = { output_flag: false, random_seed: 0 };

/**
 * For models whose answers must not depend on what was solved before: scale factors outlive `forgetBasis` and
 * `restoreBasis`.
 */
export const UNSCALED = { simplex_scale_strategy: 0 } as const;

/**
 * HiGHS takes a coefficient of this size or less out of the matrix, and puts it behind the others of its column when it
 * comes back: sums, and with them answers, would depend on what was solved before.
 */
export const LEAST_COEFFICIENT = 1e-9;

/** `simplex_strategy` values: dual is best after added rows, primal after changed costs or coefficients. */
export const DUAL_SIMPLEX = 1;
export const PRIMAL_SIMPLEX = 4;

/** A linear programme as flat arrays. */
export interface ModelArrays {
  columnLower: Float64Array;
  columnUpper: Float64Array;
  rowLower: Float64Array;
  rowUpper: Float64Array;
  /** Entries of row i are starts[i] … starts[i+1] − 1. */
  starts: Int32Array;
  indices: Int32Array;
  values: Float64Array;
}

/** Collects columns and rows, then hands them to HiGHS in one piece. */
export class LinearModelBuilder {
  readonly columnNames: string[] = [];
  readonly rowNames: string[] = [];
  private readonly cost: number[] = [];
  private readonly columnLower: number[] = [];
  private readonly columnUpper: number[] = [];
  private readonly rowLower: number[] = [];
  private readonly rowUpper: number[] = [];
  private readonly starts: number[] = [0];
  private readonly indices: number[] = [];
  private readonly values: number[] = [];
  private readonly binaries: number[] = [];

  get columnCount(): number {
    return this.cost.length;
  }

  get rowCount(): number {
    return this.rowLower.length;
  }

  /** @returns the index of the new column. */
  addColumn(name: string, lower: number, upper: number, cost = 0): number {
    this.columnNames.push(name);
    this.columnLower.push(lower);
    this.columnUpper.push(upper);
    return this.cost.push(cost) - 1;
  }

  /** @returns the index of a new column that is 0 or 1. */
  addBinary(name: string): number {
    const column = this.addColumn(name, 0, 1);
    this.binaries.push(column);
    return column;
  }

  /**
   * Adds lower ≤ Σ values[i]·column[indices[i]] ≤ upper. Indices must be distinct.
   * @returns the index of the new row.
   */
  addRow(
    name: string,
    lower: number,
    upper: number,
    indices: ArrayLike<number>,
    values: ArrayLike<number>,
  ): number {
    for (let i = 0; i < indices.length; i++) {
      this.indices.push(indices[i]);
      this.values.push(values[i]);
    }
    this.starts.push(this.indices.length);
    this.rowNames.push(name);
    this.rowLower.push(lower);
    return this.rowUpper.push(upper) - 1;
  }

  /** The caller owns the returned model and disposes it. */
  build(highs: Highs, options: HighsOptions = {}): LinearModel {
    const model = highs.createModel({
      numCols: this.columnCount,
      numRows: this.rowCount,
      colCost: this.cost,
      colLower: this.columnLower,
      colUpper: this.columnUpper,
      rowLower: this.rowLower,
      rowUpper: this.rowUpper,
      matrix: {
        format: 'csr',
        numRows: this.rowCount,
        numCols: this.columnCount,
        starts: this.starts,
        indices: this.indices,
        values: this.values,
      },
      ...(this.binaries.length > 0 ? { integrality: this.integrality() } : {}),
    });
    model.options.set({ ...BASE_OPTIONS, ...options });
    return new LinearModel(model, this.columnNames, this.rowNames);
  }

  private integrality(): Int32Array {
    const types = new Int32Array(this.columnCount);
    for (const column of this.binaries) types[column] = INTEGER;
    return types;
  }

  /** What was built so far, as flat arrays: for proofs that do not trust the solver. */
  snapshot(): ModelArrays {
    return {
      columnLower: Float64Array.from(this.columnLower),
      columnUpper: Float64Array.from(this.columnUpper),
      rowLower: Float64Array.from(this.rowLower),
      rowUpper: Float64Array.from(this.rowUpper),
      starts: Int32Array.from(this.starts),
      indices: Int32Array.from(this.indices),
      values: Float64Array.from(this.values),
    };
  }
}

/** A linear programme inside HiGHS. It holds native memory: `dispose()` it, or use `withModel`. */
export class LinearModel {
  constructor(
    private readonly model: HighsModel,
    readonly columnNames: string[],
    readonly rowNames: string[],
  ) {}

  get rowCount(): number {
    return this.rowNames.length;
  }

  setOptions(options: HighsOptions): void {
    this.model.options.set(options);
  }

  setCost(column: number, cost: number): void {
    this.model.changeColCost(column, cost);
  }

  /** Costs of all columns in [from, from + costs.length). */
  setCosts(from: number, costs: Float64Array): void {
    if (costs.length > 0) {
      this.model.changeColsCost({ kind: 'range', from, to: from + costs.length - 1 }, costs);
    }
  }

  setColumnBounds(column: number, lower: number, upper: number): void {
    this.model.changeColBounds(column, lower, upper);
  }

  /** Bounds of all columns in [from, from + lower.length). */
  setColumnsBounds(from: number, lower: Float64Array, upper: Float64Array): void {
    if (lower.length > 0) {
      this.model.changeColsBounds({ kind: 'range', from, to: from + lower.length - 1 }, lower, upper);
    }
  }

  setRowBounds(row: number, lower: number, upper: number): void {
    this.model.changeRowBounds(row, lower, upper);
  }

  /** Bounds of all rows in [from, from + lower.length). */
  setRowsBounds(from: number, lower: Float64Array, upper: Float64Array): void {
    if (lower.length > 0) {
      this.model.changeRowsBounds({ kind: 'range', from, to: from + lower.length - 1 }, lower, upper);
    }
  }

  setCoefficient(row: number, column: number, value: number): void {
    this.model.changeCoefficient(row, column, value);
  }

  /** @returns the index of the new row. */
  addRow(
    name: string,
    lower: number,
    upper: number,
    indices: readonly number[],
    values: readonly number[],
  ): number {
    this.model.addRow(lower, upper, { indices, values });
    return this.rowNames.push(name) - 1;
  }

  /** Adds dense rows over the same columns at once: a call for each costs more than a small programme's solve. */
  addDenseRows(name: string, rows: readonly DenseRow[], columns: readonly number[]): void {
    if (rows.length === 0) return;
    this.model.addRows(sparseRows(rows, columns, this.columnNames.length));
    for (let row = 0; row < rows.length; row++) this.rowNames.push(name);
  }

  /** Removes rows; the indices of the rows behind them move down. */
  deleteRows(rows: readonly number[]): void {
    if (rows.length === 0) return;
    const gone = new Set(rows);
    const indices = [...gone].sort((a, b) => a - b);
    this.model.deleteRows({ kind: 'set', indices });
    const [first] = indices;
    const kept = this.rowNames.slice(first).filter((_, position) => !gone.has(first + position));
    this.rowNames.length = first;
    this.rowNames.push(...kept);
  }

  /** The basis of the last solve, to be installed again once rows and columns are as many as now. */
  saveBasis(): SavedBasis {
    return this.model.getBasis();
  }

  /** Forgets what was solved and starts the next solve from a saved basis. */
  restoreBasis(basis: SavedBasis): void {
    this.model.clearSolver();
    this.model.setBasis(basis);
  }

  /** Forgets the basis, so that the next solve does not depend on what was solved before. */
  forgetBasis(): void {
    this.model.clearSolver();
  }

  /**
   * Solves from the last basis. A warm start can, rarely, end in an error; then it is solved once more, cold.
   * Never throws for a model HiGHS cannot solve: the status says so.
   */
  solve(): LinearSolution {
    let status = this.run();
    if (status === 'failed') {
      this.model.clearSolver();
      status = this.run();
    }
    if (status !== 'optimal') {
      const none = new Float64Array(0);
      return { status, objective: NaN, columns: none, columnDuals: none, rows: none, rowDuals: none };
    }
    const solution = this.model.getSolution();
    return {
      status,
      objective: this.model.getObjectiveValue(),
      columns: solution.colValue,
      columnDuals: solution.colDual,
      rows: solution.rowValue,
      rowDuals: solution.rowDual,
    };
  }

  /** Objective of the best point that a search which ended early has found; null without one. */
  bestFound(): number | null {
    return this.model.info.get('primal_solution_status') === FEASIBLE ? this.model.getObjectiveValue() : null;
  }

  private run(): SolveStatus {
    try {
      switch (this.model.run().modelStatus) {
        case OPTIMAL:
          return 'optimal';
        case INFEASIBLE:
        case UNBOUNDED_OR_INFEASIBLE:
          return 'infeasible';
        case UNBOUNDED:
          return 'unbounded';
        default:
          return 'failed';
      }
    } catch {
      return 'failed';
    }
  }

  dispose(): void {
    this.model.dispose();
  }
}

/** Builds a model, passes it to `use`, and disposes it whatever happens. */
export function withModel<R>(
  highs: Highs,
  builder: LinearModelBuilder,
  options: HighsOptions,
  use: (model: LinearModel) => R,
): R {
  const model = builder.build(highs, options);
  try {
    return use(model);
  } finally {
    model.dispose();
  }
}

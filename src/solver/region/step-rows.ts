/**
 * The rows of a step programme that change from step to step: the feeder's half-spaces, cuts of costs and targets, and the
 * budget. A row that is asked for again (the same object) stays where it is, and with it the basis: a row that is added
 * anew starts slack, which costs pivots where it binds.
 */
import type { LinearModel } from '../highs/model.js';
import { LEAST_COEFFICIENT } from '../highs/model.js';
import type { ClassState } from './class-model.js';
import type { GridRow } from './feeder-rows.js';
import type { ClassLayout } from './step-layout.js';

/** slope · load − epigraph variable ≤ offset in one interval: a cut that bounds a cost from below. */
export interface EpigraphRow extends GridRow {
  epigraph: number;
}

export type StepRow = GridRow | EpigraphRow;

/** Columns that rows need besides the occupancies. */
export interface RowColumns {
  /** Load beyond the feeder, MW. */
  gridExcess: number;
  /** The first epigraph variable. */
  epigraph: number;
  /** Of the budget, ascending in what `putBudget` is given. */
  budget: readonly number[];
}

/** A coefficient of the budget's row that vanishes would leave the matrix. */
const LEAST_BUDGET_COEFFICIENT = 2 * LEAST_COEFFICIENT;

export class StepRows {
  /** In the order of the model, from `first` on. */
  private rows: StepRow[] = [];
  private readonly first: number;
  /** The row of the budget where it stays; else it is the last one. */
  private readonly lastingBudget: number | null;
  private hasBudget = false;

  /**
   * @param keepsBudget whether the row of the budget stays, for programmes where subsidy has a price: the column that has it
   * is basic in that row, and without the two the basis is far from the next optimum (230 pivots instead of 15).
   */
  constructor(
    private readonly lp: LinearModel,
    private readonly layouts: readonly ClassLayout[],
    private readonly columns: RowColumns,
    keepsBudget: boolean,
  ) {
    const ones = columns.budget.map(() => 1);
    this.lastingBudget = keepsBudget ? lp.addRow('subsidy', -Infinity, Infinity, columns.budget, ones) : null;
    this.first = lp.rowCount;
  }

  /** normal · load ≤ offset + excess: occupancies inside the window are variable, the rest is what the states say. */
  put(wanted: readonly StepRow[], states: readonly ClassState[]): void {
    const asked = new Set(wanted);
    const gone = this.rows.flatMap((row, index) => (asked.has(row) ? [] : [this.first + index]));
    if (this.hasBudget) gone.push(this.first + this.rows.length);
    this.lp.deleteRows(gone);
    this.hasBudget = false;
    this.rows = this.rows.filter((row) => asked.has(row));
    this.rows.forEach((row, index) =>
      this.lp.setRowBounds(this.first + index, -Infinity, this.termsOf(row, states).endMw),
    );
    const kept = new Set(this.rows);
    for (const row of wanted) {
      if (kept.has(row)) continue;
      const { columns, values, endMw } = this.termsOf(row, states);
      this.lp.addRow('feeder', -Infinity, endMw, columns, values);
      this.rows.push(row);
    }
  }

  /** values · columns of the budget ≤ end, after `put`. @returns its row. */
  putBudget(end: number, values: readonly number[]): number {
    const { budget } = this.columns;
    if (this.lastingBudget !== null) {
      const row = this.lastingBudget;
      this.lp.setRowBounds(row, -Infinity, end);
      values.forEach((value, k) => {
        const kept = Math.abs(value) < LEAST_BUDGET_COEFFICIENT ? LEAST_BUDGET_COEFFICIENT : value;
        this.lp.setCoefficient(row, budget[k], kept);
      });
      return row;
    }
    const used = values.flatMap((value, k) => (value === 0 ? [] : [k]));
    this.hasBudget = true;
    return this.lp.addRow(
      'subsidy',
      -Infinity,
      end,
      used.map((k) => budget[k]),
      used.map((k) => values[k]),
    );
  }

  /** Without all rows that do not stay. */
  clear(): void {
    this.put([], []);
  }

  private termsOf(
    row: StepRow,
    states: readonly ClassState[],
  ): { columns: number[]; values: number[]; endMw: number } {
    const { interval, normal, offsetMw } = row;
    const columns = ['epigraph' in row ? this.columns.epigraph + row.epigraph : this.columns.gridExcess];
    const values = [-1];
    let fixedMw = 0;
    this.layouts.forEach(({ model: { choice }, window, occupancy }, index) => {
      choice.stations.forEach((station, block) => {
        const factor = normal[station] * choice.loadMwPerVehicle[block];
        if (interval === 0 || factor === 0) return;
        const cell = block * choice.columns.intervals + interval - 1;
        const position = window.positionOfCell[cell];
        if (position < 0) {
          fixedMw += factor * states[index].occupancy[cell];
        } else {
          columns.push(occupancy + position);
          values.push(factor);
        }
      });
    });
    return { columns, values, endMw: offsetMw - fixedMw };
  }
}

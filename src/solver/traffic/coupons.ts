/**
 * The cheapest coupons that bring about given station flows. With the flows fixed the waiting times are
 * constants, and coupons m price the station cells [V(W) and its multipliers]; multipliers are degenerate where
 * an inflow is zero, so the subsidy is minimised by a linear programme over what the equilibrium conditions allow:
 * minimise Σ m·W subject to μ_g + Σ α m ≤ cost_j for every column, equality on used columns, 0 ≤ m ≤ cap.
 */
import type { Highs } from '../highs/load.js';
import type { LinearModel } from '../highs/model.js';
import { LinearModelBuilder, DUAL_SIMPLEX, UNSCALED } from '../highs/model.js';
import type { CellState } from './cell-state.js';
import type { StationChoice } from './station-choice.js';

/** A column with less than this share of its group's demand counts as unused when coupons are computed. */
const USED_SHARE = 1e-9;
/** Vehicles entering a cell below which it needs no coupon. */
const EMPTY_INFLOW = 1e-10;

export interface Coupons {
  /** Money per vehicle, by cell of the class. */
  perVehicle: Float64Array;
  /** Least cost per group after coupons [μ]. */
  leastCost: Float64Array;
  /** Σ m·W. */
  subsidy: number;
}

/** One persistent linear programme per class, updated in place; dispose it. */
export class CouponProgram {
  private readonly model: LinearModel;
  private readonly cells: number;
  private readonly groups: number;
  private readonly rowLower: Float64Array;
  private readonly rowUpper: Float64Array;

  constructor(
    highs: Highs,
    private readonly choice: StationChoice,
  ) {
    const { columns } = choice;
    const builder = new LinearModelBuilder();
    this.cells = columns.blocks.length * columns.intervals;
    this.groups = columns.demand.length;
    for (let cell = 0; cell < this.cells; cell++) builder.addColumn(`coupon ${cell}`, 0, 0);
    for (let group = 0; group < this.groups; group++)
      builder.addColumn(`least cost ${group}`, -Infinity, Infinity);
    for (let group = 0; group < this.groups; group++) {
      for (let column = columns.groupStart[group]; column < columns.groupStart[group + 1]; column++) {
        const from = columns.start[column];
        const to = columns.start[column + 1];
        builder.addRow(
          `reduced cost ${column}`,
          -Infinity,
          Infinity,
          [...columns.cell.subarray(from, to), this.cells + group],
          [...columns.weight.subarray(from, to), 1],
        );
      }
    }
    this.model = builder.build(highs, {
      presolve: 'off',
      simplex_strategy: DUAL_SIMPLEX,
      ...UNSCALED,
      primal_feasibility_tolerance: 1e-9,
      dual_feasibility_tolerance: 1e-9,
    });
    this.rowLower = new Float64Array(columns.constant.length);
    this.rowUpper = new Float64Array(columns.constant.length);
  }

  /**
   * @param flow vehicles per column, an equilibrium for some coupons.
   * @param state the cell state of that flow; its money must be the price alone, without coupons.
   * @returns null when no coupons within the caps support the flow.
   */
  solve(flow: Float64Array, state: CellState): Coupons | null {
    const { columns, couponCap } = this.choice;
    const lower = new Float64Array(this.cells);
    const upper = new Float64Array(this.cells);
    for (let cell = 0; cell < this.cells; cell++) {
      const used = state.inflow[cell] > EMPTY_INFLOW;
      upper[cell] = used ? couponCap[Math.floor(cell / columns.intervals)] : 0;
    }
    this.model.setColumnsBounds(0, lower, upper);
    this.model.setCosts(0, state.inflow);
    for (let group = 0; group < this.groups; group++) {
      for (let column = columns.groupStart[group]; column < columns.groupStart[group + 1]; column++) {
        const cost = state.columnCost(column);
        this.rowUpper[column] = cost;
        this.rowLower[column] = flow[column] > USED_SHARE * columns.demand[group] ? cost : -Infinity;
      }
    }
    this.model.setRowsBounds(0, this.rowLower, this.rowUpper);
    const solution = this.model.solve();
    if (solution.status !== 'optimal') return null;
    const perVehicle = solution.columns.slice(0, this.cells);
    let subsidy = 0;
    for (let cell = 0; cell < this.cells; cell++) {
      perVehicle[cell] = Math.max(0, perVehicle[cell]);
      subsidy += perVehicle[cell] * state.inflow[cell];
    }
    return { perVehicle, leastCost: solution.columns.slice(this.cells), subsidy };
  }

  /** Makes the next solve independent of what was solved before. */
  forgetBasis(): void {
    this.model.forgetBasis();
  }

  dispose(): void {
    this.model.dispose();
  }
}

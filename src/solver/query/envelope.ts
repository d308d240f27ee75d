/**
 * The lower convex envelope of what is known: charging and V2G states are mixed, each class by itself, so that the loads
 * add up to a target at the least mean subsidy,
 *
 *   min Σ w_i G_i + price Σ |off|   s.t.   Σ_{i in class} w_i = 1,   Σ w_i P_i − off = target,   Σ w_i G_i ≤ budget,   w ≥ 0.
 *
 * Its value estimates the least subsidy at the target (an estimate, never a bound: the least subsidy need not be convex),
 * and the mixed inflows and coupons are a start that is near an equilibrium.
 */
import type { Highs } from '../highs/load.js';
import type { LinearModel } from '../highs/model.js';
import { LinearModelBuilder, PRIMAL_SIMPLEX, UNSCALED } from '../highs/model.js';
import type { StatePool } from '../region/pool.js';

/** Weights below this are rounding. */
export const NEGLIGIBLE_WEIGHT = 1e-9;

export interface Mix {
  /** Σ w G, money. */
  subsidy: number;
  /** Σ |off|, MW: how far the target is outside what mixing reaches. */
  offMw: number;
  /** Per class: states by their index in the pool, with their weights. */
  parts: { index: number; weight: number }[][];
}

/** One persistent linear programme; dispose it. */
export class Envelope {
  private readonly model: LinearModel;
  private readonly firstPosition: number;
  private readonly firstOff: number;
  private readonly budgetRow: number;

  /** @param offPrice money per MW off the target. */
  constructor(
    highs: Highs,
    private readonly pools: readonly StatePool[],
    private readonly axes: number,
    offPrice: number,
  ) {
    const builder = new LinearModelBuilder();
    const columns = pools.map((pool) =>
      pool.map((state, index) => builder.addColumn(`weight ${index}`, 0, Infinity, state.subsidy)),
    );
    this.firstOff = builder.columnCount;
    for (let axis = 0; axis < axes; axis++) {
      builder.addColumn(`above ${axis}`, 0, Infinity, offPrice);
      builder.addColumn(`below ${axis}`, 0, Infinity, offPrice);
    }
    columns.forEach((own, pool) =>
      builder.addRow(
        `weights of class ${pool}`,
        1,
        1,
        own,
        own.map(() => 1),
      ),
    );
    this.firstPosition = builder.rowCount;
    for (let axis = 0; axis < axes; axis++) {
      const off = this.firstOff + 2 * axis;
      builder.addRow(
        `position ${axis}`,
        0,
        0,
        [...columns.flat(), off, off + 1],
        [...pools.flatMap((pool) => pool.map(({ loadMw }) => loadMw[axis])), -1, 1],
      );
    }
    this.budgetRow = builder.addRow(
      'budget',
      -Infinity,
      Infinity,
      columns.flat(),
      pools.flatMap((pool) => pool.map(({ subsidy }) => subsidy)),
    );
    this.model = builder.build(highs, {
      presolve: 'off',
      simplex_strategy: PRIMAL_SIMPLEX,
      ...UNSCALED,
    });
  }

  /** The cheapest mix at a target; independent of what was asked before. Null when HiGHS fails. */
  at(targetMw: readonly number[], budget = Infinity): Mix | null {
    this.model.forgetBasis();
    const position = Float64Array.from(targetMw);
    this.model.setRowsBounds(this.firstPosition, position, position);
    this.model.setRowBounds(this.budgetRow, -Infinity, budget);
    const solution = this.model.solve();
    if (solution.status !== 'optimal') return null;
    let subsidy = 0;
    let column = 0;
    const parts = this.pools.map((pool) =>
      pool.flatMap((state, index) => {
        const weight = solution.columns[column++];
        if (weight <= NEGLIGIBLE_WEIGHT) return [];
        subsidy += weight * state.subsidy;
        return [{ index, weight }];
      }),
    );
    let offMw = 0;
    for (let k = 0; k < 2 * this.axes; k++) offMw += solution.columns[this.firstOff + k];
    return { subsidy, offMw, parts };
  }

  dispose(): void {
    this.model.dispose();
  }
}

/**
 * Coupons with a margin: for given flows, the cheapest coupons under which certain alternatives that nobody uses (those by
 * which the travellers of another equilibrium go) are dearer than what is used,
 *
 *   min Σ m·W − reward Σ s_j   s.t.   μ_g + Σ α m = c_j (used),   μ_g + Σ α m + s_j ≤ c_j (unused),   0 ≤ m ≤ cap,
 *   0 ≤ s ≤ margin for the guarded alternatives, s = 0 for the others.
 *
 * Alternatives that no coupons can make dearer (ways of one group that enter a station like those of another) keep what
 * margin they have.
 */
import type { Highs } from '../highs/load.js';
import { DUAL_SIMPLEX, LinearModelBuilder, withModel } from '../highs/model.js';
import type { ClassModel } from '../region/class-model.js';

/** As where the cheapest coupons are computed. */
const USED_SHARE = 1e-9;
const EMPTY_INFLOW = 1e-10;
/** What a money unit of margin on one alternative is worth, money: more than all coupons that it could take. */
const MARGIN_REWARD = 1e4;

/** Columns without flow, as where the cheapest coupons are computed. */
export function isUnused({ choice }: ClassModel, flow: Float64Array, group: number, column: number): boolean {
  return flow[column] <= USED_SHARE * choice.columns.demand[group];
}

/**
 * @param guarded by column, 1 for those that shall be dearer.
 * @returns coupons per cell; null when none support the flow.
 */
export function couponsWithMargin(
  highs: Highs,
  model: ClassModel,
  flow: Float64Array,
  guarded: Uint8Array,
  margin: number,
): Float64Array | null {
  const { choice, equilibrium } = model;
  const { columns, couponCap } = choice;
  const { cells } = equilibrium;
  cells.proximal = 0;
  cells.money.set(choice.price);
  cells.load(flow);
  const builder = new LinearModelBuilder();
  const cellCount = columns.blocks.length * columns.intervals;
  for (let cell = 0; cell < cellCount; cell++) {
    const isUsed = cells.inflow[cell] > EMPTY_INFLOW;
    const cap = couponCap[Math.floor(cell / columns.intervals)];
    builder.addColumn(`coupon ${cell}`, 0, isUsed ? cap : 0, cells.inflow[cell]);
  }
  for (let group = 0; group < columns.demand.length; group++) {
    const leastCost = builder.addColumn(`least cost ${group}`, -Infinity, Infinity);
    for (let j = columns.groupStart[group]; j < columns.groupStart[group + 1]; j++) {
      const cost = cells.columnCost(j);
      const from = columns.start[j];
      const to = columns.start[j + 1];
      const indices = [...columns.cell.subarray(from, to), leastCost];
      const values = [...columns.weight.subarray(from, to), 1];
      if (!isUnused(model, flow, group, j)) {
        builder.addRow(`used ${j}`, cost, cost, indices, values);
        continue;
      }
      if (!guarded[j]) {
        builder.addRow(`unused ${j}`, -Infinity, cost, indices, values);
        continue;
      }
      const slack = builder.addColumn(`margin ${j}`, 0, margin, -MARGIN_REWARD);
      builder.addRow(`guarded ${j}`, -Infinity, cost, [...indices, slack], [...values, 1]);
    }
  }
  return withModel(highs, builder, { presolve: 'off', simplex_strategy: DUAL_SIMPLEX }, (programme) => {
    const solution = programme.solve();
    if (solution.status !== 'optimal') return null;
    return solution.columns.slice(0, cellCount).map((coupon) => Math.max(0, coupon));
  });
}

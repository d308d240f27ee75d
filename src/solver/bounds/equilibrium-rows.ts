/**
 * The equilibrium of one group as rows of a relaxation, all of them valid for every equilibrium. For the group's
 * columns j with flows f, waiting times T and coupons m of the cells that it can enter, and least cost μ:
 *
 *   cost_i − m_i ≥ μ for all i, and = μ where f_j > 0                     equilibrium
 *
 * multiplied by f_j (a reformulation–linearisation of the first level, Sherali and Adams 1990), with a column for every
 * product f_j·T, f_j·m and f_j·μ:
 *
 *   Σ_j f_j·T = q·T, Σ_j f_j·m = q·m, Σ_j f_j·μ = q·μ                     since Σ_j f_j = q
 *   f_j·T̲ ≤ f_j·T ≤ f_j·T̄, likewise m and μ                              ranges
 *   f_j·μ ≤ f_j·(R̄_i + p_i) + f_j·T_i − f_j·m_i   for all i              dual feasibility
 *   f_j·μ ≥ f_j·(R̲_j + p_j) + f_j·T_j − f_j·m_j − e_j,  Σ e_j ≤ ε          complementarity
 *
 * R̲, R̄ bound the road cost, ε is the largest Σ f·(c − μ) that a certified point may have. With binaries z a column is
 * used or tight: f_j ≤ q·z_j + s_j, c_j − m_j − μ ≤ δ + M·(1 − z_j); since Σ f·(c − μ) ≤ ε, all flows s_j on columns dearer
 * than δ sum up to ε/δ at most.
 */
import type { LinearModelBuilder } from '../highs/model.js';
import type { StationChoice } from '../traffic/station-choice.js';
import type { CellBox } from './box.js';
import { serviceOf, waiting } from './box.js';
import type { CostInterval } from './road-intervals.js';

/** Excess cost of a column up to which it counts as tight, money [δ]. */
export const TIGHT_COST = 0.3;

/** Columns of a cell's waiting time and coupon. */
export interface PricedCell {
  waiting: number;
  coupon: number;
}

export interface GroupRows {
  /** Coupons paid to the group: Σ value·column, money. */
  subsidy: { column: number; value: number }[];
  /** Products flow × waiting by cell, with the share of the flow that enters there. */
  products: { cell: number; column: number; share: number }[];
  /** Products flow × coupon by cell. */
  paid: { cell: number; column: number; share: number }[];
  /** Excess costs e_j, whose sum is bounded over all groups. */
  excess: number[];
  /** Flows on dear columns s_j, whose sum is bounded over all groups; none without binaries. */
  stray: number[];
}

export interface EquilibriumOptions {
  /** Whether columns are used or not, by binaries. */
  integer: boolean;
  /** Σ f·(c − μ) of a certified point at most, money [ε]. */
  excessCost: number;
}

/** @param flow column of the model by column of the class. */
export function addEquilibriumRows(
  builder: LinearModelBuilder,
  choice: StationChoice,
  roads: CostInterval,
  box: CellBox,
  group: number,
  flow: ReadonlyMap<number, number>,
  cells: ReadonlyMap<number, PricedCell>,
  { integer, excessCost }: EquilibriumOptions,
): GroupRows {
  const { groupStart, demand, start, cell, weight } = choice.columns;
  const q = demand[group];
  const members = Array.from(
    { length: groupStart[group + 1] - groupStart[group] },
    (_, j) => groupStart[group] + j,
  );
  const entries = (column: number): { at: number; share: number }[] =>
    Array.from({ length: start[column + 1] - start[column] }, (_, e) => ({
      at: cell[start[column] + e],
      share: weight[start[column] + e],
    }));
  const sum = (column: number, value: (at: number) => number): number =>
    entries(column).reduce((total, { at, share }) => total + share * value(at), 0);
  const fixed = (column: number): number =>
    sum(column, (at) => serviceOf(choice, at).serviceCost + choice.price[at]);
  const longest = (at: number): number => waiting(serviceOf(choice, at), box.mostPresent[at]);
  const shortest = (at: number): number => waiting(serviceOf(choice, at), box.leastPresent[at]);
  const least = members.map((j) => roads.lower[j] + fixed(j) + sum(j, shortest));
  const most = members.map((j) => roads.upper[j] + fixed(j) + sum(j, longest));
  const muLower = Math.min(...members.map((j, k) => least[k] - sum(j, (at) => box.mostCoupon[at])));
  const muUpper = Math.min(...most);
  const mu = builder.addColumn(`least cost ${group}`, muLower, muUpper);

  /** A column for factor × each flow, with the factor's range and the sum over the group. */
  const products = (name: string, factor: number, lower: number, upper: number): number[] => {
    const columns = members.map((j) => {
      const product = builder.addColumn(`flow × ${name}`, Math.min(0, q * lower), Math.max(0, q * upper));
      const f = flow.get(j) as number;
      if (Number.isFinite(lower)) builder.addRow('range', 0, Infinity, [product, f], [1, -lower]);
      if (Number.isFinite(upper)) builder.addRow('range', -Infinity, 0, [product, f], [1, -upper]);
      return product;
    });
    builder.addRow(`flow × ${name}`, 0, 0, [factor, ...columns], [-q, ...columns.map(() => 1)]);
    return columns;
  };
  const own = [...new Set(members.flatMap((j) => entries(j).map(({ at }) => at)))].sort((a, b) => a - b);
  const waits = new Map<number, number[]>();
  const coupons = new Map<number, number[]>();
  for (const at of own) {
    const { waiting: wait, coupon } = cells.get(at) as PricedCell;
    waits.set(at, products('waiting', wait, shortest(at), longest(at)));
    coupons.set(at, products('coupon', coupon, 0, box.mostCoupon[at]));
  }
  const mus = products('least cost', mu, muLower, muUpper);

  const rows: GroupRows = { subsidy: [], products: [], paid: [], excess: [], stray: [] };
  members.forEach((j, k) => {
    const f = flow.get(j) as number;
    for (const i of members) {
      const columns = [mus[k], f];
      const values = [1, -(roads.upper[i] + fixed(i))];
      for (const { at, share } of entries(i)) {
        columns.push((waits.get(at) as number[])[k], (coupons.get(at) as number[])[k]);
        values.push(-share, share);
      }
      builder.addRow('dual feasibility', -Infinity, 0, columns, values);
      if (i !== j) continue;
      const excess = builder.addColumn('excess cost', 0, excessCost);
      values[1] = -(roads.lower[j] + fixed(j));
      builder.addRow('complementarity', 0, Infinity, [...columns, excess], [...values, 1]);
      rows.excess.push(excess);
    }
    for (const { at, share } of entries(j)) {
      const paid = (coupons.get(at) as number[])[k];
      rows.subsidy.push({ column: paid, value: share });
      rows.paid.push({ cell: at, column: paid, share });
      rows.products.push({ cell: at, column: (waits.get(at) as number[])[k], share });
    }
  });
  if (!integer || !Number.isFinite(muLower)) return rows;
  members.forEach((j, k) => {
    const f = flow.get(j) as number;
    const used = builder.addBinary('used');
    const stray = builder.addColumn('stray flow', 0, Math.min(q, excessCost / TIGHT_COST));
    rows.stray.push(stray);
    builder.addRow('used', -Infinity, 0, [f, used, stray], [1, -q, -1]);
    const columns = [mu, used];
    const lower = roads.lower[j] + fixed(j);
    const slack = least[k] - sum(j, shortest) + sum(j, longest) - muLower;
    const values = [1, -slack];
    for (const { at, share } of entries(j)) {
      const priced = cells.get(at) as PricedCell;
      columns.push(priced.waiting, priced.coupon);
      values.push(-share, share);
    }
    builder.addRow('tight', lower - TIGHT_COST - slack, Infinity, columns, values);
  });
  return rows;
}

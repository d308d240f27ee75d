/**
 * The equilibrium of one group as rows of a relaxation, all of them valid for every equilibrium. For the group's
 * columns j with flows f, waiting times T and coupons m of the cells that it can enter, and least cost μ:
 *
 *   cost_i − m_i ≥ μ for all i, and = μ where f_j > 0                     equilibrium
 *
 * multiplied by f_j (reformulation and linearisation of the first level, Sherali and Adams 1990), with a column for
 * every product f_j·T, f_j·m and f_j·μ:
 *
 *   Σ_j f_j·T = q·T, Σ_j f_j·m = q·m, Σ_j f_j·μ = q·μ                     since Σ_j f_j = q
 *   f_j·T̲ ≤ f_j·T ≤ f_j·T̄, likewise m and μ                              ranges
 *   f_j·μ ≤ f_j·(R̄_i + p_i) + f_j·T_i − f_j·m_i   for all i              dual feasibility
 *   f_j·μ ≥ f_j·(R̲_j + p_j) + f_j·T_j − f_j·m_j − e_j,  Σ e_j ≤ ε          complementarity
 *
 * R̲, R̄ bound the road cost, ε is the largest Σ f·(c − μ) that a certified point may have. The subsidy is Σ f_j·m_j.
 */
import type { LinearModelBuilder } from '../highs/model.js';
import type { StationChoice } from '../traffic/station-choice.js';
import type { ClassBox } from './box.js';
import { serviceOf, waiting } from './box.js';
import type { CostInterval } from './road-intervals.js';

/** Columns of a cell's waiting time and coupon. */
export interface PricedCell {
  waiting: number;
  coupon: number;
}

/** A product of flow and another quantity of a cell, and the share of the flow that enters there. */
export interface CellProduct {
  cell: number;
  flow: number;
  column: number;
  share: number;
}

/** flow × waiting or flow × coupon with the rows that keep it in the factor's range. */
export interface RangedProduct {
  cell: number;
  factor: 'waiting' | 'coupon';
  flow: number;
  column: number;
  rows: number[];
}

export interface GroupRows {
  /** flow × waiting. */
  products: CellProduct[];
  /** flow × coupon: their sum is the subsidy of the group. */
  paid: CellProduct[];
  /** Of all columns, those that do not enter the cell included. */
  ranged: RangedProduct[];
  /** Excess costs e_j, whose sum over all groups is bounded. */
  excess: number[];
}

type Product = Pick<RangedProduct, 'flow' | 'column' | 'rows'>;

/** What the rows of one group are made from. */
export interface GroupInput {
  choice: StationChoice;
  roads: CostInterval;
  box: ClassBox;
  group: number;
  /** Column of the model by column of the class. */
  flow: ReadonlyMap<number, number>;
  cells: ReadonlyMap<number, PricedCell>;
  /** Σ f·(c − μ) of a certified point at most, money [ε]. */
  excessCost: number;
}

/** Indices and ranges of one group. */
function groupTerms({ choice, roads, box, group, flow, cells }: GroupInput) {
  const { groupStart, demand, start, cell, weight } = choice.columns;
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
  const longest = (at: number): number => waiting(serviceOf(choice, at), box.mostPresent[at]);
  const shortest = (at: number): number => waiting(serviceOf(choice, at), box.leastPresent[at]);
  const fixed = (column: number): number =>
    sum(column, (at) => serviceOf(choice, at).serviceCost + choice.price[at]);
  /** Cost without waiting and coupons, money. */
  const lower = (column: number): number => roads.lower[column] + fixed(column);
  const upper = (column: number): number => roads.upper[column] + fixed(column);
  return {
    q: demand[group],
    members,
    entries,
    shortest,
    longest,
    lower,
    upper,
    flowOf: (column: number): number => flow.get(column) as number,
    pricedCell: (at: number): PricedCell => cells.get(at) as PricedCell,
    leastCost: Math.max(
      box.leastCost[group],
      Math.min(...members.map((j) => lower(j) + sum(j, shortest) - sum(j, (at) => box.mostCoupon[at]))),
    ),
    mostCost: Math.min(
      box.mostCost[group],
      ...members.map((j) => upper(j) + sum(j, longest) - sum(j, (at) => box.leastCoupon[at])),
    ),
  };
}

export function addEquilibriumRows(builder: LinearModelBuilder, input: GroupInput): GroupRows {
  const { box, group, excessCost } = input;
  const terms = groupTerms(input);
  const { q, members, entries, lower, upper, flowOf, leastCost, mostCost } = terms;
  /** A column for factor × each flow, with the factor's range and the sum over the group. */
  const products = (name: string, factor: number, least: number, most: number): Product[] => {
    const list = members.map((j) => {
      const column = builder.addColumn(`flow × ${name}`, Math.min(0, q * least), Math.max(0, q * most));
      const pair = [column, flowOf(j)];
      const rows: number[] = [];
      if (Number.isFinite(least)) rows.push(builder.addRow('range', 0, Infinity, pair, [1, -least]));
      if (Number.isFinite(most)) rows.push(builder.addRow('range', -Infinity, 0, pair, [1, -most]));
      return { flow: flowOf(j), column, rows };
    });
    const columns = list.map(({ column }) => column);
    builder.addRow(`flow × ${name}`, 0, 0, [factor, ...columns], [-q, ...columns.map(() => 1)]);
    return list;
  };
  const ranged: RangedProduct[] = [];
  const waits = new Map<number, number[]>();
  const coupons = new Map<number, number[]>();
  const entered = new Set(members.flatMap((j) => entries(j).map(({ at }) => at)));
  for (const at of [...entered].sort((a, b) => a - b)) {
    const { waiting: wait, coupon } = terms.pricedCell(at);
    const waited = products('waiting', wait, terms.shortest(at), terms.longest(at));
    const given = products('coupon', coupon, box.leastCoupon[at], box.mostCoupon[at]);
    for (const product of waited) ranged.push({ cell: at, factor: 'waiting', ...product });
    for (const product of given) ranged.push({ cell: at, factor: 'coupon', ...product });
    waits.set(
      at,
      waited.map(({ column }) => column),
    );
    coupons.set(
      at,
      given.map(({ column }) => column),
    );
  }
  const mu = builder.addColumn(`least cost ${group}`, leastCost, mostCost);
  const mus = products('least cost', mu, leastCost, mostCost).map(({ column }) => column);

  const rows: GroupRows = { products: [], paid: [], ranged, excess: [] };
  members.forEach((j, k) => {
    const waitOf = (at: number): number => (waits.get(at) as number[])[k];
    const couponOf = (at: number): number => (coupons.get(at) as number[])[k];
    for (const i of members) {
      const columns = [mus[k], flowOf(j)];
      const values = [1, -upper(i)];
      for (const { at, share } of entries(i)) {
        columns.push(waitOf(at), couponOf(at));
        values.push(-share, share);
      }
      builder.addRow('dual feasibility', -Infinity, 0, columns, values);
      if (i !== j) continue;
      const excess = builder.addColumn('excess cost', 0, excessCost);
      values[1] = -lower(j);
      builder.addRow('complementarity', 0, Infinity, [...columns, excess], [...values, 1]);
      rows.excess.push(excess);
    }
    for (const { at, share } of entries(j)) {
      rows.paid.push({ cell: at, flow: flowOf(j), column: couponOf(at), share });
      rows.products.push({ cell: at, flow: flowOf(j), column: waitOf(at), share });
    }
  });
  return rows;
}

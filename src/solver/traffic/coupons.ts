/**
 * The cheapest coupons that bring about given station flows. With the flows fixed the waiting times are
 * constants, and coupons m price the station cells [V(W) and its multipliers]; multipliers are degenerate where
 * an inflow is zero, so the subsidy is minimised by a linear programme over what the equilibrium conditions allow:
 * minimise Σ m·W subject to μ_g + Σ α m ≤ cost_j for every column, equality on used columns, 0 ≤ m ≤ cap.
 * Every group uses a column r, so that μ_g = cost_r − Σ α_r m leaves the coupons of cells with inflow as the only
 * variables, and rows Σ (α_j − α_r) m ≤ cost_j − cost_r.
 */
import type { CellState } from './cell-state.js';
import type { ColumnSet } from './columns.js';
import type { SparseRows } from './dual-simplex.js';
import { minimise } from './dual-simplex.js';
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

/**
 * @param flow vehicles per column, an equilibrium for some coupons.
 * @param state the cell state of that flow; its money must be the price alone, without coupons.
 * @returns null when no coupons within the caps support the flow.
 */
export function cheapestCoupons(choice: StationChoice, flow: Float64Array, state: CellState): Coupons | null {
  const { columns, couponCap } = choice;
  const { start, cell, weight, intervals } = columns;
  const { inflow } = state;
  const cells: number[] = [];
  for (let at = 0; at < inflow.length; at++) if (inflow[at] > EMPTY_INFLOW) cells.push(at);
  const cost = new Float64Array(flow.length);
  for (let column = 0; column < flow.length; column++) cost[column] = state.columnCost(column);
  const references = mostUsedColumns(columns, flow);
  const found = minimise({
    price: Float64Array.from(cells, (at) => inflow[at]),
    cap: Float64Array.from(cells, (at) => couponCap[Math.floor(at / intervals)]),
    ...conditions(columns, flow, cost, references, cells),
  });
  if (!found) return null;

  const perVehicle = new Float64Array(inflow.length);
  let subsidy = 0;
  cells.forEach((at, variable) => {
    perVehicle[at] = Math.max(0, found[variable]);
    subsidy += perVehicle[at] * inflow[at];
  });
  const leastCost = Float64Array.from(references, (column) => {
    let least = cost[column];
    for (let entry = start[column]; entry < start[column + 1]; entry++)
      least -= weight[entry] * perVehicle[cell[entry]];
    return least;
  });
  return { perVehicle, leastCost, subsidy };
}

/** The column of each group that most of it uses. */
function mostUsedColumns({ groupStart, demand }: ColumnSet, flow: Float64Array): Int32Array {
  const found = new Int32Array(demand.length);
  for (let group = 0; group < demand.length; group++) {
    let most = groupStart[group];
    for (let column = most; column < groupStart[group + 1]; column++)
      if (flow[column] > flow[most]) most = column;
    found[group] = most;
  }
  return found;
}

/** Σ (α_j − α_r) m ≤ cost_j − cost_r for every column but the references r, with equality where j is used. */
function conditions(
  { blocks, intervals, groupStart, demand, start, cell, weight }: ColumnSet,
  flow: Float64Array,
  cost: Float64Array,
  references: Int32Array,
  cells: readonly number[],
): SparseRows {
  const variableOf = new Int32Array(blocks.length * intervals).fill(-1);
  cells.forEach((at, variable) => (variableOf[at] = variable));
  const columns = flow.length;
  let most = start[columns];
  references.forEach((reference, group) => {
    most += (groupStart[group + 1] - groupStart[group]) * (start[reference + 1] - start[reference]);
  });
  const rows = columns - demand.length;
  const rowStart = new Int32Array(rows + 1);
  const variable = new Int32Array(most);
  const coefficient = new Float64Array(most);
  const limit = new Float64Array(rows);
  const isEquality = new Uint8Array(rows);
  let entries = 0;
  const addEntries = (column: number, sign: number): void => {
    for (let entry = start[column]; entry < start[column + 1]; entry++) {
      const at = variableOf[cell[entry]];
      if (at < 0) continue;
      variable[entries] = at;
      coefficient[entries++] = sign * weight[entry];
    }
  };
  let row = 0;
  for (let group = 0; group < demand.length; group++) {
    const reference = references[group];
    for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
      if (column === reference) continue;
      addEntries(column, 1);
      addEntries(reference, -1);
      limit[row] = cost[column] - cost[reference];
      isEquality[row] = flow[column] > USED_SHARE * demand[group] ? 1 : 0;
      rowStart[++row] = entries;
    }
  }
  return { start: rowStart, variable, coefficient, limit, isEquality };
}

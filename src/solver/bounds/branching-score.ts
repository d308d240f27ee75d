/**
 * Which range to split. A relaxation errs where a product of a flow with a waiting time or a coupon differs from what
 * the product's factors are, or where a waiting time lies above its curve; what that is worth for the bound follows
 * from the multipliers of the rows that allow it. The errors count of all ways, those not taken in the cell included:
 * a rival that is made to look dear is as good as a coupon.
 */
import type { StationChoice } from '../traffic/station-choice.js';
import { serviceOf, waiting } from './box.js';
import type { PricedCell, RangedProduct } from './equilibrium-rows.js';
import type { CellColumns } from './waiting-rows.js';

/** A cell and the quantity whose range decides how close the relaxation is. */
export interface WorstProduct {
  cell: number;
  factor: 'present' | 'coupon';
  /** Of the factor in the solution: vehicles or money. */
  value: number;
  /** What the errors are worth for the bound, to first order, MW. */
  worthMw: number;
}

/** A relaxation and its solution. */
export interface SolvedRelaxation {
  cells: ReadonlyMap<number, CellColumns & PricedCell>;
  ranged: readonly RangedProduct[];
  chords: ReadonlyMap<number, number>;
  columns: Float64Array;
  rowDuals: Float64Array;
  /** Units of the objective per MW. */
  scale: number;
}

export function worstProduct(
  choice: StationChoice,
  { cells, ranged, chords, columns, rowDuals, scale }: SolvedRelaxation,
): WorstProduct | null {
  const worth = { present: new Map<number, number>(), coupon: new Map<number, number>() };
  const add = (factor: WorstProduct['factor'], cell: number, value: number): void => {
    worth[factor].set(cell, (worth[factor].get(cell) ?? 0) + value / scale);
  };
  for (const { cell, factor, flow, column, rows } of ranged) {
    const multiplier = rows.reduce((sum, row) => sum + Math.abs(rowDuals[row]), 0);
    if (multiplier === 0) continue;
    const value = columns[(cells.get(cell) as CellColumns & PricedCell)[factor]];
    const error = Math.abs(columns[flow] * value - columns[column]);
    add(factor === 'waiting' ? 'present' : 'coupon', cell, multiplier * error);
  }
  for (const [cell, row] of chords) {
    const { present, waiting: wait } = cells.get(cell) as CellColumns;
    const above = columns[wait] - waiting(serviceOf(choice, cell), columns[present]);
    add('present', cell, Math.abs(rowDuals[row]) * Math.max(0, above));
  }
  let worst: WorstProduct | null = null;
  for (const factor of ['present', 'coupon'] as const) {
    for (const [cell, worthMw] of worth[factor]) {
      if (worst && worthMw <= worst.worthMw) continue;
      const value = columns[(cells.get(cell) as CellColumns & PricedCell)[factor]];
      worst = { cell, factor, value, worthMw };
    }
  }
  return worst;
}

/** Columns and rows of one class in the step programme, and where they start. */
import type { LinearModelBuilder } from '../highs/model.js';
import type { ClassModel } from './class-model.js';
import type { ClassWindow } from './window.js';

/** First index of each family of columns and rows; families are in the order of the window's columns, groups, cells. */
export interface ClassLayout {
  readonly model: ClassModel;
  readonly window: ClassWindow;
  readonly flow: number;
  readonly reduced: number;
  readonly leastCost: number;
  readonly occupancy: number;
  readonly waiting: number;
  readonly coupon: number;
  /** How far coupons fall below what they were: a coupon is the value of its column less this one's. */
  readonly lowered: number;
  readonly occupancyRow: number;
  readonly waitingRow: number;
  readonly reducedRow: number;
  readonly complementRow: number;
}

/** Adds a class: demand, occupancy, waiting, dual feasibility and complementarity, with the numbers that never change. */
export function addClass(builder: LinearModelBuilder, model: ClassModel, window: ClassWindow): ClassLayout {
  const { columns, kind } = model.choice;
  const addColumns = (name: string, count: number, lower: number): number => {
    const first = builder.columnCount;
    for (let i = 0; i < count; i++) builder.addColumn(`${kind} ${name} ${i}`, lower, Infinity);
    return first;
  };
  const flow = addColumns('flow', window.columns.length, 0);
  const reduced = addColumns('reduced cost', window.columns.length, 0);
  const leastCost = addColumns('least cost', window.groups.length, -Infinity);
  const occupancy = addColumns('occupancy', window.cells.length, 0);
  const waiting = addColumns('waiting', window.cells.length, -Infinity);
  const coupon = addColumns('coupon', window.cells.length, 0);
  const lowered = addColumns('lowered', window.cells.length, 0);

  const members: number[][] = Array.from(window.groups, () => []);
  window.groupOfColumn.forEach((group, j) => members[group].push(flow + j));
  members.forEach((list, group) => {
    const demand = columns.demand[window.groups[group]];
    builder.addRow(`${kind} demand ${group}`, demand, demand, list, new Array<number>(list.length).fill(1));
  });

  const occupancyRow = builder.rowCount;
  const byCell: Map<number, number>[] = Array.from(window.cells, () => new Map<number, number>());
  for (let j = 0; j < window.columns.length; j++) {
    const column = window.columns[j];
    for (let entry = columns.start[column]; entry < columns.start[column + 1]; entry++) {
      const cell = columns.cell[entry];
      const index = Math.floor(cell / columns.intervals);
      const block = columns.blocks[index];
      const dwell = block.kind === 'service' ? block.dwell : 1;
      const last = Math.min(cell + dwell, (index + 1) * columns.intervals);
      for (let later = cell; later < last; later++) {
        const at = window.positionOfCell[later];
        if (at < 0) continue;
        byCell[at].set(flow + j, (byCell[at].get(flow + j) ?? 0) - columns.weight[entry]);
      }
    }
  }
  byCell.forEach((terms, i) => {
    builder.addRow(`${kind} occupancy ${i}`, 0, 0, [occupancy + i, ...terms.keys()], [1, ...terms.values()]);
  });

  const waitingRow = builder.rowCount;
  window.cells.forEach((_, i) => {
    builder.addRow(`${kind} waiting ${i}`, 0, 0, [waiting + i, occupancy + i], [1, -1]);
  });

  const reducedRow = builder.rowCount;
  window.columns.forEach((column, j) => {
    const indices = [reduced + j, leastCost + window.groupOfColumn[j]];
    const values = [1, 1];
    for (let entry = columns.start[column]; entry < columns.start[column + 1]; entry++) {
      const at = window.positionOfCell[columns.cell[entry]];
      if (at < 0) continue;
      indices.push(waiting + at, coupon + at, lowered + at);
      values.push(-columns.weight[entry], columns.weight[entry], -columns.weight[entry]);
    }
    builder.addRow(`${kind} dual feasibility ${j}`, 0, 0, indices, values);
  });

  const complementRow = builder.rowCount;
  window.groupOfColumn.forEach((group, j) => {
    const demand = columns.demand[window.groups[group]];
    builder.addRow(`${kind} complementarity ${j}`, -Infinity, 1, [flow + j, reduced + j], [1 / demand, 1]);
  });
  return {
    model,
    window,
    flow,
    reduced,
    leastCost,
    occupancy,
    waiting,
    coupon,
    lowered,
    occupancyRow,
    waitingRow,
    reducedRow,
    complementRow,
  };
}

/**
 * The part of a class that matters for given axes: cells whose inflow is present at an axis' time, with a
 * margin, and the groups of travellers that can enter them. The rest of the class stays as it is during a step.
 */
import type { Axis } from '../study-spec.js';
import type { StationChoice } from '../traffic/station-choice.js';

export interface ClassWindow {
  /** Cells of the class, ascending. */
  readonly cells: Int32Array;
  /** Position in `cells` by cell; −1 outside. */
  readonly positionOfCell: Int32Array;
  /** Groups with a column that enters a window cell. */
  readonly groups: Int32Array;
  /** All columns of these groups. */
  readonly columns: Int32Array;
  /** Position in `groups`, by position in `columns`. */
  readonly groupOfColumn: Int32Array;
}

/** @param margin intervals before the first and after the last that is on an axis. */
export function buildWindow(choice: StationChoice, axes: readonly Axis[], margin: number): ClassWindow {
  const { columns } = choice;
  const { intervals, blocks, groupStart } = columns;
  const positionOfCell = new Int32Array(blocks.length * intervals).fill(-1);
  const cells: number[] = [];
  blocks.forEach((block, index) => {
    const dwell = block.kind === 'service' ? block.dwell : 1;
    for (let t = 0; t < intervals; t++) {
      const near = axes.some(({ interval }) => t >= interval - dwell - margin && t < interval + margin);
      if (near) positionOfCell[index * intervals + t] = cells.push(index * intervals + t) - 1;
    }
  });
  const groups: number[] = [];
  const columnList: number[] = [];
  const groupOfColumn: number[] = [];
  for (let group = 0; group < columns.demand.length; group++) {
    const from = columns.start[groupStart[group]];
    const to = columns.start[groupStart[group + 1]];
    let inside = false;
    for (let entry = from; entry < to; entry++) inside ||= positionOfCell[columns.cell[entry]] >= 0;
    if (!inside) continue;
    for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
      columnList.push(column);
      groupOfColumn.push(groups.length);
    }
    groups.push(group);
  }
  return {
    cells: Int32Array.from(cells),
    positionOfCell,
    groups: Int32Array.from(groups),
    columns: Int32Array.from(columnList),
    groupOfColumn: Int32Array.from(groupOfColumn),
  };
}

/**
 * The part of a class whose equilibrium a bound takes into account. What it leaves out can only lower the bound:
 * coupons paid to other groups are at least nothing, and the flows of other groups that wait in the same queues are
 * free within their demand.
 */
import type { StationChoice } from '../traffic/station-choice.js';
import { serviceOf } from './box.js';
import { presentFrom } from './reach.js';

export interface BoundWindow {
  /** Groups whose choice has to be an equilibrium. */
  groups: number[];
  /** Cells that they can enter, ascending: those with waiting times and coupons. */
  cells: number[];
  /** Groups with a flow: those above and all that can be present in these cells. */
  flowGroups: number[];
}

/** @param margin intervals before the first and after the last entry that is present on an axis. */
export function boundWindow(
  choice: StationChoice,
  axisIntervals: readonly number[],
  margin: number,
): BoundWindow {
  const { blocks, intervals, groupStart, demand, start, cell } = choice.columns;
  const near = (at: number): boolean => {
    const { dwell } = serviceOf(choice, at);
    const t = at % intervals;
    return axisIntervals.some((axis) => t >= axis - dwell - margin && t < axis + margin);
  };
  const entered = (group: number): Int32Array =>
    cell.subarray(start[groupStart[group]], start[groupStart[group + 1]]);
  const all = Array.from(demand, (_, group) => group);
  const groups = all.filter((group) => entered(group).some(near));
  const inside = new Set(groups.flatMap((group) => [...entered(group)]));
  const flowGroups = all.filter((group) =>
    entered(group).some((at) => presentFrom(at, blocks, intervals).some((later) => inside.has(later))),
  );
  return { groups, cells: [...inside].sort((a, b) => a - b), flowGroups };
}

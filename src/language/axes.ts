/**
 * The axes of a characterize study: pairs of a station and a time. An axis without a time takes that of the next one
 * with a time, so `CS1, CS2 at 18:00` says it once for both; a range of times is a study at each of its intervals.
 */
import type { Axis as SolverAxis } from '../solver/study-spec.js';
import type * as ast from './generated/ast.js';
import { isAxes } from './generated/ast.js';
import type { TimeGrid } from './horizon.js';
import { intervalIndex } from './horizon.js';
import { parseTime } from './time.js';

/** An axis with the time that holds for it. */
export interface TimedAxis {
  readonly axis: ast.Axis;
  /** The axis that states the time; undefined where none does. */
  readonly stated: ast.Axis | undefined;
  /** Minutes of the day; undefined where no time is stated, or none that can be read. */
  readonly fromMinutes: number | undefined;
  /** Last time of a range; undefined for a fixed time. */
  readonly untilMinutes: number | undefined;
}

export function axesOf(study: ast.Study | undefined): ast.Axis[] {
  return study?.entries.filter(isAxes).flatMap((entry) => entry.axes) ?? [];
}

export function timedAxes(axes: readonly ast.Axis[]): TimedAxis[] {
  const timed: TimedAxis[] = [];
  let stated: ast.Axis | undefined;
  // From the end, where each time is met before the axes that it holds for.
  for (const axis of [...axes].reverse()) {
    if (axis.time !== undefined) stated = axis;
    timed.push({
      axis,
      stated,
      fromMinutes: parseTime(stated?.time),
      untilMinutes: stated?.until === undefined ? undefined : parseTime(stated.until),
    });
  }
  return timed.reverse();
}

/** Number of intervals that an axis moves over; 1 for a fixed time. Not whole where its times are off the grid. */
export function intervalsOf({ fromMinutes, untilMinutes }: TimedAxis, grid: TimeGrid): number {
  if (fromMinutes === undefined || untilMinutes === undefined) return 1;
  return intervalIndex(grid, untilMinutes) - intervalIndex(grid, fromMinutes) + 1;
}

/** True when a range of times makes the study one of several intervals. */
export function isSweep(axes: readonly ast.Axis[]): boolean {
  return axes.some(({ until }) => until !== undefined);
}

/**
 * The axes at each interval of the study, in the order of time: one element where all times are fixed. Axes with a
 * range move together, one interval at a time; the others stay.
 */
export function axesByInterval(axes: readonly ast.Axis[], grid: TimeGrid): SolverAxis[][] {
  const timed = timedAxes(axes);
  const count = Math.max(1, ...timed.map((each) => Math.floor(intervalsOf(each, grid))));
  return Array.from({ length: count }, (_, step) =>
    timed.map(({ axis, fromMinutes, untilMinutes }) => ({
      station: axis.station?.$refText ?? '',
      interval:
        intervalIndex(grid, fromMinutes ?? grid.startMinutes) + (untilMinutes === undefined ? 0 : step),
    })),
  );
}

/** A study over a range of times: its regions in the order of time, and which time each is of. */
import type { CharacterizeResult, IntervalResult } from './result.js';
import type { Axis } from './study-spec.js';

/** The regions of each interval; one element where all axes have one time. */
export function intervalsOf(result: CharacterizeResult): IntervalResult[] {
  return [result, ...(result.laterIntervals ?? [])];
}

/** The axis whose time is that of the region: the first that moves; the first of all where none does. */
export function movingAxis(intervals: readonly { axes: readonly Axis[] }[]): number {
  const [first, second] = intervals;
  const moving = first.axes.findIndex(({ interval }, axis) => interval !== second?.axes[axis]?.interval);
  return second && moving > 0 ? moving : 0;
}

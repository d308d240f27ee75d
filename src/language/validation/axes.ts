/** The axes of a region: each has a time, ranges of times move together, and no two are the same at any interval. */
import type { Axis } from '../generated/ast.js';
import type { TimedAxis } from '../axes.js';
import { intervalsOf, timedAxes } from '../axes.js';
import type { TimeGrid } from '../horizon.js';
import { intervalIndex, isWhole } from '../horizon.js';
import { formatTime } from '../time.js';
import type { CheckContext } from './context.js';
import { reportRepeated } from './context.js';

/** A region of more dimensions has no hull in this version. */
export const MOST_AXES = 3;

export function checkAxes(context: CheckContext, axes: readonly Axis[]): void {
  const timed = timedAxes(axes);
  checkStated(context, timed);
  // Compares pairs: of too many axes, which are an error as it is, there may be thousands.
  if (context.grid && axes.length <= MOST_AXES) checkRanges(context, timed, context.grid);
  const times = new Map(timed.map((each) => [each.axis, each]));
  reportRepeated(
    context,
    axes,
    (axis) => {
      const { fromMinutes, untilMinutes } = times.get(axis)!;
      // Without a horizon a range is told by its ends; on its grid it may meet other axes, below.
      const known = axis.station && fromMinutes !== undefined;
      return known ? `${axis.station.$refText}@${fromMinutes}-${untilMinutes ?? ''}` : undefined;
    },
    () => ({
      code: 'axis-duplicate',
      message: 'This axis is given already; each is another station or another time.',
    }),
  );
  if (axes.length > MOST_AXES) {
    const message = `A region has at most ${MOST_AXES} axes; this one has ${axes.length}.`;
    context.error('axes-too-many', axes[MOST_AXES], message);
  }
}

function checkStated(context: CheckContext, timed: readonly TimedAxis[]): void {
  for (const { axis, stated, fromMinutes, untilMinutes } of timed) {
    if (!stated) {
      const name = axis.station?.$refText ?? '';
      const time = context.grid ? formatTime(context.grid.startMinutes) : '18:00';
      const message = `At which time? Write '${name} at ${time}', or a range, '${name} at 17:30 to 18:30'; an axis without a time takes that of the next one.`;
      context.error('axis-time', axis, message, { property: 'station', data: { suggestion: time } });
    } else if (stated === axis && fromMinutes !== undefined && untilMinutes !== undefined) {
      if (untilMinutes > fromMinutes) continue;
      const message =
        untilMinutes === fromMinutes
          ? 'The range has one time only; write that time alone.'
          : 'A range of times goes from the earlier to the later one.';
      context.error('time-order', axis, message, { property: 'until' });
    }
  }
}

/** Axes that move do so together: through equally many intervals, and never onto another axis. */
function checkRanges(context: CheckContext, timed: readonly TimedAxis[], grid: TimeGrid): void {
  const counts = timed.map((each) => intervalsOf(each, grid));
  const first = timed.findIndex(({ untilMinutes }) => untilMinutes !== undefined);
  if (first < 0 || !counts.every((count) => count >= 1 && isWhole(count))) return;
  for (const [index, { axis, stated, fromMinutes, untilMinutes }] of timed.entries()) {
    if (stated !== axis || untilMinutes === undefined || counts[index] === counts[first]) continue;
    const suggestion = formatTime(fromMinutes! + (counts[first] - 1) * grid.stepMinutes);
    const message = `This range has ${counts[index]} intervals and the first one ${counts[first]}: axes that move do so together, for example until ${suggestion}.`;
    context.error('axis-range-length', axis, message, { property: 'until', data: { suggestion } });
    return;
  }
  const indices = timed.map(({ fromMinutes }) => intervalIndex(grid, fromMinutes ?? NaN));
  const moves = (index: number) => timed[index].untilMinutes !== undefined;
  for (const [later, { axis }] of timed.entries()) {
    for (let earlier = 0; earlier < later; earlier++) {
      if (timed[earlier].axis.station?.$refText !== axis.station?.$refText) continue;
      if (moves(earlier) === moves(later)) continue;
      const [moving, fixed] = moves(earlier) ? [earlier, later] : [later, earlier];
      const meets = indices[fixed] - indices[moving];
      if (!(meets >= 0 && meets < counts[first])) continue;
      const time = formatTime(grid.startMinutes + indices[fixed] * grid.stepMinutes);
      const message = `At ${time} this axis and '${timed[earlier].axis.$cstNode?.text ?? axis.station.$refText}' are the same; a region needs different ones at each interval.`;
      context.error('axis-duplicate', axis, message);
      return;
    }
  }
}

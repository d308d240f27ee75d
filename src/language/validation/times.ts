/** Times lie in the horizon and on its grid, and values that change with time hold from its start. */
import type { AstNode } from 'langium';
import type { Reading } from '../block-reader.js';
import { readBlock } from '../block-reader.js';
import { isAxes, isExpectRange, isExpectVolume, isReserve, isShapeUse } from '../generated/ast.js';
import type { TimeGrid } from '../horizon.js';
import { intervalIndex, MOST_INTERVALS } from '../horizon.js';
import type { Problem } from '../problem.js';
import { formatTime, parseTime } from '../time.js';
import type { CheckContext } from './context.js';
import { blocksOf } from './quantities.js';

export function checkTimes(context: CheckContext): void {
  const { grid, view, isEntry } = context;
  if (!grid || !isEntry) return;
  for (const [node, kind] of blocksOf(view)) {
    if (kind === 'shape' || kind === 'bus' || kind === 'line') continue;
    for (const reading of readBlock(node, kind).values.values())
      checkProfile(context, grid, reading, 'error');
  }
  // A shape may serve several scenarios: only its use here is looked at, and what lies outside only warned of.
  const used = new Set(
    [...view.buses, ...view.pvs].flatMap(({ entries }) => entries.find(isShapeUse)?.shape?.ref ?? []),
  );
  for (const shape of used) {
    for (const reading of readBlock(shape, 'shape').values.values())
      checkProfile(context, grid, reading, 'warning');
  }
  for (const study of view.studies) {
    for (const entry of study.entries) {
      if (isReserve(entry)) checkInstant(context, grid, entry, entry.time);
      else if (isExpectRange(entry) || isExpectVolume(entry)) checkInstant(context, grid, entry, entry.time);
      else if (isAxes(entry)) {
        for (const axis of entry.axes) {
          checkInstant(context, grid, axis, axis.time);
          checkInstant(context, grid, axis, axis.until, 'until');
        }
      }
    }
  }
  for (const link of view.links) checkLength(context, grid, readBlock(link, 'link').values.get('time'));
}

function checkProfile(
  context: CheckContext,
  grid: TimeGrid,
  reading: Reading,
  severity: 'error' | 'warning',
): void {
  const { steps } = reading;
  if (!steps || steps.length === 0) return;
  const report = (
    code: 'time-start' | 'time-outside-horizon' | 'time-off-grid',
    node: AstNode,
    message: string,
    data?: Problem['data'],
  ) =>
    context.report({
      severity: code === 'time-start' ? 'error' : severity,
      code,
      node,
      message,
      property: 'time',
      data,
    });
  if (steps[0].minutes > grid.startMinutes) {
    const start = formatTime(grid.startMinutes);
    const message = `Nothing is said about ${start} to ${steps[0].node.time}: the first step has to hold from the start of the horizon.`;
    report('time-start', steps[0].node, message, { suggestion: start });
  }
  for (const { node, minutes } of steps) {
    const outside = minutes >= grid.endMinutes || (severity === 'error' && minutes < grid.startMinutes);
    if (outside) report('time-outside-horizon', node, outsideMessage(node.time, grid));
    else if (minutes > grid.startMinutes && !Number.isInteger(intervalIndex(grid, minutes))) {
      report(
        'time-off-grid',
        node,
        `${offGrid(node.time, grid)} The value of the step before holds until the next interval.`,
      );
    }
  }
}

function checkInstant(
  context: CheckContext,
  grid: TimeGrid,
  node: AstNode,
  time: string | undefined,
  property = 'time',
): void {
  const minutes = parseTime(time);
  if (time === undefined) return;
  if (minutes === undefined) {
    context.error('time-invalid', node, `'${time}' is not a time of day; minutes go from 00 to 59.`, {
      property,
    });
  } else if (minutes < grid.startMinutes || minutes >= grid.endMinutes) {
    context.error('time-outside-horizon', node, outsideMessage(time, grid), { property });
  } else if (!Number.isInteger(intervalIndex(grid, minutes))) {
    const index = Math.floor(intervalIndex(grid, minutes));
    const suggestion = formatTime(grid.startMinutes + index * grid.stepMinutes);
    context.error('time-off-grid', node, offGrid(time, grid), { property, data: { suggestion } });
  }
}

function checkLength(context: CheckContext, grid: TimeGrid, time: Reading | undefined): void {
  if (!time || !(time.low * 60 > MOST_INTERVALS * grid.stepMinutes)) return;
  const message = `A travel time of more than ${MOST_INTERVALS} intervals cannot be loaded: check the unit.`;
  context.error('value-too-large', time.node, message);
}

function outsideMessage(time: string, grid: TimeGrid): string {
  const last = formatTime(grid.endMinutes - grid.stepMinutes);
  return `${time} is outside of the horizon: its intervals start from ${formatTime(grid.startMinutes)} to ${last}.`;
}

function offGrid(time: string, grid: TimeGrid): string {
  const index = Math.floor(intervalIndex(grid, parseTime(time)!));
  const [before, after] = [index, index + 1].map((each) =>
    formatTime(grid.startMinutes + each * grid.stepMinutes),
  );
  return `No interval starts at ${time}; the nearest ones start at ${before} and ${after}.`;
}

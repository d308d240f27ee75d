/** Expectations speak of values that their study produces. */
import type { AstNode } from 'langium';
import type { Cap, Expect, ExpectRange, ExpectVolume, Quantity, Study } from '../generated/ast.js';
import {
  isExpect,
  isExpectDimension,
  isExpectGap,
  isExpectRange,
  isExpectSide,
  isExpectTier,
  isExpectVolume,
  isRegionUse,
  isSubsidy,
  isTiers,
} from '../generated/ast.js';
import type { TimedAxis } from '../axes.js';
import { axesOf, intervalsOf, isSweep, timedAxes } from '../axes.js';
import type { TimeGrid } from '../horizon.js';
import { intervalIndex } from '../horizon.js';
import { parseTime } from '../time.js';
import type { Dimension } from '../quantities.js';
import { readQuantity } from '../quantity-reader.js';
import type { CheckContext } from './context.js';
import type { StudyKind } from './studies.js';
import { checkGap, isStudyKind, readMoney } from './studies.js';

const MEASURES: readonly Dimension[] = ['length', 'area', 'volume'];

/** What each kind of study produces. */
const PRODUCES: Readonly<Record<StudyKind, readonly string[]>> = {
  characterize: ['volume', 'range', 'gap', 'dimension'],
  compare: ['volume', 'range', 'dimension'],
  dispatch: ['tier', 'inside', 'outside'],
};

export function checkExpectations(context: CheckContext): void {
  for (const study of context.own.studies) {
    if (!isStudyKind(study.kind)) continue;
    for (const entry of study.entries) if (isExpect(entry)) checkExpect(context, study, study.kind, entry);
  }
}

function checkExpect(context: CheckContext, study: Study, kind: StudyKind, expect: Expect): void {
  const word = wordOf(expect);
  if (!PRODUCES[kind].includes(word)) {
    const message = `A '${kind}' study produces no '${word}'; it can expect ${PRODUCES[kind].join(', ')}.`;
    context.error('expect-not-produced', expect, message);
    return;
  }
  const region = kind === 'characterize' ? study : study.entries.find(isRegionUse)?.study?.ref;
  if (isExpectVolume(expect)) {
    checkCap(context, region, expect.cap);
    checkInterval(context, region, expect);
    // A static region may be flat: its dimension is not known before it is computed.
    const axes = kind === 'characterize' ? axesOf(region).length : 0;
    checkEnds(context, expect.min, expect.max, axes >= 1 && axes <= 3 ? [MEASURES[axes - 1]] : MEASURES);
  } else if (isExpectRange(expect)) {
    checkCap(context, region, expect.cap);
    checkEnds(context, expect.min, expect.max, ['power']);
    checkAxis(context, region, expect);
  } else if (isExpectTier(expect)) {
    const amount = readMoney(context, expect.amount);
    const tiers = study.entries.filter(isTiers).flatMap(({ amounts }) => amounts.map((tier) => money(tier)));
    if (amount !== undefined && !tiers.includes(amount))
      report(context, expect.amount, 'This amount is not among the tiers.');
  } else if (isExpectSide(expect)) {
    checkCap(context, region, expect.cap);
  } else if (isExpectGap(expect)) {
    if (expect.gap) checkGap(context, expect.gap);
  } else if (isExpectDimension(expect)) {
    const most = axesOf(region).length;
    if (
      expect.value === undefined ||
      (Number.isInteger(expect.value) && expect.value >= 0 && expect.value <= most)
    )
      return;
    report(
      context,
      expect,
      `The dimension of this region is a whole number from 0 to ${most}, one for each axis at most.`,
    );
  }
}

function wordOf(expect: Expect): string {
  if (isExpectSide(expect)) return expect.side ?? 'inside';
  return expect.$type.slice('Expect'.length).toLowerCase();
}

/** A region exists for the budgets of its study, and for an unlimited one where none is given. */
function checkCap(context: CheckContext, region: Study | undefined, cap: Cap | undefined): void {
  if (!cap || !region) return;
  const amount = cap.unlimited ? undefined : readMoney(context, cap.amount);
  if (!cap.unlimited && amount === undefined) return;
  const caps = region.entries.filter(isSubsidy).flatMap((entry) => entry.caps);
  const found = caps.some((each) =>
    cap.unlimited ? each.unlimited : !each.unlimited && money(each.amount) === amount,
  );
  if (found || (caps.length === 0 && cap.unlimited)) return;
  report(context, cap, `This is not among the budgets of study '${region.name}'.`);
}

function checkEnds(
  context: CheckContext,
  min: Quantity | undefined,
  max: Quantity | undefined,
  dimensions: readonly Dimension[],
): void {
  const high = readQuantity(max, dimensions, context.report);
  const low = readQuantity(min, high ? [high.dimension] : dimensions, context.report, max?.unit);
  if (!min || !low || !high || low.value <= high.value) return;
  context.error('range-order', min, 'The first end of a range is the lower one.');
}

function checkAxis(context: CheckContext, region: Study | undefined, expect: ExpectRange): void {
  if (!expect.station?.ref || !region) return;
  const axes = timedAxes(axesOf(region)).filter(
    ({ axis }) => axis.station?.$refText === expect.station.$refText,
  );
  const fitting =
    expect.time === undefined ? axes : axes.filter((axis) => covers(axis, expect.time!, context.grid));
  if (fitting.length === 1) return;
  const message =
    fitting.length > 1
      ? `'${expect.station.$refText}' has several axes: say which time is meant, 'range ${expect.station.$refText} at 18:00 at …'.`
      : `Study '${region.name}' has no such axis.`;
  report(context, expect, message, 'station');
}

/** A volume at a time is that of one interval of a study over a range of times. */
function checkInterval(context: CheckContext, region: Study | undefined, expect: ExpectVolume): void {
  if (expect.time === undefined || !region) return;
  const axes = axesOf(region);
  if (!isSweep(axes)) {
    const message = `Study '${region.name}' has one region: leave out the time.`;
    report(context, expect, message, 'time');
    return;
  }
  const moving = timedAxes(axes).find(({ untilMinutes }) => untilMinutes !== undefined);
  // What is no time of the horizon is reported as that.
  const index = context.grid && intervalIndex(context.grid, parseTime(expect.time) ?? NaN);
  if (moving && Number.isInteger(index) && !covers(moving, expect.time, context.grid)) {
    report(context, expect, `Study '${region.name}' has no region at ${expect.time}.`, 'time');
  }
}

/** Whether an axis stands at a time at some interval of its study. */
function covers(axis: TimedAxis, time: string, grid: TimeGrid | undefined): boolean {
  const minutes = parseTime(time);
  if (minutes === undefined || axis.fromMinutes === undefined) return false;
  if (axis.untilMinutes === undefined || !grid) return minutes === axis.fromMinutes;
  const step = intervalIndex(grid, minutes) - intervalIndex(grid, axis.fromMinutes);
  return Number.isInteger(step) && step >= 0 && step < intervalsOf(axis, grid);
}

function money(quantity: Quantity | undefined): number | undefined {
  return readQuantity(quantity, ['money'], () => {})?.value;
}

function report(context: CheckContext, node: AstNode, message: string, property?: string): void {
  context.error('expect-not-produced', node, message, { property });
}

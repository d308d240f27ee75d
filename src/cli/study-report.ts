/** What a study found, in lines for a terminal. */
import type {
  CharacterizeResult,
  CompareResult,
  DispatchResult,
  Infeasibility,
  StudyResult,
} from '../solver/result.js';
import { BOUNDARY_MW } from '../solver/dispatch/dispatch.js';
import type { Scenario } from '../solver/scenario.js';
import { capLabel, clockTime, money, mw } from '../report/labels.js';
import { compareTable, equationLines } from './compare-table.js';
import { alignColumns, regionTable } from './region-table.js';
import { sensitivityTable } from './sensitivity-table.js';

export interface StudyReport {
  lines: string[];
  /** Parts without an answer: "Region at 1,000 CNY". */
  infeasible: { name: string; reason: Infeasibility }[];
}

export function studyReport(result: StudyResult, scenario: Scenario): StudyReport {
  switch (result.kind) {
    case 'characterize':
      return characterizeReport(result, scenario);
    case 'dispatch':
      return dispatchReport(result, scenario);
    case 'compare':
      return compareReport(result, scenario);
  }
}

/** A table for each interval, under its time where there are several. */
function characterizeReport(result: CharacterizeResult, scenario: Scenario): StudyReport {
  const { startMinutes, intervalHours, currency } = scenario;
  const intervals = [result, ...(result.laterIntervals ?? [])];
  const lines = [`${result.name}${result.partial ? ' (partial)' : ''}`];
  const infeasible: StudyReport['infeasible'] = [];
  for (const each of intervals) {
    const time =
      each.interval === undefined ? '' : ` at ${clockTime(startMinutes, intervalHours, each.interval)}`;
    if (time) lines.push(`${result.name}${time}${each.partial ? ' (partial)' : ''}`);
    lines.push(...indent(regionTable(each, scenario)));
    for (const region of each.regions) lines.push(...indent(sensitivityTable(region, currency)));
    for (const { infeasible: reason, subsidyCap } of each.regions) {
      if (reason)
        infeasible.push({ name: `${result.name}${time} at ${capLabel(subsidyCap, currency)}`, reason });
    }
  }
  return { lines: result.interval === undefined ? lines : lines.slice(1), infeasible };
}

function dispatchReport(result: DispatchResult, { currency }: Scenario): StudyReport {
  const lines = [`${result.name}: ${dispatchHeadline(result, currency)}`];
  if (result.costs) {
    const terms = Object.entries(result.costs).map(([term, value]) => [term, `${money(value)} ${currency}`]);
    lines.push(...indent(alignColumns(terms)));
  }
  for (const { subsidyCap, feasible, total, reason } of result.tiers) {
    const outcome =
      feasible && total !== null ? `total ${money(total)} ${currency}` : (reason ?? 'infeasible');
    lines.push(`  tier ${capLabel(subsidyCap, currency)}: ${outcome}`);
  }
  for (const { subsidyCap, inside, distanceMw } of result.regions) {
    const side = Math.abs(distanceMw) <= BOUNDARY_MW ? 'on the boundary of' : inside ? 'inside' : 'outside';
    const from = inside && distanceMw < -BOUNDARY_MW ? 'beyond what was found of it' : 'from it';
    lines.push(
      `  ${side} the region at ${capLabel(subsidyCap, currency)}, ${mw(Math.abs(distanceMw))} MW ${from}`,
    );
  }
  return {
    lines,
    // Dearer or impossible tiers are part of an answer; without any feasible one there is none.
    infeasible: result.point
      ? []
      : result.tiers.flatMap(({ infeasible, subsidyCap }) =>
          infeasible
            ? [{ name: `${result.name} at ${capLabel(subsidyCap, currency)}`, reason: infeasible }]
            : [],
        ),
  };
}

function dispatchHeadline({ point, tier, subsidy }: DispatchResult, currency: string): string {
  if (!point) return 'no feasible operating point';
  const position = point.positionMw.map(mw).join(', ');
  const spent = `${money(subsidy ?? 0)} ${currency} of coupons`;
  return `(${position}) MW with ${spent}${tier === null ? '' : `, tier ${capLabel(tier, currency)}`}`;
}

function compareReport(result: CompareResult, scenario: Scenario): StudyReport {
  const interval =
    result.staticIntervalH === undefined
      ? ''
      : `, intervals of ${Math.round(60 * result.staticIntervalH)} min`;
  return {
    lines: [
      `${result.name}: static${interval}, beside ${result.dynamic}${result.partial ? ' (partial)' : ''}`,
      ...indent(compareTable(result, scenario)),
      ...indent(equationLines(result, scenario)),
      ...indent(result.explanation === undefined ? [] : [result.explanation]),
    ],
    infeasible: [],
  };
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

/** `v2g diff OLD.json NEW.json`: what became of the regions, budget by budget. */
import { Command } from 'commander';
import type { IntervalDifference } from '../report/difference.js';
import { deriveDifference } from '../report/difference.js';
import { axisLabel, capLabel, measure, mw, signedPercent, unitLabel } from '../report/labels.js';
import type { CharacterizeResult, ResultFile } from '../solver/result.js';
import type { Scenario } from '../solver/scenario.js';
import { shortPath } from './diagnostics.js';
import type { ExitCode } from './exit-codes.js';
import { EXIT } from './exit-codes.js';
import type { Output } from './output.js';
import { terminal } from './output.js';
import { alignColumns } from './region-table.js';
import { readResultFile } from './result-file.js';

export function diffCommand(): Command {
  return new Command('diff')
    .description('Compare the regions of two result files: sizes, ranges, and what both have in common.')
    .argument('<old>', 'a result file, as written by v2g run --json')
    .argument('<new>', 'another one')
    .option('--study <name>', 'this study only')
    .action(async (before: string, after: string, options: { study?: string }) => {
      process.exitCode = await diff(before, after, options.study, terminal);
    });
}

export async function diff(
  before: string,
  after: string,
  study: string | undefined,
  output: Output,
): Promise<ExitCode> {
  const files: ResultFile[] = [];
  for (const path of [before, after]) {
    const file = await readResultFile(path);
    if (file instanceof Error) {
      output.note(`${shortPath(path)}: ${file.message}`);
      return EXIT.failed;
    }
    files.push(file);
  }
  const [old, fresh] = files.map(({ studies }) => regionStudies(studies, study));
  const names = [...fresh.keys()].filter((name) => old.has(name));
  if (names.length === 0) {
    output.note(
      study === undefined
        ? 'the two files have no characterize study of the same name'
        : `no characterize study in both files is named ${study}`,
    );
    return EXIT.usage;
  }
  for (const name of names) {
    output.line(name);
    for (const difference of deriveDifference(old.get(name)!, fresh.get(name)!)) {
      for (const line of differenceTable(difference, files[1].scenario)) output.line(`  ${line}`);
    }
  }
  return EXIT.ok;
}

function regionStudies(
  studies: ResultFile['studies'],
  only: string | undefined,
): ReadonlyMap<string, CharacterizeResult> {
  return new Map(
    studies.flatMap((result): [string, CharacterizeResult][] =>
      result.kind === 'characterize' && (only === undefined || result.name === only)
        ? [[result.name, result]]
        : [],
    ),
  );
}

/** Budget, size before and after, change, what was lost and won, the range of each axis before and after. */
function differenceTable({ axes, regions }: IntervalDifference, scenario: Scenario): string[] {
  const { startMinutes, intervalHours, currency } = scenario;
  const labels = axes.map((axis) => axisLabel(axis, startMinutes, intervalHours));
  return alignColumns([
    ['budget', 'before', 'after', 'change', 'lost', 'won', ...labels.map((label) => `${label} (MW)`)],
    ...regions.map(({ subsidyCap, measureUnit, before, after, change, ranges, shared }) => [
      capLabel(subsidyCap, currency),
      size(before, measureUnit),
      size(after, measureUnit),
      change === null ? '' : signedPercent(change),
      shared ? size(shared.onlyBefore, measureUnit) : '',
      shared ? size(shared.onlyAfter, measureUnit) : '',
      ...ranges.map((range) => [range.before, range.after].map(ends).join(' → ')),
    ]),
  ]);
}

const size = (value: number | null, unit: string): string =>
  value === null ? 'none' : `${measure(value)} ${unitLabel(unit)}`;

const ends = (range: { min: number; max: number } | null): string =>
  range ? `${mw(range.min)} … ${mw(range.max)}` : 'none';

/** What a characterization found, as a table for a terminal. */
import type { CharacterizeResult, Region } from '../solver/result.js';
import type { Scenario } from '../solver/scenario.js';
import type { SubsidyCap } from '../solver/study-spec.js';
import { axisLabel, capLabel, measure, mw, signedPercent, unitLabel } from '../report/labels.js';

/** Budget, volume, gain, a range for each axis, gap, solves, seconds. */
export function regionTable(
  result: Pick<CharacterizeResult, 'axes' | 'regions' | 'withoutFeeder'>,
  scenario: Scenario,
): string[] {
  const { startMinutes, intervalHours } = scenario;
  const axes = result.axes.map((axis) => axisLabel(axis, startMinutes, intervalHours));
  const withoutFeeder = new Map(result.withoutFeeder?.map((one) => [one.subsidyCap, one.measure]));
  return alignColumns(
    toRows(tableColumns(result.regions, axes, scenario.currency, withoutFeeder), result.regions),
  );
}

interface Column {
  title: string;
  cell: (region: Region, index: number) => string;
}

function tableColumns(
  regions: readonly Region[],
  axes: readonly string[],
  currency: string,
  withoutFeeder: ReadonlyMap<SubsidyCap, number>,
): Column[] {
  const columns: (Column | false)[] = [
    { title: 'budget', cell: ({ subsidyCap }) => capLabel(subsidyCap, currency) },
    { title: measureName(regions), cell: measureCell },
    regions.some(({ outerHalfspaces }) => outerHalfspaces) && {
      title: 'proven at most',
      cell: ({ outerMeasure }) => (outerMeasure === null ? '' : measure(outerMeasure)),
    },
    { title: 'gain', cell: (region, index) => gain(regions[index - 1], region) },
    withoutFeeder.size > 0 && {
      title: 'without feeder',
      cell: ({ subsidyCap }) => {
        const free = withoutFeeder.get(subsidyCap);
        return free === undefined ? '' : measure(free);
      },
    },
    ...axes.map((axis, index) => ({
      title: `${axis} (MW)`,
      cell: ({ ranges }: Region) => range(ranges[index]),
    })),
    // An estimate for finite budgets: the supports are the best found.
    regions.some(({ estimatedGap }) => estimatedGap !== null) && {
      title: 'est. gap',
      cell: ({ estimatedGap }) => (estimatedGap === null ? '' : `${(100 * estimatedGap).toFixed(1)} %`),
    },
    { title: 'points', cell: ({ points }) => String(points.length) },
    { title: 'solves', cell: ({ solves }) => String(solves) },
    { title: 'seconds', cell: ({ seconds }) => seconds.toFixed(1) },
  ];
  return columns.filter((column) => column !== false);
}

function toRows(columns: readonly Column[], regions: readonly Region[]): string[][] {
  return [
    columns.map(({ title }) => title),
    ...regions.map((region, k) => columns.map(({ cell }) => cell(region, k))),
  ];
}

function measureCell(region: Region): string {
  return region.dimension === 0 ? 'a point' : `${measure(region.measure)} ${unitLabel(region.measureUnit)}`;
}

function measureName(regions: readonly Region[]): string {
  const dimension = Math.max(0, ...regions.map((region) => region.dimension));
  return ['measure', 'length', 'area', 'volume'][dimension] ?? 'measure';
}

function gain(before: Region | undefined, region: Region): string {
  if (!before || before.measure === 0 || before.dimension !== region.dimension) return '';
  return signedPercent(region.measure / before.measure - 1);
}

function range(bounds: { min: number; max: number } | undefined): string {
  return bounds ? `${mw(bounds.min)} … ${mw(bounds.max)}` : '';
}

/** Pads the cells of each column to its width: the first to the left, the others to the right. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}

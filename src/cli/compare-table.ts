/** Static and dynamic regions side by side, for a terminal. */
import type { CompareResult, Region } from '../solver/result.js';
import type { Scenario } from '../solver/scenario.js';
import { axisLabel, capLabel, measure, mw, unitLabel } from '../report/labels.js';
import { alignColumns } from './region-table.js';

type Brief = NonNullable<CompareResult['dynamicRegions']>[number];

/** A row for each budget and model: dimension, measure, and each axis' range with its half-width. */
export function compareTable(result: CompareResult, scenario: Scenario): string[] {
  const stations = result.axes?.map(({ station }) => station) ?? [];
  const row = (model: string, region: Brief | undefined): string[] =>
    region
      ? [
          capLabel(region.subsidyCap, scenario.currency),
          model,
          String(region.dimension),
          region.dimension === 0 ? 'a point' : `${measure(region.measure)} ${unitLabel(region.measureUnit)}`,
          ...region.ranges.map(({ min, max }) => `${mw(min)} … ${mw(max)} (±${mw((max - min) / 2)})`),
        ]
      : [];
  const rows = result.static.flatMap((region) => [
    row('static', region),
    row(
      'dynamic',
      result.dynamicRegions?.find(({ subsidyCap }) => subsidyCap === region.subsidyCap),
    ),
  ]);
  const header = ['budget', 'model', 'dimension', 'measure', ...stations.map((station) => `${station} (MW)`)];
  return alignColumns([header, ...rows.filter(({ length }) => length > 0)]);
}

/** "static at 1,000 CNY: CS1 18:00 + CS2 18:00 + CS3 18:00 = 4.667 MW" for each equation of a flat region. */
export function equationLines(result: CompareResult, scenario: Scenario): string[] {
  const { axes, staticIntervalH } = result;
  if (!axes || staticIntervalH === undefined) return [];
  const names = axes.map((axis) => axisLabel(axis, scenario.startMinutes, staticIntervalH));
  return result.static.flatMap((region) =>
    (region.equations ?? []).map(
      (equation) =>
        `static at ${capLabel(region.subsidyCap, scenario.currency)}: ${equationText(equation, names)}`,
    ),
  );
}

/** The equation scaled so that its largest coefficient is 1. */
function equationText(
  { normal, offset }: NonNullable<Region['equations']>[number],
  names: readonly string[],
): string {
  const largest = normal.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  const terms = normal.flatMap((value, axis) => {
    const factor = Number((value / largest).toFixed(COEFFICIENT_DIGITS));
    if (factor === 0) return [];
    const size = Math.abs(factor) === 1 ? names[axis] : `${Math.abs(factor)} ${names[axis]}`;
    return [{ sign: factor < 0 ? '−' : '+', size }];
  });
  const left = terms.map(({ sign, size }, index) =>
    index === 0 ? `${sign === '−' ? '−' : ''}${size}` : ` ${sign} ${size}`,
  );
  return `${left.join('')} = ${(offset / largest).toFixed(COEFFICIENT_DIGITS)} MW`;
}

const COEFFICIENT_DIGITS = 3;

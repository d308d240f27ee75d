/** Which reinforcement buys most flexibility, as a table for a terminal. */
import { capLabel, measure, short, signedPercent, unitLabel } from '../report/labels.js';
import type { Region, Sensitivity } from '../solver/result.js';
import { alignColumns } from './region-table.js';

/** Share by which each parameter is thought to grow, so that budgets and ports compare. */
const SHARE = 0.1;
/** The rest adds next to nothing. */
const MOST_ROWS = 10;

/** Of one region: parameter, value, what a unit adds, what a tenth more adds; the largest first. */
export function sensitivityTable(region: Region, currency: string): string[] {
  const { sensitivities = [], measureUnit, subsidyCap } = region;
  const gain = ({ perUnit, value }: Sensitivity): number => perUnit * value * SHARE;
  const worth = sensitivities.filter((each) => Math.abs(gain(each)) >= LEAST_SHARE * region.measure);
  if (worth.length === 0) return [];
  worth.sort((a, b) => Math.abs(gain(b)) - Math.abs(gain(a)));
  const unit = unitLabel(measureUnit);
  return [
    `what adds to the region at ${capLabel(subsidyCap, currency)}`,
    ...alignColumns([
      ['parameter', 'now', `${unit} per unit`, `by ${SHARE * 100} % more (${unit})`, ''],
      ...worth
        .slice(0, MOST_ROWS)
        .map((each) => [
          nameOf(each),
          `${short(each.value)} ${each.unit}`,
          signed(each.perUnit),
          signed(gain(each)),
          region.measure > 0 ? signedPercent(gain(each) / region.measure) : '',
        ]),
    ]).map((line) => `  ${line}`),
  ];
}

/** Below this share of the measure a parameter adds nothing to speak of. */
const LEAST_SHARE = 1e-4;

function nameOf({ parameter, element, service }: Sensitivity): string {
  const of = [element, service].filter((part) => part !== null).join(' ');
  return of ? `${parameter} of ${of}` : parameter;
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${measure(Math.abs(value))}`;

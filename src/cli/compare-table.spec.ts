import { describe, expect, it } from 'vitest';
import { twoStations } from '../../test/fixtures/two-stations.js';
import type { CharacterizeResult, CompareResult } from '../solver/result.js';
import { compareTable, equationLines } from './compare-table.js';

const { scenario, studies } = twoStations(2);
const [region] = (studies[0] as CharacterizeResult).regions;
const { subsidyCap, dimension, measure, measureUnit, ranges } = region;
const compare: CompareResult = {
  kind: 'compare',
  name: 'Static',
  dynamic: 'Region',
  staticIntervalH: 0.5,
  axes: [
    { station: 'A', interval: 1 },
    { station: 'B', interval: 1 },
  ],
  static: [
    {
      ...region,
      dimension: 1,
      measure: Math.SQRT2,
      measureUnit: 'MW',
      ranges: [
        { min: -0.5, max: 0.5 },
        { min: 0, max: 1 },
      ],
      equations: [{ normal: [-Math.SQRT1_2, -Math.SQRT1_2], offset: -0.5 * Math.SQRT1_2 }],
    },
  ],
  dynamicRegions: [{ subsidyCap, dimension, measure, measureUnit, ranges }],
};

describe('compare table', () => {
  it('sets static and dynamic regions side by side, with ranges and half-widths', () => {
    expect(compareTable(compare, scenario)).toEqual([
      'budget    model  dimension    measure                A (MW)                B (MW)',
      '30 CNY   static          1    1.41 MW  −0.50 … 0.50 (±0.50)   0.00 … 1.00 (±0.50)',
      '30 CNY  dynamic          2  0.500 MW²  -0.20 … 0.80 (±0.50)  -0.20 … 0.80 (±0.50)'.replaceAll(
        '-',
        '−',
      ),
    ]);
  });

  it('writes the equation of a flat region with its largest coefficient 1', () => {
    expect(equationLines(compare, scenario)).toEqual(['static at 30 CNY: A 00:30 + B 00:30 = 0.500 MW']);
    const slanted = {
      ...compare,
      static: [{ ...region, equations: [{ normal: [0.8, -0.6], offset: 0.4 }] }],
    };
    expect(equationLines(slanted, scenario)).toEqual(['static at 30 CNY: A 00:30 − 0.75 B 00:30 = 0.500 MW']);
  });
});

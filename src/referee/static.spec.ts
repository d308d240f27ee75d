import { describe, expect, it } from 'vitest';
import { twoStations } from '../../test/fixtures/two-stations.js';
import type { CompareResult, Point, ResultFile } from '../solver/result.js';
import { verifyResult } from './verify.js';

/**
 * The two stations in static intervals of 0.3 h: in each, 30 charging, 12 V2G and 18 regular travellers, present for a
 * third of it. A part x of the first interval's charging travellers goes by B for a coupon of 3 CNY, so A has
 * 1 − x − 0.2 MW and B x MW: the total stays at 0.8 MW.
 */
function staticPoint(x: number): Point {
  const flow = (traveller: 'regular' | 'charging' | 'v2g', path: string[], departures: number[]) => ({
    traveller,
    demand: 'o->d',
    path,
    departures,
  });
  return {
    direction: null,
    positionMw: [0.8 - x, x],
    supportMw: null,
    outerSupportMw: null,
    certificate: {
      equilibriumGap: 0,
      maxExcessCost: 0,
      subsidy: 90 * x,
      subsidyCap: null,
      unique: false,
      minVoltagePu: null,
      maxVoltagePu: null,
      maxLineLoading: null,
      acMismatchMw: null,
      fictitiousLossKw: null,
      status: 'certified',
    },
    plan: {
      coupons: x > 0 ? [{ station: 'B', service: 'charging', interval: 0, perVehicle: 3 }] : [],
      flows: [
        flow('regular', ['o->a', 'a->d'], [18, 18]),
        flow('charging', ['o->a', 'A.charging', 'a->d'], [30 * (1 - x), 30]),
        flow('charging', ['o->b', 'B.charging', 'b->d'], [30 * x, 0]),
        flow('v2g', ['o->a', 'A.v2g', 'a->d'], [12, 12]),
      ],
      stationLoadMw: { A: [0.8 - x, 0.8], B: [x, 0] },
      feeder: null,
    },
  };
}

function comparison(change: (compare: CompareResult) => void = () => {}): ResultFile {
  const file = twoStations(2);
  const s = Math.SQRT1_2;
  const points = [staticPoint(0), staticPoint(1)];
  const compare: CompareResult = {
    kind: 'compare',
    name: 'Static',
    dynamic: 'Region',
    staticIntervalH: 0.3,
    axes: [
      { station: 'A', interval: 0 },
      { station: 'B', interval: 0 },
    ],
    total: { static: { minMw: 0.8, maxMw: 0.8 }, dynamic: { minMw: -0.4, maxMw: 1.6 } },
    static: [
      {
        subsidyCap: null,
        dimension: 1,
        measure: Math.SQRT2,
        measureUnit: 'MW',
        outerMeasure: null,
        estimatedGap: null,
        ranges: [
          { min: -0.2, max: 0.8 },
          { min: 0, max: 1 },
        ],
        points,
        hull: {
          vertices: points.map(({ positionMw }) => [...positionMw]),
          facets: [[0], [1]],
          halfspaces: [
            { normal: [s, s], offset: 0.8 * s },
            { normal: [-s, -s], offset: -0.8 * s },
            { normal: [s, -s], offset: 0.8 * s },
            { normal: [-s, s], offset: 1.2 * s },
          ],
        },
        equations: [{ normal: [s, s], offset: 0.8 * s }],
        solves: 2,
        seconds: 0,
      },
    ],
  };
  change(compare);
  return { ...file, studies: [...file.studies, compare] };
}

const rejected = (file: ResultFile): string[] =>
  verifyResult(file)
    .filter(({ ok }) => !ok)
    .map(({ claim }) => claim);

describe('a static region worked out by hand', () => {
  it('is accepted', () => expect(rejected(comparison())).toEqual([]));

  const cases: [string, (compare: CompareResult) => void, RegExp][] = [
    [
      'a load',
      ({ static: [{ points }] }) => (points[1].plan.stationLoadMw['B'][0] = 0.9),
      /^load of B at interval 0/,
    ],
    [
      'a position',
      ({ static: [{ points }] }) => (points[1].positionMw[0] = 0),
      /^position on A at interval 0/,
    ],
    [
      'a departure',
      ({ static: [{ points }] }) => (points[0].plan.flows[0].departures[1] = 17),
      /^departures of regular/,
    ],
    ['a coupon', ({ static: [{ points }] }) => (points[1].plan.coupons[0].perVehicle = 2), /^equilibrium$/],
    ['another interval', (compare) => (compare.staticIntervalH = 0.2), /^path of regular/],
    [
      'an equation',
      ({ static: [{ equations }] }) => (equations![0].offset += 0.1),
      /^equations of a flat region/,
    ],
    ['a total', ({ total }) => (total!.static.maxMw = 0.7), /^most total load/],
    ['a dynamic total', ({ total }) => (total!.dynamic.minMw = 1), /^least total load/],
    ['a length', ({ static: [region] }) => (region.measure = 1), /^measure/],
  ];
  it.each(cases)('falsified by %s is caught', (_, change, claim) => {
    expect(rejected(comparison(change))).toContainEqual(expect.stringMatching(claim));
  });
});

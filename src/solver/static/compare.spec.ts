import { beforeAll, describe, expect, it } from 'vitest';
import { eveningPeak } from '../../../test/fixtures/evening-peak.js';
import { smallScenario } from '../../../test/fixtures/small-scenario.js';
import { InlineEngine } from '../engine/inline-engine.js';
import { characterize } from '../region/characterize.js';
import type { CharacterizeResult, CompareResult } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { Axis, CharacterizeSpec, CompareSpec, SubsidyCap } from '../study-spec.js';
import { compare, equationsOf } from './compare.js';
import { coveringInterval, staticScenario } from './static-scenario.js';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function region(axes: Axis[], subsidyCaps: SubsidyCap[]): CharacterizeSpec {
  const directions = { kind: 'every', degrees: 45 } as const;
  return { kind: 'characterize', name: 'Region', axes, subsidyCaps, directions, expectations: [] };
}

const spec = (staticIntervalH: number): CompareSpec => ({
  kind: 'compare',
  name: 'Static',
  region: 'Region',
  staticIntervalH,
  expectations: [],
});

/** What a compare study needs of the dynamic side, without solving it. */
const unsolved = (study: CharacterizeSpec): CharacterizeResult => ({
  kind: 'characterize',
  name: study.name,
  axes: study.axes,
  directions: study.directions,
  partial: false,
  couponFree: null,
  regions: study.subsidyCaps.map((subsidyCap) => ({
    subsidyCap,
    dimension: 0,
    measure: 0,
    measureUnit: '1',
    outerMeasure: null,
    estimatedGap: null,
    ranges: [],
    points: [],
    hull: { vertices: [], facets: [], halfspaces: [] },
    solves: 0,
    seconds: 0,
  })),
});

const options = () => ({ engine: new InlineEngine() });

/** Two stations on parallel roads; 60 veh/h, then 120, in steps of 10 minutes. */
function parallel(): Scenario {
  const service = { ports: 20, maxWaitH: 0.5, pricePerKwh: [1, 1, 1, 1, 1, 2], couponCapPerVehicle: 20 };
  return smallScenario({
    intervals: 6,
    intervalHours: 1 / 6,
    valueOfTimePerH: 30,
    chargingShare: 0.5,
    v2gShare: 0.2,
    links: [
      ['a', 's', 0.2, 2000],
      ['s', 'b', 0.2, 2000],
      ['a', 't', 0.3, 2000],
      ['t', 'b', 0.2, 2000],
    ],
    demands: [['a', 'b', [60, 60, 60, 60, 120, 180]]],
    stations: ['S', 'T'].map((id) => ({
      id,
      node: id.toLowerCase(),
      charging: { ...service, serviceH: 0.25 },
      v2g: { ...service, powerKw: 40, serviceH: 0.25 },
    })),
  });
}

describe('static scenario', () => {
  it('averages demand and prices over long intervals and keeps the number of travellers', () => {
    const { intervals, intervalHours, roads, stations } = staticScenario(parallel(), 0.5);
    expect([intervals, intervalHours]).toEqual([2, 0.5]);
    expect(roads.demands[0].vehPerH.map((rate) => Math.round(rate * 1e9) / 1e9)).toEqual([60, 120]);
    expect(stations[0].charging?.pricePerKwh[1]).toBeCloseTo(4 / 3, 12);
  });

  it('pads a last interval that the horizon does not fill', () => {
    const { intervals, roads, stations } = staticScenario(parallel(), 2 / 3);
    expect(intervals).toBe(2);
    expect(roads.demands[0].vehPerH[1]).toBeCloseTo((120 + 180) / 4, 12);
    expect(stations[0].charging?.pricePerKwh[1]).toBeCloseTo(1.5, 12);
  });

  it('finds the static interval that covers an instant', () => {
    const scenario = parallel();
    expect([0, 2, 3, 5].map((t) => coveringInterval(scenario, 0.5, t))).toEqual([0, 0, 1, 1]);
  });
});

describe('compare', () => {
  const axes = (interval: number): Axis[] => ['S', 'T'].map((station) => ({ station, interval }));

  it('finds the segment that two stations share a fixed load on, between all at one and all at the other', async () => {
    // 30 charging and 12 V2G drivers per static interval of 18:30's kind: 60 drivers in half an hour at 120 veh/h.
    const study = region(axes(3), [null]);
    const {
      static: regions,
      total,
      explanation,
    } = await compare(parallel(), spec(0.5), unsolved(study), options());
    const charging = 30 * 0.06 * 0.5;
    const v2g = 12 * 0.04 * 0.5;
    expect(total?.static.minMw).toBeCloseTo(charging - v2g, 12);
    expect(total?.static.maxMw).toBeCloseTo(charging - v2g, 12);
    expect(regions[0].dimension).toBe(1);
    expect(regions[0].points.every(({ certificate }) => certificate.status === 'certified')).toBe(true);
    expect(explanation).toMatch(/draw 0\.660 MW \(least and most coincide\)/);
    // Coupons are capped at 20 CNY, which outweighs the 3 CNY of the longer way and any waiting at 30 of 40 ports.
    expect(regions[0].ranges[0].min).toBeCloseTo(-v2g, 6);
    expect(regions[0].ranges[0].max).toBeCloseTo(charging, 6);
    const [equation] = regions[0].equations ?? [];
    expect(Math.abs(equation.normal[0])).toBeCloseTo(Math.SQRT1_2, 12);
    expect(equation.offset / equation.normal[0]).toBeCloseTo(charging - v2g, 9);
  });

  it('lists loads, flows and coupons under static intervals', async () => {
    const study = region(axes(3), [50]);
    const result = await compare(parallel(), spec(0.5), unsolved(study), options());
    expect(result.axes?.map(({ interval }) => interval)).toEqual([1, 1]);
    for (const { plan, positionMw } of result.static[0].points) {
      expect(plan.stationLoadMw.S).toHaveLength(2);
      expect([plan.stationLoadMw.S[1], plan.stationLoadMw.T[1]]).toEqual(positionMw);
      for (const { departures } of plan.flows) expect(departures).toHaveLength(2);
    }
  });

  it('does not call a region flat whose total can change', async () => {
    // A charging visit is worth twice as much energy at T: the total depends on who goes where.
    const scenario = parallel();
    Object.assign(scenario.stations[1].charging!, { serviceH: 0.5, couponCapPerVehicle: null });
    const {
      static: regions,
      total,
      explanation,
    } = await compare(scenario, spec(0.5), unsolved(region(axes(3), [null])), options());
    expect(regions[0].dimension).toBe(2);
    expect(regions[0].equations).toEqual([]);
    expect(total!.static.maxMw - total!.static.minMw).toBeCloseTo(30 * 0.06 * 0.5, 9);
    expect(explanation).toMatch(/so coupons change the total as well/);
  });
});

describe('equations of a flat hull', () => {
  it('are its pairs of opposite half-spaces', () => {
    const up = { normal: [0, 0, 1], offset: 2 };
    const down = { normal: [0, 0, -1], offset: -2 };
    const side = { normal: [1, 0, 0], offset: 1 };
    const far = { normal: [-1, 0, 0], offset: 1 };
    expect(equationsOf({ vertices: [], facets: [], halfspaces: [up, down, side, far] })).toEqual([up]);
  });
});

describe('evening peak, static and dynamic', () => {
  const study = region(
    ['CS1', 'CS2', 'CS3'].map((station) => ({ station, interval: 6 })),
    [2000],
  );
  let result: CompareResult;
  beforeAll(async () => {
    result = await compare(eveningPeak(), spec(0.5), unsolved(study), options());
  }, 300_000);

  it('static: a polygon in the plane of a fixed total of 4.667 MW', () => {
    const [{ dimension, points, measureUnit, measure, equations }] = result.static;
    expect(dimension).toBe(2);
    expect(measureUnit).toBe('MW^2');
    for (const { positionMw } of points) expect(Math.abs(sum(positionMw) - 14 / 3)).toBeLessThanOrEqual(1e-9);
    expect(result.total!.static.maxMw - result.total!.static.minMw).toBeLessThanOrEqual(1e-9);
    expect(result.total!.static.minMw).toBeCloseTo(14 / 3, 9);
    expect(equations).toHaveLength(1);
    for (const component of equations![0].normal) {
      expect(Math.abs(component)).toBeCloseTo(1 / Math.sqrt(3), 6);
    }
    expect(measure).toBeGreaterThan(19);
    expect(measure).toBeLessThan(43);
  });

  it('dynamic: the total can change, and four points of one budget span a solid', async () => {
    expect(result.total!.dynamic.maxMw - result.total!.dynamic.minMw).toBeGreaterThan(1);
    const dynamic = await characterize(
      eveningPeak(),
      { ...study, directions: { kind: 'every', degrees: 90 } },
      options(),
    );
    expect(dynamic.regions[0].dimension).toBe(3);
  }, 300_000);
});

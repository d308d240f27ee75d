import { beforeAll, describe, expect, it } from 'vitest';
import { ieee33, modifiedIeee33, twoBus, withStations } from '../../../test/fixtures/feeders/feeders.js';
import { convexHull } from '../geometry/hull.js';
import { boxHalfspaces, intersectHalfspaces } from '../geometry/polytope.js';
import type { Highs } from '../highs/load.js';
import { loadHighs } from '../highs/load.js';
import type { CaseRegionOptions } from './case-region.js';
import type { LoadHalfSpace } from './operating-case.js';
import type { FeederCheck, IntervalRegion } from './region.js';
import { FeederRegion, buildIntervalRegion } from './region.js';

const T6 = 6;
const RESERVE = { bus: 'b30', interval: T6, mw: 5 };
const BOX = { minMw: [-1.6, -1.6, -1.6], maxMw: [3.6, 4.4, 4.4] };
const model = withStations(modifiedIeee33(), ['b22', 'b16', 'b30']);

let highs: Highs;
let data: IntervalRegion;
let region: FeederRegion;
beforeAll(async () => {
  highs = await loadHighs();
  data = buildIntervalRegion(highs, model, T6, RESERVE, BOX, { toleranceMw: 0.1, maxSolves: 60 });
  region = new FeederRegion(highs, model, [data]);
}, 60_000);

function satisfies(halfspaces: LoadHalfSpace[], loads: readonly number[], tolerance = 0): boolean {
  return halfspaces.every(
    ({ normal, offsetMw }) => normal.reduce((sum, n, k) => sum + n * loads[k], 0) <= offsetMw + tolerance,
  );
}

/** Loads spread over the box by the additive recurrence of the plastic number: the same at every run. */
function spread(count: number): number[][] {
  const steps = [0.8191725134, 0.6710436067, 0.5497004779];
  return Array.from({ length: count }, (_, i) =>
    steps.map((step, k) => BOX.minMw[k] + ((0.5 + (i + 1) * step) % 1) * (BOX.maxMw[k] - BOX.minMw[k])),
  );
}

describe('region of station loads of the modified feeder at 18:00', () => {
  it('is smaller with a reserve of 5 MW at bus 30, and plain data', () => {
    const [operation, reserved] = data.cases.map(
      (each) => convexHull(each.served.map(({ loadsMw }) => loadsMw)).measure,
    );
    const box = BOX.minMw.reduce((volume, min, k) => volume * (BOX.maxMw[k] - min), 1);
    expect(operation).toBeGreaterThan(0.75 * box);
    expect(operation).toBeLessThan(box);
    expect(reserved).toBeLessThan(0.35 * operation);
    expect(structuredClone(data)).toEqual(data);
  });

  it('answers: inside the hull AC-feasible, outside the proven bound not, and every refusal with a cut', () => {
    const loads = spread(60);
    for (const load of loads) {
      const answer: FeederCheck = region.check(T6, load);
      if (satisfies(region.halfspaces(T6, 'inner'), load)) expect(answer.feasible).toBe(true);
      if (!satisfies(region.halfspaces(T6, 'outer'), load, 1e-4)) expect(answer.feasible).toBe(false);
      if (answer.feasible) {
        expect(answer.minVoltagePu).toBeGreaterThanOrEqual(0.93 - 1e-6);
        expect(answer.maxVoltagePu).toBeLessThanOrEqual(1.07 + 1e-6);
        expect(answer.maxLineLoading).toBeLessThanOrEqual(1 + 1e-6);
        expect(answer.fictitiousLossKw).toBeLessThan(0.1);
        expect(answer.acMismatchMw).toBeLessThan(1e-9);
        expect(Object.keys(answer.state.setpoints)).toEqual([
          'Grid',
          'DG18',
          'DG22',
          'DG33',
          'PV14',
          'PV24',
          'PV31',
        ]);
        continue;
      }
      if (!answer.cut || !answer.nearestLoadsMw) throw new Error('the region is not empty');
      expect(satisfies([answer.cut], load)).toBe(false);
      expect(satisfies([answer.cut], answer.nearestLoadsMw, 1e-9)).toBe(true);
      const again = region.check(T6, answer.nearestLoadsMw);
      expect(again.feasible || again.reserve !== answer.reserve).toBe(true);
      // The region is convex but for losses: a cut hardly touches any other load that can be served.
      for (const { loadsMw } of data.cases.at(-1)?.served ?? [])
        expect(satisfies([answer.cut], loadsMw, 0.05)).toBe(true);
    }
  });

  it('reaches within the tolerance of what a finer region reaches, along any direction', () => {
    const tolerance = 0.02;
    const build = (toleranceMw: number) =>
      buildIntervalRegion(highs, model, T6, null, BOX, { toleranceMw, outer: false }).cases[0];
    const [coarse, fine] = [build(tolerance), build(0.1 * tolerance)];
    expect(coarse.solves).toBeLessThan(fine.solves);
    for (const position of spread(40)) {
      const direction = position.map((load, k) => load - (BOX.minMw[k] + BOX.maxMw[k]) / 2);
      const size = Math.hypot(...direction);
      const reach = ({ served }: typeof fine) =>
        Math.max(
          ...served.map(({ loadsMw }) =>
            loadsMw.reduce((sum, load, k) => sum + (load * direction[k]) / size, 0),
          ),
        );
      expect(reach(coarse)).toBeGreaterThan(reach(fine) - tolerance);
    }
  });

  it('is told as finely where loads can be as without knowing where that is, in fewer solves', () => {
    const toleranceMw = 0.02;
    // The stations share their drivers.
    const reach = [
      { normal: [1, 1, 1].map((n) => n / Math.sqrt(3)), offsetMw: 6 / Math.sqrt(3) },
      { normal: [1, 1, 0].map((n) => n / Math.sqrt(2)), offsetMw: 5 / Math.sqrt(2) },
    ];
    const build = (options: CaseRegionOptions) =>
      buildIntervalRegion(highs, model, T6, null, BOX, { toleranceMw, outer: false, ...options }).cases[0];
    const [everywhere, within] = [build({}), build({ reach })];
    expect(within.solves).toBeLessThan(0.8 * everywhere.solves);
    const farthest = [everywhere, within].map(({ inner }) =>
      intersectHalfspaces([
        ...boxHalfspaces(BOX.minMw.map((min, k) => ({ min, max: BOX.maxMw[k] }))),
        ...[...inner, ...reach].map(({ normal, offsetMw }) => ({ normal, offset: offsetMw })),
      ]).corners.map(({ position }) => position),
    );
    for (const loads of farthest[0]) expect(satisfies(within.inner, loads, 2 * toleranceMw)).toBe(true);
    for (const loads of farthest[1]) expect(satisfies(everywhere.inner, loads, 2 * toleranceMw)).toBe(true);
  });

  it('answers the same whatever was asked before', () => {
    const fresh = new FeederRegion(highs, model, [structuredClone(data)]);
    for (const load of spread(8)) expect(fresh.check(T6, load)).toEqual(region.check(T6, load));
  });

  it('has no region for an interval that was not built', () => {
    expect(() => region.check(3, [0, 0, 0])).toThrow(RangeError);
    expect(() => buildIntervalRegion(highs, model, T6, { ...RESERVE, bus: 'b99' }, BOX)).toThrow(/b99/);
  });
});

describe('stations of any number and place', () => {
  const build = (buses: (string | null)[], feeder = ieee33({ maxVoltagePu: 1.05 })) => {
    const stations = withStations(feeder, buses);
    const box = { minMw: buses.map(() => -1), maxMw: buses.map(() => 1) };
    const interval = buildIntervalRegion(highs, stations, 0, null, box, { maxSolves: 20 });
    return new FeederRegion(highs, stations, [interval]);
  };

  it('one station: an interval', () => {
    const one = build(['b16']);
    expect(one.check(0, [0.19]).feasible).toBe(true);
    const above = one.check(0, [0.5]);
    expect(above.feasible).toBe(false);
    if (!above.feasible) expect(above.nearestLoadsMw?.[0]).toBeCloseTo(0.19604, 4);
  });

  it('one station that exports: 2.46996 MW served, within 1 % of AC; the relaxation proves no less than about 9 MW', () => {
    const stations = withStations(ieee33({ maxVoltagePu: 1.05, limitA: 456 }), ['b16']);
    const box = { minMw: [-12], maxMw: [1] };
    const exports = new FeederRegion(highs, stations, [buildIntervalRegion(highs, stations, 0, null, box)]);
    const { servedMw, provenMw } = exports.support(0, [1]);
    expect(servedMw).toBeLessThan(-0.99 * 2.46996);
    expect(servedMw).toBeGreaterThan(-2.46996 - 1e-5);
    expect(provenMw).toBeLessThan(-9);
    expect(provenMw).toBeGreaterThan(-9.5);
    expect(exports.check(0, [servedMw]).feasible).toBe(true);
    expect(exports.check(0, [servedMw - 0.01]).feasible).toBe(false);
  });

  it('two stations at one bus share its limit; one without a bus meets none', () => {
    const three = build(['b16', 'b16', null]);
    expect(three.check(0, [0.09, 0.09, 1]).feasible).toBe(true);
    expect(three.check(0, [0.15, 0.15, 0]).feasible).toBe(false);
    expect(three.check(0, [1, -0.85, -1]).feasible).toBe(true);
  });

  it('four stations, and none', () => {
    const four = build(['b16', 'b22', 'b30', 'b25']);
    expect(four.check(0, [0, 0, 0, 0]).feasible).toBe(true);
    expect(four.check(0, [1, 1, 1, 1]).feasible).toBe(false);
    const none = build([]);
    expect(none.check(0, []).feasible).toBe(true);
  });

  it('says that nothing can be served where the base load breaks the limits', () => {
    const feeder = twoBus(0.02, 0.03, { minVoltagePu: 0.95 });
    feeder.buses[1].loadKw = [9000];
    const empty = build([null], feeder);
    expect(empty.isServable(0)).toBe(false);
    expect(empty.check(0, [0])).toMatchObject({ feasible: false, cut: null, shiftMw: Infinity });
  });
});

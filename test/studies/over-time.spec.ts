import { describe, expect, it } from 'vitest';
import { smallScenario } from '../fixtures/small-scenario.js';
import { verifyResult } from '../../src/referee/verify.js';
import { InlineEngine } from '../../src/solver/engine/inline-engine.js';
import type { CharacterizeResult } from '../../src/solver/result.js';
import { RESULT_FORMAT, RESULT_VERSION, ResultFile } from '../../src/solver/result.js';
import type { Scenario } from '../../src/solver/scenario.js';
import type { Axis, CharacterizeSpec } from '../../src/solver/study-spec.js';
import { characterizeOverTime } from '../../src/solver/region/over-time.js';

const INTERVALS = 6;

/** One station that charges for one interval, ten minutes away on a short road and twenty on a long one. */
function plaza(pricePerKwh = 1, vehPerH = 60): Scenario {
  const scenario = smallScenario({
    intervals: INTERVALS,
    intervalHours: 1 / 6,
    valueOfTimePerH: 30,
    chargingShare: 1,
    v2gShare: 0,
    links: [
      ['a', 's', 1 / 6, 2000],
      ['a', 'm', 1 / 6, 2000],
      ['m', 's', 1 / 6, 2000],
      ['s', 'b', 1 / 6, 2000],
    ],
    demands: [['a', 'b', vehPerH]],
    stations: [
      {
        id: 'S',
        node: 's',
        charging: {
          ports: 100,
          powerKw: 60,
          serviceH: 1 / 6,
          maxWaitH: 0.5,
          pricePerKwh: new Array<number>(INTERVALS).fill(pricePerKwh),
          couponCapPerVehicle: null,
        },
      },
    ],
  });
  // The last driver takes the long road and an interval of service.
  return { ...scenario, tailIntervals: 4 };
}

const at = (interval: number): Axis[] => [{ station: 'S', interval }];

const study = (axes: Axis[][], subsidyCaps: (number | null)[] = [null]): CharacterizeSpec => ({
  kind: 'characterize',
  name: 'Plaza',
  axes: axes[0],
  ...(axes.length > 1 ? { laterAxes: axes.slice(1) } : {}),
  subsidyCaps,
  directions: { kind: 'every', degrees: 15 },
  expectations: [],
});

const run = (scenario: Scenario, spec: CharacterizeSpec, warm?: CharacterizeResult, theirs = scenario) =>
  characterizeOverTime(scenario, spec, {
    engine: new InlineEngine(),
    ...(warm ? { warm: { scenario: theirs, result: warm } } : {}),
  });

/** As it is read back from its file. */
function fileOf(scenario: Scenario, result: CharacterizeResult): ResultFile {
  const generator = { name: 'v2g', version: '0' };
  const file = { format: RESULT_FORMAT, version: RESULT_VERSION, generator, scenario, studies: [result] };
  return ResultFile.parse(JSON.parse(JSON.stringify(file)));
}

const rejected = (scenario: Scenario, result: CharacterizeResult): string[] =>
  verifyResult(fileOf(scenario, result))
    .filter(({ ok }) => !ok)
    .map(({ claim }) => claim);

describe('a study over a range of times', () => {
  // Ten vehicles leave in each interval; those of the one before may be here by the short road, and those of two before
  // by the long one: 0, 1 or 2 intervals' worth is present, 10 × 60 kW each.
  const expected = [
    { min: 0, max: 0 },
    { min: 0, max: 0.6 },
    { min: 0, max: 1.2 },
    { min: 0, max: 1.2 },
  ];

  it('has a region at each interval, the closed-form range without budget, all accepted by the referee', async () => {
    const scenario = plaza();
    const result = await run(scenario, study([1, 2, 3, 4].map(at)));
    const ranges = [result, ...(result.laterIntervals ?? [])].map(({ regions }) => regions[0].ranges[0]);
    expect(ranges).toHaveLength(4);
    expect([result, ...result.laterIntervals!].map(({ interval }) => interval)).toEqual([1, 2, 3, 4]);
    ranges.forEach(({ min, max }, index) => {
      expect(min).toBeCloseTo(expected[index].min, 4);
      expect(max).toBeCloseTo(expected[index].max, 4);
    });
    expect(rejected(scenario, result)).toEqual([]);
  });

  it('is caught by the referee when a later interval is falsified', async () => {
    const scenario = plaza();
    const result = await run(scenario, study([3, 4].map(at)));
    result.laterIntervals![0].regions[0].measure += 0.01;
    const [finding] = verifyResult(fileOf(scenario, result)).filter(({ ok }) => !ok);
    expect(finding).toMatchObject({ study: 'Plaza', region: 'S at interval 4, unlimited' });
    expect(finding.claim).toMatch(/^measure/);
  });

  it('keeps the intervals that it had found when it is cancelled', async () => {
    const abort = new AbortController();
    const result = await characterizeOverTime(plaza(), study([2, 3, 4].map(at)), {
      engine: new InlineEngine(),
      signal: abort.signal,
      onProgress: ({ interval, phase }) => {
        if (interval?.index === 1 && phase === 'directions') abort.abort();
      },
    });
    expect(result.partial).toBe(true);
    expect(result.regions[0].measure).toBeCloseTo(0.6, 4);
    expect(result.laterIntervals).toHaveLength(1);
  });
});

describe('two times of one station', () => {
  it('show what can be shifted when: a zonotope of three groups', async () => {
    const scenario = plaza();
    const result = await run(scenario, study([[...at(3), ...at(4)]]));
    const [{ dimension, measure, hull }] = result.regions;
    // At 3 stand a of those that left at 0 by the long road and b of those that left at 1 by the short one, at 4 the rest
    // of these and c of those that left at 2: (a + b, 0.6 − b + c) for a, b, c in [0, 0.6], three parallelograms.
    expect(dimension).toBe(2);
    expect(measure).toBeCloseTo(3 * 0.6 * 0.6, 2);
    for (const [x, y] of hull.vertices) {
      expect(x + y).toBeGreaterThanOrEqual(0.6 - 1e-4);
      expect(x + y).toBeLessThanOrEqual(1.8 + 1e-4);
    }
    expect(rejected(scenario, result)).toEqual([]);
  });
});

describe('a run from an earlier result', () => {
  // Whoever is paid to come later is one of all who come then: nothing but the loads without coupons for 20 CNY.
  const spec = study([[...at(3), ...at(4)]], [20, 80, null]);

  it('of the same file, or one with other names, has at least its regions without a search', async () => {
    const scenario = { ...plaza(), name: 'Renamed' };
    const cold = await run(plaza(), spec);
    const warm = await run(scenario, spec, cold, plaza());
    expect(warm.regions.map(({ solves }) => solves)).toEqual([0, 0, 0]);
    // For what may be changed next.
    expect(warm.startingPatterns).toEqual(cold.startingPatterns);
    expect(warm.startingPatterns).toBeDefined();
    expect(warm.regions.map(({ outerMeasure }) => outerMeasure)).toEqual(
      cold.regions.map(({ outerMeasure }) => outerMeasure),
    );
    warm.regions.forEach(({ measure }, index) =>
      expect(measure).toBeGreaterThanOrEqual(cold.regions[index].measure - 1e-5),
    );
    expect(rejected(scenario, warm)).toEqual([]);
  });

  it.each([
    ['price', plaza(1.3)],
    ['demand', plaza(1, 66)],
  ])('of another %s finds what a cold run finds', async (_, changed) => {
    const before = plaza();
    const cold = await run(changed, spec);
    const warm = await run(changed, spec, await run(before, spec), before);
    warm.regions.forEach(({ measure }, index) => {
      // The tolerance of the manual for runs from an earlier result.
      expect(measure).toBeGreaterThanOrEqual(0.98 * cold.regions[index].measure);
      expect(measure).toBeLessThanOrEqual(1.02 * cold.regions[index].measure);
    });
    expect(rejected(changed, warm)).toEqual([]);
  });

  it('is as good when nothing of the earlier result fits', async () => {
    const scenario = plaza();
    const other = { ...plaza(), roads: { ...plaza().roads, demands: [] } };
    const cold = await run(scenario, spec);
    const strange = structuredClone(cold);
    for (const { points } of strange.regions)
      for (const { plan } of points) for (const flow of plan.flows) flow.path = ['no such road'];
    const warm = await run(scenario, spec, strange, other);
    expect(warm.regions.map(({ measure }) => measure)).toEqual(cold.regions.map(({ measure }) => measure));
  });
});

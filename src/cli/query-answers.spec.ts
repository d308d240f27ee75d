import { beforeAll, describe, expect, it } from 'vitest';
import { AXIS, leastSubsidy, POWER_MW, twoSided } from '../../test/fixtures/two-sided.js';
import { verifyResult } from '../referee/verify.js';
import { loadFile } from '../language/node-file-system.js';
import { InlineEngine } from '../solver/engine/inline-engine.js';
import { characterize } from '../solver/region/characterize.js';
import type { CharacterizeResult, LoadSpread } from '../solver/result.js';
import { RESULT_FORMAT, RESULT_VERSION } from '../solver/result.js';
import type { Scenario } from '../solver/scenario.js';
import type { CharacterizeSpec } from '../solver/study-spec.js';
import { priceMap } from '../solver/query/price-map.js';
import { QuerySession } from '../solver/query/query-session.js';
import { sampleRegion } from '../solver/query/sample.js';
import { withSpreads } from '../solver/query/spreads.js';

/** A query knows the point itself as a start; what settling it again costs more, as a share. */
const DEARER = 1e-3;

const engine = new InlineEngine();

describe('questions to the region of the corridor', () => {
  let scenario: Scenario;
  let result: CharacterizeResult;
  let session: QuerySession;
  beforeAll(async () => {
    const program = await loadFile('examples/corridor.v2g');
    if (!program.scenario) throw new Error('the example has errors');
    scenario = program.scenario;
    const study = program.studies.find((one): one is CharacterizeSpec => one.kind === 'characterize');
    if (!study) throw new Error('the example has no region');
    result = await characterize(scenario, study, { engine });
    session = await QuerySession.open(scenario, result.axes, { engine, result });
  }, 60_000);

  const violations = (changed: CharacterizeResult) =>
    verifyResult({
      format: RESULT_FORMAT,
      version: RESULT_VERSION,
      generator: { name: 'v2g', version: 'test' },
      scenario,
      studies: [changed],
    }).filter(({ ok }) => !ok);

  it('a certified point asked for costs no more than it did', async () => {
    for (const { subsidyCap, points } of result.regions) {
      const own = points.filter(({ certificate }) => certificate.subsidyCap === subsidyCap);
      const queries = await session.ask(
        own.map(({ positionMw }) => ({ targetMw: positionMw, subsidyCap: null })),
      );
      queries.forEach((query, index) => {
        expect(query.status).toBe('reached');
        const before = own[index].certificate.subsidy;
        expect(query.requiredSubsidy).toBeLessThanOrEqual(before * (1 + DEARER));
      });
    }
  }, 60_000);

  it('random points inside every hull are reached within the budget, and the referee agrees', async () => {
    const samples = [];
    for (const region of result.regions) {
      const sample = await sampleRegion(session, region, { count: 15, seed: 5 });
      expect(sample.complete).toBe(true);
      expect(sample.reached).toBe(15);
      samples.push(sample);
    }
    expect(violations({ ...result, samples })).toEqual([]);
  }, 60_000);

  it('a price map is what its points cost, and its estimate is near', async () => {
    const map = await priceMap(session, result, { nodes: 5, certify: true });
    expect(map?.grid.counts).toEqual([5, 5]);
    expect(violations({ ...result, priceMap: map })).toEqual([]);
    const inside = map?.grid.estimate.flatMap((estimate, node) => {
      const certified = map.grid.certified[node];
      return estimate === null || certified === null ? [] : [{ estimate, certified }];
    });
    expect(inside?.length).toBeGreaterThan(5);
    // Which nodes lie inside is a matter of rounding where the hull has its corners: the dearest point is one of them.
    const largest = Math.max(
      ...result.regions.flatMap(({ points }) => points.map(({ certificate }) => certificate.subsidy)),
    );
    for (const { estimate, certified } of inside ?? [])
      expect(Math.abs(estimate - certified)).toBeLessThan(0.2 * largest);
  }, 60_000);

  it('an answer shows what its coupons bring about, and the referee checks it', async () => {
    const answers = await session.ask([{ targetMw: [0.9, 0.1], subsidyCap: null }]);
    const queries = await withSpreads(session, answers);
    expect(queries[0].point?.spread?.verdict).toBe('one');
    expect(violations({ ...result, queries })).toEqual([]);
    const shifted = queries.map((query) => ({ ...query, targetMw: [0.91, 0.1] }));
    expect(violations({ ...result, queries: shifted }).map(({ claim }) => claim)).toContain(
      'reached what was asked for, MW',
    );
    const cheaper = queries.map((query) => ({ ...query, requiredSubsidy: 1 }));
    expect(violations({ ...result, queries: cheaper }).map(({ claim }) => claim)).toContain(
      'subsidy that it takes, money',
    );
  });

  it('stops when told to, and keeps what was answered', async () => {
    const controller = new AbortController();
    const sample = await sampleRegion(session, result.regions[0], {
      count: 10,
      seed: 1,
      signal: controller.signal,
      onAnswer: (done) => done === 3 && controller.abort(),
    });
    expect(sample.complete).toBe(false);
    expect(sample.queries).toHaveLength(3);
  });
});

it('a session needs no result to start from', async () => {
  const session = await QuerySession.open(twoSided(), [AXIS], { engine });
  const [answer] = await session.ask([{ targetMw: [30 * POWER_MW], subsidyCap: null }]);
  expect(answer.status).toBe('reached');
  expect(answer.requiredSubsidy).toBeCloseTo(leastSubsidy(30), 1);
});

it('one station: the least subsidy that sends drivers the long way round is a closed form', async () => {
  const { scenario, studies } = await loadFile('examples/one-station.v2g');
  const study = studies.find((one): one is CharacterizeSpec => one.kind === 'characterize');
  if (!scenario || !study) throw new Error('the example has errors');
  const session = await QuerySession.open(scenario, study.axes, { engine });
  // Ten charging drivers leave in each interval until 17:30 and are there for two; without coupons twenty charge at 17:30
  // and ten offer V2G: 0.8 MW. Whoever leaves at 17:10 and goes the long way comes at 17:30 instead of 17:20.
  const POWER_MW = 0.06;
  const WITHOUT_COUPONS_MW = 0.8;
  const LONGER_WAY = 5;
  const wait = (present: number): number => 10 * (present / 30) ** 3;
  for (const late of [2, 5, 8, 10]) {
    const coupon = LONGER_WAY + wait(20) - wait(20 - late);
    // Those who leave at 17:20 come at 17:30 anyway, and are paid as well.
    const least = coupon * (10 + late);
    const targetMw = [WITHOUT_COUPONS_MW - late * POWER_MW];
    const [answer] = await session.ask([{ targetMw, subsidyCap: null }]);
    expect(answer.status).toBe('reached');
    // Roads are nearly empty: their times differ from the free-flow ones by some thousandths of money.
    expect(Math.abs((answer.requiredSubsidy ?? NaN) / least - 1)).toBeLessThan(1e-3);
  }
});

describe('a load spread that claims too much', () => {
  let scenario: Scenario;
  let result: CharacterizeResult;
  beforeAll(async () => {
    const program = await loadFile('examples/corridor.v2g');
    if (!program.scenario) throw new Error('the example has errors');
    scenario = program.scenario;
    const axes = [
      { station: 'West', interval: 4 },
      { station: 'East', interval: 4 },
    ];
    const session = await QuerySession.open(scenario, axes, { engine });
    const answers = await session.ask([{ targetMw: [0.9, 0.1], subsidyCap: null }]);
    const queries = await withSpreads(session, answers);
    const directions = { kind: 'every', degrees: 45 } as const;
    result = {
      kind: 'characterize',
      name: 'Shift',
      axes,
      directions,
      partial: true,
      couponFree: null,
      regions: [],
      queries,
    };
  }, 60_000);

  const refused = (change: Partial<LoadSpread>): string[] => {
    const queries = (result.queries ?? []).map((query) => {
      const { point } = query;
      if (!point?.spread) throw new Error('the point has no spread');
      return { ...query, point: { ...point, spread: { ...point.spread, ...change } } };
    });
    return verifyResult({
      format: RESULT_FORMAT,
      version: RESULT_VERSION,
      generator: { name: 'v2g', version: 'test' },
      scenario,
      studies: [{ ...result, queries }],
    })
      .filter(({ ok }) => !ok)
      .map(({ claim }) => claim);
  };

  it('is refused: a wider range, another verdict, flows that are no equilibrium, a margin at another price', () => {
    expect(refused({})).toEqual([]);
    const point = result.queries?.[0].point;
    if (!point) throw new Error('the point was not reached');
    const [west, east] = point.positionMw;
    expect(
      refused({
        ranges: [
          { min: west - 0.1, max: west },
          { min: east, max: east },
        ],
      }),
    ).toEqual(['least load of West over equilibria, MW']);
    expect(refused({ verdict: 'several' })).toEqual(['one equilibrium exactly where no other is listed']);
    const flows = point.plan.flows.map((flow) => ({ ...flow, departures: [...flow.departures].reverse() }));
    const other = { positionMw: point.positionMw, equilibriumGap: 0, flows };
    expect(refused({ verdict: 'several', equilibria: [other] })).toContain(
      'other equilibrium 0: relative gap',
    );
    const margin = {
      perVehicle: 0.1,
      coupons: point.plan.coupons,
      subsidy: point.certificate.subsidy - 5,
      extraSubsidy: -5,
      equilibriumGap: 0,
      ranges: [],
      starts: 0,
      settled: 0,
    };
    expect(refused({ margin })).toContain('coupons with a margin: subsidy, money');
  });
});

it('behind one line: the load is as far beyond the feeder as its closed form says', async () => {
  const { scenario, studies } = await loadFile('examples/two-bus.v2g');
  const study = studies.find((one): one is CharacterizeSpec => one.kind === 'characterize');
  if (!scenario || !study) throw new Error('the example has errors');
  const session = await QuerySession.open(scenario, study.axes, { engine });
  /** At this load the far bus is at its lower voltage limit (see the example). */
  const LIMIT_MW = 2.2545;
  const ask = async (mw: number) => (await session.ask([{ targetMw: [mw], subsidyCap: null }]))[0];
  const inside = await ask(LIMIT_MW - 0.01);
  expect(inside.status).toBe('reached');
  expect(inside.point?.certificate.minVoltagePu).toBeGreaterThanOrEqual(0.95 - 1e-6);
  const beyond = await ask(LIMIT_MW + 0.1);
  expect(beyond.status).toBe('nearest');
  expect(beyond.point?.positionMw[0]).toBeGreaterThan(LIMIT_MW - 5e-3);
  expect(beyond.point?.positionMw[0]).toBeLessThanOrEqual(LIMIT_MW + 1e-4);
  const load = beyond.reason?.limits.find(({ kind }) => kind === 'load');
  expect(load).toMatchObject({ element: 'Plaza', interval: study.axes[0].interval });
  expect(load?.relaxation).toBeCloseTo(-0.1, 2);
  expect(beyond.reason?.limits.map(({ kind }) => kind)).toContain('voltage');
});

/** A dispatch with a feeder and a reserve, from region to referee: the referee recomputes all that it claims. */
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyResult } from '../../src/referee/verify.js';
import { InlineEngine } from '../../src/solver/engine/inline-engine.js';
import type { CharacterizeResult, DispatchResult, ResultFile } from '../../src/solver/result.js';
import type { Scenario } from '../../src/solver/scenario.js';
import type { CharacterizeSpec, DispatchSpec } from '../../src/solver/study-spec.js';
import { runStudy } from '../../src/solver/study.js';
import { smallScenario } from '../fixtures/small-scenario.js';
import { feeder } from '../fixtures/two-stations.js';

const RESERVE_MW = 0.6;
const INTERVALS = 6;

/** West at the source's bus, East behind the line, which carries 80 A: 1.4 MVA with the load of 0.5 MW there. */
function scenario(): Scenario {
  const service = { maxWaitH: 1 / 3, couponCapPerVehicle: 30, serviceH: 1 / 3 };
  const station = (id: string) => ({
    id,
    node: id,
    charging: { ...service, ports: 20, powerKw: 60, pricePerKwh: new Array<number>(INTERVALS).fill(2) },
    v2g: { ...service, ports: 15, powerKw: 40, pricePerKwh: new Array<number>(INTERVALS).fill(3) },
  });
  const small = smallScenario({
    intervals: INTERVALS,
    intervalHours: 1 / 6,
    valueOfTimePerH: 30,
    chargingShare: 0.2,
    v2gShare: 0.1,
    links: [
      ['home', 'West', 1 / 6, 1800],
      ['West', 'East', 1 / 6, 1800],
      ['East', 'work', 1 / 6, 1800],
    ],
    demands: [['home', 'work', 350]],
    stations: [station('West'), station('East')],
  });
  return {
    ...small,
    tailIntervals: 6,
    stations: small.stations.map((one, index) => ({ ...one, bus: ['b1', 'b2'][index] })),
    feeder: { ...feeder, lines: [{ ...feeder.lines[0], limitA: 80 }], generators: [], pvs: [] },
  };
}

const axes = ['West', 'East'].map((station) => ({ station, interval: 4 }));
const characterize: CharacterizeSpec = {
  kind: 'characterize',
  name: 'Region',
  axes,
  subsidyCaps: [5, 100],
  directions: { kind: 'every', degrees: 45 },
  expectations: [],
};
const dispatch: DispatchSpec = {
  kind: 'dispatch',
  name: 'Reserve',
  region: 'Region',
  reserve: { bus: 'b2', interval: 4, mw: RESERVE_MW },
  tiers: [5, 100, 400],
  expectations: [],
};

describe('dispatch with a reserve behind a narrow line', () => {
  let region: CharacterizeResult;
  let result: DispatchResult;
  beforeAll(async () => {
    const options = { engine: new InlineEngine(), previous: [] };
    region = (await runStudy(scenario(), characterize, options)) as CharacterizeResult;
    result = (await runStudy(scenario(), dispatch, { ...options, previous: [region] })) as DispatchResult;
  }, 200_000);

  it('takes the smallest tier that makes room, and says what stands in the way of a smaller one', () => {
    const [small, middle, large] = result.tiers;
    expect(small).toMatchObject({ feasible: false, total: null });
    expect(small.reason).toMatch(/^with 5 CNY of coupons .* at 00:40 the reserve of 0\.6 MW at b2 needs/);
    expect(small.infeasible?.limits.some(({ kind, element }) => kind === 'load' && element === 'East')).toBe(
      true,
    );
    expect([middle.feasible, large.feasible]).toEqual([true, true]);
    expect(large.total!).toBeLessThanOrEqual(middle.total!);
    expect(result.subsidy!).toBeGreaterThan(5);
    expect(result.subsidy!).toBeLessThanOrEqual(result.tier!);
  });

  it('leaves East no more than the line can carry beside load and reserve', () => {
    // 80 A at 10 kV and about 0.97 pu are some 1.35 MVA; load 0.5 + j0.2 and the reserve leave about 0.2 MW.
    const [, east] = result.point!.positionMw;
    expect(east).toBeLessThan(0.3);
    expect(region.couponFree!.positionMw[1]).toBeGreaterThan(east + 0.05);
  });

  it('lies outside the region of the smaller budget and inside that of the larger one', () => {
    expect(result.regions.map(({ subsidyCap, inside }) => [subsidyCap, inside])).toEqual([
      [5, false],
      [100, true],
    ]);
    expect(result.regions[0].distanceMw).toBeLessThan(-1e-3);
  });

  it('holds against the referee: costs, equilibrium, loads, power flow, tiers, distances', () => {
    const file: ResultFile = {
      format: 'v2g-result',
      version: 1,
      generator: { name: 'test', version: '0' },
      scenario: scenario(),
      studies: [region, result],
    };
    const findings = verifyResult(file).filter(({ study }) => study === 'Reserve');
    expect(findings.length).toBeGreaterThan(20);
    expect(findings.filter(({ ok }) => !ok)).toEqual([]);
  });
});

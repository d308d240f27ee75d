import { describe, expect, it } from 'vitest';
import { smallScenario } from '../../../test/fixtures/small-scenario.js';
import { InlineEngine } from '../engine/inline-engine.js';
import type { CharacterizeResult, DispatchResult } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { DispatchSpec } from '../study-spec.js';
import { FullNetwork } from '../traffic/full-network.js';
import { buildTrafficModel } from '../traffic/network.js';
import { dispatch } from './dispatch.js';

const spec = (tiers: number[]): DispatchSpec => ({
  kind: 'dispatch',
  name: 'Dispatch',
  region: 'Region',
  reserve: null,
  tiers,
  expectations: [],
});

/** A region whose axes are the stations in one interval and that nothing is known of. */
function unknownRegion({ stations }: Scenario, interval: number): CharacterizeResult {
  return {
    kind: 'characterize',
    name: 'Region',
    axes: stations.map(({ id }) => ({ station: id, interval })),
    directions: { kind: 'every', degrees: 90 },
    partial: false,
    couponFree: null,
    regions: [],
  };
}

const run = (scenario: Scenario, tiers: number[], interval = 2): Promise<DispatchResult> =>
  dispatch(scenario, spec(tiers), unknownRegion(scenario, interval), { engine: new InlineEngine() });

describe('two stations, closed form', () => {
  // N = 30 drivers charge 30 kWh at S (2 a kWh) or T (3 a kWh, and 0.25 h × 20 = 5 more on the road). Waiting costs
  // c (h/p)³ with c = 20 · 0.5 and p = 20 ports; without coupons T costs 30 + 5 more than S, so all are at S. x drivers
  // at T need the coupon m(x) = 35 + c ((x/p)³ − ((N − x)/p)³); the stations earn 30 more from each of them, and a
  // coupon counts twice: total(x) = const − 30 x + 2 x m(x).
  const N = 30;
  const waiting = (h: number): number => 10 * (h / 20) ** 3;
  const coupon = (x: number, margin: number): number => margin + waiting(x) - waiting(N - x);

  function scenario(extraPrice: number): Scenario {
    const service = { ports: 20, powerKw: 60, serviceH: 0.5, maxWaitH: 0.5, couponCapPerVehicle: null };
    return smallScenario({
      intervals: 1,
      intervalHours: 0.5,
      valueOfTimePerH: 20,
      chargingShare: 1,
      links: [
        ['a', 's', 0.5, 1e9],
        ['s', 'b', 0.5, 1e9],
        ['a', 't', 0.5, 1e9],
        ['t', 'b', 0.75, 1e9],
      ],
      demands: [['a', 'b', 60]],
      stations: [
        { id: 'S', node: 's', charging: { ...service, pricePerKwh: [2] } },
        { id: 'T', node: 't', charging: { ...service, pricePerKwh: [2 + extraPrice] } },
      ],
    });
  }

  /** Least total over x in [0, N] by a fine search on the formula. */
  function oracle(extraPrice: number): { x: number; total: number } {
    const energy = 30;
    const margin = energy * extraPrice + 5;
    const gain = energy * extraPrice;
    // Where fewer than x would come without a coupon, the coupon is paid at T; the free split needs none.
    let best = { x: 0, total: Infinity };
    const average = 2 + extraPrice / 2;
    const base = -N * energy * (2 - average);
    for (let k = 0; k <= 300_000; k++) {
      const x = (N * k) / 300_000;
      const m = coupon(x, margin);
      const subsidy = m >= 0 ? x * m : (N - x) * -m;
      const total = base - gain * x + 2 * subsidy;
      if (total < best.total) best = { x, total };
    }
    return best;
  }

  it.each([0.5, 1, 2])('price difference %f: the split that pays', async (extraPrice) => {
    const { x, total } = oracle(extraPrice);
    const result = await run(scenario(extraPrice), []);
    expect(result.point?.certificate.status).toBe('certified');
    expect(result.costs!.total).toBeCloseTo(total, 3);
    const atT = result.point!.plan.stationLoadMw.T;
    expect(Math.max(...atT)).toBeCloseTo(0.06 * x, 2);
    expect(result.tier).toBeNull();
  });
});

describe('corridor, against all coupons on a fine grid', () => {
  // The example's corridor with two departures: charging at East earns 0.6 a kWh more, V2G at East costs 0.5 a kWh
  // less, and everyone prefers West. Who departs in t enters West in t + 1 or East in t + 2, so only the difference of
  // these two coupons counts: two numbers a class, tried all over.
  const STEP = 0.25;
  const DEPARTURES = [0, 1];

  function corridor(chargingShare: number, v2gShare: number): Scenario {
    const intervals = 4;
    const constant = (price: number) => new Array<number>(intervals).fill(price);
    const service = { serviceH: 1 / 3, maxWaitH: 1 / 3, couponCapPerVehicle: 30 };
    const station = (id: string, charging: number, v2g: number) => ({
      id,
      node: id,
      charging: { ...service, ports: 20, powerKw: 60, pricePerKwh: constant(charging) },
      v2g: { ...service, ports: 15, powerKw: 40, pricePerKwh: constant(v2g) },
    });
    return smallScenario({
      intervals,
      intervalHours: 1 / 6,
      valueOfTimePerH: 30,
      chargingShare,
      v2gShare,
      links: [
        ['home', 'West', 1 / 6, 1800],
        ['West', 'East', 1 / 6, 1800],
        ['East', 'work', 1 / 6, 1800],
      ],
      demands: [['home', 'work', [300, 400, 0, 0]]],
      stations: [station('West', 2, 3), station('East', 2.6, 2.5)],
    });
  }

  interface Tried {
    total: number;
    subsidy: number;
  }

  /** Total and subsidy of one class for all coupons on the grid, by forward equilibria and the paper's formulas. */
  function tryAll(kind: 'charging' | 'v2g'): Tried[] {
    const scenario = corridor(kind === 'charging' ? 0.2 : 0, kind === 'v2g' ? 0.1 : 0);
    const model = buildTrafficModel(scenario);
    const full = new FullNetwork(model);
    const cell = (station: number, interval: number): number =>
      model.services.findIndex((one) => one.kind === kind && one.station === station) * model.intervals +
      interval;
    const cells = DEPARTURES.map((t) => ({ west: cell(0, t + 1), east: cell(1, t + 2) }));
    const average = 2.3;
    const steps = Math.round(30 / STEP);
    const tried: Tried[] = [];
    for (let first = -steps; first <= steps; first++) {
      for (let second = -steps; second <= steps; second++) {
        const coupons = full.noCoupons();
        [first, second].forEach((difference, departure) => {
          const { west, east } = cells[departure];
          coupons[difference > 0 ? east : west] = STEP * Math.abs(difference);
        });
        full.solve(coupons, 1e-8);
        let total = 0;
        let subsidy = 0;
        model.services.forEach((service, index) => {
          if (service.kind !== kind) return;
          const { charging, v2g } = scenario.stations[service.station];
          const energy = kind === 'charging' ? 20 : 40 / 3;
          for (let t = 0; t < model.intervals; t++) {
            const vehicles = full.serviceInflow(index, t);
            const coupon = coupons[index * model.intervals + t];
            subsidy += vehicles * coupon;
            const money =
              kind === 'charging'
                ? -(energy * (charging!.pricePerKwh[0] - average) - coupon)
                : energy * v2g!.pricePerKwh[0] + coupon;
            total += vehicles * (money + coupon);
          }
        });
        tried.push({ total, subsidy });
      }
    }
    return tried;
  }

  /** Least total of any pair of coupon settings, one for each class, that a tier allows. */
  function leastTotal([charging, v2g]: Tried[][], tier: number): number {
    const bySubsidy = [...v2g].sort((a, b) => a.subsidy - b.subsidy);
    let least = Infinity;
    const best = bySubsidy.map(({ total }) => (least = Math.min(least, total)));
    let found = Infinity;
    for (const { total, subsidy } of charging) {
      let count = bySubsidy.length;
      for (let low = 0; low < count;) {
        const middle = (low + count) >> 1;
        if (bySubsidy[middle].subsidy <= tier - subsidy) low = middle + 1;
        else count = middle;
      }
      if (count > 0) found = Math.min(found, total + best[count - 1]);
    }
    return found;
  }

  it('is within 0.5 % of the best of them, with a tier that binds and with one that does not', async () => {
    const tried = [tryAll('charging'), tryAll('v2g')];
    const free = leastTotal(tried, 0);
    const tiers = [1, 5, 1000];
    const result = await run(corridor(0.2, 0.1), tiers, 3);
    const totals = result.tiers.map(({ total }) => total!);
    tiers.forEach((tier, index) => {
      const grid = leastTotal(tried, tier);
      expect(grid).toBeLessThan(free);
      expect(totals[index]).toBeLessThanOrEqual(grid + 0.005 * Math.abs(grid));
      // The saving is what the coupons bring; the total has much in it that they cannot change.
      expect(free - totals[index]).toBeGreaterThanOrEqual(0.98 * (free - grid));
    });
    expect(totals[0]).toBeGreaterThan(totals[2]);
    expect(result.subsidy!).toBeLessThanOrEqual(result.tier!);
  });
});

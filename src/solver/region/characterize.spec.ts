import { describe, expect, it } from 'vitest';
import { parallelRoads } from '../../../test/fixtures/parallel-roads.js';
import { InlineEngine } from '../engine/inline-engine.js';
import type { CharacterizeResult } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { CharacterizeSpec } from '../study-spec.js';
import { buildTrafficModel } from '../traffic/network.js';
import { buildStationChoice } from '../traffic/station-choice.js';
import { characterize } from './characterize.js';

/** Runs the last job first, as several workers might. */
class BackwardsEngine extends InlineEngine {
  override async run<R>(...[shared, jobs, options]: Parameters<InlineEngine['run']>): Promise<R[]> {
    const last = jobs.length - 1;
    const results = await super.run<R>(shared, [...jobs].reverse(), {
      ...options,
      onResult: (result, index) => options?.onResult?.(result, last - index),
    });
    return results.reverse();
  }
}

const spec = (subsidyCaps: (number | null)[], intervals = [5, 5]): CharacterizeSpec => ({
  kind: 'characterize',
  name: 'Region',
  axes: [
    { station: 'S', interval: intervals[0] },
    { station: 'T', interval: intervals[1] },
  ],
  subsidyCaps,
  directions: { kind: 'every', degrees: 45 },
  expectations: [],
});

const run = (scenario: Scenario, study: CharacterizeSpec): Promise<CharacterizeResult> =>
  characterize(scenario, study, { engine: new InlineEngine() });

/**
 * Without budget and caps every group takes the column that is best for direction · load: the sum over groups of
 * demand × least worth. An oracle that knows nothing of prices, waiting or coupons.
 */
function freeSupport(scenario: Scenario, study: CharacterizeSpec, direction: readonly number[]): number {
  const model = buildTrafficModel(scenario);
  let support = 0;
  for (const kind of ['charging', 'v2g'] as const) {
    const choice = buildStationChoice(model, kind);
    const { columns } = choice;
    const worth = new Float64Array(choice.price.length);
    study.axes.forEach(({ station, interval }, axis) => {
      const block = choice.stations.indexOf(scenario.stations.findIndex(({ id }) => id === station));
      const { dwell } = model.services[choice.services[block]];
      for (let t = interval - dwell; t < interval; t++) {
        if (t >= 0) worth[block * model.intervals + t] += direction[axis] * choice.loadMwPerVehicle[block];
      }
    });
    for (let group = 0; group < columns.demand.length; group++) {
      let least = Infinity;
      for (let column = columns.groupStart[group]; column < columns.groupStart[group + 1]; column++) {
        let value = 0;
        for (let e = columns.start[column]; e < columns.start[column + 1]; e++)
          value += columns.weight[e] * worth[columns.cell[e]];
        least = Math.min(least, value);
      }
      support += columns.demand[group] * least;
    }
  }
  return support;
}

describe('characterize', () => {
  it('without budget and caps meets the closed form in every direction', async () => {
    const study = spec([null]);
    const result = await run(parallelRoads(), study);
    const [region] = result.regions;
    const solved = region.points.filter(({ direction }) => direction !== null);
    expect(solved.length).toBeGreaterThanOrEqual(4);
    const directions = [
      [0, 1],
      [1, 0],
      [0, -1],
      [-1, 0],
      [Math.SQRT1_2, Math.SQRT1_2],
      [Math.SQRT1_2, -Math.SQRT1_2],
    ];
    for (const direction of directions) {
      const found = Math.min(
        ...region.points.map(({ positionMw: [x, y] }) => direction[0] * x + direction[1] * y),
      );
      const oracle = freeSupport(parallelRoads(), study, direction);
      expect(found).toBeGreaterThanOrEqual(oracle - 1e-6);
      expect(found).toBeLessThanOrEqual(oracle + 1e-3);
    }
  });

  it('every point is certified, within its budget, and a larger budget never measures less', async () => {
    const result = await run(parallelRoads({ couponCapPerVehicle: 20 }), spec([20, 60, 200, null]));
    const measures = result.regions.map(({ measure }) => measure);
    measures.slice(1).forEach((measure, index) => expect(measure).toBeGreaterThanOrEqual(measures[index]));
    expect(measures[0]).toBeGreaterThan(0);
    for (const region of result.regions) {
      expect(region.dimension).toBe(2);
      for (const { certificate, plan } of region.points) {
        expect(certificate.status).toBe('certified');
        expect(certificate.equilibriumGap).toBeLessThanOrEqual(1e-6);
        expect(certificate.subsidy).toBeLessThanOrEqual((region.subsidyCap ?? Infinity) * (1 + 1e-6));
        for (const { perVehicle } of plan.coupons) expect(perVehicle).toBeLessThanOrEqual(20 + 1e-9);
      }
    }
  });

  it('no point lies beyond the proven bounds, and the outer measure holds the inner one', async () => {
    const result = await run(parallelRoads({ couponCapPerVehicle: 20 }), spec([20, 200, null]));
    for (const region of result.regions) {
      expect(region.outerMeasure).toBeGreaterThanOrEqual(region.measure - 1e-9);
      for (const { direction, outerSupportMw } of region.points) {
        if (!direction || outerSupportMw === null) continue;
        for (const { positionMw } of region.points) {
          const reach = direction[0] * positionMw[0] + direction[1] * positionMw[1];
          expect(reach).toBeGreaterThanOrEqual(outerSupportMw);
        }
      }
    }
  });

  it('does not depend on where and in which order jobs run', async () => {
    const study = spec([20, 60]);
    const strip = ({ regions, ...rest }: CharacterizeResult) => ({
      ...rest,
      regions: regions.map((region) => ({ ...region, seconds: 0 })),
    });
    const forwards = await run(parallelRoads({ couponCapPerVehicle: 20 }), study);
    const backwards = await characterize(parallelRoads({ couponCapPerVehicle: 20 }), study, {
      engine: new BackwardsEngine(),
    });
    expect(strip(backwards)).toEqual(strip(forwards));
  });

  it('a region at the horizon’s first instant is the point zero: nobody has arrived', async () => {
    const result = await run(parallelRoads(), spec([100], [0, 0]));
    expect(result.regions[0]).toMatchObject({ dimension: 0, measure: 0 });
    expect(result.regions[0].points[0].positionMw).toEqual([0, 0]);
  });

  it('keeps what it has when cancelled, marked partial', async () => {
    const controller = new AbortController();
    const result = await characterize(parallelRoads({ couponCapPerVehicle: 20 }), spec([20, 60]), {
      engine: new InlineEngine(),
      signal: controller.signal,
      onProgress: ({ phase }) => {
        if (phase === 'directions') controller.abort();
      },
    });
    expect(result.partial).toBe(true);
    expect(result.regions[0].points.length).toBeGreaterThan(0);
  });

  it('zero demand and 100 % charging have an answer', async () => {
    const none = parallelRoads();
    none.roads.demands[0].vehPerH.fill(0);
    const empty = await run(none, spec([100]));
    expect(empty.regions[0]).toMatchObject({ dimension: 0 });
    const all = { ...parallelRoads(), chargingShare: 1, v2gShare: 0 };
    const full = await run(all, spec([100]));
    expect(full.regions[0].dimension).toBe(2);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { scenario as twoStations } from '../../../test/fixtures/two-stations.js';
import { smallScenario } from '../../../test/fixtures/small-scenario.js';
import { twoBus } from '../../../test/fixtures/feeders/feeders.js';
import type { IntervalRegion } from '../feeder/region.js';
import { buildIntervalRegion } from '../feeder/region.js';
import { feederModel } from '../feeder/scenario-model.js';
import { loadHighs } from '../highs/load.js';
import { InlineEngine } from '../engine/inline-engine.js';
import type { CharacterizeResult } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { WarmStart } from '../study-run.js';
import type { CharacterizeSpec } from '../study-spec.js';
import { keepFeeder, keptFeeder } from './kept-feeder.js';
import { characterizeOverTime } from './over-time.js';

/** One station at the far end of a line of 100 A. */
function scenario(): Scenario {
  const bare = smallScenario({
    links: [['a', 'b', 1, 1000]],
    demands: [['a', 'b', 10]],
    stations: [{ id: 'S', node: 'a', charging: {} }],
  });
  const feeder = twoBus(0.01, 0.02, { limitA: 100 });
  return { ...bare, feeder, stations: bare.stations.map((station) => ({ ...station, bus: 'b' })) };
}

const SPEC: CharacterizeSpec = {
  kind: 'characterize',
  name: 'Region',
  axes: [{ station: 'A', interval: 4 }],
  subsidyCaps: [10],
  directions: { kind: 'every', degrees: 90 },
  expectations: [],
};

let region: IntervalRegion;
beforeAll(async () => {
  const model = feederModel(scenario());
  region = buildIntervalRegion(await loadHighs(), model!, 0, null, { minMw: [0], maxMw: [5] });
});

/** As it comes out of a result file. */
const kept = (): unknown[] => JSON.parse(JSON.stringify(keepFeeder([region]))) as unknown[];

describe('what a feeder can serve', () => {
  it('is the same after a result file', () => {
    expect(keptFeeder(kept(), scenario(), scenario())).toEqual([region]);
  });

  it('holds whoever drives and whatever energy costs', () => {
    const other = scenario();
    other.roads.demands[0].vehPerH = [20];
    other.feeder!.sources[0].pricePerKwh = [9];
    expect(keptFeeder(kept(), scenario(), other)).toHaveLength(1);
  });

  it.each([
    ['limit', (changed: Scenario) => (changed.feeder!.lines[0].limitA = 120)],
    ['load', (changed: Scenario) => (changed.feeder!.buses[1].loadKw = [100])],
    ['station at another bus', (changed: Scenario) => (changed.stations[0].bus = 'a')],
  ])('is computed again for another %s', (_, change) => {
    const other = scenario();
    change(other);
    expect(keptFeeder(kept(), scenario(), other)).toEqual([]);
  });

  it('is not computed again for a tenth more drivers, but for half as many more', async () => {
    const driven = (vehPerH: number): Scenario => {
      const changed = structuredClone(twoStations(true));
      changed.roads.demands[0].vehPerH = changed.roads.demands[0].vehPerH.map(() => vehPerH);
      changed.stations[1].bus = 'b1';
      return changed;
    };
    const run = (vehPerH: number, warm?: WarmStart) =>
      characterizeOverTime(driven(vehPerH), SPEC, { engine: new InlineEngine(), warm });
    const before = await run(200);
    const boxes = ({ feederRegions = [] }: CharacterizeResult) =>
      feederRegions.map((each) => (each as IntervalRegion).box);
    const warm: WarmStart = { scenario: driven(200), result: before };
    expect(boxes(await run(220, warm))).toEqual(boxes(before));
    expect(boxes(await run(220))).not.toEqual(boxes(before));
    expect(boxes(await run(300, warm))).not.toEqual(boxes(before));
  });

  it('has room above and below the loads where drivers have no other station', async () => {
    const { stations, ...rest } = twoStations(true);
    const alone = { ...rest, stations: stations.filter(({ id }) => id === 'A') };
    const { couponFree, feederRegions } = await characterizeOverTime(alone, SPEC, {
      engine: new InlineEngine(),
    });
    const loads = couponFree!.plan.stationLoadMw.A;
    const busy = (feederRegions as IntervalRegion[]).filter(({ interval }) => loads[interval] > 0);
    expect(busy.length).toBeGreaterThan(0);
    for (const { interval, box } of busy) {
      expect(box.minMw[0]).toBeLessThan(loads[interval]);
      expect(box.maxMw[0]).toBeGreaterThan(loads[interval]);
    }
  });

  it('is computed again where it cannot be read', () => {
    expect(keptFeeder([{ interval: 0 }, null, 'text'], scenario(), scenario())).toEqual([]);
  });
});

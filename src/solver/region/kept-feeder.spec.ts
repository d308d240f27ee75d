import { beforeAll, describe, expect, it } from 'vitest';
import { smallScenario } from '../../../test/fixtures/small-scenario.js';
import { twoBus } from '../../../test/fixtures/feeders/feeders.js';
import type { IntervalRegion } from '../feeder/region.js';
import { buildIntervalRegion } from '../feeder/region.js';
import { feederModel } from '../feeder/scenario-model.js';
import { loadHighs } from '../highs/load.js';
import type { Scenario } from '../scenario.js';
import { keepFeeder, keptFeeder } from './kept-feeder.js';

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

  it('is computed again where it cannot be read', () => {
    expect(keptFeeder([{ interval: 0 }, null, 'text'], scenario(), scenario())).toEqual([]);
  });
});

/**
 * How the time of a sweep grows with what a study asks: directions, budgets, intervals, stations, O-D pairs (and with
 * them paths); and one worker thread against two. CPU time of this process, threads included; the two worker counts
 * by the clock as well. The evening peak without its feeder, one thing changed at a time.
 */
import { InlineEngine } from '../src/solver/engine/inline-engine.js';
import type { Engine } from '../src/solver/engine/engine.js';
import { WorkerPool } from '../src/solver/engine/worker-pool.js';
import { loadHighs } from '../src/solver/highs/load.js';
import { characterize } from '../src/solver/region/characterize.js';
import type { Scenario } from '../src/solver/scenario.js';
import { buildTrafficModel } from '../src/solver/traffic/network.js';
import { eveningPeak } from '../test/fixtures/evening-peak.js';
import { cpuMs, yardstickMs } from './measure.js';

interface Sweep {
  scenario: Scenario;
  interval: number;
  degrees: number;
  subsidyCaps: number[];
  engine: Engine;
}

const MS_PER_SECOND = 1000;
const base = eveningPeak();
const BASE: Sweep = {
  scenario: base,
  interval: 6,
  degrees: 45,
  subsidyCaps: [2000],
  engine: new InlineEngine(),
};

async function seconds(changed: Partial<Sweep>): Promise<{ cpu: number; clock: number; points: number }> {
  const { scenario, interval, degrees, subsidyCaps, engine } = { ...BASE, ...changed };
  const [cpu, clock] = [cpuMs(), performance.now()];
  const { regions } = await characterize(
    scenario,
    {
      kind: 'characterize',
      name: 'Growth',
      axes: scenario.stations.map(({ id }) => ({ station: id, interval })),
      subsidyCaps,
      directions: { kind: 'every', degrees },
      expectations: [],
    },
    { engine },
  );
  return {
    cpu: (cpuMs() - cpu) / MS_PER_SECOND,
    clock: (performance.now() - clock) / MS_PER_SECOND,
    points: regions.reduce((sum, { points }) => sum + points.length, 0),
  };
}

/** The same demand rates over other numbers of intervals. */
function withIntervals(intervals: number): Scenario {
  const fit = (values: readonly number[]): number[] => new Array<number>(intervals).fill(values[0]);
  const service = <S extends { pricePerKwh: number[] }>(each: S): S => ({
    ...each,
    pricePerKwh: fit(each.pricePerKwh),
  });
  return {
    ...base,
    intervals,
    roads: {
      ...base.roads,
      demands: base.roads.demands.map((demand) => ({ ...demand, vehPerH: fit(demand.vehPerH) })),
    },
    stations: base.stations.map((station) => ({
      ...station,
      charging: station.charging && service(station.charging),
      v2g: station.v2g && service(station.v2g),
    })),
  };
}

const withStations = (count: number): Scenario => ({ ...base, stations: base.stations.slice(0, count) });
const withDemands = (count: number): Scenario => ({
  ...base,
  roads: { ...base.roads, demands: base.roads.demands.slice(0, count) },
});

const highs = await loadHighs();
console.log(`yardstick: one fixed 250 × 250 LP, cold: ${yardstickMs(highs).toFixed(1)} ms`);
const print = (name: string, { cpu, points }: { cpu: number; points: number }): void =>
  console.log(`${name.padEnd(44)} ${cpu.toFixed(1).padStart(6)} s CPU  ${String(points).padStart(4)} points`);

await seconds({ degrees: 90 }); // The first run compiles: it would charge the first line for all.
for (const degrees of [90, 45, 30]) print(`directions every ${degrees}°`, await seconds({ degrees }));
for (const count of [1, 2, 4]) {
  print(
    `budgets: ${count}`,
    await seconds({ subsidyCaps: [2000, 1000, 4000, 6000].slice(0, count).sort((a, b) => a - b) }),
  );
}
for (const intervals of [6, 12, 18]) {
  print(
    `intervals: ${intervals}`,
    await seconds({ scenario: withIntervals(intervals), interval: intervals / 2 }),
  );
}
for (const count of [1, 2, 3]) {
  print(`stations and axes: ${count}`, await seconds({ scenario: withStations(count) }));
}
for (const count of [1, 2, 4]) {
  const scenario = withDemands(count);
  const { paths } = buildTrafficModel(scenario, {});
  print(`O-D pairs: ${count} (${paths.length} paths)`, await seconds({ scenario }));
}
const clocks: number[] = [];
for (const workers of [1, 2]) {
  const engine = new WorkerPool(workers, new URL('../dist/worker.js', import.meta.url));
  await seconds({ engine, degrees: 90 });
  const { clock } = await seconds({ engine, subsidyCaps: [1000, 2000, 4000, 6000] });
  await engine.dispose();
  clocks.push(clock);
  console.log(
    `${`four budgets, worker threads: ${workers}`.padEnd(44)} ${clock.toFixed(1).padStart(6)} s by the clock`,
  );
}
console.log(`two workers are ${(clocks[0] / clocks[1]).toFixed(2)} × as fast as one`);

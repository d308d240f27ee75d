/**
 * A changed value in the file: the time of a run that starts from the result before the change, beside that of a cold
 * one, and how far their regions differ. One thread; the sweep of the evening peak without its feeder.
 */
import { InlineEngine } from '../src/solver/engine/inline-engine.js';
import { convexHull } from '../src/solver/geometry/hull.js';
import { characterizeOverTime } from '../src/solver/region/over-time.js';
import type { CharacterizeResult } from '../src/solver/result.js';
import type { Scenario } from '../src/solver/scenario.js';
import type { WarmStart } from '../src/solver/study-run.js';
import type { CharacterizeSpec } from '../src/solver/study-spec.js';
import { eveningPeak } from '../test/fixtures/evening-peak.js';
import { cpuMs } from './measure.js';

const spec: CharacterizeSpec = {
  kind: 'characterize',
  name: 'Region',
  axes: ['CS1', 'CS2', 'CS3'].map((station) => ({ station, interval: 6 })),
  subsidyCaps: [1000, 2000, 4000, 6000],
  directions: { kind: 'every', degrees: 45 },
  expectations: [],
};

const CHANGES: [string, (scenario: Scenario) => void][] = [
  ['name of the scenario', (scenario) => (scenario.name = 'Renamed')],
  [
    'price of charging at CS1 + 2 %',
    ({ stations }) => {
      const service = stations[0].charging;
      if (service) service.pricePerKwh = service.pricePerKwh.map((price) => 1.02 * price);
    },
  ],
  [
    'demand + 2 %',
    ({ roads }) => {
      for (const demand of roads.demands) demand.vehPerH = demand.vehPerH.map((flow) => 1.02 * flow);
    },
  ],
];

async function timedRun(
  scenario: Scenario,
  warm?: WarmStart,
): Promise<{ seconds: number; result: CharacterizeResult }> {
  const began = cpuMs();
  const result = await characterizeOverTime(scenario, spec, { engine: new InlineEngine(), warm });
  return { seconds: (cpuMs() - began) / 1000, result };
}

const measures = ({ regions }: CharacterizeResult): string =>
  regions.map(({ measure }) => measure.toFixed(1)).join(' / ');

/** Measure of the hull of both runs' points, per budget: what both together know. */
function together(a: CharacterizeResult, b: CharacterizeResult): number[] {
  return a.regions.map(({ points }, index) => {
    const all = [...points, ...b.regions[index].points].map(({ positionMw }) => positionMw);
    return convexHull(all).measure;
  });
}

const shares = (result: CharacterizeResult, best: readonly number[]): string =>
  result.regions.map(({ measure }, index) => `${((100 * measure) / best[index]).toFixed(0)} %`).join(' / ');

const base = eveningPeak();
const before = await timedRun(base);
console.log(`before the change: ${before.seconds.toFixed(1)} s, ${measures(before.result)} MW³`);
for (const [name, change] of CHANGES) {
  const scenario = structuredClone(base);
  change(scenario);
  const cold = await timedRun(scenario);
  const warm = await timedRun(scenario, { scenario: base, result: before.result });
  const best = together(cold.result, warm.result);
  console.log(
    `${name}: warm ${warm.seconds.toFixed(1)} s, cold ${cold.seconds.toFixed(1)} s, ratio ${(warm.seconds / cold.seconds).toFixed(2)}`,
  );
  console.log(`  cold ${measures(cold.result)} MW³, ${shares(cold.result, best)} of what both know`);
  console.log(`  warm ${measures(warm.result)} MW³, ${shares(warm.result, best)}`);
}

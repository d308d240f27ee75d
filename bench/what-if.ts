/**
 * A changed value in the file: the time of a run that starts from the result before the change, beside that of a cold
 * one, and how far their regions differ. One thread; the sweep of the evening peak without its feeder. `--all` runs a
 * longer list of changes, some with the feeder.
 */
import { InlineEngine } from '../src/solver/engine/inline-engine.js';
import { convexHull } from '../src/solver/geometry/hull.js';
import { characterizeOverTime } from '../src/solver/region/over-time.js';
import type { CharacterizeResult } from '../src/solver/result.js';
import type { Scenario } from '../src/solver/scenario.js';
import type { WarmStart } from '../src/solver/study-run.js';
import type { CharacterizeSpec } from '../src/solver/study-spec.js';
import { eveningPeak } from '../test/fixtures/evening-peak.js';
import { modifiedIeee33 } from '../test/fixtures/feeders/feeders.js';
import { cpuMs } from './measure.js';
import { changed, type Quantity } from './what-if-changes.js';

const spec: CharacterizeSpec = {
  kind: 'characterize',
  name: 'Region',
  axes: ['CS1', 'CS2', 'CS3'].map((station) => ({ station, interval: 6 })),
  subsidyCaps: [1000, 2000, 4000, 6000],
  directions: { kind: 'every', degrees: 45 },
  expectations: [],
};

interface Change {
  name: string;
  scenario: (base: Scenario) => Scenario;
}

const byPercent = (quantity: Quantity, percent: number): Change => ({
  name: `${quantity} ${percent < 0 ? '−' : '+'} ${Math.abs(percent)} %`,
  scenario: (base) => changed(base, quantity, percent),
});

const FEW: Change[] = [
  { name: 'name of the scenario', scenario: (base) => ({ ...base, name: 'Renamed' }) },
  byPercent('price of charging at CS1', 2),
  byPercent('demand', 2),
];

const MANY: Change[] = [
  ...FEW,
  ...(['price of charging at CS1', 'demand'] as const).flatMap((name) =>
    [-2, 5, -5, 10, -10].map((percent) => byPercent(name, percent)),
  ),
  byPercent('coupon cap of charging at CS1', -10),
  byPercent('capacity of the first link', -10),
];

const WITH_FEEDER: Change[] = [byPercent("the feeder's loads", 5), byPercent("the feeder's loads", -5)];

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

const steps = ({ regions }: CharacterizeResult): number =>
  regions.reduce((sum, { solves }) => sum + solves, 0);

const against = (warm: CharacterizeResult, cold: CharacterizeResult): string =>
  warm.regions
    .map(({ measure }, index) => (100 * (measure / cold.regions[index].measure - 1)).toFixed(1))
    .join(' / ');

async function compare(base: Scenario, changes: readonly Change[]): Promise<void> {
  const before = await timedRun(base);
  console.log(`before the change: ${before.seconds.toFixed(1)} s, ${measures(before.result)} MW³`);
  for (const { name, scenario: changedFrom } of changes) {
    const scenario = changedFrom(base);
    const cold = await timedRun(scenario);
    const warm = await timedRun(scenario, { scenario: base, result: before.result });
    const best = together(cold.result, warm.result);
    console.log(
      `${name}: warm ${warm.seconds.toFixed(1)} s, cold ${cold.seconds.toFixed(1)} s, ratio ${(warm.seconds / cold.seconds).toFixed(2)}; ` +
        `steps ${steps(warm.result)} and ${steps(cold.result)}; warm against cold ${against(warm.result, cold.result)} %`,
    );
    console.log(`  cold ${measures(cold.result)} MW³, ${shares(cold.result, best)} of what both know`);
    console.log(`  warm ${measures(warm.result)} MW³, ${shares(warm.result, best)}`);
  }
}

const isLong = process.argv.includes('--all');
await compare(eveningPeak(), isLong ? MANY : FEW);
if (isLong) await compare({ ...eveningPeak(), feeder: modifiedIeee33() }, WITH_FEEDER);

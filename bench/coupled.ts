/** The sweep of the evening peak with its feeder against the same sweep without, CPU time of this thread. */
import { InlineEngine } from '../src/solver/engine/inline-engine.js';
import { loadHighs } from '../src/solver/highs/load.js';
import { characterize } from '../src/solver/region/characterize.js';
import type { Scenario } from '../src/solver/scenario.js';
import { eveningPeak } from '../test/fixtures/evening-peak.js';
import { modifiedIeee33 } from '../test/fixtures/feeders/feeders.js';
import { cpuMs, yardstickMs } from './measure.js';

const BUDGETS = [1000, 2000, 4000, 6000];
const ASKED_RATIO = 1.5;
const MS_PER_SECOND = 1000;

async function sweepSeconds(scenario: Scenario): Promise<{ seconds: number; feederSeconds: number }> {
  const started = cpuMs();
  let feederEnded = started;
  const { regions } = await characterize(
    scenario,
    {
      kind: 'characterize',
      name: 'Sweep',
      axes: ['CS1', 'CS2', 'CS3'].map((station) => ({ station, interval: 6 })),
      subsidyCaps: BUDGETS,
      directions: { kind: 'every', degrees: 45 },
      expectations: [],
    },
    {
      engine: new InlineEngine(),
      onProgress: ({ phase }) => {
        if (phase === 'what the feeder can serve') feederEnded = cpuMs();
      },
    },
  );
  const volumes = regions.map(({ measure }) => measure.toFixed(1)).join(' / ');
  console.log(`  volumes ${scenario.feeder ? 'with' : 'without'} feeder: ${volumes} MW³`);
  return {
    seconds: (cpuMs() - started) / MS_PER_SECOND,
    feederSeconds: (feederEnded - started) / MS_PER_SECOND,
  };
}

const highs = await loadHighs();
console.log(`yardstick: one fixed 250 × 250 LP, cold: ${yardstickMs(highs).toFixed(1)} ms`);
const free = await sweepSeconds(eveningPeak());
const coupled = await sweepSeconds({ ...eveningPeak(), feeder: modifiedIeee33() });
console.log(
  `sweep of 26 directions × ${BUDGETS.length} budgets: ${free.seconds.toFixed(1)} s without feeder, ` +
    `${coupled.seconds.toFixed(1)} s with it (${coupled.feederSeconds.toFixed(1)} s for the feeder's own regions), ` +
    `ratio ${(coupled.seconds / free.seconds).toFixed(2)}, asked at most ${ASKED_RATIO}`,
);

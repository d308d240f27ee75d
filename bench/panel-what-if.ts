/**
 * A changed value as the panel runs it again: the region is first found in a new process, as after opening a window, then
 * the file changes and the kept process starts from what was found. By the clock of two workers, from the request to the
 * pictures and to the end, beside a cold run of the changed file in a new process. Needs `npm run build`. `--sweep` for 26
 * directions instead of a refinement until 2 %.
 */
import { fileURLToPath } from 'node:url';
import { KeptProcess } from '../src/extension/region/kept-process.js';
import { startRun, type RunOrder } from '../src/extension/region/study-process.js';
import { loadHighs } from '../src/solver/highs/load.js';
import type { CharacterizeResult } from '../src/solver/result.js';
import type { Scenario } from '../src/solver/scenario.js';
import type { CharacterizeSpec } from '../src/solver/study-spec.js';
import { eveningPeak } from '../test/fixtures/evening-peak.js';
import { modifiedIeee33 } from '../test/fixtures/feeders/feeders.js';
import { yardstickMs } from './measure.js';
import { changed } from './what-if-changes.js';

const RUNNER = fileURLToPath(new URL('../dist/study-runner.js', import.meta.url));
const WORKERS = 2;
const MS_PER_SECOND = 1000;

const spec: CharacterizeSpec = {
  kind: 'characterize',
  name: 'Region',
  axes: ['CS1', 'CS2', 'CS3'].map((station) => ({ station, interval: 6 })),
  subsidyCaps: [1000, 2000, 4000, 6000],
  directions: process.argv.includes('--sweep')
    ? { kind: 'every', degrees: 45 }
    : { kind: 'until-gap', gap: 0.02 },
  expectations: [],
};

interface PanelRun {
  result: CharacterizeResult;
  seconds: number;
  /** The pictures on the way. */
  pictures: { seconds: number; measures: number[] }[];
}

/** A picture tells what there will be when each budget measures this share of it. */
const TELLING_SHARE = 0.85;
/** Of the cold run's time: what a changed file should take. */
const COLD_SHARE = 1 / 3;

async function run(
  kept: KeptProcess,
  scenario: Scenario,
  key: string,
  earlier?: RunOrder['earlier'],
): Promise<PanelRun> {
  const began = performance.now();
  const seconds = (): number => (performance.now() - began) / MS_PER_SECOND;
  const pictures: PanelRun['pictures'] = [];
  const ended: { result: CharacterizeResult; seconds: number }[] = [];
  const { end } = startRun(
    kept,
    { scenario, studies: [spec], workers: WORKERS, key, ...(earlier ? { earlier } : {}) },
    (message) => {
      if (message.type !== 'partial' && message.type !== 'result') return;
      const result = message.result as CharacterizeResult;
      pictures.push({ seconds: seconds(), measures: measuresOf(result) });
      if (message.type === 'result') ended.push({ result, seconds: seconds() });
    },
  );
  const outcome = await end;
  const [last] = ended;
  if (!last) throw new Error(`the run ended without a result: ${outcome.kind}`);
  return { result: last.result, seconds: last.seconds, pictures };
}

const measuresOf = ({ regions }: CharacterizeResult): number[] => regions.map(({ measure }) => measure);
const listed = (values: readonly number[], digits = 1): string =>
  values.map((value) => value.toFixed(digits)).join(' / ');

async function inNewProcess<T>(work: (kept: KeptProcess) => Promise<T>): Promise<T> {
  const kept = new KeptProcess(RUNNER);
  try {
    return await work(kept);
  } finally {
    kept.dispose();
  }
}

const base: Scenario = { ...eveningPeak(), feeder: modifiedIeee33() };
console.log(`yardstick ${yardstickMs(await loadHighs()).toFixed(2)} ms`);
for (const [name, percent] of [
  ['price of charging at CS1', 2],
  ['demand', 2],
  ['price of charging at CS1', 5],
  ['demand', 5],
  ['price of charging at CS1', 10],
  ['demand', 10],
] as const) {
  const scenario = changed(base, name, percent);
  const cold = await inNewProcess((kept) => run(kept, scenario, 'cold'));
  const warm = await inNewProcess(async (kept) => {
    await run(kept, base, 'before');
    // The process holds what it found.
    return run(kept, scenario, 'after', { key: 'before', text: () => '' });
  });
  const against = measuresOf(warm.result).map(
    (measure, k) => 100 * (measure / cold.result.regions[k].measure - 1),
  );
  console.log(
    `${name} + ${percent} %: ${warm.seconds.toFixed(1)} s where a cold run takes ${cold.seconds.toFixed(1)} s, ratio ` +
      `${(warm.seconds / cold.seconds).toFixed(2)}; ${listed(measuresOf(warm.result))} MW³, ${listed(against)} % against cold`,
  );
  const telling = warm.pictures.find(({ measures }) =>
    warm.result.regions.every(({ measure }, k) => (measures[k] ?? 0) >= TELLING_SHARE * measure),
  );
  const share = warm.result.regions.map(({ measure }, k) => (100 * (telling?.measures[k] ?? 0)) / measure);
  console.log(`  on screen after ${telling?.seconds.toFixed(1)} s, at ${listed(share, 0)} % of the end`);
  const early = warm.pictures.findLast(({ seconds }) => seconds <= COLD_SHARE * cold.seconds);
  const sofar = cold.result.regions.map(({ measure }, k) => (100 * (early?.measures[k] ?? 0)) / measure);
  console.log(`  after a third of the cold time ${listed(sofar)} % of what a cold run finds`);
}

/**
 * Point queries: how many of the random points inside the region of the evening peak (no feeder, 2000 CNY, refined to 2 %)
 * are reached within the budget, and the CPU time of a query in one thread. 200 points of seed 1; `tsx bench/queries.ts 40`
 * asks for the first 40 of them.
 */
import { quantile } from '../src/report/quantile.js';
import { InlineEngine } from '../src/solver/engine/inline-engine.js';
import { loadHighs } from '../src/solver/highs/load.js';
import { QuerySession } from '../src/solver/query/query-session.js';
import { sampleRegion } from '../src/solver/query/sample.js';
import { characterize } from '../src/solver/region/characterize.js';
import { eveningPeak } from '../test/fixtures/evening-peak.js';
import { cpuMs, yardstickMs } from './measure.js';

const BUDGET = 2000;
const ASKED_MS = 300;
const SEED = 1;
const USUAL_POINTS = 200;
const MS_PER_SECOND = 1000;

const asked = process.argv[2];
const count = asked === undefined ? USUAL_POINTS : Number(asked);
if (!Number.isInteger(count) || count < 1) {
  console.error(`${asked}: want a number of points, such as 40`);
  process.exit(2);
}
const highs = await loadHighs();
const engine = new InlineEngine();
const scenario = eveningPeak();
const axes = ['CS1', 'CS2', 'CS3'].map((station) => ({ station, interval: 6 }));
const began = cpuMs();
const result = await characterize(
  scenario,
  {
    ...{ kind: 'characterize', name: 'Region', axes, subsidyCaps: [BUDGET], expectations: [] },
    directions: { kind: 'until-gap', gap: 0.02 },
  },
  { engine },
);
const [region] = result.regions;
const regionSeconds = (cpuMs() - began) / MS_PER_SECOND;
const opening = cpuMs();
const session = await QuerySession.open(scenario, axes, { engine, result });
// The first question of a session sets its worker up.
await session.estimate([]);
const setUpSeconds = (cpuMs() - opening) / MS_PER_SECOND;
const before = yardstickMs(highs);
const times: number[] = [];
let last = cpuMs();
const sample = await sampleRegion(session, region, {
  count,
  seed: SEED,
  onAnswer: () => {
    const now = cpuMs();
    times.push(now - last);
    last = now;
  },
});
const after = yardstickMs(highs);
const subsidies = sample.queries.flatMap(({ requiredSubsidy }) => requiredSubsidy ?? []);
const print = (name: string, value: string): void => console.log(`${name.padEnd(58)} ${value}`);
const ms = (share: number): string => `${quantile(times, share).toFixed(0)} ms`;
print(
  'yardstick: one fixed 250 × 250 LP, cold, before and after',
  `${before.toFixed(1)}, ${after.toFixed(1)} ms`,
);
print(
  `region to ask, ${BUDGET} CNY, ${region.points.length} points`,
  `${region.measure.toFixed(1)} MW³ in ${regionSeconds.toFixed(0)} s`,
);
print('set-up of a session from its points', `${setUpSeconds.toFixed(1)} s`);
print(
  `random points inside reached within ${BUDGET} CNY, seed ${SEED}`,
  `${sample.reached} of ${count} (${((100 * sample.reached) / count).toFixed(1)} %)`,
);
print(
  'subsidy that they take',
  [0.5, 0.9, 1].map((share) => quantile(subsidies, share).toFixed(0)).join(' / ') +
    ' CNY (median / nine in ten / most)',
);
print(
  'time of a query, one thread',
  `median ${ms(0.5)}, nine in ten ${ms(0.9)}, most ${ms(1)}, at most ${ASKED_MS} ms asked`,
);

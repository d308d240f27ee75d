/**
 * Times of the feeder part on the modified IEEE 33-bus feeder, three stations, CPU time of this thread so that a
 * busy machine does not count. Budget: a warm optimal power flow of one interval in at most 30 ms (median).
 */
import { FeederOperator } from '../src/solver/feeder/operate.js';
import type { IntervalRegion } from '../src/solver/feeder/region.js';
import { FeederRegion, buildIntervalRegion } from '../src/solver/feeder/region.js';
import { loadHighs } from '../src/solver/highs/load.js';
import { modifiedIeee33, withStations } from '../test/fixtures/feeders/feeders.js';

const OPF_BUDGET_MS = 30;
const BOX = { minMw: [-1.6, -1.6, -1.6], maxMw: [3.6, 4.4, 4.4] };
const POINTS = 100;

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function timed<T>(times: number[], run: () => T): T {
  const started = cpuMs();
  const result = run();
  times.push(cpuMs() - started);
  return result;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** Loads spread over the box by the additive recurrence of the plastic number. */
function spread(count: number): number[][] {
  const steps = [0.8191725134, 0.6710436067, 0.5497004779];
  return Array.from({ length: count }, (_, i) =>
    steps.map((step, k) => BOX.minMw[k] + ((0.5 + (i + 1) * step) % 1) * (BOX.maxMw[k] - BOX.minMw[k])),
  );
}

const highs = await loadHighs();
const model = withStations(modifiedIeee33(), ['b22', 'b16', 'b30']);
const row = (name: string, times: number[], budget?: number) => {
  const worst = Math.max(...times);
  const verdict =
    budget === undefined ? '' : median(times) <= budget ? `within ${budget} ms` : `OVER ${budget} ms`;
  console.log(
    `${name.padEnd(46)} median ${median(times).toFixed(2).padStart(8)} ms  max ${worst.toFixed(1).padStart(8)} ms  ${verdict}`,
  );
  if (budget !== undefined && median(times) > budget) process.exitCode = 1;
};

const operator = new FeederOperator(highs, model);
const first: number[] = [];
timed(first, () => operator.dispatchCost(6, [1, 1, 1]));
row('optimal power flow, cold', first);
const warm: number[] = [];
for (let round = 0; round < 4; round++) {
  for (let interval = 0; interval < 12; interval++) {
    timed(warm, () => operator.dispatchCost(interval, [1 + 0.2 * round, 1.2, 0.9 + 0.05 * interval]));
  }
}
row('optimal power flow of one interval, warm', warm, OPF_BUDGET_MS);
operator.dispose();

const builds: number[] = [];
const intervals: IntervalRegion[] = [];
for (let interval = 0; interval < 12; interval++) {
  intervals.push(timed(builds, () => buildIntervalRegion(highs, model, interval, null, BOX)));
}
row('region of station loads, one interval', builds);
const solves = intervals.reduce((sum, { cases }) => sum + cases[0].solves, 0);
const facets = intervals.reduce((sum, { cases }) => sum + cases[0].inner.length, 0);
console.log(
  `  ${solves} solves and ${facets} facets for 12 intervals, ${(builds.reduce((a, b) => a + b) / 1000).toFixed(1)} s`,
);

const region = new FeederRegion(highs, model, intervals);
const [inside, outside]: number[][] = [[], []];
for (const loads of spread(POINTS)) {
  const times: number[] = [];
  const { feasible } = timed(times, () => region.check(6, loads));
  (feasible ? inside : outside).push(times[0]);
}
row(`check of a load that can be served (${inside.length})`, inside);
row(`check that ends in a cut (${outside.length})`, outside);

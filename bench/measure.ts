/**
 * Times that compare across machines: CPU time of this process, so that a busy machine counts less, and beside each
 * figure a yardstick solved in the same run.
 */
import type { Highs } from '../src/solver/highs/load.js';
import { LinearModelBuilder, withModel } from '../src/solver/highs/model.js';

const YARDSTICK_SIZE = 250;
const YARDSTICK_PER_ROW = 6;
const YARDSTICK_RUNS = 5;
const MICROSECONDS_PER_MS = 1000;

export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / MICROSECONDS_PER_MS;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** CPU milliseconds of one call. */
export function timed<T>(run: () => T): { ms: number; result: T } {
  const started = cpuMs();
  const result = run();
  return { ms: cpuMs() - started, result };
}

/** A number sequence that is the same everywhere (additive recurrence of the golden ratio). */
export function* sequence(): Generator<number> {
  for (let value = 0.5; ; value = (value + 0.6180339887498949) % 1) yield value;
}

/** One fixed covering programme, 250 × 250 with six entries a row, solved cold: median CPU milliseconds. */
export function yardstickMs(highs: Highs): number {
  const next = sequence();
  const draw = (): number => next.next().value as number;
  const builder = new LinearModelBuilder();
  for (let j = 0; j < YARDSTICK_SIZE; j++) builder.addColumn(`x${j}`, 0, Infinity, 1 + draw());
  for (let i = 0; i < YARDSTICK_SIZE; i++) {
    const columns = new Map<number, number>();
    while (columns.size < YARDSTICK_PER_ROW) columns.set(Math.floor(draw() * YARDSTICK_SIZE), 0.5 + draw());
    builder.addRow(`r${i}`, 1 + draw(), Infinity, [...columns.keys()], [...columns.values()]);
  }
  const times = Array.from({ length: YARDSTICK_RUNS }, () =>
    timed(() => withModel(highs, builder, { presolve: 'off' }, (model) => model.solve())),
  ).map(({ ms }) => ms);
  return median(times);
}

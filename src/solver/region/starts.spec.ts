import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClassState } from './class-model.js';
import { bestStart } from './pool.js';
import type { StartingStatesJob } from './region-jobs.js';
import { everyPattern, responsesTo, Starts } from './starts.js';

/** A state of which only load and subsidy count: one axis. */
function state(loadMw: number, subsidy: number): ClassState {
  const none = new Float64Array(0);
  const load = Float64Array.of(loadMw);
  return { flow: none, inflow: none, coupon: none, leastCost: none, subsidy, loadMw: load, occupancy: load };
}

const nothing = state(0, 0);

/** Answers to the patterns of each class by looking them up, and keeps the jobs. */
function lookingUp(responses: readonly (readonly (ClassState | null)[])[]) {
  const jobs: StartingStatesJob[] = [];
  const run = (asked: readonly StartingStatesJob[]) => {
    jobs.push(...asked);
    return Promise.resolve(
      asked.map(({ classIndex, patterns }) => patterns.map((pattern) => responses[classIndex][pattern])),
    );
  };
  return { jobs, run };
}

function begun(): Starts {
  const starts = new Starts(1);
  starts.begin({ states: [nothing, nothing], loads: [] }, null, 1);
  return starts;
}

const responses = fc.array(
  fc.option(
    fc
      .record({ load: fc.integer({ min: -20, max: 20 }), subsidy: fc.integer({ min: 0, max: 60 }) })
      .map(({ load, subsidy }) => state(load / 4, subsidy)),
    { freq: 8 },
  ),
  { minLength: 1, maxLength: 150 },
);
const twoClasses = fc.tuple(responses, responses);
const budgets = fc.uniqueArray(fc.option(fc.integer({ min: 1, max: 100 })), { minLength: 1, maxLength: 3 });

describe('responses to coupon patterns', () => {
  it('are asked for once each, and told with their patterns, in their order; what does not settle is left out', async () => {
    await fc.assert(
      fc.asyncProperty(twoClasses, async (all) => {
        const { jobs, run } = lookingUp(all);
        const found = await responsesTo(everyPattern(all.map(({ length }) => length)), [[1]], run);
        for (const [classIndex, states] of all.entries()) {
          const asked = jobs
            .filter((job) => job.classIndex === classIndex)
            .flatMap(({ patterns }) => patterns);
          expect(asked).toEqual(states.map((_, pattern) => pattern));
          expect([...found[classIndex]]).toEqual(
            states.flatMap((each, pattern) => (each ? [[each, pattern]] : [])),
          );
        }
      }),
    );
  });
});

describe('patterns for a later run', () => {
  it('are enough to start the same searches', async () => {
    await fc.assert(
      fc.asyncProperty(twoClasses, budgets, async (all, caps) => {
        const counts = all.map(({ length }) => length);
        const { run } = lookingUp(all);
        const first = begun();
        await first.answerTo(null, counts, run);
        first.choosePatterns(caps);
        const later = begun();
        await later.answerTo(first.patterns, counts, run);
        expect(later.patterns).toEqual(first.patterns);
        for (const cap of caps)
          for (const direction of first.directions)
            expect(later.best(direction, cap)).toEqual(first.best(direction, cap));
      }),
    );
  });

  it('are few of many, those of starts under smaller and larger budgets among them', async () => {
    const all = [Array.from({ length: 200 }, (_, k) => state(-Math.sqrt(k), k)), [nothing]];
    const starts = begun();
    const { run } = lookingUp(all);
    await starts.answerTo(null, [200, 1], run);
    expect(starts.patterns).toBeNull();
    starts.choosePatterns([40]);
    const [chosen] = starts.patterns ?? [];
    expect(chosen).toContain(40);
    expect(chosen.length).toBeLessThan(20);
    for (const budget of [20, 60, 80]) {
      const { merit } = bestStart([all[0], [nothing]], [1], budget)!;
      const nearest = Math.min(...chosen.filter((k) => k <= budget).map((k) => -Math.sqrt(k)));
      // A quarter less money buys at most an eighth less load here.
      expect(nearest).toBeLessThanOrEqual(0.875 * merit);
    }
  });

  it('of fewer patterns than there were, or of other classes, are no reason to fail', async () => {
    const all = [[state(1, 1), state(2, 2)], [state(3, 3)]];
    const shorter = begun();
    const { run } = lookingUp(all);
    await shorter.answerTo([[1, 7], [0]], [2, 1], run);
    expect(shorter.pools.map(({ length }) => length)).toEqual([2, 2]);
    const other = begun();
    await other.answerTo([[1]], [2, 1], run);
    expect(other.pools.map(({ length }) => length)).toEqual([3, 2]);
  });
});

/**
 * What searches of a characterize study start from: the states found so far of each class, those that were found together,
 * and before there are any, responses to simple coupon patterns. Few of these are ever the best start of a search; a later
 * run of a scenario that says something slightly different answers to their patterns alone.
 */
import type { IntervalRegion } from '../feeder/region.js';
import type { SubsidyCap } from '../study-spec.js';
import type { ClassState } from './class-model.js';
import { FIRST_SWEEP_DEGREES, sweepDirections } from './directions.js';
import { FeederRows, rowsOf } from './feeder-rows.js';
import type { Companions, StatePool } from './pool.js';
import { bestStart } from './pool.js';
import type { ReferenceAnswer, StartingStatesJob } from './region-jobs.js';

/** By class, places in the order of `patternsFor`. */
export type Patterns = readonly (readonly number[])[];

/** Runs jobs, anywhere, and answers in their order. */
type Run = (jobs: readonly StartingStatesJob[]) => Promise<(ClassState | null)[][]>;

/**
 * Budgets under which starts are chosen for later runs: after a change coupons buy more or less than they did, and the best
 * start is what was that of a smaller or larger budget. As shares of the study's least and largest, and the ratio of two.
 */
const BUDGETS = { least: 0.35, largest: 2.2, ratio: 1.25 };
const PATTERNS_PER_JOB = 64;

/** Grows while a study runs; workers get what it chooses with each job. */
export class Starts {
  /** By class, the state without coupons first. */
  pools: StatePool[] = [];
  readonly companions: Companions & { together: ClassState[][] } = { feeder: null, together: [] };
  /** Those whose patterns coupons start from. */
  readonly directions: number[][];
  /** Patterns that a later run need answer to; null while that is not known. */
  patterns: Patterns | null = null;
  /** By class, which pattern a state answers to; none where an earlier run has told the patterns. */
  private responses: readonly ReadonlyMap<ClassState, number>[] = [];

  constructor(axisCount: number) {
    this.directions = sweepDirections(axisCount, FIRST_SWEEP_DEGREES);
  }

  /** @param feeder what it can serve, by interval; null without one. */
  begin(
    { states, loads }: Pick<ReferenceAnswer, 'states' | 'loads'>,
    feeder: readonly IntervalRegion[] | null,
    stationCount: number,
  ): void {
    this.pools = states.map((state) => [state]);
    if (feeder) this.companions.feeder = new FeederRows(rowsOf(feeder), loads, stationCount);
  }

  /**
   * Responses to coupon patterns join the states.
   * @param known those worth it, from an earlier run; null for all.
   * @param counts patterns of each class; known ones beyond them are left out, and those of other classes are no help.
   */
  async answerTo(known: Patterns | null, counts: readonly number[], run: Run): Promise<void> {
    const isKnown = known?.length === counts.length;
    const asked = isKnown
      ? known.map((list, index) => list.filter((pattern) => pattern < counts[index]))
      : everyPattern(counts);
    const responses = await responsesTo(asked, this.directions, run);
    responses.forEach((states, index) => this.pools[index].push(...states.keys()));
    if (isKnown) this.patterns = asked;
    else this.responses = responses;
  }

  /** States that were found together, one per class. */
  add(states: ClassState[]): void {
    states.forEach((state, index) => this.pools[index].push(state));
    this.companions.together.push(states);
  }

  /** States that a search met on its way, by class. */
  addVisited(visited: readonly (readonly ClassState[])[]): void {
    visited.forEach((list, index) => this.pools[index].push(...list));
  }

  /** The best start along a direction under a budget; null where there is none. */
  best(direction: readonly number[], cap: SubsidyCap): readonly ClassState[] | null {
    return bestStart(this.pools, direction, cap ?? Infinity, this.companions)?.states ?? null;
  }

  /** Tells the patterns that a later run need answer to: those of the best start along a direction, under some budget. */
  choosePatterns(caps: readonly SubsidyCap[]): void {
    if (this.responses.length === 0) return;
    const { feeder } = this.companions;
    const pools = this.responses.map((states, index) => [this.pools[index][0], ...states.keys()]);
    const chosen = this.responses.map(() => new Set<number>());
    for (const budget of budgetsAround(caps))
      for (const direction of this.directions)
        bestStart(pools, direction, budget, { feeder, together: [] })?.states.forEach((state, index) => {
          const pattern = this.responses[index].get(state);
          if (pattern !== undefined) chosen[index].add(pattern);
        });
    this.patterns = chosen.map((patterns) => [...patterns].sort((a, b) => a - b));
  }
}

/** The budgets of a study and others from below the least to above the largest; Infinity where there is no limit. */
function budgetsAround(caps: readonly SubsidyCap[]): number[] {
  const budgets = caps.map((cap) => cap ?? Infinity);
  const finite = budgets.filter((budget) => budget > 0 && budget < Infinity);
  const largest = BUDGETS.largest * Math.max(...finite);
  for (let budget = BUDGETS.least * Math.min(...finite); budget < largest; budget *= BUDGETS.ratio)
    budgets.push(budget);
  return budgets;
}

export const everyPattern = (counts: readonly number[]): Patterns =>
  counts.map((count) => Array.from({ length: count }, (_, pattern) => pattern));

/**
 * Responses of each class to patterns of the directions.
 * @returns by class, which pattern each state answers to, in the order of the patterns; those that drivers do not settle
 *   under are left out.
 */
export async function responsesTo(
  patterns: Patterns,
  directions: number[][],
  run: Run,
): Promise<Map<ClassState, number>[]> {
  const jobs = patterns.flatMap((list, classIndex) =>
    Array.from({ length: Math.ceil(list.length / PATTERNS_PER_JOB) }, (_, part): StartingStatesJob => ({
      kind: 'starting-states',
      classIndex,
      directions,
      patterns: list.slice(part * PATTERNS_PER_JOB, (part + 1) * PATTERNS_PER_JOB),
    })),
  );
  const answers = await run(jobs);
  const responses = patterns.map(() => new Map<ClassState, number>());
  jobs.forEach(({ classIndex, patterns: asked }, job) =>
    answers[job].forEach((state, index) => {
      if (state) responses[classIndex].set(state, asked[index]);
    }),
  );
  return responses;
}

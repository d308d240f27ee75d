/**
 * Corners that no search aimed at. Charging and V2G meet only on the roads and in the budget, so any charging state goes
 * with any V2G state whose subsidies fit the budget together: states that were met on the way to different points combine
 * to loads that lie outside of the hull of the points. Such a combination costs a certificate and no linear programme.
 *
 * Where a region has faces (a cap, all drivers of an O-D pair), many corners are equally far along a direction; a sweep
 * finds one of them, which one is chance, and the measure of its hull varies with it.
 */
import { gainBeyond } from '../geometry/gain-beyond.js';
import { convexHull, type ConvexHull } from '../geometry/hull.js';
import { negate } from '../geometry/vector.js';
import type { ClassState } from './class-model.js';
import { GRID_TOLERANCE_MW } from './feeder-coupling.js';
import type { CombinedPoint } from './combined-point.js';
import type { Companions, StatePool } from './pool.js';
import { bestCombinations } from './pool.js';
import type { CombinationJob } from './region-jobs.js';
import type { BudgetState } from './region-result.js';
import { COORDINATE_MW } from './region-result.js';

/** Share of the region's measure that a corner must add, below that it is not worth its certificate; looks at the hull at most. */
const EFFORT = { leastGainShare: 2e-3, rounds: 4 };
/** The same where points were moved: they are few, and what lies between them is for corners to find. */
const MOVED_EFFORT = { leastGainShare: 1e-3, rounds: 8 };
/** Combinations looked at for a facet, the farthest first; with a feeder, until one is served. */
const CANDIDATES = 3;
const FEEDER_CANDIDATES = 40;
/** Share of the budget that is left to the road times, which the states of a combination were not found under. */
const MARGIN_SHARE = 1e-3;

/** Corners certified between two looks at the hull. */
const BATCH = 8;

type CornerBudget = Pick<BudgetState, 'cap' | 'moved'>;

/** What has been asked under one budget: facets whose combinations are known, combinations not tried yet. */
export class CornerSearch<Budget extends CornerBudget = CornerBudget> {
  private readonly effort: typeof EFFORT;
  private rounds = 0;
  private readonly asked = new Set<string>();
  private readonly known = new Map<string, { states: ClassState[]; positionMw: number[] }>();

  constructor(
    readonly budget: Budget,
    private readonly companions: Companions,
  ) {
    this.effort = budget.moved ? MOVED_EFFORT : EFFORT;
  }

  /**
   * Combinations that enlarge the hull of the points most, one after the other; each is handed out once.
   * @param points positions of certified points of this budget, MW.
   */
  next(points: readonly (readonly number[])[], pools: readonly StatePool[]): CombinationJob[] {
    if (points.length === 0 || this.rounds++ === this.effort.rounds) return [];
    const all = [...points];
    let hull = convexHull(all, { absoluteTolerance: COORDINATE_MW });
    // Of a flat region the directions across it tell whether it is flat, not what it measures.
    if (hull.dimension < points[0].length) return [];
    this.ask(hull, pools);
    const chosen: CombinationJob[] = [];
    while (chosen.length < BATCH) {
      const next = this.worthIt(hull, all).slice(0, BATCH - chosen.length);
      if (next.length === 0) break;
      for (const key of next) {
        const { states, positionMw } = this.known.get(key)!;
        this.known.delete(key);
        chosen.push({ kind: 'combination', states, subsidyCap: this.budget.cap });
        all.push(positionMw);
      }
      hull = convexHull(all, { absoluteTolerance: COORDINATE_MW });
    }
    return chosen;
  }

  /** Known combinations that add most to a hull, most first: those that see none of each other's facets add what they add alone. */
  private worthIt(hull: ConvexHull, points: readonly (readonly number[])[]): string[] {
    const beyondOf = gainBeyond(hull, points);
    const least = this.effort.leastGainShare * hull.measure;
    const beyond = [...this.known]
      .map(([key, { positionMw }]) => ({ key, ...beyondOf(positionMw) }))
      .filter(({ gain }) => gain > least)
      .sort((a, b) => b.gain - a.gain);
    const taken = new Set<number>();
    return beyond.flatMap(({ key, facets }) => {
      if (facets.some((facet) => taken.has(facet))) return [];
      for (const facet of facets) taken.add(facet);
      return [key];
    });
  }

  /** Notes the farthest combinations beyond each facet that was not asked before. */
  private ask({ halfspaces }: ConvexHull, pools: readonly StatePool[]): void {
    const { feeder } = this.companions;
    const budget = (this.budget.cap ?? Infinity) * (1 - MARGIN_SHARE);
    for (const { normal, offset } of halfspaces) {
      const facet = normal.join();
      if (this.asked.has(facet)) continue;
      this.asked.add(facet);
      const direction = negate(normal);
      const combinations = bestCombinations(
        pools,
        direction,
        budget,
        feeder ? FEEDER_CANDIDATES : CANDIDATES,
      );
      let served = 0;
      for (const { indices, support } of combinations) {
        if (served === CANDIDATES || -support <= offset) break;
        const states = indices.map((index, pool) => pools[pool][index]);
        if (feeder && feeder.violationMw(states) > GRID_TOLERANCE_MW) continue;
        served++;
        const positionMw = direction.map((_, axis) =>
          states.reduce((sum, { loadMw }) => sum + loadMw[axis], 0),
        );
        this.known.set(indices.join(), { states, positionMw });
      }
    }
  }
}

/** What the caller knows and does. */
export interface CornerHost<Budget> {
  /** Of the certified points within a budget so far, MW. */
  positions(budget: Budget): number[][];
  certify(jobs: readonly CombinationJob[]): Promise<(CombinedPoint | null)[]>;
  keep(budget: Budget, found: CombinedPoint): void;
}

/** While corners of one budget are chosen, the workers certify those of another. */
const BUDGETS_UNDER_WAY = 2;

/**
 * Certifies corners, batch by batch, until no budget has one that is worth it. Batches are taken in, in the order in which
 * they were handed out, so what each of them knows does not depend on how quick the workers are.
 */
export async function combineCorners<Budget extends CornerBudget>(
  searches: readonly CornerSearch<Budget>[],
  pools: readonly StatePool[],
  { positions, certify, keep }: CornerHost<Budget>,
): Promise<void> {
  const waiting = [...searches];
  const underWay: { search: CornerSearch<Budget>; certified: Promise<(CombinedPoint | null)[]> }[] = [];
  const handOut = (search: CornerSearch<Budget>): void => {
    const jobs = search.next(positions(search.budget), pools);
    if (jobs.length === 0) return;
    const certified = certify(jobs);
    // Whoever takes it in is told what ended it; until then it is nobody's fault.
    certified.catch(() => undefined);
    underWay.push({ search, certified });
  };
  for (;;) {
    while (underWay.length < BUDGETS_UNDER_WAY && waiting.length > 0) handOut(waiting.shift()!);
    const first = underWay.shift();
    if (!first) return;
    for (const found of await first.certified) if (found) keep(first.search.budget, found);
    handOut(first.search);
  }
}

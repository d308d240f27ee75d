/**
 * The characterize study: boundary points per budget along the directions of the sweep or along facet normals until
 * the gap is closed, pooled over directions and budgets, and the hull around them. The outcome does not depend on the
 * number of workers: what is searched next depends on the answers of whole batches.
 */
import type { CharacterizeResult, Hull, Infeasibility, Point } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { RunOptions } from '../study-run.js';
import type { CharacterizeSpec, SubsidyCap } from '../study-spec.js';
import type { EngineContext } from '../engine/engine.js';
import type { IntervalRegion } from '../feeder/region.js';
import type { Again, Moves } from './again.js';
import { startOfMove } from './again.js';
import type { BoundaryAnswer } from './boundary-point.js';
import type { CombinedPoint } from './combined-point.js';
import { combineCorners, CornerSearch } from './corners.js';
import { firstDirections, sweepCount } from './directions.js';
import type { Beforehand } from './earlier.js';
import { EarlierRun } from './earlier-run.js';
import { PartialPace } from './partial-pace.js';
import { outerMeasure } from './outer-bound.js';
import type { RegionInput } from './region-context.js';
import type { BudgetState, Found } from './region-result.js';
import {
  addDirection,
  asFound,
  gapOf,
  pointsWithin,
  refinementOf,
  regionsOf,
  servedHull,
  unsolved,
  worthLookingAlong,
} from './region-result.js';
import type { BoundaryJob, ExplainJob, ReferenceAnswer, ReferenceJob, RegionJob } from './region-jobs.js';
import { feederJobs } from './region-jobs.js';
import { BATCH, type OnAnswer, SearchQueue } from './search-queue.js';
import { Starts } from './starts.js';
import { worthSolvingAgain } from './worth-solving-again.js';

/** Trust radius of the first step of a refinement, money per vehicle: it starts amid good neighbours. */
const REFINEMENT_RADIUS = 1;
/** Passes over all directions at the end. */
const LAST_PASSES = 2;
/** A refinement ends after this many directions per budget even if the gap is still open. */
const MAX_DIRECTIONS = 600;
/** What the caller gets along the way is what it gets at the end, marked partial. */
export async function characterize(
  scenario: Scenario,
  spec: CharacterizeSpec,
  options: RunOptions,
  propagation?: RegionInput['propagation'],
  beforehand: Beforehand = {},
): Promise<CharacterizeResult> {
  const study = new RegionStudy(scenario, spec, options, propagation, beforehand);
  return study.run();
}

let studies = 0;

class RegionStudy {
  private readonly started = now();
  private readonly partials = new PartialPace(now);
  private shared: EngineContext;
  private readonly input: RegionInput;
  private readonly budgets: BudgetState[];
  private readonly found: Found[] = [];
  private readonly searches: SearchQueue<BudgetState>;
  /** Searches that have ended. */
  private searched = 0;
  /** Budgets that began with what an earlier run had found, moved. */
  private begun: BudgetState[] = [];
  private feeder: IntervalRegion[] | null = null;
  private couponFree: Point | null = null;
  /** Proven for every budget, by direction. */
  private readonly outerSupports = new Map<string, { direction: number[]; boundMw: number }>();
  private feederHull: Hull | null = null;
  private readonly starts: Starts;
  private readonly earlier: EarlierRun;

  constructor(
    scenario: Scenario,
    private readonly spec: CharacterizeSpec,
    private readonly options: RunOptions,
    propagation: RegionInput['propagation'],
    private readonly beforehand: Beforehand,
  ) {
    this.earlier = new EarlierRun(scenario, spec, beforehand);
    this.starts = new Starts(spec.axes.length);
    this.input = { scenario, axes: spec.axes, propagation, feeder: null };
    this.shared = { key: `region ${studies++}`, data: this.input };
    this.budgets = spec.subsidyCaps.map(unsolved);
    this.searches = new SearchQueue({
      run: (jobs, onAnswer) => this.search(jobs, onAnswer),
      onTaken: (budget, jobs, answers, elapsedMs) => {
        answers.forEach((answer, index) => {
          if (answer) this.keep(budget, jobs[index].direction, answer);
        });
        budget.seconds += elapsedMs / MS_PER_SECOND;
        this.partials.whenDue(() => this.showPartial());
      },
      now,
    });
  }

  async run(): Promise<CharacterizeResult> {
    try {
      await this.buildFeederRegion();
      const reference = await this.solveWithoutCoupons();
      await this.collectEarlierStates();
      await this.solveSweep(reference);
      await this.refineAll();
      // After one that searched along nothing, as a second one over moved points does, another would find nothing either.
      for (let pass = 0, searched = -1; pass < LAST_PASSES && this.searched > searched; pass++) {
        searched = this.searched;
        for (const budget of this.budgets.filter(({ moved }) => pass === 0 || !moved)) {
          const again = worthSolvingAgain(budget, this.pointsOf(budget.cap), this.starts);
          await this.solve(budget, again, REFINEMENT_RADIUS);
        }
        await this.refineAll();
      }
      await this.combine();
      // A corner may reach farther along a direction than its search did: that widens the gap.
      await this.refineAll();
      await this.explainEmptyBudgets();
      for (const budget of this.budgets) budget.gap = gapOf(budget, this.pointsOf(budget.cap));
      return this.result(false);
    } catch (error) {
      if (!this.options.signal?.aborted) throw error;
      this.searches.takeArrived();
      return this.result(true);
    }
  }

  /** Everything after this runs with the feeder; the workers' contexts are built anew, with its regions. */
  private async buildFeederRegion(): Promise<void> {
    const { scenario } = this.input;
    if (!scenario.feeder) return;
    const jobs = feederJobs(scenario, this.beforehand.feeder);
    const feeder = await this.engine<IntervalRegion>(jobs, 'what the feeder can serve');
    this.shared = { key: `region ${studies++}`, data: { ...this.input, feeder } };
    this.feeder = feeder;
    this.feederHull = servedHull(feeder, this.spec.axes, scenario.stations);
    this.beforehand.onFeeder?.(feeder);
  }

  private async solveWithoutCoupons(): Promise<ReferenceAnswer> {
    const job: ReferenceJob = { kind: 'reference', directions: this.starts.directions };
    this.progress('equilibrium without coupons', 0, null);
    const [reference] = await this.engine<ReferenceAnswer>([job], 'equilibrium without coupons');
    this.couponFree = reference.point;
    if (reference.point.certificate.status === 'certified') this.found.push(asFound(reference.point, 0));
    this.starts.begin(reference, this.feeder, this.input.scenario.stations.length);
    return reference;
  }

  /** Earlier points join the starting states; those of this very scenario are points of this study as well. */
  private async collectEarlierStates(): Promise<void> {
    const all = await this.earlier.collect((jobs) => this.engine(jobs, 'what was found before'));
    for (const states of all) this.starts.add(states);
    for (const point of this.earlier.pointsThatHold())
      this.found.push(asFound(point, point.certificate.subsidyCap));
  }

  private async solve(
    budget: BudgetState,
    directions: readonly (readonly number[])[],
    firstRadius?: number,
    near = budget.moved,
  ): Promise<void> {
    for (let from = 0; from < directions.length; from += BATCH) {
      await this.searches.untilRoom();
      const jobs = directions.slice(from, from + BATCH).map((direction) =>
        this.jobFor(budget, near, {
          direction: [...direction],
          firstRadius,
          start: this.starts.best(direction, budget.cap),
        }),
      );
      this.searches.handOut(budget, jobs);
    }
  }

  /**
   * The study's first directions, where an earlier run was of much the same scenario by moving what it found: a change too
   * large for that under one budget may be small enough under a larger one, whose coupons have more to give.
   */
  private async solveSweep({ patterns }: ReferenceAnswer): Promise<void> {
    const { axes, directions, subsidyCaps } = this.spec;
    const sweep = firstDirections(axes.length, directions);
    const near = this.budgets
      .filter(({ cap }) => this.earlier.isNearBy(cap))
      .map((budget) => ({ budget, again: this.earlier.again(budget.cap, sweep) }));
    const others = this.budgets.filter((each) => !near.some(({ budget }) => budget === each));
    if (near.length === 0) await this.beginWithEarlier(others);
    if (others.length > 0 || near.some(({ again }) => again.moves !== null || again.left.length > 0))
      await this.starts.answerTo(near.length > 0 ? this.earlier.startingPatterns : null, patterns, (jobs) =>
        this.engine(jobs, 'starting points'),
      );
    for (const { budget, again } of near) await this.solveFromEarlier(budget, again);
    if (near.length > 0) await this.beginWithEarlier(others);
    for (const budget of others) await this.solve(budget, sweep);
    // Now, while the last searches are at it.
    this.starts.choosePatterns(subsidyCaps);
    // From here on searches start close to what was moved, or to what the sweep has found beyond.
    for (const budget of this.begun) budget.moved = true;
  }

  /** What an earlier run has solved, by its points: see `solveAgain`. */
  private async solveFromEarlier(budget: BudgetState, { moves, solved, left }: Again): Promise<void> {
    budget.moved = moves !== null;
    const failed = await this.move(moves ?? [], budget);
    await this.searches.untilEmpty();
    for (const direction of solved) addDirection(budget, direction);
    await this.solve(budget, left);
    // From where a search near the earlier point did not settle, one from farther away may.
    await this.solve(budget, failed, undefined, false);
    await this.boundDirections(solved);
  }

  /** Most of the regions in a fraction of the time: what was found before, where it is by now, and its combinations. */
  private async beginWithEarlier(budgets: readonly BudgetState[]): Promise<void> {
    const begun = budgets
      .map((budget) => ({ budget, moves: this.earlier.movesUnder(budget.cap) }))
      .filter(({ moves }) => moves.length > 0);
    this.begun = begun.map(({ budget }) => budget);
    if (begun.length === 0) return;
    for (const { budget, moves } of begun) await this.move(moves, budget);
    await this.searches.untilEmpty();
    await this.combine();
    this.partials.atOnce(() => this.showPartial());
  }

  /** @returns directions along which nothing was found, once all searches have ended. */
  private async move(moves: Moves, budget: BudgetState): Promise<number[][]> {
    const failed: number[][] = [];
    for (let from = 0; from < moves.length; from += BATCH) {
      const batch = moves.slice(from, from + BATCH);
      await this.searches.untilRoom();
      const jobs = batch.map((move) => {
        const start = startOfMove(move, budget.cap, this.starts);
        return this.jobFor(budget, true, { ...move, start });
      });
      this.searches.handOut(budget, jobs, (answers) =>
        failed.push(...batch.filter((_, index) => !answers[index]?.point).map(({ direction }) => direction)),
      );
    }
    return failed;
  }

  private jobFor(
    { cap }: BudgetState,
    near: boolean,
    search: Omit<BoundaryJob, 'kind' | 'subsidyCap'>,
  ): BoundaryJob {
    const enough = near ? this.earlier.enoughMw(cap, search.direction, this.couponFree!) : undefined;
    return { kind: 'boundary', subsidyCap: cap, enoughMw: enough, ...search };
  }

  private search(jobs: readonly BoundaryJob[], onAnswer: OnAnswer): Promise<unknown> {
    return this.options.engine.run<BoundaryAnswer>(this.shared, jobs, {
      signal: this.options.signal,
      onResult: (answer, index) => {
        onAnswer(answer, index);
        this.searched++;
        const isWarm = this.begun.length > 0 || this.budgets.some(({ moved }) => moved);
        const total = isWarm ? null : sweepCount(this.spec, this.searched);
        this.progress('directions', this.searched, total, jobs[index]);
      },
    });
  }

  /** What is proven of directions that no search went along. */
  private async boundDirections(directions: number[][]): Promise<void> {
    const [bounds] = await this.engine<number[]>(
      [{ kind: 'outer-supports', directions }],
      'what was found before',
    );
    directions.forEach((direction, index) =>
      this.outerSupports.set(direction.join(), { direction, boundMw: bounds[index] }),
    );
  }

  private showPartial(): void {
    this.options.onPartial?.(() => this.result(true));
  }

  private keep(
    budget: BudgetState,
    direction: number[],
    { point, states, visited, solves, outerSupportMw }: BoundaryAnswer,
  ): void {
    addDirection(budget, direction);
    this.outerSupports.set(direction.join(), { direction, boundMw: outerSupportMw });
    budget.solves += solves;
    this.starts.addVisited(visited);
    if (point) this.keepPoint(budget, { point, states });
  }

  private keepPoint({ cap }: BudgetState, { point, states }: CombinedPoint): void {
    this.starts.add(states);
    this.found.push(asFound(point, cap));
  }

  private async combine(): Promise<void> {
    const searches = this.budgets.map((budget) => new CornerSearch(budget, this.starts.companions));
    await combineCorners(searches, this.starts.pools, {
      positions: ({ cap }) => this.pointsOf(cap).map(({ positionMw }) => [...positionMw]),
      certify: (jobs) => this.engine(jobs, 'corners'),
      keep: (budget, found) => {
        this.keepPoint(budget, found);
        this.partials.whenDue(() => this.showPartial());
      },
    });
  }

  private async explainEmptyBudgets(): Promise<void> {
    const empty = this.budgets.filter(({ cap }) => this.pointsOf(cap).length === 0);
    if (empty.length === 0 || !this.input.scenario.feeder) return;
    const job: ExplainJob = { kind: 'explain', states: this.starts.pools.map(([couponFree]) => couponFree) };
    const [reason] = await this.engine<Infeasibility>([job], 'looking for the reason');
    for (const budget of empty) budget.infeasible = reason;
  }

  /** Looks at the budgets in turn: all regions grow together, and while one waits for answers another is searched. */
  private async refineAll(): Promise<void> {
    const { directions } = this.spec;
    if (directions.kind === 'until-gap')
      for (const open = new Set(this.budgets); open.size > 0;)
        for (const budget of open) if (!(await this.refine(budget, directions.gap))) open.delete(budget);
    await this.searches.untilEmpty();
  }

  /** @returns whether there may be more to find. */
  private async refine(budget: BudgetState, gap: number): Promise<boolean> {
    await this.searches.untilRoom();
    const points = this.pointsOf(budget.cap);
    if (points.length === 0) return false;
    const underWay = this.searches.directionsUnderWay(budget);
    const look = refinementOf(budget, points, underWay);
    budget.gap = look.estimatedGap;
    if (budget.gap <= gap || budget.directions.length + underWay.length >= MAX_DIRECTIONS) return false;
    const next = worthLookingAlong(look, gap);
    if (next.length > 0) await this.solve(budget, next, REFINEMENT_RADIUS);
    else await this.searches.untilEmpty();
    return next.length + underWay.length > 0;
  }

  private engine<R>(jobs: readonly RegionJob[], phase: string): Promise<R[]> {
    let done = 0;
    return this.options.engine.run<R>(this.shared, jobs, {
      signal: this.options.signal,
      onResult: () => this.progress(phase, ++done, jobs.length),
    });
  }

  private progress(phase: string, done: number, total: number | null, job?: BoundaryJob): void {
    this.options.onProgress?.({
      phase,
      done,
      total,
      subsidyCap: job?.subsidyCap,
      direction: job?.direction ?? null,
      elapsedSeconds: (now() - this.started) / MS_PER_SECOND,
    });
  }

  private result(partial: boolean): CharacterizeResult {
    const { name, axes, directions } = this.spec;
    const startingPatterns = this.starts.patterns ?? this.earlier.startingPatterns;
    // The corners of hundreds of half-spaces cost as much as a point: once, at the end.
    const outer = outerMeasure(partial ? [] : [...this.outerSupports.values()], this.found);
    return {
      kind: 'characterize',
      name,
      axes,
      directions,
      partial,
      couponFree: this.couponFree,
      regions: regionsOf(this.budgets, this.found, axes.length, (cap) =>
        this.earlier.provenMeasure(outer, cap),
      ),
      ...(this.feederHull ? { feederHull: this.feederHull } : {}),
      ...(startingPatterns ? { startingPatterns } : {}),
    };
  }

  private pointsOf(cap: SubsidyCap): Found[] {
    return pointsWithin(this.found, cap);
  }
}

const MS_PER_SECOND = 1000;
const now = (): number => performance.now();

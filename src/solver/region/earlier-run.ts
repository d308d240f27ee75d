/** An earlier run as a study that begins sees it: points to start from, and what is left to do under each budget. */
import type { Point } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { CharacterizeSpec, SubsidyCap } from '../study-spec.js';
import type { Again, Moves, Solved } from './again.js';
import { areNearBy, enoughUnder, movesUnder, solveAgain, worthMovingUnder } from './again.js';
import type { ClassState } from './class-model.js';
import type { Beforehand, EarlierPoint } from './earlier.js';
import { earlierPoints, earlierStatesJobs, pointsThatHold, provenMeasure } from './earlier.js';
import type { EarlierState, EarlierStatesJob } from './region-jobs.js';
import type { Patterns } from './starts.js';

export class EarlierRun {
  private readonly points: readonly EarlierPoint[];
  /** Of the points under this scenario; null where they are none. */
  private states: readonly (readonly ClassState[] | null)[] = [];
  /** By budget, the indices of the points that are worth moving. */
  private readonly worth = new Map<SubsidyCap, number[]>();
  private readonly near = new Set<SubsidyCap>();
  private readonly enough = new Map<SubsidyCap, ReturnType<typeof enoughUnder>>();

  constructor(
    private readonly scenario: Scenario,
    private readonly spec: CharacterizeSpec,
    private readonly beforehand: Beforehand,
  ) {
    this.points = earlierPoints(beforehand.earlier ?? [], scenario, spec.axes);
  }

  /** It was of much the same study, and its points under a budget are near what can be reached: moving them will do. */
  isNearBy(cap: SubsidyCap): boolean {
    return this.near.has(cap);
  }

  /** Coupon patterns that were worth a start on the same axes; null where that is not known. */
  get startingPatterns(): Patterns | null {
    const known = this.beforehand.earlier?.find(({ startingPatterns }) => startingPatterns);
    return known?.startingPatterns ?? null;
  }

  /**
   * Makes the points states of this scenario.
   * @param run jobs of their kind, anywhere.
   * @returns one state per class each, to start from and to combine.
   */
  async collect(
    run: (jobs: readonly EarlierStatesJob[]) => Promise<(EarlierState | null)[][]>,
  ): Promise<ClassState[][]> {
    const { replaceStarts = false } = this.beforehand;
    const tellWorth = (): void => {
      for (const cap of replaceStarts ? this.spec.subsidyCaps : [])
        this.worth.set(cap, worthMovingUnder(this.points, cap));
    };
    const [answers] = await Promise.all([
      run(earlierStatesJobs(this.points)),
      // Here, beside the workers that have begun by then: of all threads this is the one that has hulls compiled.
      new Promise((begun) => setTimeout(begun, 0)).then(tellWorth),
    ]);
    const all = answers.flat();
    this.states = all.map((answer) => answer?.states ?? null);
    for (const cap of replaceStarts ? this.spec.subsidyCaps : [])
      if (areNearBy(this.points, this.states, cap)) this.near.add(cap);
    return all
      .flatMap((answer) => (answer ? [answer.states, answer.within] : []))
      .filter((each) => each !== null);
  }

  /** What is left to do under a budget when what was found is near by. */
  again(cap: SubsidyCap, sweep: readonly number[][]): Again {
    return solveAgain(this.known(cap), cap, sweep);
  }

  /** What was found under a budget and would be missed, as a picture to begin with where it is not near by. */
  movesUnder(cap: SubsidyCap): Moves {
    return movesUnder(this.known(cap), cap).moves ?? [];
  }

  /** The promise that a search under a budget need not pursue, MW: see `enoughUnder`. */
  enoughMw(cap: SubsidyCap, direction: readonly number[], couponFree: Point): number {
    const known = this.enough.get(cap) ?? enoughUnder(this.points, cap, couponFree);
    this.enough.set(cap, known);
    return known(direction);
  }

  /** Points of this very scenario: with their certificates they are points of this study. */
  pointsThatHold(): Point[] {
    return pointsThatHold(this.points);
  }

  /** @param proven by this run, null where nothing is. */
  provenMeasure(proven: number | null, cap: SubsidyCap): number | null {
    return provenMeasure(proven, this.beforehand.earlier ?? [], this.scenario, cap);
  }

  private known(cap: SubsidyCap): Solved {
    return {
      earlier: this.beforehand.earlier ?? [],
      points: this.points,
      states: this.states,
      worth: this.worth.get(cap) ?? [],
      scenario: this.scenario,
      directions: this.spec.directions,
    };
  }
}

/**
 * Searches on their way through the engine: batches of a fixed size, a fixed number of them at a time. While the last
 * searches of one end and the next is chosen, the workers are at another. Answers are taken in, in the order of the
 * batches and only to make room for another, so whoever chooses it knows the same however quick the workers are.
 */
import type { BoundaryAnswer } from './boundary-point.js';
import type { BoundaryJob } from './region-jobs.js';

/** Searches of a batch: enough for several workers; what they find is used from the next batch but one on. */
export const BATCH = 4;
const BATCHES_UNDER_WAY = 2;

/** By search; undefined where a batch ended before its answer came. */
export type Answers = (BoundaryAnswer | undefined)[];

export type OnAnswer = (answer: BoundaryAnswer, index: number) => void;

interface Batch<Budget> {
  budget: Budget;
  jobs: readonly BoundaryJob[];
  answers: Answers;
  running: Promise<unknown>;
  beganMs: number;
  onTaken?: (answers: Answers) => void;
}

export interface SearchQueueOptions<Budget> {
  run: (jobs: readonly BoundaryJob[], onAnswer: OnAnswer) => Promise<unknown>;
  /** @param elapsedMs since it was handed out, without what an earlier batch took of it. */
  onTaken: (budget: Budget, jobs: readonly BoundaryJob[], answers: Answers, elapsedMs: number) => void;
  now: () => number;
}

export class SearchQueue<Budget> {
  private readonly underWay: Batch<Budget>[] = [];
  private takenMs = -Infinity;

  constructor(private readonly options: SearchQueueOptions<Budget>) {}

  /** @param onTaken called after that of the queue. */
  handOut(budget: Budget, jobs: readonly BoundaryJob[], onTaken?: (answers: Answers) => void): void {
    const answers: Answers = new Array(jobs.length).fill(undefined);
    const running = this.options.run(jobs, (answer, index) => void (answers[index] = answer));
    // Whoever takes it in is told what ended it; until then it is nobody's fault.
    running.catch(() => undefined);
    this.underWay.push({ budget, jobs, answers, running, beganMs: this.options.now(), onTaken });
  }

  /** Directions whose answers are still to come. */
  directionsUnderWay(budget: Budget): number[][] {
    return this.underWay
      .filter((batch) => batch.budget === budget)
      .flatMap(({ jobs }) => jobs.map(({ direction }) => direction));
  }

  /** @throws what the engine throws, as when the study is cancelled. */
  async untilRoom(): Promise<void> {
    while (this.underWay.length >= BATCHES_UNDER_WAY) await this.next();
  }

  /** @throws as `untilRoom`. */
  async untilEmpty(): Promise<void> {
    while (this.underWay.length > 0) await this.next();
  }

  /** Takes in what has arrived of all batches, after one of them was cancelled. */
  takeArrived(): void {
    while (this.underWay.length > 0) this.take();
  }

  private async next(): Promise<void> {
    await this.underWay[0].running;
    this.take();
  }

  private take(): void {
    const { budget, jobs, answers, beganMs, onTaken } = this.underWay.shift()!;
    const nowMs = this.options.now();
    const elapsedMs = nowMs - Math.max(beganMs, this.takenMs);
    this.takenMs = nowMs;
    this.options.onTaken(budget, jobs, answers, elapsedMs);
    onTaken?.(answers);
  }
}

/**
 * The process in which a panel runs its study and asks about the result: kept for a while, as a new one spends half of a
 * short run on compiling everything and on loading HiGHS, and a question's setting up takes longer than most answers.
 */
import { startRunner, type Runner, type RunnerSource } from './study-process.js';

/** Long enough to look at a result and to change a value, or to think of a question. */
const IDLE_MS = 180_000;

export class KeptProcess implements RunnerSource {
  private idle: Runner | null = null;
  private ending: NodeJS.Timeout | undefined;
  private disposed = false;

  /** @param entry file of the bundled `study-runner.ts` */
  constructor(
    private readonly entry: string,
    private readonly idleMs = IDLE_MS,
  ) {}

  /** A new one while the one before is at work: a run that replaces another does not wait for it to end. */
  take(): Runner {
    clearTimeout(this.ending);
    const runner = this.idle ?? startRunner(this.entry);
    this.idle = null;
    return runner;
  }

  keep(runner: Runner): void {
    this.endIdle();
    if (this.disposed) return runner.stop();
    this.idle = runner;
    runner.onMessage(() => {});
    runner.onCrash(() => this.endIdle());
    this.ending = setTimeout(() => this.endIdle(), this.idleMs);
  }

  /** Ends the process that has nothing to do; one that is at work goes on, and ends with its work. */
  dispose(): void {
    this.disposed = true;
    this.endIdle();
  }

  private endIdle(): void {
    clearTimeout(this.ending);
    this.idle?.stop();
    this.idle = null;
  }
}

/** The process that answers questions about a result: kept for a while, as setting up takes longer than most answers. */
import { startRunner, type Runner, type RunnerSource } from './study-process.js';

/** Long enough to read an answer and think of the next question. */
const IDLE_MS = 180_000;

export class Questioner implements RunnerSource {
  private idle: Runner | null = null;
  private ending: NodeJS.Timeout | undefined;

  /** @param entry file of the bundled `study-runner.ts` */
  constructor(
    private readonly entry: string,
    private readonly idleMs = IDLE_MS,
  ) {}

  take(): Runner {
    clearTimeout(this.ending);
    const runner = this.idle ?? startRunner(this.entry);
    this.idle = null;
    return runner;
  }

  keep(runner: Runner): void {
    this.dispose();
    this.idle = runner;
    runner.onMessage(() => {});
    runner.onCrash(() => this.dispose());
    this.ending = setTimeout(() => this.dispose(), this.idleMs);
  }

  /** Ends the process that waits for a question; one that is being answered goes on. */
  dispose(): void {
    clearTimeout(this.ending);
    this.idle?.stop();
    this.idle = null;
  }
}

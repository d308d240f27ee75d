/** How often a study that runs shows what it has: a hull per budget costs as much as a point. */

/** Pictures are no more frequent than this, nor do they take more than this share of the time. */
const PERIOD_MS = 500;
const SHARE = 0.04;

export class PartialPace {
  private dueMs = -Infinity;

  constructor(private readonly now: () => number) {}

  /** Shows it unless the last time was too close. */
  whenDue(show: () => void): void {
    if (this.now() >= this.dueMs) this.atOnce(show);
  }

  /** Shows it although the last time may have been close: it is one to wait for. */
  atOnce(show: () => void): void {
    const beganMs = this.now();
    show();
    this.dueMs = beganMs + Math.max(PERIOD_MS, (this.now() - beganMs) / SHARE);
  }
}

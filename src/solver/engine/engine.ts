/**
 * The seam between a study and whatever runs its parts. A study is split into independent jobs (a direction
 * under a budget, an interval's feeder region); a job is a plain, structured-cloneable value that can run
 * anywhere and can be run again. Worker threads are the first implementation, a cluster queue can be the next.
 */

/** A job: `kind` selects the function that runs it, the rest is its input. */
export interface Job {
  readonly kind: string;
}

export interface Engine {
  /**
   * Runs all jobs and resolves with their results in the order of the jobs, whatever order they end in, so
   * that a study's outcome cannot depend on the number of workers. May be called again before it has resolved.
   * @param shared input common to all jobs of the study, sent once per worker and not once per job.
   * @param onResult called as results arrive, in any order.
   * @throws AbortError when `signal` is aborted; results that arrived before were passed to `onResult`.
   */
  run<R>(
    shared: EngineContext,
    jobs: readonly Job[],
    options?: {
      signal?: AbortSignal;
      onResult?: (result: R, index: number) => void;
      onStart?: (index: number) => void;
    },
  ): Promise<R[]>;
  dispose(): Promise<void>;
}

/** Input common to many jobs; `key` changes when its content does, so that a worker can keep what it derived. */
export interface EngineContext {
  readonly key: string;
  readonly data: unknown;
}

/** Runs jobs one after the other in this thread: for tests, and where there are no worker threads. */
import type { Engine, EngineContext, Job } from './engine.js';
import { runJob } from './job-runner.js';

export class InlineEngine implements Engine {
  async run<R>(
    shared: EngineContext,
    jobs: readonly Job[],
    options: Parameters<Engine['run']>[2] & { onResult?: (result: R, index: number) => void } = {},
  ): Promise<R[]> {
    const results: R[] = [];
    for (let index = 0; index < jobs.length; index++) {
      options.signal?.throwIfAborted();
      options.onStart?.(index);
      const result = (await runJob(shared, jobs[index])) as R;
      options.onResult?.(result, index);
      results.push(result);
      // Lets an abort that waits in the event loop be seen.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    return results;
  }

  async dispose(): Promise<void> {
    // Nothing is held outside the thread's context, which the next study replaces.
  }
}

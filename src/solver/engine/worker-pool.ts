/** Worker threads, one HiGHS module each. The only file of the solver besides `worker.ts` that knows Node. */
import { Worker } from 'node:worker_threads';
import type { Engine, EngineContext, Job } from './engine.js';

/** A worker that dies takes its job down at most this often before the study fails. */
const ATTEMPTS_PER_JOB = 2;

export interface WorkerRequest {
  id: number;
  context: EngineContext | { key: string };
  job: Job;
}

export type WorkerReply = { id: number; result: unknown } | { id: number; error: string };

interface Seat {
  worker: Worker;
  /** Key of the context the worker holds. */
  key: string | null;
  busy: boolean;
}

/** A job failed, in words for a planner. */
export class JobError extends Error {
  override name = 'JobError';
}

export class WorkerPool implements Engine {
  private seats: Seat[] = [];
  private nextId = 0;

  /**
   * @param size number of threads, at least 1.
   * @param entry the bundled or source `worker.ts`.
   */
  constructor(
    private readonly size: number,
    private readonly entry: URL,
    private readonly execArgv: string[] = [],
  ) {}

  async run<R>(
    shared: EngineContext,
    jobs: readonly Job[],
    options: {
      signal?: AbortSignal;
      onResult?: (result: R, index: number) => void;
      onStart?: (index: number) => void;
    } = {},
  ): Promise<R[]> {
    options.signal?.throwIfAborted();
    while (this.seats.length < Math.min(this.size, jobs.length)) this.seats.push(this.seat());
    const results = new Array<R>(jobs.length);
    let next = 0;
    let failure: Error | undefined;
    const work = async (seat: Seat): Promise<void> => {
      while (next < jobs.length && failure === undefined) {
        const index = next++;
        options.onStart?.(index);
        try {
          results[index] = await this.runOnce<R>(seat, shared, jobs[index], options.signal);
        } catch (error) {
          failure ??= error instanceof Error ? error : new Error(String(error));
          return;
        }
        options.onResult?.(results[index], index);
      }
    };
    await Promise.all(this.seats.map(work));
    if (failure !== undefined) {
      if (options.signal?.aborted) await this.dispose();
      throw failure;
    }
    return results;
  }

  async dispose(): Promise<void> {
    const seats = this.seats;
    this.seats = [];
    await Promise.all(seats.map(({ worker }) => worker.terminate()));
  }

  private seat(): Seat {
    const worker = new Worker(this.entry, { execArgv: this.execArgv });
    // Idle threads must not keep the process alive; a running job does so through its pending promise.
    worker.unref();
    return { worker, key: null, busy: false };
  }

  private async runOnce<R>(seat: Seat, shared: EngineContext, job: Job, signal?: AbortSignal): Promise<R> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.post<R>(seat, shared, job, signal);
      } catch (error) {
        if (signal?.aborted || error instanceof JobError || attempt === ATTEMPTS_PER_JOB) throw error;
        const fresh = this.seat();
        seat.worker = fresh.worker;
        seat.key = null;
      }
    }
  }

  private post<R>(seat: Seat, shared: EngineContext, job: Job, signal?: AbortSignal): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      const { worker } = seat;
      const id = this.nextId++;
      const done = (): void => {
        worker.off('message', onMessage);
        worker.off('error', onError);
        worker.off('exit', onExit);
        signal?.removeEventListener('abort', onAbort);
        worker.unref();
      };
      const onMessage = (reply: WorkerReply): void => {
        if (reply.id !== id) return;
        done();
        if ('error' in reply) reject(new JobError(reply.error));
        else resolve(reply.result as R);
      };
      const onError = (error: Error): void => {
        done();
        reject(error);
      };
      const onExit = (code: number): void => {
        done();
        reject(new Error(`a worker thread ended with code ${code}`));
      };
      const onAbort = (): void => {
        done();
        void worker.terminate();
        reject(signal?.reason instanceof Error ? signal.reason : new DOMException('cancelled', 'AbortError'));
      };
      worker.ref();
      worker.on('message', onMessage);
      worker.on('error', onError);
      worker.on('exit', onExit);
      signal?.addEventListener('abort', onAbort);
      if (signal?.aborted) {
        onAbort();
        return;
      }
      const request: WorkerRequest = {
        id,
        context: seat.key === shared.key ? { key: shared.key } : shared,
        job,
      };
      seat.key = shared.key;
      worker.postMessage(request);
    });
  }
}

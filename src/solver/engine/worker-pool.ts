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

/** A place for one thread, which lives from its first job until it dies or is disposed of. */
interface Seat {
  worker: Worker | null;
  /** Key of the context the worker holds. */
  key: string | null;
}

/** A job failed, in words for a planner. */
export class JobError extends Error {
  override name = 'JobError';
}

/** Several runs may be under way at once: their jobs are begun in the order in which they were given. */
export class WorkerPool implements Engine {
  private readonly seats: Seat[];
  private readonly free: Seat[];
  private readonly waiting: ((seat: Seat) => void)[] = [];
  private nextId = 0;

  /**
   * @param size number of threads, at least 1.
   * @param entry the bundled or source `worker.ts`.
   */
  constructor(
    size: number,
    private readonly entry: URL,
    private readonly execArgv: string[] = [],
  ) {
    this.seats = Array.from({ length: size }, () => ({ worker: null, key: null }));
    this.free = [...this.seats];
  }

  /** Starts all threads, which load HiGHS while whoever has work for them reads it. */
  start(): this {
    for (const seat of this.seats) this.workerOf(seat);
    return this;
  }

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
    const results = new Array<R>(jobs.length);
    let failure: Error | undefined;
    const work = async (job: Job, index: number): Promise<void> => {
      const seat = await this.freeSeat();
      try {
        if (failure !== undefined) return;
        options.signal?.throwIfAborted();
        options.onStart?.(index);
        results[index] = await this.runOnce<R>(seat, shared, job, options.signal);
        options.onResult?.(results[index], index);
      } catch (error) {
        failure ??= error instanceof Error ? error : new Error(String(error));
      } finally {
        this.release(seat);
      }
    };
    await Promise.all(jobs.map(work));
    if (failure !== undefined) throw failure;
    return results;
  }

  async dispose(): Promise<void> {
    const workers = this.seats.flatMap(({ worker }) => (worker ? [worker] : []));
    for (const seat of this.seats) seat.worker = null;
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  private freeSeat(): Promise<Seat> {
    const seat = this.free.shift();
    return seat ? Promise.resolve(seat) : new Promise((resolve) => this.waiting.push(resolve));
  }

  private release(seat: Seat): void {
    const next = this.waiting.shift();
    if (next) next(seat);
    else this.free.unshift(seat);
  }

  /** Idle threads must not keep the process alive; a running job does so through its pending promise. */
  private workerOf(seat: Seat): Worker {
    if (!seat.worker) {
      seat.worker = new Worker(this.entry, { execArgv: this.execArgv });
      seat.worker.unref();
      seat.key = null;
    }
    return seat.worker;
  }

  private async runOnce<R>(seat: Seat, shared: EngineContext, job: Job, signal?: AbortSignal): Promise<R> {
    for (let attempt = 1; ; attempt++) {
      const worker = this.workerOf(seat);
      try {
        return await this.post<R>(seat, worker, shared, job, signal);
      } catch (error) {
        if (error instanceof JobError) throw error;
        const wasDisposed = seat.worker !== worker;
        if (!wasDisposed) seat.worker = null;
        if (signal?.aborted || wasDisposed || attempt === ATTEMPTS_PER_JOB) throw error;
      }
    }
  }

  private post<R>(
    seat: Seat,
    worker: Worker,
    shared: EngineContext,
    job: Job,
    signal?: AbortSignal,
  ): Promise<R> {
    return new Promise<R>((resolve, reject) => {
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

/** Entry of a worker thread: receives jobs, answers results. */
import { parentPort } from 'node:worker_threads';
import type { EngineContext } from './engine.js';
import { loadHighs } from '../highs/load.js';
import { runJob } from './job-runner.js';
import type { WorkerReply, WorkerRequest } from './worker-pool.js';

// Every job needs it, and is told where it fails.
loadHighs().catch(() => undefined);

let context: EngineContext | undefined;

parentPort?.on('message', ({ id, context: sent, job }: WorkerRequest) => {
  if ('data' in sent) context = sent;
  const reply = (message: WorkerReply): void => parentPort?.postMessage(message);
  if (context?.key !== sent.key) {
    reply({ id, error: 'the worker thread has lost the scenario of this job' });
    return;
  }
  runJob(context, job).then(
    (result) => reply({ id, result }),
    (error: unknown) => reply({ id, error: error instanceof Error ? error.message : String(error) }),
  );
});

/** Entry of the thread that runs a study: it owns the engine, so that nothing of it touches the editor's loop. */
import { parentPort } from 'node:worker_threads';
import { WorkerPool } from '../../solver/engine/worker-pool.js';
import { runStudy } from '../../solver/study.js';
import { runFamily } from './run-family.js';
import type { FromRunner, ToRunner } from './runner-protocol.js';

/** The build puts the workers' entry beside this one. */
const WORKER_ENTRY = new URL('./worker.js', import.meta.url);

const port = parentPort;
const abort = new AbortController();

port?.on('message', (message: ToRunner) => {
  if (message.type === 'cancel') {
    abort.abort();
    return;
  }
  const { request } = message;
  const engine = new WorkerPool(request.workers, WORKER_ENTRY);
  const send = (answer: FromRunner): void => port.postMessage(answer);
  void runFamily(request, runStudy, engine, abort.signal, send).finally(async () => {
    await engine.dispose();
    port.close();
  });
});

/** Entry of the process that runs studies and answers questions: it owns the engine, so that nothing of it touches the editor's loop. */
import { WorkerPool } from '../../solver/engine/worker-pool.js';
import { runStudy } from '../../solver/study.js';
import { workInBackground } from './background.js';
import { RequestHandler } from './request-handler.js';
import type { ToRunner } from './runner-protocol.js';

/** The build puts the workers' entry beside this one. */
const WORKER_ENTRY = new URL('./worker.js', import.meta.url);

// Before any worker is started: they take this priority.
workInBackground();

const requests = new RequestHandler({
  createEngine: (workers) => new WorkerPool(workers, WORKER_ENTRY),
  run: runStudy,
  send: (answer) => void process.send?.(answer),
});

// An error ends the process and is reported there where it was started. Otherwise it is told there when to end.
process.on('message', (message: ToRunner) => void requests.handle(message));
// Nobody is left to hear what is found.
process.on('disconnect', () => process.exit());

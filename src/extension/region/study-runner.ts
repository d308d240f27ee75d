/** Entry of the process that runs a study or answers questions: it owns the engine, so that nothing of it touches the editor's loop. */
import type { Engine } from '../../solver/engine/engine.js';
import { WorkerPool } from '../../solver/engine/worker-pool.js';
import { runStudy } from '../../solver/study.js';
import { reportHtml } from '../../report/html.js';
import type { ResultFile } from '../../solver/result.js';
import { answerQuestion } from './answer-question.js';
import { workInBackground } from './background.js';
import { KeptSession } from './kept-session.js';
import { runFamily } from './run-family.js';
import type { FromRunner, ToRunner } from './runner-protocol.js';

/** The build puts the workers' entry beside this one. */
const WORKER_ENTRY = new URL('./worker.js', import.meta.url);

// Before any worker is started: they take this priority.
workInBackground();

/** Of the run or the question that is being worked on. */
let abort = new AbortController();
/** A process that is asked may be asked again. */
let questions: { engine: Engine; kept: KeptSession } | null = null;

const send = (answer: FromRunner): void => void process.send?.(answer);

process.on('message', (message: ToRunner) => {
  if (message.type === 'cancel') {
    abort.abort();
    return;
  }
  abort = new AbortController();
  // An error ends the process and is reported there where it was started. Otherwise it is stopped there when all that
  // was said has been heard.
  void begin(message, abort.signal);
});
// Nobody is left to hear what is found.
process.on('disconnect', () => process.exit());

function begin(message: Exclude<ToRunner, { type: 'cancel' }>, signal: AbortSignal): Promise<void> {
  switch (message.type) {
    case 'report':
      return report(message.result);
    case 'run':
      return withEngine(message.request.workers, (engine) =>
        runFamily(message.request, runStudy, engine, signal, send),
      );
    case 'ask':
      questions ??= {
        engine: new WorkerPool(message.request.workers, WORKER_ENTRY),
        kept: new KeptSession(),
      };
      return answerQuestion(message.request, questions.engine, signal, send, questions.kept);
  }
}

async function withEngine(workers: number, work: (engine: Engine) => Promise<void>): Promise<void> {
  const engine = new WorkerPool(workers, WORKER_ENTRY);
  try {
    await work(engine);
  } finally {
    await engine.dispose();
  }
}

async function report(result: string): Promise<void> {
  send({ type: 'report', html: await reportHtml(JSON.parse(result) as ResultFile) });
}

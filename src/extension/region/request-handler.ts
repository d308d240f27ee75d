/**
 * What a study's process does with what it is told: a run or a question at a time, one after the other, none of which
 * notices the one before; process-free.
 */
import { reportHtml } from '../../report/html.js';
import type { Engine } from '../../solver/engine/engine.js';
import type { ResultFile } from '../../solver/result.js';
import { answerQuestion } from './answer-question.js';
import { HeldResults } from './held-results.js';
import { KeptEngine } from './kept-engine.js';
import { runFamily, type StudyRunner } from './run-family.js';
import type { FromRunner, ToRunner } from './runner-protocol.js';

export interface RequestHandlerDependencies {
  createEngine(workers: number): Engine;
  run: StudyRunner;
  send(answer: FromRunner): void;
}

export class RequestHandler {
  /** Of what is being worked on. */
  private abort = new AbortController();
  private readonly engines: KeptEngine;
  private readonly held = new HeldResults();

  constructor(private readonly deps: RequestHandlerDependencies) {
    this.engines = new KeptEngine((workers) => deps.createEngine(workers));
  }

  /** Resolves when the request is done with. */
  async handle(message: ToRunner): Promise<void> {
    if (message.type === 'cancel') {
      this.abort.abort();
      return;
    }
    const abort = new AbortController();
    this.abort = abort;
    await this.work(message, abort.signal, this.speaker());
    // A study that failed leaves searches behind, which would keep threads from the next one.
    abort.abort();
  }

  private async work(
    message: Exclude<ToRunner, { type: 'cancel' }>,
    signal: AbortSignal,
    say: (answer: FromRunner) => void,
  ): Promise<void> {
    if (message.type === 'report') {
      say({ type: 'report', html: await reportHtml(JSON.parse(message.result) as ResultFile) });
      return;
    }
    const { engine, session } = await this.engines.of(message.request.workers);
    if (message.type === 'run')
      await runFamily(message.request, this.deps.run, engine, signal, say, this.held);
    else await answerQuestion(message.request, engine, signal, say, session);
  }

  /** Says nothing after the end: by then whoever listens may have asked for something else. */
  private speaker(): (answer: FromRunner) => void {
    let over = false;
    return (answer) => {
      if (over) return;
      over = answer.type === 'end';
      this.deps.send(answer);
    };
  }
}

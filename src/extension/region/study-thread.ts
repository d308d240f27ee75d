/** A run of studies in a thread of its own, seen from the extension host: starts it, stops it, retries a crash. */
import { Worker } from 'node:worker_threads';
import type { StudyResult } from '../../solver/result.js';
import type { FromRunner, Parcel, QuestionRequest, RunRequest, ToRunner } from './runner-protocol.js';

export type RunEnd =
  | { kind: 'done' }
  | { kind: 'cancelled' }
  /** In plain words. */
  | { kind: 'failed'; message: string };

export interface RunHandle {
  /** Resolves when the run is over, never rejects. */
  readonly end: Promise<RunEnd>;
  /** Ends the run within a second. */
  cancel(): void;
}

type Said<T extends FromRunner['type']> = Extract<FromRunner, { type: T }>;

/** With the JSON text of the plan of each point, in the order of the points. */
type Unpacked<T extends 'partial' | 'result'> = Omit<Said<T>, 'plans' | 'newPlans'> & { plans: string[] };

export type RunMessage = Said<'progress' | 'skipped'> | Unpacked<'partial'> | Unpacked<'result'>;

/** A cancelled run has this long to send what it has found; then its thread is stopped. */
const PATIENCE_MS = 800;
/** The first thread and one more. */
const ATTEMPTS = 2;

/** @param entry file of the bundled `study-runner.ts` */
export function startRun(
  entry: string | URL,
  request: RunRequest | QuestionRequest,
  onMessage: (message: RunMessage) => void,
  log: (line: string) => void = () => {},
): RunHandle {
  let cancelled = false;
  let stop = (): void => {};
  const end = (async (): Promise<RunEnd> => {
    for (let attempt = 1; ; attempt++) {
      const crash = await runOnce(
        entry,
        request,
        (message) => onMessage(message),
        (stopper) => (stop = stopper),
      );
      if (cancelled) return { kind: 'cancelled' };
      if (crash === null) return { kind: 'done' };
      log(`The study's thread stopped (attempt ${attempt} of ${ATTEMPTS}): ${crash}`);
      if (attempt === ATTEMPTS) {
        return {
          kind: 'failed',
          message: `Its thread stopped ${ATTEMPTS} times: ${crash}. Run it again, or make the study smaller; “V2G: Show Log” has the details.`,
        };
      }
    }
  })();
  return {
    end,
    cancel() {
      if (cancelled) return;
      cancelled = true;
      stop();
    },
  };
}

/** @returns null after an orderly end, else why the thread stopped */
function runOnce(
  entry: string | URL,
  request: RunRequest | QuestionRequest,
  onMessage: (message: RunMessage) => void,
  onStart: (stop: () => void) => void,
): Promise<string | null> {
  return new Promise((resolve) => {
    const worker = new Worker(entry);
    const post = (message: ToRunner): void => worker.postMessage(message);
    const plans: string[] = [];
    let patience: NodeJS.Timeout | undefined;
    const finish = (crash: string | null): void => {
      clearTimeout(patience);
      worker.removeAllListeners();
      // A thread that ends while it is stopped may still report an error that nobody asked for.
      worker.on('error', () => {});
      void worker.terminate();
      resolve(crash);
    };
    worker.on('message', (message: FromRunner) => {
      if (message.type === 'end') finish(null);
      else if (message.type === 'partial') onMessage({ ...message, plans: unpacked(message, plans) });
      else if (message.type === 'result') onMessage({ ...message, plans: unpacked(message, plans) });
      else if (message.type !== 'report') onMessage(message);
    });
    worker.on('error', (error) => finish(error instanceof Error ? error.message : String(error)));
    worker.on('exit', (code) => finish(code === 0 ? 'it ended without a result' : `exit code ${code}`));
    onStart(() => {
      post({ type: 'cancel' });
      patience = setTimeout(() => finish(null), PATIENCE_MS);
    });
    post('question' in request ? { type: 'ask', request } : { type: 'run', request });
  });
}

/** @param all plans that have arrived so far; takes the new ones */
function unpacked({ plans, newPlans }: Parcel<StudyResult>, all: string[]): string[] {
  all.push(...newPlans);
  return plans.map((index) => all[index]);
}

/**
 * Draws the HTML report in a thread of its own: some hundred milliseconds for a large result.
 * @param result as JSON
 * @throws Error when it cannot be drawn
 */
export function drawReport(entry: string | URL, result: string): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    const worker = new Worker(entry);
    worker.on('message', (message: FromRunner) => {
      if (message.type === 'report') resolve(message.html);
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('The report was not finished.')));
    worker.postMessage({ type: 'report', result } satisfies ToRunner);
  });
}

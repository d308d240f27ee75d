/** A run of studies in a process of its own, seen from the extension host: starts it, stops it, retries a crash. */
import { fork } from 'node:child_process';
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

/** A cancelled run has this long to send what it has found; then its process is stopped. */
const PATIENCE_MS = 800;
/** The first process and one more. */
const ATTEMPTS = 2;
/** What is kept of a process's last words. */
const COMPLAINT_CHARACTERS = 4000;

/** A run as the panel asks for it: what the process holds of an earlier one is not sent again. */
export type RunOrder = Omit<RunRequest, 'earlier'> & {
  earlier?: {
    /** Of the run whose results they are, as they were; null where they are another's, or have been added to. */
    key: string | null;
    text(): string;
  };
};

/** Where processes come from, and where they go after an orderly end. */
export interface RunnerSource {
  take(): Runner;
  keep(runner: Runner): void;
}

/** @param entry file of the bundled `study-runner.ts`, for a process of its own; or processes that are used again */
export function startRun(
  entry: string | RunnerSource,
  request: RunOrder | QuestionRequest,
  onMessage: (message: RunMessage) => void,
  log: (line: string) => void = () => {},
): RunHandle {
  const source = typeof entry === 'string' ? newProcesses(entry) : entry;
  let cancelled = false;
  let stop = (): void => {};
  const end = (async (): Promise<RunEnd> => {
    for (let attempt = 1; ; attempt++) {
      const crash = await runOnce(
        source,
        request,
        (message) => onMessage(message),
        (stopper) => (stop = stopper),
      );
      // Its process may by now be working on something else.
      stop = () => {};
      if (cancelled) return { kind: 'cancelled' };
      if (crash === null) return { kind: 'done' };
      log(`The study's process stopped (attempt ${attempt} of ${ATTEMPTS}): ${crash}`);
      if (attempt === ATTEMPTS) {
        return {
          kind: 'failed',
          message: `Its process stopped ${ATTEMPTS} times: ${crash}. Run it again, or make the study smaller; “V2G: Show Log” has the details.`,
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

/** @returns null after an orderly end, else why the process stopped */
function runOnce(
  source: RunnerSource,
  request: RunOrder | QuestionRequest,
  onMessage: (message: RunMessage) => void,
  onStart: (stop: () => void) => void,
): Promise<string | null> {
  return new Promise((resolve) => {
    const runner = source.take();
    const plans: string[] = [];
    let patience: NodeJS.Timeout | undefined;
    const finish = (crash: string | null, orderly = false): void => {
      clearTimeout(patience);
      if (orderly) source.keep(runner);
      else runner.stop();
      resolve(crash);
    };
    runner.onMessage((message) => {
      if (message.type === 'end') {
        if (message.holds !== undefined) runner.holds = message.holds;
        finish(null, true);
      } else if (message.type === 'partial') onMessage({ ...message, plans: unpacked(message, plans) });
      else if (message.type === 'result') onMessage({ ...message, plans: unpacked(message, plans) });
      else if (message.type !== 'report') onMessage(message);
    });
    runner.onCrash(finish);
    onStart(() => {
      runner.post({ type: 'cancel' });
      patience = setTimeout(() => finish(null), PATIENCE_MS);
    });
    runner.post(
      'question' in request ? { type: 'ask', request } : { type: 'run', request: sentTo(runner, request) },
    );
  });
}

function sentTo({ holds }: Runner, { earlier, ...request }: RunOrder): RunRequest {
  if (!earlier) return request;
  const isHeld = earlier.key !== null && earlier.key === holds;
  return { ...request, earlier: isHeld ? { key: earlier.key! } : { text: earlier.text() } };
}

/** @param all plans that have arrived so far; takes the new ones */
function unpacked({ plans, newPlans }: Parcel<StudyResult>, all: string[]): string[] {
  all.push(...newPlans);
  return plans.map((index) => all[index]);
}

/**
 * Draws the HTML report in a process of its own: some hundred milliseconds for a large result.
 * @param result as JSON
 * @throws Error when it cannot be drawn
 */
export function drawReport(entry: string, result: string): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    const runner = startRunner(entry);
    runner.onMessage((message) => {
      if (message.type !== 'report') return;
      runner.stop();
      resolve(message.html);
    });
    runner.onCrash((reason) => reject(new Error(`The report was not finished: ${reason}`)));
    runner.post({ type: 'report', result });
  });
}

const newProcesses = (entry: string): RunnerSource => ({
  take: () => startRunner(entry),
  keep: (runner) => runner.stop(),
});

export interface Runner {
  /** Key of the run whose results it holds. */
  holds: string | null;
  post(message: ToRunner): void;
  /** In place of who listened before. */
  onMessage(listener: (message: FromRunner) => void): void;
  /** With the reason, in the words of what failed; not after `stop`. In place of who listened before. */
  onCrash(listener: (reason: string) => void): void;
  stop(): void;
}

/**
 * A process rather than a thread of the extension host: it has a priority of its own without locks that the editor
 * waits for, and when it runs out of memory the editor does not.
 */
export function startRunner(entry: string): Runner {
  const child = fork(entry, {
    // What the extension host was started with, such as a debugger's port, is not for this one.
    execArgv: [],
    // On a desktop the extension host runs on Electron, which is Node only when told so.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    // Typed arrays and infinity arrive as they are.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  let hear: (message: FromRunner) => void = () => {};
  let lose: (reason: string) => void = () => {};
  child.on('message', (message) => hear(message as FromRunner));
  child.on('error', (error) => lose(error.message));
  // Not "exit": by "close" its last words have arrived.
  child.on('close', (code, signal) => lose(reasonOf(complaint, code, signal)));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-COMPLAINT_CHARACTERS);
  });
  return {
    holds: null,
    post(message) {
      // It may be gone by now: why is what `onCrash` hears.
      child.send(message, () => {});
    },
    onMessage: (listener) => void (hear = listener),
    onCrash(listener) {
      lose = listener;
      // Complaints about earlier work are not the reason.
      complaint = '';
    },
    stop() {
      child.removeAllListeners();
      // A process that ends while it is stopped may still report an error that nobody asked for.
      child.on('error', () => {});
      child.kill('SIGKILL');
    },
  };
}

/** Node ends with "RangeError: …" or "FATAL ERROR: …" in a line of its own. */
function reasonOf(complaint: string, code: number | null, signal: string | null): string {
  const said = /^(?:Uncaught )?[\w ]*error: (.+)$/im.exec(complaint)?.[1];
  if (said) return said;
  if (signal) return `it was ended by ${signal}`;
  return code === 0 ? 'it ended without a result' : `exit code ${code}`;
}

/** Tests of studies by running them; vscode-free. */
import {
  evaluateExpectations,
  regionAxes,
  type ExpectationOutcome,
} from '../../solver/expectations/evaluate.js';
import type { ScenarioAnswer } from '../../language/protocol.js';
import type { StudyResult } from '../../solver/result.js';
import type { StudySpec } from '../../solver/study-spec.js';
import type { RunHandle, RunMessage, RunOrder } from '../region/study-process.js';

export interface RunTesterDependencies<Uri> {
  scenario(uri: Uri): Promise<ScenarioAnswer>;
  /** Starts studies outside the event loop of the editor. */
  start(request: RunOrder, onMessage: (message: RunMessage) => void): RunHandle;
  workers(uri: Uri): number;
  /** Progress in a few words; null when the run is over. */
  onProgress(study: string, progress: string | null): void;
}

export interface Cancellation {
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/**
 * Runs the study with what it builds on and holds the result against its `expect` lines, one outcome each.
 * @throws Error in plain words when the file has errors or the study cannot be run.
 */
export async function testByRunning<Uri>(
  deps: RunTesterDependencies<Uri>,
  uri: Uri,
  name: string,
  cancel: Cancellation,
): Promise<ExpectationOutcome[]> {
  const { scenario, studies, errors } = await deps.scenario(uri);
  if (!scenario) throw new Error(errors[0] ?? 'The file states no scenario.');
  const spec = studies.find((study) => study.name === name);
  if (!spec) throw new Error(`The file states no study ${name} any more.`);
  let result: StudyResult | undefined;
  let skipped: string | undefined;
  const run = deps.start(
    { scenario, studies: withRegion(spec, studies), workers: deps.workers(uri) },
    (message) => {
      if (message.type === 'result' && message.result.name === name) result = message.result;
      if (message.type === 'skipped') skipped = `${message.study}: ${message.message}`;
      if (message.type === 'progress') {
        const { phase, done, total } = message.progress;
        deps.onProgress(name, total === null ? `${done} ${phase}` : `${done} of ${total} ${phase}`);
      }
    },
  );
  deps.onProgress(name, 'starting');
  const listener = cancel.onCancellationRequested(() => run.cancel());
  const end = await run.end;
  listener.dispose();
  deps.onProgress(name, null);
  if (end.kind === 'failed') throw new Error(end.message);
  if (skipped !== undefined) throw new Error(skipped);
  return evaluateExpectations(spec, result, regionAxes(spec, studies), scenario.currency);
}

/** A study after the region that it builds on. */
function withRegion(spec: StudySpec, studies: readonly StudySpec[]): StudySpec[] {
  if (spec.kind === 'characterize') return [spec];
  return [...studies.filter(({ name }) => name === spec.region), spec];
}

/** A study and those that refer to it, run one after the other; vscode-free and process-free. */
import type { Engine } from '../../solver/engine/engine.js';
import type { StudyResult } from '../../solver/result.js';
import type { Scenario } from '../../solver/scenario.js';
import type { RunOptions } from '../../solver/study-run.js';
import type { StudySpec } from '../../solver/study-spec.js';
import { warmStartOf } from '../../solver/warm-start.js';
import { HeldResults } from './held-results.js';
import { packer } from './plans.js';
import type { FromRunner, RunRequest } from './runner-protocol.js';

export type StudyRunner = (
  scenario: Scenario,
  spec: StudySpec,
  options: RunOptions & { previous: readonly StudyResult[] },
) => Promise<StudyResult>;

/** Pictures in between are sent no more often. */
const PARTIAL_EVERY_MS = 400;

/** The region that a study is or is about, and everything that refers to it: what the panel shows together. */
export function familyOf(studies: readonly StudySpec[], name: string): StudySpec[] {
  const named = studies.find((s) => s.name === name);
  if (!named) return [];
  const region = named.kind === 'characterize' ? named.name : named.region;
  return [
    ...studies.filter((s) => s.kind === 'characterize' && s.name === region),
    // The comparison takes seconds, the dispatch longer.
    ...studies.filter((s) => s.kind === 'compare' && s.region === region),
    ...studies.filter((s) => s.kind === 'dispatch' && s.region === region),
  ];
}

/** @param held where the results stay for a later run, once all studies have come to their end. */
export async function runFamily(
  request: RunRequest,
  run: StudyRunner,
  engine: Engine,
  signal: AbortSignal,
  send: (message: FromRunner) => void,
  held = new HeldResults(),
): Promise<void> {
  const previous: StudyResult[] = [];
  const pack = packer();
  const earlier = request.earlier && held.of(request.earlier);
  for (const spec of request.studies) {
    if (signal.aborted) break;
    let sent = -Infinity;
    try {
      const result = await run(request.scenario, spec, {
        engine,
        signal,
        previous,
        warm: warmStartOf(earlier, spec),
        onProgress: (progress) => send({ type: 'progress', study: spec.name, progress }),
        onPartial: (partial) => {
          const now = performance.now();
          if (now - sent < PARTIAL_EVERY_MS) return;
          sent = now;
          send({ type: 'partial', ...pack({ ...partial(), partial: true }) });
        },
      });
      previous.push(result);
      send({ type: 'result', ...pack(result) });
    } catch (error) {
      if (signal.aborted) break;
      send({
        type: 'skipped',
        study: spec.name,
        message: error instanceof Error ? error.message : String(error),
      });
      // Without the region there is nothing that the others could refer to.
      if (spec.kind === 'characterize') break;
    }
  }
  const isWhole = previous.every((result) => result.kind !== 'characterize' || !result.partial);
  if (request.key !== undefined && isWhole && previous.length === request.studies.length)
    held.hold(request.key, { scenario: request.scenario, studies: previous });
  send({ type: 'end', holds: held.key });
}

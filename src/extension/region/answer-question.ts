/** Questions about a result that is there: the answer is the result with something added; vscode-free and process-free. */
import { characterizeOf } from '../../report/derive.js';
import { proveBounds } from '../../solver/bounds/prove-bounds.js';
import type { Engine } from '../../solver/engine/engine.js';
import { priceMap } from '../../solver/query/price-map.js';
import { QuerySession } from '../../solver/query/query-session.js';
import type { CharacterizeResult, ResultFile } from '../../solver/result.js';
import type { Scenario } from '../../solver/scenario.js';
import { withSensitivities } from '../../solver/sensitivity/sensitivities.js';
import type { RunOptions, StudyProgress } from '../../solver/study-run.js';
import { packer } from './plans.js';
import type { Question } from './protocol.js';
import type { FromRunner, QuestionRequest } from './runner-protocol.js';

const MS_PER_SECOND = 1000;

/** Sends the result whenever it has become better, and at the end. */
export async function answerQuestion(
  { result, study, question }: QuestionRequest,
  engine: Engine,
  signal: AbortSignal,
  send: (message: FromRunner) => void,
): Promise<void> {
  const file = JSON.parse(result) as ResultFile;
  const found = characterizeOf(file, study);
  const pack = packer();
  try {
    if (!found) throw new Error('there is no region to ask about: run the study first');
    const options: RunOptions = {
      engine,
      signal,
      onProgress: (progress) => send({ type: 'progress', study: found.name, progress }),
      onPartial: (better) => send({ type: 'partial', ...pack(better) }),
    };
    send({ type: 'result', ...pack(await answered(file.scenario, found, question, options)) });
  } catch (error) {
    if (!signal.aborted) {
      const message = error instanceof Error ? error.message : String(error);
      send({ type: 'skipped', study: found?.name ?? study, message });
    }
  }
  send({ type: 'end' });
}

async function answered(
  scenario: Scenario,
  found: CharacterizeResult,
  question: Question,
  options: RunOptions,
): Promise<CharacterizeResult> {
  if (question.kind === 'bounds') return proveBounds(scenario, found, options);
  if (question.kind === 'sensitivities') return withSensitivities(scenario, found, options);
  const { engine, signal, onProgress } = options;
  const session = await QuerySession.open(scenario, found.axes, {
    engine,
    signal,
    onProgress,
    result: found,
  });
  const began = performance.now();
  const progress = (phase: string, done: number, total: number): StudyProgress => ({
    phase,
    done,
    total,
    elapsedSeconds: (performance.now() - began) / MS_PER_SECOND,
  });
  if (question.kind === 'point') {
    onProgress?.({ ...progress('looking for coupons', 0, 1), subsidyCap: question.subsidyCap });
    const { targetMw, subsidyCap } = question;
    const answers = await session.ask([{ targetMw, subsidyCap }], { signal });
    return { ...found, queries: [...(found.queries ?? []), ...answers] };
  }
  const map = await priceMap(session, found, {
    certify: true,
    signal,
    onAnswer: (done, total) => onProgress?.(progress('prices', done, total)),
  });
  return { ...found, priceMap: map };
}

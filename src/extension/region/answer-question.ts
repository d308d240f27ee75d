/** Questions about a result that is there: the answer is the result with something added; vscode-free and process-free. */
import { characterizeOf, findPoint } from '../../report/derive.js';
import { proveBounds } from '../../solver/bounds/prove-bounds.js';
import type { Engine } from '../../solver/engine/engine.js';
import { priceMap } from '../../solver/query/price-map.js';
import { QuerySession } from '../../solver/query/query-session.js';
import { sampleRegion } from '../../solver/query/sample.js';
import type { CharacterizeResult, Point, ResultFile, StudyResult } from '../../solver/result.js';
import { withSensitivities } from '../../solver/sensitivity/sensitivities.js';
import type { RunOptions } from '../../solver/study-run.js';
import type { KeptSession } from './kept-session.js';
import { packer } from './plans.js';
import type { Question } from './protocol.js';
import type { FromRunner, QuestionRequest } from './runner-protocol.js';
import { withSpread } from './with-spread.js';

const MS_PER_SECOND = 1000;

/** Sends the result whenever it has become better, and at the end. */
export async function answerQuestion(
  { result, study, question, basis }: QuestionRequest,
  engine: Engine,
  signal: AbortSignal,
  send: (message: FromRunner) => void,
  kept: KeptSession,
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
      onPartial: (better) => send({ type: 'partial', ...pack(better()) }),
    };
    const open = () =>
      kept.of(basis, () => QuerySession.open(file.scenario, found.axes, { ...options, result: found }));
    const answer = await answered(file, found, question, open, options);
    send({ type: 'result', ...pack(answer) });
  } catch (error) {
    if (!signal.aborted) {
      const message = error instanceof Error ? error.message : String(error);
      send({ type: 'skipped', study: found?.name ?? study, message });
    }
  }
  send({ type: 'end' });
}

async function answered(
  file: ResultFile,
  found: CharacterizeResult,
  question: Question,
  open: () => Promise<QuerySession>,
  options: RunOptions,
): Promise<StudyResult> {
  const { signal } = options;
  switch (question.kind) {
    case 'bounds':
      return proveBounds(file.scenario, found, options);
    case 'sensitivities':
      return withSensitivities(file.scenario, found, options);
    case 'point': {
      const { targetMw, subsidyCap } = question;
      const session = await open();
      counter(options, 'looking for coupons')(0, 1);
      const answers = await session.ask([{ targetMw, subsidyCap }], { signal });
      return { ...found, queries: [...(found.queries ?? []), ...answers] };
    }
    case 'prices': {
      const onAnswer = counter(options, 'prices');
      return { ...found, priceMap: await priceMap(await open(), found, { certify: true, signal, onAnswer }) };
    }
    case 'spread':
      return spread(file, found, question.pointId, open, options);
    case 'sample':
      return sampled(found, question, open, options);
  }
}

async function spread(
  file: ResultFile,
  found: CharacterizeResult,
  pointId: string,
  open: () => Promise<QuerySession>,
  options: RunOptions,
): Promise<StudyResult> {
  const point: Point | undefined = findPoint(file, found.name, pointId);
  if (!point) throw new Error('the point is not in the result any more');
  const session = await open();
  counter(options, 'solving from other starts')(0, 1);
  const [answer] = await session.spreads([point], { signal: options.signal });
  if (!answer) throw new Error('the coupons of this point do not belong to the scenario of the result');
  return withSpread(file, found, point, answer);
}

async function sampled(
  found: CharacterizeResult,
  { subsidyCap, count, seed }: Extract<Question, { kind: 'sample' }>,
  open: () => Promise<QuerySession>,
  options: RunOptions,
): Promise<CharacterizeResult> {
  const region = found.regions.find((one) => one.subsidyCap === subsidyCap);
  if (!region?.hull.vertices.length) throw new Error('there is no region of this budget to take points from');
  const sample = await sampleRegion(await open(), region, {
    ...{ count, seed, signal: options.signal },
    onAnswer: counter(options, 'random points'),
  });
  // Stopped before the first answer there is nothing to tell.
  if (!sample.queries.length) return found;
  const others = (found.samples ?? []).filter((s) => s.subsidyCap !== subsidyCap || s.seed !== seed);
  return { ...found, samples: [...others, sample] };
}

/** Reports progress, counted from now. */
function counter({ onProgress }: RunOptions, phase: string): (done: number, total: number) => void {
  const began = performance.now();
  return (done, total) =>
    onProgress?.({ phase, done, total, elapsedSeconds: (performance.now() - began) / MS_PER_SECOND });
}

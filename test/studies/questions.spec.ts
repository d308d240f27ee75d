/** Questions as the panel asks them, from a region to the referee, which recomputes what the answers claim. */
import { beforeAll, describe, expect, it } from 'vitest';
import { AXIS, DRIVERS, POWER_MW, twoSided } from '../fixtures/two-sided.js';
import { verifyResult } from '../../src/referee/verify.js';
import { InlineEngine } from '../../src/solver/engine/inline-engine.js';
import type { CharacterizeResult, ResultFile, StudyResult } from '../../src/solver/result.js';
import { runStudy } from '../../src/solver/study.js';
import { answerQuestion } from '../../src/extension/region/answer-question.js';
import { KeptSession } from '../../src/extension/region/kept-session.js';
import type { Question } from '../../src/extension/region/protocol.js';
import type { FromRunner } from '../../src/extension/region/runner-protocol.js';

const CAP = 100;
const scenario = twoSided();
let file: ResultFile;

beforeAll(async () => {
  const spec = {
    ...{ kind: 'characterize' as const, name: 'Range', axes: [AXIS], subsidyCaps: [CAP] },
    ...{ directions: { kind: 'every' as const, degrees: 90 }, expectations: [] },
  };
  const study = await runStudy(scenario, spec, { engine: new InlineEngine(), previous: [] });
  const generator = { name: 'test', version: '0' };
  file = { format: 'v2g-result', version: 1, generator, scenario, studies: [study] };
}, 60_000);

const kept = new KeptSession();

async function ask(question: Question, basis = 1, abort = new AbortController()) {
  const heard: FromRunner[] = [];
  const request = { result: JSON.stringify(file), study: 'Range', question, basis, workers: 1 };
  await answerQuestion(
    request,
    new InlineEngine(),
    abort.signal,
    (message) => void heard.push(message),
    kept,
  );
  expect(heard.at(-1)).toEqual({ type: 'end' });
  return heard;
}

/** The answer with its plans, as it stands in the result. */
function added(heard: FromRunner[]): CharacterizeResult {
  const answer = heard.find((m) => m.type === 'result');
  if (!answer) throw new Error(JSON.stringify(heard.filter((m) => m.type === 'skipped')));
  const plans = answer.newPlans.map((text) => JSON.parse(text) as unknown);
  let next = 0;
  const text = JSON.stringify(answer.result, (key, value: unknown) =>
    key === 'plan' ? plans[answer.plans[next++]] : value,
  );
  return JSON.parse(text) as CharacterizeResult;
}

const accepted = (study: StudyResult) =>
  expect(verifyResult({ ...file, studies: [study] }).filter(({ ok }) => !ok)).toEqual([]);

describe('questions about a result', () => {
  it('tell whether the coupons of a point can bring about anything else', async () => {
    const study = added(await ask({ kind: 'spread', pointId: '0/0' }));
    const [first, second] = study.regions[0].points;
    // Drivers of one kind at two stations: waiting rises at one where it falls at the other.
    expect(first.spread).toMatchObject({ verdict: 'one', equilibria: [], margin: null });
    expect(first.spread!.ranges[0].min).toBeCloseTo(first.positionMw[0], 3);
    expect(second.spread).toBeUndefined();
    accepted(study);
  }, 30_000);

  it('try random points inside the hull, once for the same seed', async () => {
    const heard = await ask({ kind: 'sample', subsidyCap: CAP, count: 4, seed: 3 });
    const study = added(heard);
    expect(study.samples).toMatchObject([{ subsidyCap: CAP, seed: 3, reached: 4, complete: true }]);
    for (const { targetMw } of study.samples![0].queries) {
      expect(targetMw[0]).toBeGreaterThan(0);
      expect(targetMw[0]).toBeLessThan(DRIVERS * POWER_MW);
    }
    expect(heard.filter((m) => m.type === 'progress').at(-1)).toMatchObject({
      progress: { phase: 'random points', done: 4, total: 4 },
    });
    accepted(study);
    file = { ...file, studies: [study] };
    expect(added(await ask({ kind: 'sample', subsidyCap: CAP, count: 2, seed: 3 })).samples).toHaveLength(1);
    expect(added(await ask({ kind: 'sample', subsidyCap: CAP, count: 2, seed: 4 })).samples).toHaveLength(2);
  }, 30_000);

  it('set up what the next question about the same run needs once', async () => {
    const starting = (heard: FromRunner[]) =>
      heard.some((m) => m.type === 'progress' && m.progress.phase === 'starting points');
    // Without a certified point to start from there is more to set up, and it is reported.
    const [study] = file.studies as CharacterizeResult[];
    const before = file;
    file = {
      ...file,
      studies: [{ ...study, queries: [], regions: study.regions.map((r) => ({ ...r, points: [] })) }],
    };
    const question: Question = { kind: 'point', targetMw: [POWER_MW], subsidyCap: null };
    expect([starting(await ask(question, 2)), starting(await ask(question, 2))]).toEqual([true, false]);
    expect(starting(await ask(question, 3))).toBe(true);
    file = before;
  }, 30_000);

  it('say in words what cannot be asked, and nothing when they are stopped', async () => {
    const words = async (question: Question) =>
      (await ask(question)).flatMap((m) => (m.type === 'skipped' ? [m.message] : []));
    expect(await words({ kind: 'spread', pointId: '0/999' })).toEqual([
      'the point is not in the result any more',
    ]);
    expect(await words({ kind: 'sample', subsidyCap: 7, count: 1, seed: 1 })).toEqual([
      'there is no region of this budget to take points from',
    ]);
    const abort = new AbortController();
    abort.abort();
    const heard = await ask({ kind: 'spread', pointId: '0/0' }, 1, abort);
    expect(heard).toHaveLength(2);
  });
});

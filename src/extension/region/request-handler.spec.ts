import { beforeEach, describe, expect, it } from 'vitest';
import { syntheticResult } from '../../../test/fixtures/synthetic-result.js';
import { syntheticScenario } from '../../../test/fixtures/synthetic-scenario.js';
import type { CharacterizeResult } from '../../solver/result.js';
import type { StudySpec } from '../../solver/study-spec.js';
import { RequestHandler } from './request-handler.js';
import type { StudyRunner } from './run-family.js';
import type { FromRunner, ToRunner } from './runner-protocol.js';

const region = syntheticResult({ points: 16 }).studies[0] as CharacterizeResult;
const spec: StudySpec = {
  kind: 'characterize',
  name: 'Region',
  axes: region.axes,
  subsidyCaps: [1000],
  directions: region.directions,
  expectations: [],
};
const run = (workers = 1): ToRunner => ({
  type: 'run',
  request: { scenario: syntheticScenario(), studies: [spec], workers },
});
const ask = (workers = 1): ToRunner => ({
  type: 'ask',
  request: { result: '{"studies":[]}', study: 'Region', question: { kind: 'prices' }, basis: 1, workers },
});

type Options = Parameters<StudyRunner>[2];

let study: (options: Options) => Promise<CharacterizeResult>;
let seen: Options[];
let engines: string[];
let said: string[];

function handler(): RequestHandler {
  return new RequestHandler({
    createEngine: (workers) => {
      engines.push(`${workers} threads`);
      const dispose = async () => void engines.push(`${workers} disposed`);
      return { run: async () => [], dispose };
    },
    run: (_, __, options) => {
      seen.push(options);
      return study(options);
    },
    send: (answer: FromRunner) => said.push(answer.type),
  });
}

const untilAborted = (signal?: AbortSignal) =>
  new Promise<CharacterizeResult>((resolve) => signal?.addEventListener('abort', () => resolve(region)));

beforeEach(() => {
  study = async () => region;
  [seen, engines, said] = [[], [], []];
});

describe('what a process is told', () => {
  it('is worked on by one engine, as long as the number of threads stays the same', async () => {
    const requests = handler();
    for (const message of [run(), run(), ask(), run()]) await requests.handle(message);
    expect(engines).toEqual(['1 threads']);
    expect(new Set(seen.map(({ engine }) => engine)).size).toBe(1);
    await requests.handle(run(2));
    expect(engines).toEqual(['1 threads', '1 disposed', '2 threads']);
    expect(said.filter((type) => type === 'end')).toHaveLength(5);
  });

  it('is cancelled alone: the run after it goes to its end', async () => {
    const requests = handler();
    let begun = (): void => {};
    const begins = new Promise<void>((resolve) => (begun = resolve));
    study = ({ signal }) => {
      begun();
      return untilAborted(signal);
    };
    const first = requests.handle(run());
    await begins;
    await requests.handle({ type: 'cancel' });
    await first;
    // A cancel that comes too late is about nothing.
    await requests.handle({ type: 'cancel' });
    const aborted: boolean[] = [];
    study = async ({ signal }) => {
      aborted.push(signal!.aborted);
      return region;
    };
    await requests.handle(run());
    expect(aborted).toEqual([false]);
    expect(said).toEqual(['result', 'end', 'result', 'end']);
  });

  it('is not heard of after its end, whatever it leaves behind', async () => {
    const requests = handler();
    const left: AbortSignal[] = [];
    study = async ({ signal }) => {
      left.push(signal!);
      throw new Error('no path from n1');
    };
    await requests.handle(run());
    expect(said).toEqual(['skipped', 'end']);
    expect(left[0].aborted).toBe(true);
    seen[0].onProgress?.({ phase: 'directions', done: 1, total: 2, elapsedSeconds: 1 });
    seen[0].onPartial?.(() => region);
    expect(said).toEqual(['skipped', 'end']);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkerPool } from '../../solver/engine/worker-pool.js';
import { KeptEngine } from './kept-engine.js';

/** A worker that answers with its thread and with the data of its context; to a job that waits, never. */
const WORKER = `
import { parentPort, threadId } from 'node:worker_threads';
let context;
parentPort.on('message', ({ id, context: sent, job }) => {
  if ('data' in sent) context = sent;
  if (job.kind === 'wait') return;
  parentPort.postMessage({ id, result: { threadId, data: context.key === sent.key ? context.data : null } });
});`;

let folder: string;
let entry: URL;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'v2g-engine-'));
  const file = path.join(folder, 'worker.mjs');
  await writeFile(file, WORKER);
  entry = pathToFileURL(file);
});
afterAll(() => rm(folder, { recursive: true }));

const keptEngine = () => new KeptEngine((workers) => new WorkerPool(workers, entry));

interface Answer {
  threadId: number;
  data: unknown;
}

async function answers(engines: KeptEngine, workers: number, data: string): Promise<Answer[]> {
  const { engine } = await engines.of(workers);
  return engine.run<Answer>({ key: `context of ${data}`, data }, [{ kind: 'answer' }, { kind: 'answer' }]);
}

const threads = (list: readonly Answer[]): number[] => list.map(({ threadId }) => threadId).sort();

describe('the engine of a process', () => {
  it('has the same threads for the next run, which tell its scenario from that of the run before', async () => {
    const engines = keptEngine();
    const first = await answers(engines, 2, 'first');
    const second = await answers(engines, 2, 'second');
    expect(threads(second)).toEqual(threads(first));
    expect(second.map(({ data }) => data)).toEqual(['second', 'second']);
    await (await engines.of(2)).engine.dispose();
  });

  it('replaces the threads of a run that was cancelled, and those alone', async () => {
    const engines = keptEngine();
    const before = threads(await answers(engines, 2, 'first'));
    const { engine } = await engines.of(2);
    const abort = new AbortController();
    const started = new Promise<void>((resolve) => {
      const run = engine.run({ key: 'context of second', data: 'second' }, [{ kind: 'wait' }], {
        signal: abort.signal,
        onStart: () => resolve(),
      });
      run.catch(() => {});
    });
    await started;
    abort.abort();
    // Another key, and the key of the cancelled run, which the new thread has not heard of.
    for (const data of ['third', 'second']) {
      const after = await answers(engines, 2, data);
      expect(after.map((answer) => answer.data)).toEqual([data, data]);
      expect(threads(after).filter((thread) => before.includes(thread))).toHaveLength(1);
    }
    await (await engines.of(2)).engine.dispose();
  });

  it('ends its threads, and what was set up for questions on them, for another number of them', async () => {
    const engines = keptEngine();
    const first = await engines.of(1);
    const before = threads(await answers(engines, 1, 'first'));
    const second = await engines.of(2);
    expect(second.engine).not.toBe(first.engine);
    expect(second.session).not.toBe(first.session);
    expect(await engines.of(2)).toBe(second);
    const after = threads(await answers(engines, 2, 'first'));
    expect(after.filter((thread) => before.includes(thread))).toEqual([]);
    await second.engine.dispose();
  });
});

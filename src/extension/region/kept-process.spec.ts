import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { syntheticScenario } from '../../../test/fixtures/synthetic-scenario.js';
import { KeptProcess } from './kept-process.js';
import type { QuestionRequest } from './runner-protocol.js';
import { startRun, type RunMessage, type RunOrder } from './study-process.js';

/** Says which process it is and how much it was given to do; some of it ends when cancelled, or not even then. */
const PROGRAM = `
let given = 0;
let deaf = false;
const say = (message) => process.send(message);
process.on('message', (m) => {
  const task = m.type === 'run' ? m.request.scenario.name : m.request?.study;
  if (m.type !== 'cancel') say({ type: 'skipped', study: String(process.pid), message: String(++given) });
  if (task === 'complain') process.stderr.write('Error: of the run before\\n');
  if (task === 'crash') process.exit(3);
  deaf ||= task === 'deaf';
  if (task === 'tell') say({ type: 'skipped', study: 'earlier', message: JSON.stringify(m.request.earlier) });
  if (!deaf && task !== 'wait') say({ type: 'end', holds: m.request?.key });
});
process.on('disconnect', () => process.exit());`;

let folder: string;
let entry: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'v2g-kept-'));
  entry = path.join(folder, 'program.mjs');
  await writeFile(entry, PROGRAM);
});
afterAll(() => rm(folder, { recursive: true }));

const all: KeptProcess[] = [];
afterEach(() => all.splice(0).forEach((kept) => kept.dispose()));

function keptProcess(idleMs?: number): KeptProcess {
  const kept = new KeptProcess(entry, idleMs);
  all.push(kept);
  return kept;
}

const run = (name: string): RunOrder => ({
  ...{ scenario: { ...syntheticScenario(), name }, studies: [], workers: 1 },
});
const question = (study: string): QuestionRequest => ({
  ...{ result: '', study, question: { kind: 'prices' }, basis: 1, workers: 1 },
});

/** @param cancel as soon as it has begun */
function begin(kept: KeptProcess, request: RunOrder | QuestionRequest, cancel = false) {
  let heard: (message: RunMessage & { type: 'skipped' }) => void;
  const first = new Promise<RunMessage & { type: 'skipped' }>((resolve) => (heard = resolve));
  const log: string[] = [];
  const handle = startRun(
    kept,
    request,
    (message) => {
      if (message.type === 'skipped') heard(message);
      if (cancel) handle.cancel();
    },
    (line) => log.push(line),
  );
  return { handle, log, first };
}

async function whole(kept: KeptProcess, request: RunOrder | QuestionRequest, cancel = false) {
  const { handle, log, first } = begin(kept, request, cancel);
  const { kind } = await handle.end;
  const { study, message } = await first;
  return { handle, log, kind, pid: Number(study), given: Number(message) };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100 && isAlive(pid); tries++) await new Promise((done) => setTimeout(done, 20));
  return !isAlive(pid);
}

describe('the process of a panel', () => {
  it('takes the next run and the next question, too, after an answer and after a cancel', async () => {
    const kept = keptProcess();
    const list = [
      await whole(kept, run('orderly')),
      await whole(kept, run('orderly')),
      await whole(kept, question('orderly')),
      await whole(kept, run('wait'), true),
      await whole(kept, question('wait'), true),
      await whole(kept, run('orderly')),
    ];
    const kinds = ['done', 'done', 'done', 'cancelled', 'cancelled', 'done'];
    expect(list.map(({ kind }) => kind)).toEqual(kinds);
    expect(list.map(({ given }) => given)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(new Set(list.map(({ pid }) => pid)).size).toBe(1);
    kept.dispose();
    expect(await isGone(list[0].pid)).toBe(true);
  });

  it('is not sent what it holds of its last run', async () => {
    const kept = keptProcess();
    const sentWith = async (key: string | null): Promise<string[]> => {
      const told: string[] = [];
      const order = { ...run('tell'), key: 'later', earlier: { key, text: () => 'the whole text' } };
      await startRun(kept, order, (message) => {
        if (message.type === 'skipped' && message.study === 'earlier') told.push(message.message);
      }).end;
      return told;
    };
    await whole(kept, { ...run('orderly'), key: 'first' });
    expect(await sentWith('first')).toEqual(['{"key":"first"}']);
    expect(await sentWith('first')).toEqual(['{"text":"the whole text"}']);
    expect(await sentWith(null)).toEqual(['{"text":"the whole text"}']);
  });

  it('is not disturbed by a run that is over', async () => {
    const kept = keptProcess();
    const first = await whole(kept, run('orderly'));
    const second = begin(kept, run('wait'));
    await second.first;
    first.handle.cancel();
    const soon = new Promise((done) => setTimeout(done, 300, 'still at work'));
    expect(await Promise.race([second.handle.end, soon])).toBe('still at work');
    second.handle.cancel();
    expect(await second.handle.end).toEqual({ kind: 'cancelled' });
  });

  it('is a new one after a crash, for the second attempt and for the next run', async () => {
    const kept = keptProcess();
    const first = await whole(kept, run('orderly'));
    const crashed = await whole(kept, run('crash'));
    expect([crashed.kind, crashed.pid, crashed.log.length]).toEqual(['failed', first.pid, 2]);
    const next = await whole(kept, run('orderly'));
    expect([next.kind, next.given]).toEqual(['done', 1]);
    expect(next.pid).not.toBe(first.pid);
  });

  it('is a new one after a run that had to be stopped', async () => {
    const kept = keptProcess();
    const deaf = await whole(kept, run('deaf'), true);
    expect(deaf.kind).toBe('cancelled');
    expect(await isGone(deaf.pid)).toBe(true);
    expect((await whole(kept, run('orderly'))).given).toBe(1);
  });

  it('is another one while the first is at work, and one of them is kept', async () => {
    const kept = keptProcess();
    const waiting = begin(kept, run('wait'));
    const pid = Number((await waiting.first).study);
    const other = await whole(kept, run('orderly'));
    expect(other.pid).not.toBe(pid);
    waiting.handle.cancel();
    await waiting.handle.end;
    expect(await isGone(other.pid)).toBe(true);
    expect((await whole(kept, run('orderly'))).pid).toBe(pid);
  });

  it('does not give what an earlier run complained of as the reason of a crash', async () => {
    const kept = keptProcess();
    await whole(kept, run('complain'));
    // By the next answer the words of the one before have arrived.
    await whole(kept, run('orderly'));
    const { log } = await whole(kept, run('crash'));
    expect(log[0]).toMatch(/exit code 3$/);
  });

  it('ends when there is nothing to do for a while', async () => {
    const { pid } = await whole(keptProcess(50), run('orderly'));
    expect(await isGone(pid)).toBe(true);
  });

  it('stays while a run takes longer than it would be kept without one', async () => {
    const kept = keptProcess(50);
    const first = await whole(kept, run('orderly'));
    const second = begin(kept, run('wait'));
    const { study } = await second.first;
    await new Promise((done) => setTimeout(done, 200));
    expect([Number(study), isAlive(first.pid)]).toEqual([first.pid, true]);
    second.handle.cancel();
    await second.handle.end;
  });

  it('ends after its work when the panel was closed meanwhile', async () => {
    const kept = keptProcess();
    const { handle, first } = begin(kept, run('wait'));
    const pid = Number((await first).study);
    kept.dispose();
    expect(isAlive(pid)).toBe(true);
    handle.cancel();
    expect(await handle.end).toEqual({ kind: 'cancelled' });
    expect(await isGone(pid)).toBe(true);
  });
});

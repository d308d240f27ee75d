import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Questioner } from './questioner.js';
import type { QuestionRequest } from './runner-protocol.js';
import { startRun, type RunMessage } from './study-process.js';

/** Says which process it is and how often it was asked; does not answer before it is cancelled when that is asked for. */
const PROGRAM = `
let asked = 0;
const say = (message) => process.send(message);
process.on('message', (m) => {
  if (m.type === 'ask') {
    say({ type: 'skipped', study: String(process.pid), message: String(++asked) });
    if (m.request.study === 'crash') process.exit(3);
    if (m.request.study === 'wait') return;
  }
  say({ type: 'end' });
});
process.on('disconnect', () => process.exit());`;

let folder: string;
let entry: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'v2g-questions-'));
  entry = path.join(folder, 'program.mjs');
  await writeFile(entry, PROGRAM);
});
afterAll(() => rm(folder, { recursive: true }));

const request = (study: string): QuestionRequest => ({
  ...{ result: '', study, question: { kind: 'prices' }, basis: 1, workers: 1 },
});

async function asks(questioner: Questioner, study: string, cancel = false) {
  const heard: RunMessage[] = [];
  const run = startRun(questioner, request(study), (message) => {
    heard.push(message);
    if (cancel) run.cancel();
  });
  const end = await run.end;
  const answers = heard.flatMap((m) => (m.type === 'skipped' ? [m] : []));
  return { run, end, pid: Number(answers.at(-1)?.study), asked: Number(answers.at(-1)?.message) };
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

describe('the process that answers questions', () => {
  it('answers the next one, too, after an answer and after a question that was cancelled', async () => {
    const questioner = new Questioner(entry);
    const first = await asks(questioner, 'answer');
    const second = await asks(questioner, 'wait', true);
    const third = await asks(questioner, 'answer');
    expect([first, second, third].map(({ end }) => end.kind)).toEqual(['done', 'cancelled', 'done']);
    expect([first, second, third].map(({ asked }) => asked)).toEqual([1, 2, 3]);
    expect(new Set([first.pid, second.pid, third.pid]).size).toBe(1);
    questioner.dispose();
    expect(await isGone(first.pid)).toBe(true);
  });

  it('is not disturbed by a question that is over', async () => {
    const questioner = new Questioner(entry);
    const first = await asks(questioner, 'answer');
    const second = startRun(questioner, request('wait'), () => {});
    first.run.cancel();
    const soon = new Promise((done) => setTimeout(done, 300, 'still asked'));
    expect(await Promise.race([second.end, soon])).toBe('still asked');
    second.cancel();
    expect(await second.end).toEqual({ kind: 'cancelled' });
    questioner.dispose();
  });

  it('is a new one after a crash, and while another question is being answered', async () => {
    const questioner = new Questioner(entry);
    const crashed = await asks(questioner, 'crash');
    expect(crashed.end).toMatchObject({ kind: 'failed' });
    const [one, other] = await Promise.all([asks(questioner, 'answer'), asks(questioner, 'answer')]);
    expect(one.pid).not.toBe(other.pid);
    expect(one.pid).not.toBe(crashed.pid);
    questioner.dispose();
    expect(await isGone(one.pid)).toBe(true);
    expect(await isGone(other.pid)).toBe(true);
  });

  it('ends when nobody asks for a while', async () => {
    const { pid } = await asks(new Questioner(entry, 50), 'answer');
    expect(await isGone(pid)).toBe(true);
  });
});

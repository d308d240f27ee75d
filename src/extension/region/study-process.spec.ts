import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syntheticScenario } from '../../../test/fixtures/synthetic-scenario.js';
import { startRun, type RunMessage, type RunOrder } from './study-process.js';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(path.join(tmpdir(), 'v2g-process-'))));
afterAll(() => rm(folder, { recursive: true }));

const request: RunOrder = { scenario: syntheticScenario(), studies: [], workers: 1 };
const HEAD = `import fs from 'node:fs';
const port = process;
const say = (message) => process.send(message);
`;

async function program(name: string, body: string): Promise<string> {
  const file = path.join(folder, `${name}.mjs`);
  await writeFile(file, HEAD + body);
  return file;
}

describe('a run in a process', () => {
  it('passes on what the process says and ends with it', async () => {
    const entry = await program(
      'orderly',
      `port.on('message', (m) => { if (m.type === 'run') {
        say({ type: 'skipped', study: m.request.scenario.name, message: 'x' }); say({ type: 'end' }); } });`,
    );
    const messages: RunMessage[] = [];
    const end = await startRun(entry, request, (m) => messages.push(m)).end;
    expect(end).toEqual({ kind: 'done' });
    expect(messages).toEqual([{ type: 'skipped', study: 'EveningPeak', message: 'x' }]);
  });

  it('is cancelled within a second even when the process does not listen', async () => {
    const entry = await program('deaf', `port.on('message', () => { for (;;); });`);
    const run = startRun(entry, request, () => {});
    await new Promise((resolve) => setTimeout(resolve, 200));
    const start = performance.now();
    run.cancel();
    expect(await run.end).toEqual({ kind: 'cancelled' });
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('keeps what a cancelled process still has to say', async () => {
    const entry = await program(
      'polite',
      `port.on('message', (m) => { if (m.type === 'cancel') { say({ type: 'skipped', study: 's', message: 'last' }); say({ type: 'end' }); } });`,
    );
    const messages: RunMessage[] = [];
    const run = startRun(entry, request, (m) => messages.push(m));
    await new Promise((resolve) => setTimeout(resolve, 100));
    run.cancel();
    expect(await run.end).toEqual({ kind: 'cancelled' });
    expect(messages).toHaveLength(1);
  });

  it('starts a crashed process once more', async () => {
    const marker = JSON.stringify(path.join(folder, 'crashed'));
    const entry = await program(
      'unlucky',
      `port.on('message', () => {
        if (!fs.existsSync(${marker})) { fs.writeFileSync(${marker}, ''); throw new Error('out of memory'); }
        say({ type: 'end' }); });`,
    );
    const log: string[] = [];
    expect(
      await startRun(
        entry,
        request,
        () => {},
        (line) => log.push(line),
      ).end,
    ).toEqual({ kind: 'done' });
    expect(log).toHaveLength(1);
  });

  it('reports a process that crashes twice in plain words', async () => {
    const entry = await program('broken', `port.on('message', () => { throw new Error('unreachable'); });`);
    const end = await startRun(entry, request, () => {}).end;
    expect(end).toMatchObject({ kind: 'failed' });
    expect(end.kind === 'failed' && end.message).toMatch(/stopped 2 times: unreachable\. Run it again/);
  });

  it('notices a process that ends without a word', async () => {
    const entry = await program('silent', `port.on('message', () => process.exit(0));`);
    expect(await startRun(entry, request, () => {}).end).toMatchObject({ kind: 'failed' });
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { syntheticResult } from '../../test/fixtures/synthetic-result.js';
import { report } from './report.js';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'v2g-report-'))));
afterAll(() => rm(folder, { recursive: true }));

async function trial(content: string, target = join(folder, 'out', 'report.html')) {
  const file = join(folder, 'result.json');
  await writeFile(file, content);
  const out: string[] = [];
  const err: string[] = [];
  const code = await report(file, target, { line: (l) => out.push(l), note: (l) => err.push(l) });
  return { code, out, err, target };
}

describe('v2g report', () => {
  it('writes a page that loads nothing', async () => {
    const { code, target } = await trial(JSON.stringify(syntheticResult({ points: 16 })));
    expect(code).toBe(0);
    const page = await readFile(target, 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).not.toMatch(/\s(src|href)=/);
    expect(page).not.toContain('<script');
  });

  it('writes to standard output with -o -', async () => {
    const { out } = await trial(JSON.stringify(syntheticResult({ points: 16 })), '-');
    expect(out[0]).toMatch(/^<!doctype html>/);
  });

  it('says what is wrong with a file that is no result, or holds no region', async () => {
    expect(await trial('{}')).toMatchObject({ code: 1, err: [expect.stringContaining('not a result file')] });
    const file = { ...syntheticResult({ points: 16 }), studies: [] };
    expect(await trial(JSON.stringify(file))).toMatchObject({
      code: 1,
      err: [expect.stringContaining('no region')],
    });
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { twoStations } from '../../test/fixtures/two-stations.js';
import type { ResultFile } from '../solver/result.js';
import { diff } from './diff.js';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'v2g-diff-'))));
afterAll(() => rm(folder, { recursive: true }));

async function compare(before: ResultFile | string, after: ResultFile, study?: string) {
  const paths = ['before.json', 'after.json'].map((name) => join(folder, name));
  await writeFile(paths[0], typeof before === 'string' ? before : JSON.stringify(before));
  await writeFile(paths[1], JSON.stringify(after));
  const lines: string[] = [];
  const notes: string[] = [];
  const code = await diff(paths[0], paths[1], study, {
    line: (text) => lines.push(text),
    note: (text) => notes.push(text),
  });
  return { code, lines, notes };
}

describe('v2g diff', () => {
  it('prints a row for each budget: sizes, change, what was lost and won, ranges', async () => {
    const { code, lines } = await compare(twoStations(2), twoStations(2));
    expect(code).toBe(0);
    expect(lines).toEqual([
      'Region',
      '  budget        before      after  change   lost    won                 A 00:12 (MW)                 A 00:18 (MW)',
      '  30 CNY     0.500 MW²  0.500 MW²     +0%  0 MW²  0 MW²  −0.20 … 0.80 → −0.20 … 0.80  −0.20 … 0.80 → −0.20 … 0.80',
      '  unlimited   1.00 MW²   1.00 MW²     +0%  0 MW²  0 MW²  −0.20 … 0.80 → −0.20 … 0.80  −0.20 … 0.80 → −0.20 … 0.80',
    ]);
  });

  it('exits 2 where the files have nothing in common', async () => {
    const other = twoStations(2);
    other.studies[0].name = 'Other';
    expect(await compare(other, twoStations(2))).toMatchObject({ code: 2, lines: [] });
    const { code, notes } = await compare(twoStations(2), twoStations(2), 'Nothing');
    expect([code, notes]).toEqual([2, ['no characterize study in both files is named Nothing']]);
  });

  it('exits 1 for a file that is none', async () => {
    const { code, notes } = await compare('{', twoStations(2));
    expect(code).toBe(1);
    expect(notes.join()).toMatch(/before\.json: not JSON/);
  });
});

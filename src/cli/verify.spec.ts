import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { twoStations } from '../../test/fixtures/two-stations.js';
import type { CharacterizeResult } from '../solver/result.js';
import { verify } from './verify.js';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'v2g-verify-'))));
afterAll(() => rm(folder, { recursive: true }));

async function verifyText(text: string | null): Promise<{ code: number; lines: string[]; notes: string[] }> {
  const file = join(folder, 'result.json');
  if (text === null) await rm(file, { force: true });
  else await writeFile(file, text);
  const lines: string[] = [];
  const notes: string[] = [];
  const code = await verify([file], false, {
    line: (one) => lines.push(one),
    note: (one) => notes.push(one),
  });
  return { code, lines, notes };
}

describe('v2g verify', () => {
  it('says what was checked and what was not', async () => {
    const { code, lines, notes } = await verifyText(JSON.stringify(twoStations(3, true)));
    expect(code).toBe(0);
    expect(lines.join('\n')).toMatch(/Region: 13 points, \d+ claims, all hold/);
    expect(lines.at(-1)).toMatch(/not recomputed: unique/);
    expect(notes).toEqual([]);
  });

  it('exits 1 and names the point, the claim and both numbers', async () => {
    const file = twoStations(2);
    (file.studies[0] as CharacterizeResult).regions[0].points[1].certificate.subsidy = 29;
    const { code, lines } = await verifyText(JSON.stringify(file));
    expect(code).toBe(1);
    expect(lines).toContainEqual(
      expect.stringMatching(/^ {4}30 CNY, point 1: subsidy, money: stated 29, recomputed 30 /),
    );
  });

  it('lists a study that was stopped before it found anything', async () => {
    const file = twoStations(1);
    Object.assign(file.studies[0], { partial: true, couponFree: null, regions: [] });
    const { code, lines } = await verifyText(JSON.stringify(file));
    expect(code).toBe(0);
    expect(lines).toContain('  Region: 0 points, 0 claims, nothing to check');
  });

  it.each([
    [null, /does not exist/],
    ['', /not JSON/],
    ['{"format": "geojson"}', /"format" is not "v2g-result"/],
    ['null', /"format" is not "v2g-result"/],
    ['{"format": "v2g-result", "version": 2}', /written in version 2 .* reads version 1/],
    ['{"format": "v2g-result", "version": 1}', /generator: .*\n.*scenario: /],
  ])('refuses %s in plain words', async (text, message) => {
    const { code, notes } = await verifyText(text);
    expect(code).toBe(1);
    expect(notes.join('\n')).toMatch(message);
    expect(notes.join('\n')).not.toMatch(/\bat .*\.ts:/);
  });

  it('names the place of what is malformed', async () => {
    const file = twoStations(1) as unknown as { studies: { regions: { measure: unknown }[] }[] };
    file.studies[0].regions[1].measure = 'large';
    const { notes } = await verifyText(JSON.stringify(file));
    expect(notes.join('\n')).toMatch(/studies\[0\]\.regions\[1\]\.measure: .*number/);
  });
});

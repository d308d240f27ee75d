import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyResult } from '../referee/verify.js';
import { loadFile } from '../language/node-file-system.js';
import { InlineEngine } from '../solver/engine/inline-engine.js';
import { ResultFile, type CharacterizeResult } from '../solver/result.js';
import { runStudy } from '../solver/study.js';
import { EXIT } from './exit-codes.js';
import { query, type QueryOptions } from './query.js';
import { parseTarget } from './query-targets.js';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'v2g-query-'))));
afterAll(() => rm(folder, { recursive: true }));

async function ask(options: Partial<QueryOptions>, abort = new AbortController()) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await query(
    'examples/one-station.v2g',
    { workers: 1, seed: 1, feeder: 'on', ...options },
    {
      load: loadFile,
      runners: { characterize: runStudy },
      createEngine: () => new InlineEngine(),
      output: { line: (text) => out.push(text), note: (text) => err.push(text) },
      progress: { write: () => {} },
      signal: abort.signal,
      generator: { name: 'v2g', version: 'test' },
    },
  );
  return { code, out, err };
}

describe('v2g query', () => {
  it('prints the coupons of a point, and writes it so that the referee accepts it', async () => {
    const json = join(folder, 'answers.json');
    const { code, out } = await ask({ at: ['1.0', '900kW'], budget: '400', json });
    expect(code).toBe(EXIT.ok);
    expect(out[0]).toBe('Plaza 17:30 1.00 MW, budget 400 CNY');
    expect(out[1]).toMatch(/^ {2}reached for \d+ CNY$/);
    expect(out.join('\n')).toMatch(/Plaza v2g: 17:\d0 \d/);
    const file = ResultFile.parse(JSON.parse(await readFile(json, 'utf8')));
    const [study] = file.studies as CharacterizeResult[];
    expect(study.queries).toHaveLength(2);
    expect(verifyResult(file).filter(({ ok }) => !ok)).toEqual([]);

    const further = await ask({ at: ['0.8'], result: json, json, spread: true });
    expect(further.out.join('\n')).toContain('these coupons bring about only these loads');
    const added = ResultFile.parse(JSON.parse(await readFile(json, 'utf8')));
    expect((added.studies[0] as CharacterizeResult).queries).toHaveLength(3);
    expect(verifyResult(added).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('starts from a result of another state of the scenario, but keeps none of it', async () => {
    const json = join(folder, 'before.json');
    await ask({ at: ['1.0'], json });
    const before = JSON.parse(await readFile(json, 'utf8')) as ResultFile;
    before.scenario.valueOfTimePerH = 25;
    await writeFile(json, JSON.stringify(before));
    const { code, err } = await ask({ at: ['0.8'], result: json, json });
    expect(code).toBe(EXIT.ok);
    expect(err.join('\n')).toContain('of another state of the scenario');
    const after = ResultFile.parse(JSON.parse(await readFile(json, 'utf8')));
    expect((after.studies[0] as CharacterizeResult).queries).toHaveLength(1);
    expect(verifyResult(after).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('says why a point is not reached and which is nearest, with the exit code of no answer', async () => {
    const { code, out } = await ask({ at: ['0.5'], budget: '10' });
    expect(code).toBe(EXIT.infeasible);
    expect(out[1]).toMatch(/^ {2}not reached: it takes \d+ CNY, \d+ CNY more than the budget$/);
    expect(out[2]).toMatch(/^ {2}nearest found: Plaza 17:30 \d\.\d\d MW, \d\.\d\d MW away, for \d+ CNY$/);
    const impossible = await ask({ at: ['50'] });
    expect(impossible.out[1]).toMatch(/no coupons can: .* MW less at Plaza/);
  });

  it('runs the study first when random points or prices are asked for without a result', async () => {
    const json = join(folder, 'sample.json');
    const { code, out, err } = await ask({ sample: 5, budget: '100', priceMap: true, json });
    expect(code).toBe(EXIT.ok);
    expect(err).toContain('no --result: running Range first');
    expect(out.join('\n')).toContain('5 random points inside the hull at 100 CNY, seed 1');
    expect(out.join('\n')).toMatch(/reached within the budget: 5 \(100\.0 %\)/);
    expect(out.join('\n')).toMatch(/price map at unlimited/);
    const file = ResultFile.parse(JSON.parse(await readFile(json, 'utf8')));
    expect(verifyResult(file).filter(({ ok }) => !ok)).toEqual([]);
  });

  it('refuses what it cannot understand, with what to write instead', async () => {
    for (const [options, message] of [
      [{}, /nothing is asked/],
      [{ at: ['1,2'] }, /want 1 loads, for Plaza 17:30; got 2/],
      [{ at: ['much'] }, /"much" is no load; write 1\.2, 1\.2MW or 1200kW/],
      [{ at: ['1'], study: 'Nothing' }, /no study is named Nothing; there are Range/],
      [{ at: ['1'], budget: 'lots' }, /--budget lots: want an amount/],
      [{ at: ['1'], budget: '1,2' }, /want one amount/],
    ] as const) {
      const { code, err } = await ask(options as Partial<QueryOptions>);
      expect(code).toBe(EXIT.usage);
      expect(err.join('\n')).toMatch(message);
    }
    const { code, err } = await ask({ at: ['1'], result: 'examples/one-station.v2g' });
    expect(code).toBe(EXIT.failed);
    expect(err.join('\n')).toMatch(/not JSON/);
  });

  it('stops when interrupted', async () => {
    const abort = new AbortController();
    abort.abort();
    const { code, err } = await ask({ at: ['1'] }, abort);
    expect(code).toBe(EXIT.interrupted);
    expect(err.join('\n')).toContain('interrupted');
  });
});

describe('operating points on the command line', () => {
  const scenario = { startMinutes: 17 * 60, intervalHours: 1 / 6 } as Parameters<typeof parseTarget>[2];
  const axes = [
    { station: 'CS1', interval: 6 },
    { station: 'CS2', interval: 6 },
  ];

  it('in the order of the axes, or by name, in MW or kW', () => {
    expect(parseTarget('1.2,-0.8', axes, scenario)).toEqual([1.2, -0.8]);
    expect(parseTarget('CS2=800kW, CS1=1.2MW', axes, scenario)).toEqual([1.2, 0.8]);
  });

  it('by time where a station has several axes', () => {
    const times = [
      { station: 'CS1', interval: 6 },
      { station: 'CS1', interval: 8 },
    ];
    expect(parseTarget('CS1@18:20=2,CS1@18:00=1', times, scenario)).toEqual([1, 2]);
    expect(parseTarget('CS1=2,CS1=1', times, scenario)).toBeInstanceOf(Error);
  });

  it('says which axis is unknown or named twice', () => {
    expect(parseTarget('CS9=1,CS1=1', axes, scenario)).toMatchObject({
      message: '--at CS9=1,CS1=1: CS9 is no axis; the axes are CS1 18:00, CS2 18:00',
    });
    expect(parseTarget('CS1=1,CS1=2', axes, scenario)).toMatchObject({
      message: expect.stringContaining('twice') as string,
    });
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { twoStations } from '../../test/fixtures/two-stations.js';
import type { LoadedProgram } from '../language/study-host.js';
import { ResultFile, type CharacterizeResult, type Sensitivity } from '../solver/result.js';
import type { CharacterizeSpec, StudySpec } from '../solver/study-spec.js';
import { run, type RunDependencies, type RunOptions } from './run.js';
import { parseBudgets, selectStudies, type StudyRunner } from './studies.js';

const file = twoStations(2);
const found = file.studies[0] as CharacterizeResult;

const region: CharacterizeSpec = {
  kind: 'characterize',
  name: 'Region',
  axes: found.axes,
  subsidyCaps: [30, null],
  directions: found.directions,
  expectations: [],
};
const dispatch: StudySpec = {
  kind: 'dispatch',
  name: 'Reserve',
  region: 'Region',
  reserve: null,
  tiers: [],
  expectations: [],
};

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'v2g-run-'))));
afterAll(() => rm(folder, { recursive: true }));

interface Trial {
  options?: Partial<RunOptions>;
  program?: Partial<LoadedProgram>;
  runner?: StudyRunner;
  abort?: AbortController;
  tty?: boolean;
}

async function trial({ options, program, runner, abort, tty }: Trial = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const progress: string[] = [];
  const specs: StudySpec[] = [];
  let disposed = 0;
  const dependencies: RunDependencies = {
    load: async () => ({
      scenario: file.scenario,
      studies: [dispatch, region],
      diagnostics: [],
      sources: new Map(),
      files: [],
      ...program,
    }),
    runners: {
      characterize: async (scenario, spec, runOptions) => {
        specs.push(spec);
        return runner ? runner(scenario, spec, runOptions) : found;
      },
    },
    createEngine: () => ({
      run: async () => [],
      dispose: async () => void disposed++,
    }),
    draw: (result) => `<svg>${result.name}</svg>`,
    output: { line: (text) => out.push(text), note: (text) => err.push(text) },
    progress: { isTTY: tty ?? false, columns: 100, write: (text) => progress.push(text) },
    signal: (abort ?? new AbortController()).signal,
    generator: { name: 'v2g', version: 'test' },
  };
  const code = await run('file.v2g', { workers: 1, study: 'Region', feeder: 'on', ...options }, dependencies);
  return { code, out, err, progress, specs, disposed };
}

describe('v2g run', () => {
  it('prints a row for each budget: measure, gain, ranges, points, solves, seconds', async () => {
    const { code, out, err, progress, disposed } = await trial();
    expect(code).toBe(0);
    expect(out).toEqual([
      'Region',
      '  budget          area   gain  A 00:12 (MW)  A 00:18 (MW)  points  solves  seconds',
      '  30 CNY     0.500 MW²         −0.20 … 0.80  −0.20 … 0.80       3       3      0.0',
      '  unlimited   1.00 MW²  +100%  −0.20 … 0.80  −0.20 … 0.80       4       4      0.0',
    ]);
    expect([err, progress]).toEqual([[], []]);
    expect(disposed).toBe(1);
  });

  it('writes the result file and the picture, and then nothing to standard output', async () => {
    const json = join(folder, 'new', 'result.json');
    const svg = join(folder, 'region.svg');
    const { code, out, err } = await trial({ options: { json, svg } });
    expect(code).toBe(0);
    expect(out).toEqual([]);
    expect(err.join('\n')).toMatch(/unlimited .*\n.*wrote .*result\.json\n.*wrote .*region\.svg/s);
    const written = ResultFile.parse(JSON.parse(await readFile(json, 'utf8')));
    expect(written.studies).toEqual([found]);
    expect(written.generator).toEqual({ name: 'v2g', version: 'test' });
    expect(await readFile(svg, 'utf8')).toBe('<svg>Region</svg>');
  });

  it('hands a study what it found before with --warm, and asks for sensitivities', async () => {
    const earlier = join(folder, 'earlier.json');
    await writeFile(earlier, JSON.stringify(file));
    const asked: unknown[] = [];
    const sensitivity = {
      parameter: 'ports',
      element: 'A',
      service: 'charging',
      value: 10,
      unit: 'port',
      perUnit: 0.02,
    };
    const { code, out } = await trial({
      options: { warm: earlier, sensitivity: true },
      runner: async (_, __, { warm, sensitivity: wanted }) => {
        asked.push(warm?.result.name, warm?.scenario.name, wanted);
        return {
          ...found,
          regions: found.regions.map((each) => ({ ...each, sensitivities: [sensitivity as Sensitivity] })),
        };
      },
    });
    expect(code).toBe(0);
    expect(asked).toEqual(['Region', file.scenario.name, true]);
    expect(out).toContain('  what adds to the region at 30 CNY');
    expect(out.join('\n')).toMatch(/ports of A charging +10 port +\+0\.0200 +\+0\.0200 +\+4%/);
  });

  it('says what is wrong with the file of --warm', async () => {
    const { code, err } = await trial({ options: { warm: join(folder, 'nothing.json') } });
    expect(code).toBe(1);
    expect(err.join()).toMatch(/nothing\.json: the file does not exist/);
  });

  it('streams the result file alone with --json -', async () => {
    const { out } = await trial({ options: { json: '-' } });
    expect(out).toHaveLength(1);
    expect(ResultFile.parse(JSON.parse(out[0])).scenario).toEqual(file.scenario);
  });

  it('passes on other budgets, in ascending order', async () => {
    const { specs } = await trial({ options: { budget: ['unlimited,2000', '10 CNY'] } });
    expect((specs[0] as CharacterizeSpec).subsidyCaps).toEqual([10, 2000, null]);
  });

  it('names a study that it cannot run yet, and runs the others', async () => {
    const { code, out, err } = await trial({ options: { study: undefined } });
    expect(code).toBe(3);
    expect(err).toEqual(['study Reserve: this version cannot run "dispatch" studies yet']);
    expect(out[0]).toBe('Region');
  });

  it('refuses unknown studies and budgets as a wrong command line', async () => {
    expect(await trial({ options: { study: 'Regoin' } })).toMatchObject({
      code: 2,
      err: ['no study is named Regoin; there are Reserve, Region'],
    });
    expect(await trial({ options: { budget: ['-5'] } })).toMatchObject({ code: 2, specs: [] });
  });

  it('prints the diagnostics of a file with errors and runs nothing', async () => {
    const diagnostic = { file: '/x/a.v2g', line: 3, column: 5, endLine: 3, endColumn: 9 };
    const { code, err, specs } = await trial({
      program: {
        scenario: null,
        diagnostics: [{ ...diagnostic, severity: 'error', message: 'no unit', code: 'unit-missing' }],
      },
    });
    expect(code).toBe(1);
    expect(err).toEqual(['/x/a.v2g:3:5 error no unit [unit-missing]', '1 error, 0 warnings']);
    expect(specs).toEqual([]);
  });

  it('says why there is no answer, and where the limit in the way is written', async () => {
    const infeasible = {
      message: 'the feeder cannot serve the load',
      limits: [{ kind: 'current', element: 'b1--b2', interval: 6, relaxation: 12.345, unit: 'A' }],
    };
    const range = { line: 7, column: 3, endLine: 7, endColumn: 9 };
    const { code, err } = await trial({
      runner: async () => ({ ...found, regions: [{ ...found.regions[0], infeasible }] }),
      program: { sources: new Map([['line:b1--b2.limit', { file: '/x/f.v2g', range }]]) },
      options: { json: '-' },
    });
    expect(code).toBe(4);
    expect(err.slice(-2)).toEqual([
      'Region at 30 CNY: the feeder cannot serve the load',
      '  /x/f.v2g:7:3 current of b1--b2 in interval 6: 12.3 A more would do',
    ]);
  });

  it('reports a study that fails without a stack trace, and writes what it had found', async () => {
    const json = join(folder, 'failed.json');
    const runner: StudyRunner = async (_, __, { onPartial }) => {
      onPartial!(() => ({ ...found, regions: [] }));
      throw new Error('HiGHS gave up');
    };
    const { code, err } = await trial({ runner, options: { json } });
    expect(code).toBe(70);
    expect(err).toContain('study Region failed: HiGHS gave up');
    const { studies } = ResultFile.parse(JSON.parse(await readFile(json, 'utf8')));
    expect(studies).toMatchObject([{ name: 'Region', partial: true, regions: [] }]);
  });
});

describe('Ctrl-C', () => {
  it('takes what a study hands over', async () => {
    const abort = new AbortController();
    const runner: StudyRunner = (_, __, { signal }) =>
      new Promise((resolve) => {
        signal!.addEventListener('abort', () => resolve({ ...found, partial: true }));
        abort.abort();
      });
    const { code, out, err, disposed } = await trial({ abort, runner });
    expect(code).toBe(130);
    expect(out[0]).toBe('Region (partial)');
    expect(err).toEqual(['interrupted; what was found so far is marked partial']);
    expect(disposed).toBe(1);
  });

  it('does not wait for a study that does not stop: within a second the last partial result is written', async () => {
    const abort = new AbortController();
    const runner: StudyRunner = (_, __, { onPartial }) => {
      onPartial!(() => ({ ...found, regions: found.regions.slice(0, 1) }));
      abort.abort();
      return new Promise(() => {});
    };
    const started = Date.now();
    const { code, out } = await trial({ abort, runner, options: { json: '-' } });
    expect(Date.now() - started).toBeLessThan(1000);
    expect(code).toBe(130);
    const [study] = ResultFile.parse(JSON.parse(out[0])).studies as CharacterizeResult[];
    expect(study).toMatchObject({ name: 'Region', partial: true });
    expect(study.regions).toHaveLength(1);
  });
});

describe('progress', () => {
  const runner: StudyRunner = async (_, __, { onProgress }) => {
    const base = { phase: 'directions', total: 26, subsidyCap: 2000, elapsedSeconds: 65 };
    onProgress!({ ...base, done: 13, direction: [Math.SQRT1_2, -Math.SQRT1_2, 0] });
    return found;
  };

  it('shows bar, direction, budget and time on a terminal, and removes itself', async () => {
    const { progress } = await trial({ runner, tty: true });
    expect(progress[0]).toBe(
      '\r\x1b[2KRegion ████████████░░░░░░░░░░░░ 13/26 directions · 2000 CNY · (0.71, −0.71, 0) · 1:05',
    );
    expect(progress.at(-1)).toBe('\r\x1b[2K');
  });

  it('is quiet when piped', async () => {
    expect((await trial({ runner })).progress).toEqual([]);
  });
});

describe('the choice of studies', () => {
  it('puts the region that a study builds on before it', () => {
    expect(selectStudies([dispatch, region], 'Reserve')).toEqual([region, dispatch]);
    expect(selectStudies([dispatch, region], 'Region')).toEqual([region]);
    expect(selectStudies([])).toBeInstanceOf(Error);
  });

  it('reads budgets once each', () => {
    expect(parseBudgets(['2000', '2000 CNY,1000.5'], 'CNY')).toEqual([1000.5, 2000]);
    for (const wrong of ['', '1e3', '2 kCNY', '-1'])
      expect(parseBudgets([wrong], 'CNY')).toBeInstanceOf(Error);
  });
});

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { twoStations } from '../../test/fixtures/two-stations.js';
import type { LoadedProgram } from '../language/study-host.js';
import type { CharacterizeResult } from '../solver/result.js';
import type { CharacterizeSpec, Expectation, StudySpec } from '../solver/study-spec.js';
import { test, type TestDependencies, type TestOptions } from './test.js';

const file = twoStations(2);
const found = file.studies[0] as CharacterizeResult;

const dimension = (value: number): Expectation => ({
  kind: 'dimension',
  value,
  text: `expect dimension ${value}`,
});
const region = (...expectations: Expectation[]): CharacterizeSpec => ({
  kind: 'characterize',
  name: 'Region',
  axes: found.axes,
  subsidyCaps: [30, null],
  directions: found.directions,
  expectations,
});

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'v2g-test-'))));
afterAll(() => rm(folder, { recursive: true }));

interface Trial {
  studies: StudySpec[];
  options?: Partial<TestOptions>;
  program?: Partial<LoadedProgram>;
  fails?: boolean;
}

async function trial({ studies, options, program, fails }: Trial) {
  const out: string[] = [];
  const err: string[] = [];
  const runs: string[] = [];
  const range = { line: 7, column: 3, endLine: 7, endColumn: 21 };
  const dependencies: TestDependencies = {
    load: async () => ({
      scenario: file.scenario,
      studies,
      diagnostics: [],
      sources: new Map(
        studies.flatMap(({ name, expectations }) =>
          expectations.map((_, k) => [
            `study:${name}.expect.${k}`,
            { file: 'peak.v2g', range: { ...range, line: 7 + k } },
          ]),
        ),
      ),
      files: [],
      ...program,
    }),
    runners: {
      characterize: async (_, spec) => {
        runs.push(spec.name);
        if (fails) throw new Error('no path leads from a to b');
        return found;
      },
      compare: async (_, spec, { previous }) => {
        runs.push(`${spec.name} after ${previous.map(({ name }) => name).join()}`);
        return { kind: 'compare', name: spec.name, dynamic: 'Region', static: found.regions };
      },
    },
    createEngine: () => ({ run: async () => [], dispose: async () => {} }),
    output: { line: (text) => out.push(text), note: (text) => err.push(text) },
    progress: { isTTY: false, columns: 100, write: () => true },
    signal: new AbortController().signal,
  };
  const code = await test(['peak.v2g'], { workers: 1, ...options }, dependencies);
  return { code, out, err, runs };
}

describe('v2g test', () => {
  it('exits 0 when everything expected was found', async () => {
    const { code, out } = await trial({ studies: [region(dimension(2))] });
    expect(code).toBe(0);
    expect(out).toEqual(['pass  Region: dimension 2 (found dimension 2)', '1 passed, 0 failed']);
  });

  it('exits 1 with what was found beside what was expected, at the line of the expectation', async () => {
    const { code, out } = await trial({ studies: [region(dimension(2), dimension(3))] });
    expect(code).toBe(1);
    expect(out[1]).toBe(
      'peak.v2g:8:3 error Region: expected dimension 3, found dimension 2 [expectation-failed]',
    );
    expect(out[2]).toBe('1 passed, 1 failed');
  });

  it('runs a region once for what expects and for what builds on it, and nothing that expects nothing', async () => {
    const compare: StudySpec = {
      kind: 'compare',
      name: 'Static',
      region: 'Region',
      staticIntervalH: 0.5,
      expectations: [dimension(2)],
    };
    expect((await trial({ studies: [compare, region(dimension(2))] })).runs).toEqual([
      'Region',
      'Static after Region',
    ]);
    expect((await trial({ studies: [compare, region()] })).out).toEqual([
      'pass  Static: dimension 2 (found dimension 2)',
      '1 passed, 0 failed',
    ]);
    expect((await trial({ studies: [region()] })).runs).toEqual([]);
  });

  it('fails the expectations of a study that fails, and says why', async () => {
    const { code, out, err } = await trial({ studies: [region(dimension(2))], fails: true });
    expect(code).toBe(70);
    expect(err).toEqual(['study Region failed: no path leads from a to b']);
    expect(out[0]).toMatch(/expected dimension 2, found no result/);
  });

  it('takes a file with errors for a failure, and an unknown study for a wrong command line', async () => {
    const diagnostic = { file: 'peak.v2g', line: 3, column: 5, endLine: 3, endColumn: 9 };
    const { code, err } = await trial({
      studies: [],
      program: {
        scenario: null,
        diagnostics: [{ ...diagnostic, severity: 'error', message: 'no unit', code: 'unit-missing' }],
      },
    });
    expect(code).toBe(1);
    expect(err[0]).toBe('peak.v2g:3:5 error no unit [unit-missing]');
    expect((await trial({ studies: [region(dimension(2))], options: { study: 'Other' } })).code).toBe(2);
  });

  it('writes JUnit XML that escapes what authors write', async () => {
    const junit = join(folder, 'report.xml');
    const odd: Expectation = { kind: 'dimension', value: 3, text: 'expect dimension 3 <&"' };
    await trial({ studies: [region(dimension(2), odd)], options: { junit } });
    const xml = await readFile(junit, 'utf8');
    expect(xml).toMatch(/<testsuites tests="2" failures="1" errors="0">/);
    expect(xml).toMatch(
      /<testcase classname="peak\.v2g\.Region" name="dimension 2" file="peak\.v2g" line="7"\/>/,
    );
    expect(xml).toMatch(
      /<failure type="expectation" message="expected dimension 3 &lt;&amp;&quot;, found dimension 2"/,
    );
    expect(xml).toMatch(/peak\.v2g:8:3/);
  });
});

/** `v2g test FILE…`: the studies that state what they expect, and what was found beside it. */
import type { LoadedProgram } from '../language/study-host.js';
import { evaluateExpectations, regionAxes } from '../solver/expectations/evaluate.js';
import type { Engine } from '../solver/engine/engine.js';
import type { StudyResult } from '../solver/result.js';
import type { StudySpec } from '../solver/study-spec.js';
import { countLine, diagnosticLine, shortPath } from './diagnostics.js';
import type { ExitCode } from './exit-codes.js';
import { EXIT } from './exit-codes.js';
import { junitXml, type LocatedOutcome, type TestedStudy } from './junit.js';
import { writeTextFile } from './result-file.js';
import { runOne, type RunDependencies } from './run.js';
import { selectStudies } from './studies.js';

export interface TestOptions {
  study?: string;
  /** Path of the JUnit XML report. */
  junit?: string;
  workers: number;
}

export interface TestDependencies extends Pick<
  RunDependencies,
  'load' | 'runners' | 'output' | 'progress' | 'signal'
> {
  createEngine: (workers: number) => Engine;
}

const MS_PER_SECOND = 1000;

/** Runs what has expectations; a study that others build on is run once for all of them. */
export async function test(
  files: readonly string[],
  options: TestOptions,
  dependencies: TestDependencies,
): Promise<ExitCode> {
  const { output, signal } = dependencies;
  const tested: TestedStudy[] = [];
  const codes: ExitCode[] = [];
  const engine = dependencies.createEngine(options.workers);
  try {
    for (const file of files) {
      if (signal.aborted) break;
      codes.push(await testFile(file, options.study, engine, dependencies, tested));
    }
  } finally {
    await engine.dispose();
  }
  const outcomes = tested.flatMap((study) => study.outcomes);
  const failed = outcomes.filter(({ passed }) => !passed).length;
  output.line(`${outcomes.length - failed} passed, ${failed} failed`);
  if (options.junit !== undefined) {
    await writeTextFile(options.junit, junitXml(tested));
    output.note(`wrote ${shortPath(options.junit)}`);
  }
  if (signal.aborted) return EXIT.interrupted;
  const notRun = codes.find((code) => code !== EXIT.ok && code !== EXIT.failed);
  return notRun ?? (failed > 0 || codes.includes(EXIT.failed) ? EXIT.failed : EXIT.ok);
}

async function testFile(
  file: string,
  name: string | undefined,
  engine: Engine,
  dependencies: TestDependencies,
  tested: TestedStudy[],
): Promise<ExitCode> {
  const { output, signal } = dependencies;
  const program = await dependencies.load(file);
  const { scenario } = program;
  const errors = program.diagnostics.filter(({ severity }) => severity === 'error');
  for (const error of errors) output.note(diagnosticLine(error));
  if (!scenario) {
    if (errors.length > 0) {
      output.note(countLine(errors));
      tested.push({
        file: shortPath(file),
        study: null,
        seconds: 0,
        outcomes: [],
        errors: errors.map(diagnosticLine),
      });
    } else output.note(`${shortPath(file)}: states no scenario, nothing to test`);
    return errors.length > 0 ? EXIT.failed : EXIT.ok;
  }
  const expecting = program.studies.filter(
    (study) => study.expectations.length > 0 && (name === undefined || study.name === name),
  );
  if (expecting.length === 0) {
    const study = name === undefined ? 'no study' : `no study ${name}`;
    output.note(`${shortPath(file)}: ${study} that states what it expects`);
    return name === undefined ? EXIT.ok : EXIT.usage;
  }
  const results: StudyResult[] = [];
  let code: ExitCode = EXIT.ok;
  for (const spec of withRegions(expecting, program)) {
    if (signal.aborted) break;
    const began = performance.now();
    const result = await runOne(spec, scenario, results, engine, dependencies);
    if (signal.aborted) break;
    if (typeof result === 'number') code = result;
    else results.push(result);
    if (!expecting.includes(spec)) continue;
    const found = typeof result === 'number' ? undefined : result;
    const axes = regionAxes(spec, program.studies);
    const outcomes = evaluateExpectations(spec, found, axes, scenario.currency).map((outcome, index) => ({
      ...outcome,
      location: program.sources.get(`study:${spec.name}.expect.${index}`),
    }));
    for (const outcome of outcomes) output.line(outcomeLine(spec.name, outcome));
    const seconds = (performance.now() - began) / MS_PER_SECOND;
    tested.push({ file: shortPath(file), study: spec.name, seconds, outcomes });
  }
  return code;
}

/** Each study after the region that it builds on, each once. */
function withRegions(expecting: readonly StudySpec[], { studies }: LoadedProgram): StudySpec[] {
  const needed = expecting.flatMap(({ name }) => {
    const selected = selectStudies(studies, name);
    return selected instanceof Error ? [] : selected;
  });
  return [...new Set(needed)];
}

/** A failure reads like a diagnostic, so that editors and CI find its line. */
function outcomeLine(study: string, { passed, expected, found, location }: LocatedOutcome): string {
  if (passed) return `pass  ${study}: ${expected} (found ${found})`;
  const message = `${study}: expected ${expected}, found ${found}`;
  if (!location) return `fail  ${message}`;
  const { file, range } = location;
  return diagnosticLine({ file, ...range, severity: 'error', message, code: 'expectation-failed' });
}

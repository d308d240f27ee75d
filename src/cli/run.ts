/** `v2g run FILE`: the studies of a file, as a table, a result file and a picture. */
import type { LoadedProgram } from '../language/study-host.js';
import type { Engine } from '../solver/engine/engine.js';
import type { CharacterizeResult, ResultFile, StudyResult } from '../solver/result.js';
import { RESULT_FORMAT, RESULT_VERSION } from '../solver/result.js';
import type { Scenario } from '../solver/scenario.js';
import type { StudySpec } from '../solver/study-spec.js';
import { countLine, diagnosticLine, shortPath } from './diagnostics.js';
import type { ExitCode } from './exit-codes.js';
import { EXIT } from './exit-codes.js';
import { infeasibilityLines } from './infeasibility.js';
import type { Output } from './output.js';
import { progressLine, type ProgressStream } from './progress.js';
import { writeTextFile } from './result-file.js';
import { parseBudgets, selectStudies, withBudgets, type StudyRunners } from './studies.js';
import { studyReport } from './study-report.js';

export interface RunOptions {
  study?: string;
  budget?: string[];
  /** Path of the result file; "-" is standard output. */
  json?: string;
  svg?: string;
  workers: number;
}

export interface RunDependencies {
  load: (file: string) => Promise<LoadedProgram>;
  runners: StudyRunners;
  createEngine: (workers: number) => Engine;
  draw: (result: CharacterizeResult, scenario: Scenario) => string;
  output: Output;
  progress: ProgressStream;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  generator: ResultFile['generator'];
}

/** After Ctrl-C a study has this long to hand over what it has; then its last partial result is taken. */
const PATIENCE_MS = 700;

/** Runs the studies asked for; what was found is written even when a study fails or is interrupted. */
export async function run(
  file: string,
  options: RunOptions,
  dependencies: RunDependencies,
): Promise<ExitCode> {
  const { output, signal } = dependencies;
  const program = await dependencies.load(file);
  for (const diagnostic of program.diagnostics) output.note(diagnosticLine(diagnostic));
  const { scenario } = program;
  if (!scenario) {
    const broken = program.diagnostics.some(({ severity }) => severity === 'error');
    output.note(
      broken ? countLine(program.diagnostics) : `${shortPath(file)}: states no scenario, nothing to run`,
    );
    return EXIT.failed;
  }
  const budgets = options.budget ? parseBudgets(options.budget, scenario.currency) : null;
  const selected = selectStudies(program.studies, options.study);
  if (budgets instanceof Error || selected instanceof Error) {
    for (const problem of [budgets, selected]) if (problem instanceof Error) output.note(problem.message);
    return EXIT.usage;
  }

  // Whoever asks for JSON gets nothing else on standard output.
  const say = (text: string): void => (options.json === undefined ? output.line(text) : output.note(text));
  const results: StudyResult[] = [];
  const codes: ExitCode[] = [];
  const engine = dependencies.createEngine(options.workers);
  try {
    for (const spec of selected) {
      if (signal.aborted) break;
      const outcome = await runOne(withBudgets(spec, budgets), scenario, results, engine, dependencies);
      if (typeof outcome === 'number') {
        codes.push(outcome);
        continue;
      }
      results.push(outcome);
      const { lines, infeasible } = studyReport(outcome, scenario);
      for (const line of lines) say(line);
      for (const one of infeasible)
        for (const line of infeasibilityLines(one.name, one.reason, program.sources)) say(line);
      if (infeasible.length > 0) codes.push(EXIT.infeasible);
    }
  } finally {
    await engine.dispose();
  }
  if (signal.aborted) {
    output.note('interrupted; what was found so far is marked partial');
    codes.unshift(EXIT.interrupted);
  }
  await write({ ...dependencies, scenario, results, options });
  return codes[0] ?? EXIT.ok;
}

/** The study's result, or the exit code that says why there is none. */
async function runOne(
  spec: StudySpec,
  scenario: Scenario,
  previous: readonly StudyResult[],
  engine: Engine,
  { runners, output, progress, signal }: RunDependencies,
): Promise<StudyResult | ExitCode> {
  const runner = runners[spec.kind];
  if (!runner) {
    output.note(`study ${spec.name}: this version cannot run "${spec.kind}" studies yet`);
    return EXIT.notRunnable;
  }
  const line = progressLine(progress, scenario.currency);
  let partial: CharacterizeResult | undefined;
  try {
    const running = runner(scenario, spec, {
      engine,
      signal,
      previous,
      onProgress: (state) => line.show(spec.name, state),
      onPartial: (result) => (partial = { ...result, partial: true }),
    });
    const result = await Promise.race([running, patienceAfter(signal)]);
    if (result) return result;
    // The abandoned study may still fail; that is no news any more.
    running.catch(() => {});
    return partial ?? EXIT.interrupted;
  } catch (error) {
    if (signal.aborted) return partial ?? EXIT.interrupted;
    line.clear();
    output.note(`study ${spec.name} failed: ${error instanceof Error ? error.message : String(error)}`);
    return EXIT.internal;
  } finally {
    line.clear();
  }
}

/** Resolves to undefined some time after the signal is aborted; never before. */
function patienceAfter(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const start = (): void => void setTimeout(() => resolve(undefined), PATIENCE_MS).unref();
    if (signal.aborted) start();
    else signal.addEventListener('abort', start, { once: true });
  });
}

interface Written extends RunDependencies {
  scenario: Scenario;
  results: StudyResult[];
  options: RunOptions;
}

async function write({ scenario, results, options, generator, draw, output }: Written): Promise<void> {
  if (options.json !== undefined) {
    const file: ResultFile = {
      format: RESULT_FORMAT,
      version: RESULT_VERSION,
      generator,
      scenario,
      studies: results,
    };
    const text = JSON.stringify(file);
    if (options.json === '-') output.line(text);
    else {
      await writeTextFile(options.json, `${text}\n`);
      output.note(`wrote ${shortPath(options.json)}`);
    }
  }
  if (options.svg === undefined) return;
  const drawable = results.filter((result) => result.kind === 'characterize');
  for (const result of drawable) {
    const path = drawable.length === 1 ? options.svg : options.svg.replace(/(\.svg)?$/i, `-${result.name}$1`);
    await writeTextFile(path, draw(result, scenario));
    output.note(`wrote ${shortPath(path)}`);
  }
}

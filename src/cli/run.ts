/** `v2g run FILE`: the studies of a file, as a table, a result file and a picture. */
import type { LoadedProgram } from '../language/study-host.js';
import type { Engine } from '../solver/engine/engine.js';
import type { CharacterizeResult, IntervalResult, ResultFile, StudyResult } from '../solver/result.js';
import { RESULT_FORMAT, RESULT_VERSION } from '../solver/result.js';
import type { Scenario } from '../solver/scenario.js';
import type { RunOptions as StudyOptions } from '../solver/study-run.js';
import type { StudySpec } from '../solver/study-spec.js';
import { warmStartOf } from '../solver/warm-start.js';
import { countLine, diagnosticLine, shortPath } from './diagnostics.js';
import type { ExitCode } from './exit-codes.js';
import { EXIT } from './exit-codes.js';
import { infeasibilityLines } from './infeasibility.js';
import type { Output } from './output.js';
import { progressLine, type ProgressStream } from './progress.js';
import { readResultFile, writeTextFile } from './result-file.js';
import { parseBudgets, selectStudies, withBudgets, type StudyRunners } from './studies.js';
import { studyReport } from './study-report.js';

export interface RunOptions {
  study?: string;
  budget?: string[];
  /** Path of the result file; "-" is standard output. */
  json?: string;
  svg?: string;
  /** Prove outer bounds for each budget. */
  bounds?: boolean;
  /** Tell which reinforcement buys most flexibility. */
  sensitivity?: boolean;
  /** Path of a result file whose studies are starts for those of the same name. */
  warm?: string;
  workers: number;
  /** Whether studies keep to the feeder's limits; `both` prints the measures without it beside those with it. */
  feeder?: FeederChoice;
}

export type FeederChoice = 'on' | 'off' | 'both';

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
const PATIENCE_MS = 500;

/** Runs the studies asked for; what was found is written even when a study fails or is interrupted. */
export async function run(
  file: string,
  options: RunOptions,
  dependencies: RunDependencies,
): Promise<ExitCode> {
  // Threads start while the file is read.
  const engine = dependencies.createEngine(options.workers);
  try {
    return await runOn(engine, file, options, dependencies);
  } finally {
    await engine.dispose();
  }
}

async function runOn(
  engine: Engine,
  file: string,
  options: RunOptions,
  dependencies: RunDependencies,
): Promise<ExitCode> {
  const { output, signal } = dependencies;
  const program = await dependencies.load(file);
  for (const diagnostic of program.diagnostics) output.note(diagnosticLine(diagnostic));
  const scenario =
    program.scenario && options.feeder === 'off' ? { ...program.scenario, feeder: null } : program.scenario;
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

  const warm = options.warm === undefined ? null : await readResultFile(options.warm);
  if (warm instanceof Error) {
    output.note(`${shortPath(options.warm ?? '')}: ${warm.message}`);
    return EXIT.failed;
  }

  // Whoever asks for JSON gets nothing else on standard output.
  const say = (text: string): void => (options.json === undefined ? output.line(text) : output.note(text));
  const results: StudyResult[] = [];
  const codes: ExitCode[] = [];
  for (const spec of selected) {
    if (signal.aborted) break;
    const spent = withBudgets(spec, budgets);
    const free =
      options.feeder === 'both' && spent.kind === 'characterize' && scenario.feeder
        ? await attempt(spent, { ...scenario, feeder: null }, results, engine, dependencies)
        : {};
    const { result: found, code } = await attempt(spent, scenario, results, engine, dependencies, {
      warm: warmStartOf(warm, spent),
      bounds: options.bounds,
      sensitivity: options.sensitivity,
    });
    if (code !== undefined) codes.push(code);
    if (!found) continue;
    const result = withMeasuresWithoutFeeder(found, free.result);
    results.push(result);
    const { lines, infeasible } = studyReport(result, scenario);
    for (const line of lines) say(line);
    for (const { name, reason } of infeasible) infeasibilityLines(name, reason, program.sources).forEach(say);
    if (infeasible.length > 0) codes.push(EXIT.infeasible);
  }
  if (signal.aborted) {
    output.note('interrupted; what was found so far is marked partial');
    codes.unshift(EXIT.interrupted);
  }
  await write({ ...dependencies, scenario, results, options });
  return codes[0] ?? EXIT.ok;
}

/** What the network costs in flexibility: the measures of the same study without the feeder's limits. */
function withMeasuresWithoutFeeder(result: StudyResult, free: StudyResult | undefined): StudyResult {
  if (result.kind !== 'characterize' || free?.kind !== 'characterize') return result;
  const measures = (each: Pick<IntervalResult, 'regions'> | undefined) =>
    each ? { withoutFeeder: each.regions.map(({ subsidyCap, measure }) => ({ subsidyCap, measure })) } : {};
  const later = result.laterIntervals?.map((each, index) => ({
    ...each,
    ...measures(free.laterIntervals?.[index]),
  }));
  return { ...result, ...measures(free), ...(later ? { laterIntervals: later } : {}) };
}

type StudyDependencies = Pick<RunDependencies, 'runners' | 'output' | 'progress' | 'signal'>;

/** The study's result, or the exit code that says why there is none, which was then printed. */
export async function runOne(
  spec: StudySpec,
  scenario: Scenario,
  previous: readonly StudyResult[],
  engine: Engine,
  dependencies: StudyDependencies,
): Promise<StudyResult | ExitCode> {
  const { result, code } = await attempt(spec, scenario, previous, engine, dependencies);
  return code ?? result ?? EXIT.interrupted;
}

/** The study's result as far as it got, and an exit code where it failed, which was then printed. */
async function attempt(
  spec: StudySpec,
  scenario: Scenario,
  previous: readonly StudyResult[],
  engine: Engine,
  { runners, output, progress, signal }: StudyDependencies,
  extras: Pick<StudyOptions, 'warm' | 'bounds' | 'sensitivity'> = {},
): Promise<{ result?: StudyResult; code?: ExitCode }> {
  const runner = runners[spec.kind];
  if (!runner) {
    output.note(`study ${spec.name}: this version cannot run "${spec.kind}" studies yet`);
    return { code: EXIT.notRunnable };
  }
  const line = progressLine(progress, scenario.currency);
  let partial = (): CharacterizeResult | undefined => undefined;
  try {
    const running = runner(scenario, spec, {
      engine,
      signal,
      previous,
      ...extras,
      onProgress: (state) => line.show(spec.name, state),
      onPartial: (current) => (partial = () => ({ ...current(), partial: true })),
    });
    // A study that is left behind may still fail; that is no news any more.
    running.catch(() => {});
    return { result: (await Promise.race([running, patienceAfter(signal)])) ?? partial() };
  } catch (error) {
    if (signal.aborted) return { result: partial() };
    line.clear();
    output.note(`study ${spec.name} failed: ${error instanceof Error ? error.message : String(error)}`);
    return { result: partial(), code: EXIT.internal };
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

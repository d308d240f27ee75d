/** `v2g query FILE`: questions to the region of a study, answered one by one. */
import type { LoadedProgram } from '../language/study-host.js';
import type { Engine } from '../solver/engine/engine.js';
import { priceMap } from '../solver/query/price-map.js';
import { QuerySession } from '../solver/query/query-session.js';
import { sampleRegion } from '../solver/query/sample.js';
import { regionsWithSpreads, withSpreads } from '../solver/query/spreads.js';
import type { CharacterizeResult, ResultFile, StudyResult } from '../solver/result.js';
import { RESULT_FORMAT, RESULT_VERSION } from '../solver/result.js';
import type { Scenario } from '../solver/scenario.js';
import type { CharacterizeSpec, SubsidyCap } from '../solver/study-spec.js';
import { capLabel } from '../report/labels.js';
import { countLine, diagnosticLine, shortPath } from './diagnostics.js';
import type { ExitCode } from './exit-codes.js';
import { EXIT } from './exit-codes.js';
import { infeasibilityLines } from './infeasibility.js';
import type { Output } from './output.js';
import { progressLine, type ProgressLine, type ProgressStream } from './progress.js';
import { priceMapLines, queryLines, sampleLines, spreadSummary } from './query-report.js';
import { parseTarget } from './query-targets.js';
import { readResultFile, writeTextFile } from './result-file.js';
import { runOne } from './run.js';
import { parseBudgets, selectStudies, type StudyRunners } from './studies.js';

export interface QueryOptions {
  study?: string;
  /** Operating points. */
  at?: string[];
  budget?: string;
  /** Result file of the study, to start from and to add to. */
  result?: string;
  /** Path of the result file; "-" is standard output. */
  json?: string;
  /** Number of random points inside the hull. */
  sample?: number;
  seed: number;
  priceMap?: boolean;
  /** What else the coupons of the answers, or of a result's points, can bring about. */
  spread?: boolean;
  workers: number;
  feeder: 'on' | 'off';
}

export interface QueryDependencies {
  load: (file: string) => Promise<LoadedProgram>;
  runners: StudyRunners;
  createEngine: (workers: number) => Engine;
  output: Output;
  progress: ProgressStream;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  generator: ResultFile['generator'];
}

/** What is asked, checked. */
interface Question {
  scenario: Scenario;
  study: CharacterizeSpec;
  targets: number[][];
  /** Undefined when none was given. */
  budget: SubsidyCap | undefined;
}

export async function query(
  file: string,
  options: QueryOptions,
  dependencies: QueryDependencies,
): Promise<ExitCode> {
  const { output } = dependencies;
  const program = await dependencies.load(file);
  for (const diagnostic of program.diagnostics) output.note(diagnosticLine(diagnostic));
  if (!program.scenario) {
    output.note(`${shortPath(file)}: ${countLine(program.diagnostics)}`);
    return EXIT.failed;
  }
  const scenario = options.feeder === 'off' ? { ...program.scenario, feeder: null } : program.scenario;
  const question = questionOf(program, scenario, options);
  if (question instanceof Error) {
    output.note(question.message);
    return EXIT.usage;
  }
  const given = options.result === undefined ? null : await resultOf(options.result, question);
  if (given instanceof Error) {
    output.note(given.message);
    return EXIT.failed;
  }
  const engine = dependencies.createEngine(options.workers);
  try {
    return await answer(question, given, options, program, engine, dependencies);
  } finally {
    await engine.dispose();
  }
}

function questionOf(program: LoadedProgram, scenario: Scenario, options: QueryOptions): Question | Error {
  if (!options.at && options.sample === undefined && !options.priceMap && !options.spread)
    return new Error('nothing is asked: give --at LOADS, --sample COUNT, --price-map or --spread');
  const selected = selectStudies(program.studies, options.study);
  if (selected instanceof Error) return selected;
  const study = selected.find((one): one is CharacterizeSpec => one.kind === 'characterize');
  if (!study) return new Error('the file has no characterize study to ask about');
  const targets: number[][] = [];
  for (const text of options.at ?? []) {
    const target = parseTarget(text, study.axes, scenario);
    if (target instanceof Error) return target;
    targets.push(target);
  }
  const budgets =
    options.budget === undefined ? [undefined] : parseBudgets([options.budget], scenario.currency);
  if (budgets instanceof Error) return budgets;
  if (budgets.length !== 1) return new Error('--budget: want one amount for a query');
  return { scenario, study, targets, budget: budgets[0] };
}

/** The file, when it holds the study that is asked about. */
async function resultOf(path: string, { study }: Question): Promise<ResultFile | Error> {
  const file = await readResultFile(path);
  if (file instanceof Error) return new Error(`${shortPath(path)}: ${file.message}`);
  if (!characterized(file.studies, study.name))
    return new Error(`${shortPath(path)}: holds no characterize study named ${study.name}`);
  return file;
}

function characterized(studies: readonly StudyResult[], name: string): CharacterizeResult | undefined {
  return studies.find((one): one is CharacterizeResult => one.kind === 'characterize' && one.name === name);
}

async function answer(
  question: Question,
  read: ResultFile | null,
  options: QueryOptions,
  { sources }: LoadedProgram,
  engine: Engine,
  dependencies: QueryDependencies,
): Promise<ExitCode> {
  const { scenario, study, targets, budget } = question;
  const { output, signal } = dependencies;
  const say = (text: string): void => (options.json === '-' ? output.note(text) : output.line(text));
  const known = read ? characterized(read.studies, study.name) : undefined;
  const isOfThisScenario = read !== null && JSON.stringify(read.scenario) === JSON.stringify(scenario);
  if (read && !isOfThisScenario)
    output.note(
      'the result is of another state of the scenario (or of its feeder): queries only start from its points',
    );
  const given = isOfThisScenario ? read : null;
  let result = given ? known : undefined;
  if (!result && (options.sample !== undefined || options.priceMap || !options.at)) {
    output.note(`no --result: running ${study.name} first`);
    const ran = await runOne(study, scenario, [], engine, dependencies);
    if (typeof ran === 'number') return ran;
    if (ran.kind === 'characterize') result = ran;
  }
  const host = result ?? emptyResult(study);
  const line = progressLine(dependencies.progress, scenario.currency);
  const added: Partial<CharacterizeResult> = {};
  const codes: ExitCode[] = [];
  try {
    const session = await QuerySession.open(scenario, study.axes, {
      engine,
      signal,
      result: result ?? known,
      onProgress: (state) => line.show(study.name, state),
    });
    if (targets.length > 0) {
      const requests = targets.map((targetMw) => ({ targetMw, subsidyCap: budget ?? null }));
      const answers = await session.ask(requests, { signal });
      const queries = options.spread ? await withSpreads(session, answers, signal) : answers;
      line.clear();
      for (const one of queries) {
        queryLines(one, study.axes, scenario).forEach(say);
        if (one.status !== 'reached') codes.push(EXIT.infeasible);
        if (one.reason) infeasibilityLines('in the way', one.reason, sources).slice(1).forEach(say);
      }
      added.queries = [...(host.queries ?? []), ...queries];
    }
    if (options.spread && targets.length === 0) {
      added.regions = await regionsWithSpreads(session, host.regions, {
        signal,
        onSpread: showIn(line, study.name, 'equilibria of the same coupons'),
      });
      line.clear();
      spreadSummary(added.regions, study.axes, scenario).forEach(say);
    }
    if (options.sample !== undefined) {
      const cap = budget === undefined ? study.subsidyCaps[study.subsidyCaps.length - 1] : budget;
      const region = host.regions.find(({ subsidyCap }) => subsidyCap === cap);
      if (!region) {
        output.note(`there is no region at ${capLabel(cap, scenario.currency)} to take points from`);
        return EXIT.usage;
      }
      const sample = await sampleRegion(session, region, {
        count: options.sample,
        seed: options.seed,
        signal,
        onAnswer: showIn(line, study.name, 'random points'),
      });
      line.clear();
      sampleLines(sample, study.axes, scenario).forEach(say);
      added.samples = [...(host.samples ?? []), sample];
    }
    if (options.priceMap) {
      const map = await priceMap(session, host, {
        certify: true,
        signal,
        onAnswer: showIn(line, study.name, 'prices'),
      });
      line.clear();
      if (map) priceMapLines(map, scenario).forEach(say);
      added.priceMap = map;
    }
  } catch (error) {
    line.clear();
    if (!signal.aborted) throw error;
  }
  if (signal.aborted) {
    output.note('interrupted; what was answered so far is kept');
    codes.unshift(EXIT.interrupted);
  }
  await write({ ...host, ...added }, given, question, options, dependencies);
  return codes[0] ?? EXIT.ok;
}

function showIn(line: ProgressLine, study: string, phase: string): (done: number, total: number) => void {
  const began = Date.now();
  return (done, total) =>
    line.show(study, { phase, done, total, elapsedSeconds: (Date.now() - began) / MS_PER_SECOND });
}

const MS_PER_SECOND = 1000;

/** Where answers go when the study itself has not been run: it has no regions yet. */
function emptyResult({ name, axes, directions }: CharacterizeSpec): CharacterizeResult {
  return { kind: 'characterize', name, axes, directions, partial: true, couponFree: null, regions: [] };
}

async function write(
  result: CharacterizeResult,
  given: ResultFile | null,
  { scenario, study }: Question,
  { json }: QueryOptions,
  { generator, output }: QueryDependencies,
): Promise<void> {
  if (json === undefined) return;
  const studies = given?.studies.map((one) =>
    one.kind === 'characterize' && one.name === study.name ? result : one,
  ) ?? [result];
  const file: ResultFile = { format: RESULT_FORMAT, version: RESULT_VERSION, generator, scenario, studies };
  const text = JSON.stringify(file);
  if (json === '-') {
    output.line(text);
    return;
  }
  await writeTextFile(json, `${text}\n`);
  output.note(`wrote ${shortPath(json)}`);
}

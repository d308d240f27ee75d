/** One study as its panel knows it: its result, its run, and whether the two belong to the file as it stands. */
import type { CharacterizeResult, ResultFile, StudyResult } from '../../solver/result.js';
import { RESULT_FORMAT, RESULT_VERSION } from '../../solver/result.js';
import type { Scenario } from '../../solver/scenario.js';
import type { StudyProgress } from '../../solver/study-run.js';
import type { StudySpec } from '../../solver/study-spec.js';
import { capLabel } from '../../report/labels.js';
import { fingerprintOf } from './fingerprint.js';
import { Forecast } from './forecast.js';
import type { Question, RunProgress, RunStatus } from './protocol.js';
import { textOf, withStudy, type StudyRecord } from './plans.js';
import type { Stored } from './result-store.js';
import { familyOf } from './run-family.js';
import type { QuestionRequest } from './runner-protocol.js';
import type { RunEnd, RunHandle, RunMessage, RunOrder } from './study-process.js';

export interface SessionInputs {
  scenario: Scenario;
  studies: StudySpec[];
}

export interface SessionDependencies {
  /** @throws Error in plain words when the file cannot be run as it stands */
  inputs(): Promise<SessionInputs>;
  load(study: string): Promise<Stored | null>;
  save(study: string, stored: Stored): Promise<void>;
  start(request: RunOrder | QuestionRequest, onMessage: (message: RunMessage) => void): RunHandle;
  /** Nobody runs or asks anything any more. */
  endProcess(): void;
  workers(): number;
  generator: ResultFile['generator'];
  onView(): void;
  onStatus(): void;
}

/**
 * Words about progress come no more often: dozens of searches end in a second, and each word draws a part of the window
 * anew, which without a graphics card leaves it no time for anything else.
 */
const TELL_EVERY_MS = 500;

interface Before {
  record: StudyRecord | null;
  fingerprint: string | null;
  /** See `Session.key`. */
  key: string | null;
}

interface CurrentRun {
  handle: RunHandle | null;
  cancelled: boolean;
  /** What was there before its first picture, and before that of a run that it replaced. */
  before?: Before;
}

/** A study's result without its plans, and these as text. */
interface Found {
  result: StudyResult;
  plans: string[];
}

export class Session {
  record: StudyRecord | null = null;
  run: RunStatus = { kind: 'idle' };
  stale = false;
  /** The last result of the file as it was before, without its plans: to be shown beside the one of now. */
  earlier: ResultFile | null = null;
  private fingerprint: string | null = null;
  /** Of the run that found the record as it is; null where that was no run of this session, or did not end. */
  private key: string | null = null;
  private runs = 0;
  /** When progress was last told. */
  private told = -Infinity;
  /** Counts the results that questions have been about: one that has only been added to is the same. */
  private basis = 0;
  private current: CurrentRun | null = null;

  constructor(
    readonly study: string,
    private readonly deps: SessionDependencies,
  ) {}

  /** Without the plans of its points. */
  get result(): ResultFile | null {
    return this.record?.result ?? null;
  }

  /** Shows the kept result, if there is one, and then holds it against the file. */
  async open(): Promise<void> {
    const stored = await this.deps.load(this.study);
    if (stored && !this.record) {
      this.record = stored.record;
      this.fingerprint = stored.fingerprint;
      this.basis++;
      // The language server may still be starting; what is known is not kept back for it.
      this.deps.onView();
    }
    this.deps.onStatus();
    await this.compare();
  }

  /** Holds the result against the file; to be called when the file has changed. */
  async compare(): Promise<void> {
    if (this.fingerprint === null) return;
    const before = this.stale;
    try {
      const { scenario, studies } = await this.deps.inputs();
      this.stale = this.digest(scenario, familyOf(studies, this.study)) !== this.fingerprint;
    } catch {
      // A file with errors is not the file of the result any more.
      this.stale = true;
    }
    if (this.stale !== before) this.deps.onStatus();
  }

  /** Runs the study; a run that is under way is replaced. Resolves when the run is over. */
  async start(): Promise<void> {
    const mine: CurrentRun = { handle: null, cancelled: false, before: this.current?.before };
    this.abandon();
    this.current = mine;
    this.setRun({ kind: 'running', progress: null });
    let inputs: SessionInputs;
    try {
      inputs = await this.deps.inputs();
    } catch (error) {
      if (this.current === mine && !mine.cancelled)
        this.setRun({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
      return;
    }
    if (this.current !== mine || mine.cancelled) return;
    const family = familyOf(inputs.studies, this.study);
    if (family.length === 0) {
      return this.setRun({ kind: 'failed', message: `The file has no study ${this.study} any more.` });
    }
    const found = new Map<string, Found>();
    const forecasts = new Map(family.map(({ name }) => [name, new Forecast()]));
    const skipped: string[] = [];
    const fingerprint = this.digest(inputs.scenario, family);
    const before = (mine.before ??= { record: this.record, fingerprint: this.fingerprint, key: this.key });
    const key = String(++this.runs);
    const show = (): void => {
      this.record = this.assemble(inputs.scenario, [...found.values()]);
      this.key = null;
      this.fingerprint = fingerprint;
      this.stale = false;
      this.basis++;
      this.deps.onView();
    };
    // Of the same file a run is asked for again to be computed again.
    const changed = before.record && before.fingerprint !== fingerprint ? before.record : null;
    if (changed) this.earlier = changed.result;
    const request: RunOrder = {
      ...{ scenario: inputs.scenario, studies: family, workers: this.deps.workers(), key },
      ...(changed ? { earlier: { key: before.key, text: () => textOf(changed) } } : {}),
    };
    mine.handle = this.deps.start(request, (message) => {
      if (this.current !== mine) return;
      if (message.type === 'progress') {
        const { study, progress } = message;
        const spec = family.find(({ name }) => name === study);
        const total = spec ? expectedTotal(progress, spec, forecasts.get(study)!) : progress.total;
        this.advance(mine, progress, total, inputs.scenario.currency);
      } else if (message.type === 'skipped') {
        skipped.push(`${message.study}: ${message.message}.`);
      } else if (message.result.kind !== 'characterize' || hasPoints(message.result)) {
        // A region without points is no news; what was there before stays in sight.
        if (message.result.kind === 'characterize') forecasts.get(message.result.name)?.saw(message.result);
        found.set(message.result.name, { result: message.result, plans: message.plans });
        show();
      }
    });
    const end = await mine.handle.end;
    if (this.current !== mine) return;
    if (end.kind === 'done' && found.size > 0) this.key = key;
    if (found.size > 0) await this.keep(before, fingerprint, [...found.values()]);
    this.over(mine, end, skipped.join(' '));
  }

  /**
   * Adds the answer to the result; a run that is under way is replaced. What counts is the scenario of the result, not
   * what the file says by now. Resolves when there is an answer, or none.
   */
  async ask(question: Question): Promise<void> {
    const { record, fingerprint } = this;
    if (!record || fingerprint === null) return;
    this.abandon();
    const mine: CurrentRun = { handle: null, cancelled: false };
    this.current = mine;
    this.setRun({ kind: 'running', progress: null });
    const { currency } = record.result.scenario;
    let failure = '';
    const { study, basis } = this;
    const request = { result: textOf(record), study, question, basis, workers: this.deps.workers() };
    mine.handle = this.deps.start(request, (message) => {
      if (this.current !== mine) return;
      if (message.type === 'progress') {
        this.advance(mine, message.progress, message.progress.total, currency);
      } else if (message.type === 'skipped') {
        failure = `${message.message}.`;
      } else {
        this.record = withStudy(this.record ?? record, message.result, message.plans);
        this.key = null;
        this.deps.onView();
      }
    });
    const end = await mine.handle.end;
    if (this.current !== mine) return;
    await this.deps.save(this.study, { fingerprint, record: this.record ?? record });
    this.over(mine, end, failure);
  }

  /** Ends the run; what was found stays, and what its process still says within a second is added to it. */
  cancel(): void {
    if (!this.current) return;
    this.current.cancelled = true;
    this.current.handle?.cancel();
    // Nobody who has stopped something waits to hear of it until the process has ended and the last picture is drawn.
    this.setRun({ kind: 'cancelled' });
  }

  dispose(): void {
    this.abandon();
    this.deps.endProcess();
  }

  private abandon(): void {
    this.current?.handle?.cancel();
    if (this.current) this.current.cancelled = true;
    this.current = null;
  }

  /** A run that ended early does not take the place of a whole result for the same file. */
  private async keep(before: Before, fingerprint: string, found: readonly Found[]): Promise<void> {
    const whole = (list: readonly StudyResult[]) => list.some((r) => r.kind === 'characterize' && !r.partial);
    const same = before.fingerprint === fingerprint ? before.record : null;
    const better = same && whole(same.result.studies) && !whole(found.map((f) => f.result)) ? same : null;
    const record = better ?? this.record;
    if (better) {
      this.record = better;
      this.key = before.key;
      this.basis++;
      this.deps.onView();
    }
    await this.compare();
    if (record && !better) await this.deps.save(this.study, { fingerprint, record });
  }

  private assemble(scenario: Scenario, found: readonly Found[]): StudyRecord {
    const { generator } = this.deps;
    const studies = found.map((f) => f.result);
    return {
      result: { format: RESULT_FORMAT, version: RESULT_VERSION, generator, scenario, studies },
      plans: found.flatMap((f) => f.plans),
    };
  }

  private digest(scenario: Scenario, family: readonly StudySpec[]): string {
    return fingerprintOf(scenario, family, this.deps.generator.version);
  }

  private setRun(run: RunStatus): void {
    this.run = run;
    this.deps.onStatus();
  }

  /** Says how a run has ended, unless another one has been started meanwhile or it was stopped, which is said already. */
  private over(run: CurrentRun, end: RunEnd, failure: string): void {
    if (this.current !== run) return;
    this.current = null;
    if (end.kind === 'cancelled') return;
    if (end.kind === 'failed') this.setRun(end);
    else if (failure) this.setRun({ kind: 'failed', message: failure });
    else this.setRun({ kind: 'idle' });
  }

  /** @param expected number of jobs, as far as can be told */
  private advance(run: CurrentRun, progress: StudyProgress, expected: number | null, currency: string): void {
    if (run.cancelled) return;
    const before = this.run.kind === 'running' ? this.run.progress?.phase : undefined;
    this.run = { kind: 'running', progress: this.progress(progress, expected, currency) };
    const now = performance.now();
    if (progress.phase === before && now - this.told < TELL_EVERY_MS) return;
    this.told = now;
    this.deps.onStatus();
  }

  private progress(p: StudyProgress, expected: number | null, currency: string): RunProgress {
    const { phase, done, total, subsidyCap, direction = null, elapsedSeconds } = p;
    const known = expected !== null && done > 0 && expected >= done;
    return {
      phase,
      done,
      total,
      subsidyCap,
      budget: subsidyCap === undefined ? null : capLabel(subsidyCap, currency),
      direction: direction && [...direction],
      elapsedSeconds,
      remainingSeconds: known ? (elapsedSeconds * (expected - done)) / done : null,
    };
  }
}

/** The number of directions, where it is not known beforehand as far as the gaps found tell. */
function expectedTotal(progress: StudyProgress, spec: StudySpec, forecast: Forecast): number | null {
  const { total, direction, subsidyCap, interval } = progress;
  // Over a range of times the budgets are refined anew in each of them.
  if (total !== null || spec.kind !== 'characterize' || interval) return total;
  if (direction && subsidyCap !== undefined) forecast.heard(subsidyCap);
  return spec.directions.kind === 'until-gap' ? forecast.total(spec.subsidyCaps, spec.directions.gap) : null;
}

const hasPoints = (result: CharacterizeResult): boolean =>
  result.regions.some((r) => r.points.length > 0 || r.infeasible);

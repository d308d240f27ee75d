/**
 * Questions to the region of a characterize study. A session is opened once, from the points of a result where there is
 * one, else from starting states of its own; then each question is a job of its own.
 */
import type { Engine, EngineContext } from '../engine/engine.js';
import type { IntervalRegion } from '../feeder/region.js';
import type { ClassState } from '../region/class-model.js';
import { sweepDirections } from '../region/directions.js';
import type { RegionInput } from '../region/region-context.js';
import type { FeederJob, ReferenceAnswer, ReferenceJob, RegionJob } from '../region/region-jobs.js';
import { everyPattern, responsesTo } from '../region/starts.js';
import type { CharacterizeResult, LoadSpread, Plan, Point, PointQuery } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { RunOptions } from '../study-run.js';
import type { Axis, SubsidyCap } from '../study-spec.js';
import type { KnownPlan } from './known-states.js';
import type { QueryInput } from './query-context.js';
import type { EstimateJob, PointQueryJob, QueryJob, SpreadJob } from './query-jobs.js';

/** Angle of the patterns of the starting states where there is no result to start from, degrees. */
const PATTERN_DEGREES = 45;
const MS_PER_SECOND = 1000;

export interface PointRequest {
  targetMw: readonly number[];
  subsidyCap: SubsidyCap;
}

export interface AskOptions {
  signal?: AbortSignal;
  onAnswer?: (answer: PointQuery, index: number) => void;
}

export interface SessionOptions extends Pick<RunOptions, 'engine' | 'signal' | 'onProgress'> {
  /** A result of the study: its certified points are starts, and setting up takes a second instead of several. */
  result?: CharacterizeResult;
}

let sessions = 0;

export class QuerySession {
  private constructor(
    private readonly engine: Engine,
    private readonly shared: EngineContext,
    readonly axes: readonly Axis[],
  ) {}

  /** @throws NoPathError, TooManyPathsError */
  static async open(
    scenario: Scenario,
    axes: readonly Axis[],
    options: SessionOptions,
  ): Promise<QuerySession> {
    const key = `query ${sessions++}`;
    const input: RegionInput = { scenario, axes: [...axes], feeder: null };
    const feeder = scenario.feeder ? await feederRegions(key, input, options) : null;
    const known = options.result ? knownPlans(options.result) : [];
    const states = known.length > 0 ? [] : await startingStates(key, { ...input, feeder }, options);
    const data: QueryInput = { ...input, feeder, known, states };
    return new QuerySession(options.engine, { key: `${key} ready`, data }, axes);
  }

  /**
   * Answers in the order of the requests.
   * @throws AbortError when stopped; what was answered before was handed to `onAnswer`.
   */
  ask(requests: readonly PointRequest[], { signal, onAnswer }: AskOptions = {}): Promise<PointQuery[]> {
    const jobs = requests.map(({ targetMw, subsidyCap }): PointQueryJob => ({
      kind: 'point-query',
      targetMw: [...targetMw],
      subsidyCap,
    }));
    return this.run<PointQuery>(jobs, { signal, onResult: onAnswer });
  }

  /** The least subsidy interpolated between what is known, money: an estimate. Null outside of it. */
  async estimate(
    targetsMw: readonly (readonly number[])[],
    { signal }: Pick<AskOptions, 'signal'> = {},
  ): Promise<(number | null)[]> {
    const job: EstimateJob = {
      kind: 'price-estimate',
      targetsMw: targetsMw.map((targetMw) => [...targetMw]),
    };
    const [estimates] = await this.run<(number | null)[]>([job], { signal });
    return estimates;
  }

  /** What the coupons of points can bring about besides the points; null for a plan of another scenario. */
  spreads(
    points: readonly Point[],
    {
      signal,
      onSpread,
    }: { signal?: AbortSignal; onSpread?: (spread: LoadSpread | null, index: number) => void } = {},
  ): Promise<(LoadSpread | null)[]> {
    const jobs = points.map(({ plan }): SpreadJob => ({ kind: 'load-spread', plan: knownPlan(plan) }));
    return this.run<LoadSpread | null>(jobs, { signal, onResult: onSpread });
  }

  private run<R>(
    jobs: readonly QueryJob[],
    options: { signal?: AbortSignal; onResult?: (result: R, index: number) => void },
  ): Promise<R[]> {
    return this.engine.run<R>(this.shared, jobs, options);
  }
}

/** Every certified point once, with what a start needs of its plan. */
function knownPlans(result: CharacterizeResult): KnownPlan[] {
  const points: Point[] = [
    ...result.regions.flatMap((region) => region.points),
    ...(result.queries ?? []).flatMap(({ point }) => (point ? [point] : [])),
  ];
  const byPosition = new Map<string, KnownPlan>();
  for (const { positionMw, certificate, plan } of points) {
    if (certificate.status !== 'certified') continue;
    byPosition.set(`${positionMw.join()} ${certificate.subsidy}`, knownPlan(plan));
  }
  return [...byPosition.values()];
}

function knownPlan({ coupons, flows }: Plan): KnownPlan {
  return { coupons, flows: flows.filter(({ traveller }) => traveller !== 'regular') };
}

async function feederRegions(
  key: string,
  data: RegionInput,
  options: SessionOptions,
): Promise<IntervalRegion[]> {
  const jobs = Array.from({ length: data.scenario.intervals }, (_, interval): FeederJob => ({
    kind: 'feeder-interval',
    interval,
  }));
  return runRegionJobs(options, { key: `${key} feeder`, data }, jobs, 'what the feeder can serve');
}

/** Responses of each class to simple coupon patterns, as a characterize study makes them. */
async function startingStates(
  key: string,
  data: RegionInput,
  options: SessionOptions,
): Promise<ClassState[][]> {
  const shared = { key: `${key} starts`, data };
  const directions = sweepDirections(data.axes.length, PATTERN_DEGREES);
  const reference: ReferenceJob = { kind: 'reference', directions };
  const [{ patterns }] = await runRegionJobs<ReferenceAnswer>(
    options,
    shared,
    [reference],
    'starting points',
  );
  const responses = await responsesTo(everyPattern(patterns), directions, (jobs) =>
    runRegionJobs(options, shared, jobs, 'starting points'),
  );
  return responses.map((states) => [...states.keys()]);
}

function runRegionJobs<R>(
  { engine, signal, onProgress }: SessionOptions,
  shared: EngineContext,
  jobs: readonly RegionJob[],
  phase: string,
): Promise<R[]> {
  const began = performance.now();
  let done = 0;
  return engine.run<R>(shared, jobs, {
    signal,
    onResult: () =>
      onProgress?.({
        phase,
        done: ++done,
        total: jobs.length,
        elapsedSeconds: (performance.now() - began) / MS_PER_SECOND,
      }),
  });
}

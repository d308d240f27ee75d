/**
 * Which reinforcement buys most flexibility: the derivative of each region's measure to its budget, coupon caps, ports
 * and line limits. The measure of a hull grows with its vertices along their normals, and how far a vertex moves
 * along its normal is what the support in that direction does.
 */
import type { Job } from '../engine/engine.js';
import type { IntervalRegion } from '../feeder/region.js';
import { norm } from '../geometry/vector.js';
import type { Highs } from '../highs/load.js';
import type { KnownPlan } from '../query/known-states.js';
import { KnownStates } from '../query/known-states.js';
import { settleRoads } from '../region/certificate.js';
import { keptFeeder } from '../region/kept-feeder.js';
import type { RegionInput } from '../region/region-context.js';
import { RegionContext } from '../region/region-context.js';
import type { FeederJob } from '../region/region-jobs.js';
import type { CharacterizeResult, IntervalResult, Region, Sensitivity } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { RunOptions } from '../study-run.js';
import { vertexNormals } from './measure.js';
import type { SupportSensitivity } from './support-sensitivity.js';
import { supportSensitivity } from './support-sensitivity.js';

/** The support at one point of a region. */
export interface SensitivityJob extends Job {
  kind: 'sensitivity';
  plan: KnownPlan;
  direction: number[];
  budgetBinds: boolean;
}

export function isSensitivityJob(job: Job): job is SensitivityJob {
  return job.kind === 'sensitivity';
}

let held: { key: string; context: RegionContext; known: KnownStates } | undefined;

export function runSensitivityJob(
  highs: Highs,
  key: string,
  input: RegionInput,
  { plan, direction, budgetBinds }: SensitivityJob,
): SupportSensitivity | null {
  if (held?.key !== key) {
    held?.context.dispose();
    const context = new RegionContext(highs, input);
    held = { key, context, known: new KnownStates(context) };
  }
  const { context, known } = held;
  context.reset();
  const states = known.statesOf(plan);
  // Under the road times of the point itself, as its certificate has them.
  const settled = states && settleRoads(context, states);
  return settled && supportSensitivity(highs, context, settled, direction, budgetBinds);
}

let runs = 0;

type Options = Pick<RunOptions, 'engine' | 'signal' | 'onProgress'>;

/**
 * The result with the sensitivities of all its regions of full dimension; a flat region has none, since what would
 * give it volume is no small change. The result as it was when it is cancelled.
 */
export async function withSensitivities(
  scenario: Scenario,
  result: CharacterizeResult,
  options: Options,
): Promise<CharacterizeResult> {
  try {
    return await compute(scenario, result, options);
  } catch (error) {
    if (!options.signal?.aborted) throw error;
    return result;
  }
}

async function compute(
  scenario: Scenario,
  result: CharacterizeResult,
  { engine, signal, onProgress }: Options,
): Promise<CharacterizeResult> {
  const started = performance.now();
  const key = `sensitivity ${runs++}`;
  let feeder: IntervalRegion[] | null = null;
  if (scenario.feeder) {
    const kept = keptFeeder(result.feederRegions ?? [], scenario, scenario);
    const jobs = Array.from({ length: scenario.intervals }, (_, interval): FeederJob => ({
      kind: 'feeder-interval',
      interval,
      known: kept.find((region) => region.interval === interval),
    }));
    const bare: RegionInput = { scenario, axes: result.axes, feeder: null };
    feeder = await engine.run<IntervalRegion>({ key: `${key} feeder`, data: bare }, jobs, { signal });
  }
  const all = [result, ...(result.laterIntervals ?? [])];
  const regions = all.flatMap(({ regions: list }) => list);
  let done = 0;
  const ofInterval = async (
    { axes, regions: list }: Omit<IntervalResult, 'interval'>,
    index: number,
  ): Promise<Region[]> => {
    const shared = { key: `${key} ${index}`, data: { scenario, axes, feeder } satisfies RegionInput };
    const answers: Region[] = [];
    for (const region of list) {
      const found = region.dimension === axes.length ? vertexJobs(region) : [];
      const supports = await engine.run<SupportSensitivity | null>(
        shared,
        found.map(({ job }) => job),
        { signal },
      );
      const moved = found.flatMap(({ area }, k) => {
        const support = supports[k];
        return support ? [{ area, support }] : [];
      });
      // Vertices whose step has no answer say nothing; what most of them say is worth having, what few say is not.
      const enough = moved.length > 0 && moved.length >= ENOUGH * found.length;
      answers.push(enough ? { ...region, sensitivities: sum(scenario, region, moved) } : region);
      const elapsedSeconds = (performance.now() - started) / MS_PER_SECOND;
      onProgress?.({ phase: 'sensitivities', done: ++done, total: regions.length, elapsedSeconds });
    }
    return answers;
  };
  const [first, ...later] = all;
  const own = await ofInterval(first, 0);
  const others: IntervalResult[] = [];
  for (const [index, each] of later.entries()) {
    const { interval } = each as IntervalResult;
    others.push({ ...each, interval, regions: await ofInterval(each, index + 1) });
  }
  return { ...result, regions: own, ...(others.length > 0 ? { laterIntervals: others } : {}) };
}

const MS_PER_SECOND = 1000;
/** Share of the vertices that must have an answer. */
const ENOUGH = 0.9;
/** A point that spends this share of its budget is held by it: searches end a little below. */
const SPENT_SHARE = 0.95;
/** Vertices are certified points to this, MW. */
const SAME_POINT_MW = 1e-9;

/** A job for each vertex that has a part of the surface, and how large that is. */
function vertexJobs({ hull, points, subsidyCap }: Region): { job: SensitivityJob; area: number }[] {
  const normals = vertexNormals(hull);
  return hull.vertices.flatMap((vertex, index) => {
    const area = norm(normals[index]);
    const point = points.find(({ positionMw }) =>
      positionMw.every((value, axis) => Math.abs(value - vertex[axis]) <= SAME_POINT_MW),
    );
    if (!point || area === 0) return [];
    const { coupons, flows } = point.plan;
    const direction = normals[index].map((component) => 0 - component / area);
    const budgetBinds = subsidyCap !== null && point.certificate.subsidy >= SPENT_SHARE * subsidyCap;
    return [{ job: { kind: 'sensitivity', plan: { coupons, flows }, direction, budgetBinds }, area }];
  });
}

/** d measure = − Σ area · d support, since supports are minimised; every parameter of the scenario, in its order. */
function sum(
  { stations, feeder, currency }: Scenario,
  { subsidyCap }: Region,
  moved: readonly { area: number; support: SupportSensitivity }[],
): Sensitivity[] {
  const total = (of: (support: SupportSensitivity) => number): number =>
    moved.reduce((measure, { area, support }) => measure - area * of(support), 0);
  const list: Sensitivity[] = [];
  if (subsidyCap !== null) {
    const perUnit = total(({ budget }) => budget);
    list.push({
      ...{ parameter: 'budget', element: null, service: null, value: subsidyCap, unit: currency, perUnit },
    });
  }
  for (const { id, charging, v2g } of stations) {
    for (const [service, of] of [['charging', charging] as const, ['v2g', v2g] as const]) {
      if (!of) continue;
      const at = ({ services }: SupportSensitivity) =>
        services.find(({ station, kind }) => station === id && kind === service);
      const { couponCapPerVehicle: cap, ports } = of;
      if (cap !== null) {
        const perUnit = total((support) => at(support)?.couponCap ?? 0);
        list.push({ parameter: 'coupon cap', element: id, service, value: cap, unit: currency, perUnit });
      }
      const perUnit = total((support) => at(support)?.ports ?? 0);
      list.push({ parameter: 'ports', element: id, service, value: ports, unit: 'port', perUnit });
    }
  }
  for (const { id, limitA } of feeder?.lines ?? []) {
    if (limitA === null) continue;
    const perUnit = total(({ lines }) => lines[id] ?? 0);
    list.push({ parameter: 'line limit', element: id, service: null, value: limitA, unit: 'A', perUnit });
  }
  return list;
}

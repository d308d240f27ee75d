/**
 * The dispatch study: the cheapest operation of stations and feeder over the horizon under each tier of subsidy, with
 * the traffic at equilibrium and the reserve served, and where its loads lie in the regions of the study it names.
 */
import type { IntervalRegion } from '../feeder/region.js';
import { dot } from '../geometry/vector.js';
import type { CharacterizeResult, DispatchResult, Point } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { RunOptions } from '../study-run.js';
import type { DispatchSpec, SubsidyCap } from '../study-spec.js';
import { averageChargingPrice } from './cost-model.js';
import type { DispatchInput } from './dispatch-context.js';
import type { DispatchFeederJob, TierAnswer, TierJob } from './dispatch-jobs.js';

/** An operating point this close to a facet is on the boundary, MW; it counts as inside. */
export const BOUNDARY_MW = 1e-3;
/** Points of the region to start from: enough to have one near any corner. */
const KNOWN_POINTS = 150;
const MS_PER_SECOND = 1000;

let studies = 0;

/** @param region the result of the study that `spec.region` names. */
export async function dispatch(
  scenario: Scenario,
  spec: DispatchSpec,
  region: CharacterizeResult,
  options: RunOptions,
): Promise<DispatchResult> {
  const started = performance.now();
  const progress = (phase: string, done: number, total: number, subsidyCap?: SubsidyCap): void =>
    options.onProgress?.({
      phase,
      done,
      total,
      subsidyCap,
      direction: null,
      elapsedSeconds: (performance.now() - started) / MS_PER_SECOND,
    });
  const key = `dispatch ${studies++}`;
  const { reserve } = spec;
  const bare: DispatchInput = { scenario, axes: region.axes, reserve, feeder: null, known: [] };
  const { signal } = options;
  let feeder: IntervalRegion[] | null = null;
  if (scenario.feeder) {
    const jobs = Array.from({ length: scenario.intervals }, (_, interval): DispatchFeederJob => ({
      kind: 'dispatch-feeder',
      interval,
    }));
    let done = 0;
    progress('feeder', 0, jobs.length);
    feeder = await options.engine.run<IntervalRegion>({ key: `${key} feeder`, data: bare }, jobs, {
      signal,
      onResult: () => progress('feeder', ++done, jobs.length),
    });
  }
  const tiers: SubsidyCap[] = spec.tiers.length > 0 ? [...spec.tiers].sort((a, b) => a - b) : [null];
  const known = knownPoints(region).map(({ plan }) => plan.coupons);
  const jobs = tiers.map((tier): TierJob => ({ kind: 'dispatch-tier', tier }));
  let done = 0;
  progress('dispatch', 0, jobs.length, tiers[0]);
  const answers = await options.engine.run<TierAnswer>(
    { key: `${key} tiers`, data: { ...bare, feeder, known } satisfies DispatchInput },
    jobs,
    { signal, onResult: (_, index) => progress('dispatch', ++done, jobs.length, tiers[index]) },
  );
  return resultOf(scenario, spec, region, answers);
}

/** Points spread over all budgets, each once. */
function knownPoints(region: CharacterizeResult): Point[] {
  const points = [...new Set(region.regions.flatMap((one) => one.points))].filter(
    ({ certificate }) => certificate.status === 'certified',
  );
  const every = Math.max(1, Math.ceil(points.length / KNOWN_POINTS));
  return points.filter((_, index) => index % every === 0);
}

function resultOf(
  scenario: Scenario,
  spec: DispatchSpec,
  region: CharacterizeResult,
  answers: readonly TierAnswer[],
): DispatchResult {
  const tiered = spec.tiers.length > 0;
  const solved = inherit(answers);
  const chosen = solved.reduce<TierAnswer | null>(
    // The smallest of the tiers that cost least.
    (best, one) =>
      one.optimum && (!best?.optimum || one.optimum.costs.total < best.optimum.costs.total) ? one : best,
    null,
  );
  const point = chosen?.optimum ? withCap(chosen.optimum.point, chosen.tier) : null;
  return {
    kind: 'dispatch',
    name: spec.name,
    region: spec.region,
    reserve: spec.reserve,
    tier: tiered ? (chosen?.tier ?? null) : null,
    subsidy: chosen?.optimum?.costs.subsidy ?? null,
    averageChargingPricePerKwh: averageChargingPrice(scenario),
    costs: chosen?.optimum?.costs ?? null,
    point,
    regions: point ? region.regions.map((one) => membership(one, point)) : [],
    tiers: solved.map(({ tier, optimum, infeasible }) => ({
      subsidyCap: tier,
      feasible: optimum !== null,
      total: optimum?.costs.total ?? null,
      reason: optimum ? null : reasonOf(tier, scenario.currency, infeasible),
      infeasible: optimum ? null : infeasible,
    })),
  };
}

/** Every answer serves every tier that it keeps to, whichever it was found for: the cheapest of them counts. */
function inherit(answers: readonly TierAnswer[]): TierAnswer[] {
  const optima = answers.flatMap(({ optimum }) => (optimum ? [optimum] : []));
  return answers.map((answer) => {
    const within = optima.filter(({ costs }) => costs.subsidy <= (answer.tier ?? Infinity));
    const own = answer.optimum ? [answer.optimum] : [];
    const [best] = [...own, ...within].sort((a, b) => a.costs.total - b.costs.total);
    return best ? { ...answer, optimum: best, infeasible: null } : answer;
  });
}

const withCap = (point: Point, subsidyCap: SubsidyCap): Point => ({
  ...point,
  certificate: { ...point.certificate, subsidyCap },
});

function reasonOf(tier: SubsidyCap, currency: string, infeasible: TierAnswer['infeasible']): string {
  const with_ = tier === null ? 'with any coupons' : `with ${tier} ${currency} of coupons`;
  if (!infeasible) return `${with_} no equilibrium was found that keeps to all limits`;
  return `${with_} the closest loads found cannot be served: ${infeasible.message}`;
}

/**
 * The least room to a facet's plane, MW: positive inside, negative by how far the farthest plane is crossed outside. The
 * hull that was found is an inner one: a point whose coupons a budget pays is a point of its region, as its certificate
 * proves (the feeder without the reserve), wherever it lies.
 */
function membership(
  { subsidyCap, hull }: CharacterizeResult['regions'][number],
  { positionMw, certificate }: Point,
): DispatchResult['regions'][number] {
  const distanceMw = Math.min(
    ...hull.halfspaces.map(({ normal, offset }) => offset - dot(normal, positionMw)),
  );
  const isPaid = certificate.subsidy <= (subsidyCap ?? Infinity);
  return { subsidyCap, inside: isPaid || distanceMw >= -BOUNDARY_MW, distanceMw };
}

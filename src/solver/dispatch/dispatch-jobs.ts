/** The independent parts of a dispatch study: the feeder's region of an interval, and the best dispatch of a tier. */
import type { Job } from '../engine/engine.js';
import { explainInfeasibility } from '../feeder/infeasibility.js';
import { FeederOperator } from '../feeder/operate.js';
import type { IntervalRegion } from '../feeder/region.js';
import { buildIntervalRegion } from '../feeder/region.js';
import { casesOf } from '../feeder/scenario-model.js';
import type { Highs } from '../highs/load.js';
import { certify, settleRoads } from '../region/certificate.js';
import type { ClassState } from '../region/class-model.js';
import { GRID_TOLERANCE_MW, reachableLoadsMw } from '../region/feeder-coupling.js';
import { subsidyOf } from '../region/local-search.js';
import type { Infeasibility, Point } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import type { DispatchCosts } from './cost-model.js';
import { costTerms } from './cost-model.js';
import type { DispatchInput } from './dispatch-context.js';
import { DispatchContext } from './dispatch-context.js';
import type { AffordableState } from './dispatch-search.js';
import { closer, searchDispatch } from './dispatch-search.js';
import type { StartPool } from './starts.js';
import { bestStarts, startPool } from './starts.js';

/** Searches per tier. */
const STARTS = 3;
/** Renewed road times move loads and subsidies a little: a short search close by brings them back, with the first radius that does. */
const POLISH_RADII = [0.4, 0.1, 1.5] as const;
const POLISH_STEPS = 16;
const MAX_POLISHES = 4;
/** After an overspent polish the next one aims below the tier by this many times the overspending. */
const OVERSPENDING_MARGIN = 1.5;
const MINUTES_PER_HOUR = 60;

export interface DispatchFeederJob extends Job {
  kind: 'dispatch-feeder';
  interval: number;
}

export interface TierJob extends Job {
  kind: 'dispatch-tier';
  tier: SubsidyCap;
}

export type DispatchJob = DispatchFeederJob | TierJob;

export interface TierAnswer {
  tier: SubsidyCap;
  /** Null when no operating point could be certified. */
  optimum: { point: Point; costs: DispatchCosts } | null;
  /** Why there is none, where the feeder stands in the way. */
  infeasible: Infeasibility | null;
  /** Linear programmes solved. */
  solves: number;
}

export function isDispatchJob(job: Job): job is DispatchJob {
  return job.kind === 'dispatch-feeder' || job.kind === 'dispatch-tier';
}

let held: { key: string; context: DispatchContext; pool: StartPool | null } | undefined;

export function runDispatchJob(
  highs: Highs,
  key: string,
  input: DispatchInput,
  job: DispatchJob,
): IntervalRegion | TierAnswer {
  if (held?.key !== key) {
    held?.context.dispose();
    held = { key, context: new DispatchContext(highs, input), pool: null };
  }
  const { context } = held;
  if (job.kind === 'dispatch-feeder') return feederInterval(highs, context, job.interval);
  context.reset();
  held.pool ??= startPool(context);
  return solveTier(highs, context, held.pool, job.tier);
}

function feederInterval(highs: Highs, { region, input }: DispatchContext, interval: number): IntervalRegion {
  const { feederModel, model, choices } = region;
  if (!feederModel) throw new Error('the scenario has no feeder');
  const box = reachableLoadsMw(
    model,
    choices.map((choice) => ({ choice })),
    interval,
  );
  return buildIntervalRegion(highs, feederModel, interval, input.reserve, box);
}

function solveTier(highs: Highs, context: DispatchContext, pool: StartPool, tier: SubsidyCap): TierAnswer {
  const budget = tier ?? Infinity;
  const found: { states: ClassState[]; total: number }[] = [];
  let closest: AffordableState | null = null;
  let solves = 0;
  // Without coupons nothing is overspent: a tier without another answer may still have this one.
  for (const start of [...bestStarts(context, pool, budget, STARTS), pool.couponFree]) {
    const { best, closest: met, steps } = searchDispatch(context, start, budget);
    solves += steps;
    if (best) found.push(best);
    closest = closer(closest, met);
  }
  found.sort((a, b) => a.total - b.total);
  for (const { states } of found) {
    context.reset();
    const optimum = polish(highs, context, states, tier);
    if (optimum) return { tier, optimum, infeasible: null, solves };
  }
  const nearest = closest?.states ?? pool.couponFree;
  return { tier, optimum: null, infeasible: explain(highs, context, nearest), solves };
}

/** Road times and stations brought into agreement, the feeder operated at least cost, and all of it certified. */
function polish(
  highs: Highs,
  context: DispatchContext,
  states: readonly ClassState[],
  tier: SubsidyCap,
): TierAnswer['optimum'] {
  const { region } = context;
  let budget = tier ?? Infinity;
  let current = settleRoads(region, states);
  for (let round = 0; current && round < MAX_POLISHES; round++) {
    const overspent = subsidyOf(current) - (tier ?? Infinity);
    const isServed = !region.grid || region.grid.violationMw(current) <= GRID_TOLERANCE_MW;
    if (overspent <= 0 && isServed && (round > 0 || !Number.isFinite(budget))) {
      const { point, cuts } = certify(region, current, context.positionMw, null, tier);
      if (point.certificate.status === 'certified') return operated(highs, context, current, point);
      region.grid?.add(cuts);
    }
    if (overspent > 0) budget = Math.min(budget, tier ?? Infinity) - OVERSPENDING_MARGIN * overspent;
    let best: ReturnType<typeof searchDispatch>['best'] = null;
    for (const firstRadius of POLISH_RADII) {
      best ??= searchDispatch(context, current, budget, { firstRadius, maxSteps: POLISH_STEPS }).best;
    }
    if (!best) return null;
    current = settleRoads(region, best.states);
  }
  return null;
}

function operated(
  highs: Highs,
  { region, input }: DispatchContext,
  states: readonly ClassState[],
  point: Point,
): TierAnswer['optimum'] {
  const { scenario, reserve } = input;
  if (!region.feederModel) return { point, costs: costTerms(scenario, region.choices, states, null) };
  const operator = new FeederOperator(highs, region.feederModel);
  try {
    const loads = Array.from({ length: scenario.intervals }, (_, interval) =>
      scenario.stations.map(({ id }) => point.plan.stationLoadMw[id][interval]),
    );
    const { intervals, certificate, infeasibleCase } = operator.operate(loads, {
      reserve,
      objective: 'cost',
    });
    if (infeasibleCase || !certificate) return null;
    const { minVoltagePu, maxVoltagePu, maxLineLoading, acMismatchMw, fictitiousLossKw } = certificate;
    const grid = { minVoltagePu, maxVoltagePu, maxLineLoading, acMismatchMw, fictitiousLossKw };
    const feeder = intervals.map(({ state }) => state);
    return {
      point: {
        ...point,
        certificate: { ...point.certificate, ...grid },
        plan: { ...point.plan, feeder },
      },
      costs: costTerms(scenario, region.choices, states, feeder),
    };
  } finally {
    operator.dispose();
  }
}

/** What stands in the way of the loads that came closest: the first case that the feeder cannot serve. */
function explain(
  highs: Highs,
  context: DispatchContext,
  states: readonly ClassState[],
): Infeasibility | null {
  const { region, input } = context;
  const { feederModel } = region;
  if (!feederModel) return null;
  const { scenario, reserve } = input;
  for (let interval = 0; interval < scenario.intervals; interval++) {
    for (const operatingCase of casesOf(feederModel, interval, reserve)) {
      const minutes = scenario.startMinutes + interval * scenario.intervalHours * MINUTES_PER_HOUR;
      const when = `at ${clock(minutes)}`;
      const loads = context.loadsMw(states, interval);
      const why = explainInfeasibility(highs, feederModel, operatingCase, loads, when);
      if (why) return why;
    }
  }
  return null;
}

function clock(minutes: number): string {
  const pad = (value: number): string => String(value).padStart(2, '0');
  const whole = Math.round(minutes);
  return `${pad(Math.floor(whole / MINUTES_PER_HOUR) % 24)}:${pad(whole % MINUTES_PER_HOUR)}`;
}

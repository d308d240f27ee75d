/** The independent parts of a characterize study, as jobs that run anywhere and can be run again. */
import type { Highs } from '../highs/load.js';
import type { Job } from '../engine/engine.js';
import type { IntervalRegion, LoadHalfSpace } from '../feeder/region.js';
import { buildIntervalRegion } from '../feeder/region.js';
import type { StationBox } from '../feeder/operating-case.js';
import { explainInfeasibility } from '../feeder/infeasibility.js';
import type { Infeasibility, Point } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { SubsidyCap } from '../study-spec.js';
import type { BoundaryAnswer } from './boundary-point.js';
import { boundaryPoint } from './boundary-point.js';
import type { CombinedPoint } from './combined-point.js';
import { combinedPoint } from './combined-point.js';
import { certify, settleRoads } from './certificate.js';
import type { ClassState } from './class-model.js';
import { FIRST_SWEEP_DEGREES, sweepDirections } from './directions.js';
import { occupancyLoads, reachableLoadsMw, reachAlong } from './feeder-coupling.js';
import type { OccupancyLoads } from './feeder-rows.js';
import { subsidyOf } from './local-search.js';
import { movedPoint } from './moved-point.js';
import { outerSupportMw } from './outer-bound.js';
import { couponsOf, patternsFor } from './pool.js';
import type { KnownPlan } from '../query/known-states.js';
import { KnownStates } from '../query/known-states.js';
import type { RegionInput } from './region-context.js';
import { RegionContext } from './region-context.js';
import { scaledBack } from './scaled-back.js';

/** Responses of one class to patterns of the directions; null where drivers do not settle. */
export interface StartingStatesJob extends Job {
  kind: 'starting-states';
  classIndex: number;
  directions: number[][];
  /** Their places in the order of `patternsFor`. */
  patterns: number[];
}

/** The equilibrium without coupons, and what the caller has to know of the model to make jobs. */
export interface ReferenceJob extends Job {
  kind: 'reference';
  directions: number[][];
}

export interface ReferenceAnswer {
  point: Point;
  states: ClassState[];
  /** Number of coupon patterns per class. */
  patterns: number[];
  /** Per class, in the order of the states. */
  loads: OccupancyLoads[];
}

/**
 * Intervals without an axis are not shown, but searches keep to their regions, which may be this much too small, MW:
 * the evening peak measures what it does with two fifths of it, as far as runs agree, and these regions take half the time.
 */
const OTHER_INTERVALS_TOLERANCE_MW = 0.05;

/** The loads that the feeder can serve in one interval, over all that coupons could bring about. */
export interface FeederJob extends Job {
  kind: 'feeder-interval';
  interval: number;
  /** Of the same feeder, from before: taken as it is where it was built for all that coupons could bring about. */
  known?: IntervalRegion;
}

/** @param known intervals of the same feeder, from before. */
export function feederJobs({ intervals }: Scenario, known: readonly IntervalRegion[] = []): FeederJob[] {
  return Array.from({ length: intervals }, (_, interval) => ({
    kind: 'feeder-interval',
    interval,
    known: known.find((region) => region.interval === interval),
  }));
}

export interface BoundaryJob extends Job {
  kind: 'boundary';
  direction: number[];
  subsidyCap: SubsidyCap;
  /** One state per class; without coupons where there is none. */
  start: readonly ClassState[] | null;
  /** Of the search, money per vehicle. */
  firstRadius?: number;
  /** The start is near the optimum: a search from there ends once a step promises less than this, MW. */
  enoughMw?: number;
}

/** States of different points together, as a point of their own. */
export interface CombinationJob extends Job {
  kind: 'combination';
  states: ClassState[];
  subsidyCap: SubsidyCap;
}

/** Proven bounds of directions that are not searched along. */
export interface OuterSupportsJob extends Job {
  kind: 'outer-supports';
  directions: number[][];
}

/** States of earlier points under this scenario: their coupons and flows, made an equilibrium again. */
export interface EarlierStatesJob extends Job {
  kind: 'earlier-states';
  plans: (KnownPlan & { subsidyCap: SubsidyCap })[];
}

/** One per class each. */
export interface EarlierState {
  states: ClassState[];
  /** What the same coupons bring about, lowered where that overspends; null where none was found. */
  within: ClassState[] | null;
}

/** Why no equilibrium of the study is one that the feeder can serve. */
export interface ExplainJob extends Job {
  kind: 'explain';
  /** States per class, such as those that leave the feeder's region least. */
  states: ClassState[];
}

export type RegionJob =
  | StartingStatesJob
  | ReferenceJob
  | BoundaryJob
  | CombinationJob
  | OuterSupportsJob
  | FeederJob
  | ExplainJob
  | EarlierStatesJob;

let held: { key: string; context: RegionContext } | undefined;

/** The context of this thread; building it again for every job would cost more than the job. */
function contextFor(highs: Highs, key: string, input: RegionInput): RegionContext {
  if (held?.key === key) return held.context;
  held?.context.dispose();
  held = { key, context: new RegionContext(highs, input) };
  return held.context;
}

export function runRegionJob(
  highs: Highs,
  key: string,
  input: RegionInput,
  job: RegionJob,
):
  | (ClassState | null)[]
  | (EarlierState | null)[]
  | ReferenceAnswer
  | BoundaryAnswer
  | CombinedPoint
  | null
  | number[]
  | IntervalRegion
  | Infeasibility {
  const context = contextFor(highs, key, input);
  switch (job.kind) {
    case 'reference':
      return reference(context, job);
    case 'starting-states':
      return startingStates(context, job);
    case 'feeder-interval':
      return feederInterval(highs, context, job);
    case 'explain':
      return explainLoads(highs, context, job);
    case 'boundary':
      return boundary(context, job);
    case 'combination':
      return combinedPoint(context, job.states, job.subsidyCap);
    case 'outer-supports':
      return job.directions.map((each) => outerSupportMw(context.classes, context.feederCorners, each));
    case 'earlier-states':
      return earlierStates(context, job);
  }
}

function reference(context: RegionContext, { directions }: ReferenceJob): ReferenceAnswer {
  context.reset();
  const states = context.couponFree;
  // Without a subsidy to minimise the cheapest coupons are zero but for rounding: there are none.
  const settled = (settleRoads(context, states) ?? states).map((state) => ({
    ...state,
    coupon: new Float64Array(state.coupon.length),
    subsidy: 0,
  }));
  const { point } = certify(context, settled, context.positionMw, null, 0);
  return {
    point,
    states: settled,
    loads: context.classes.map(occupancyLoads),
    patterns: context.classes.map((model) => patternsFor(context.model, model, directions).length),
  };
}

function boundary(
  context: RegionContext,
  { start, direction, subsidyCap, firstRadius, enoughMw }: BoundaryJob,
): BoundaryAnswer {
  return enoughMw !== undefined && start
    ? movedPoint(context, start, direction, subsidyCap, enoughMw, firstRadius)
    : boundaryPoint(context, start ?? context.couponFree, direction, subsidyCap, firstRadius);
}

function earlierStates(context: RegionContext, { plans }: EarlierStatesJob): (EarlierState | null)[] {
  context.reset();
  const known = new KnownStates(context);
  return plans.map((plan) => {
    const states = known.statesOf(plan);
    if (!states) return null;
    const budget = plan.subsidyCap ?? Infinity;
    const held = known.responsesTo(plan, states);
    const overspends = held !== null && subsidyOf(held) > budget;
    return { states, within: overspends ? scaledBack(context.classes, held, budget) : held };
  });
}

function startingStates(
  context: RegionContext,
  { classIndex, directions, patterns }: StartingStatesJob,
): (ClassState | null)[] {
  context.reset();
  const model = context.classes[classIndex];
  const all = patternsFor(context.model, model, directions);
  return patterns.map((pattern) => model.respond(couponsOf(model, all[pattern])));
}

function feederInterval(
  highs: Highs,
  context: RegionContext,
  { interval, known }: FeederJob,
): IntervalRegion {
  const { feederModel, model, choices } = context;
  if (!feederModel) throw new Error('the scenario has no feeder');
  const classes = choices.map((choice) => ({ choice }));
  const box = reachableLoadsMw(model, classes, interval);
  const along = (directions: readonly number[][]): LoadHalfSpace[] =>
    reachAlong(model, classes, interval, directions);
  const shown = context.input.axes.some((axis) => axis.interval === interval);
  if (known && covers(known, box, along) && (known.bounded || !shown)) return known;
  if (shown) return buildIntervalRegion(highs, feederModel, interval, null, withRoom(box));
  return buildIntervalRegion(highs, feederModel, interval, null, withRoom(box), {
    outer: false,
    toleranceMw: OTHER_INTERVALS_TOLERANCE_MW,
    reach: along(sweepDirections(model.scenario.stations.length, FIRST_SWEEP_DEGREES)).map(
      ({ normal, offsetMw }) => ({ normal, offsetMw: farther(offsetMw) }),
    ),
  });
}

/**
 * Loads are asked for this much farther than coupons could bring them about: after a small change of demand or ports the
 * feeder's regions still hold. Takes a tenth longer.
 */
const ROOM_SHARE = 0.125;

const farther = (loadMw: number): number => loadMw + ROOM_SHARE * Math.abs(loadMw);

function withRoom({ minMw, maxMw }: StationBox): StationBox {
  return { minMw: minMw.map((load) => -farther(-load)), maxMw: maxMw.map(farther) };
}

/** Half-spaces hold inside the box, and where that was told within the reach, that they were built for. */
function covers(
  { box: known, reach = [] }: IntervalRegion,
  box: StationBox,
  along: (directions: readonly number[][]) => LoadHalfSpace[],
): boolean {
  const now = along(reach.map(({ normal }) => normal));
  return (
    box.minMw.every(
      (min, station) => min >= known.minMw[station] && box.maxMw[station] <= known.maxMw[station],
    ) && reach.every(({ offsetMw }, index) => now[index].offsetMw <= offsetMw)
  );
}

/** The interval in which the loads are farthest from what the feeder can serve, and what would have to give. */
export function explainLoads(
  highs: Highs,
  context: RegionContext,
  { states }: Pick<ExplainJob, 'states'>,
): Infeasibility {
  const { grid, feederModel: feeder, model } = context;
  const { startMinutes, intervalHours } = model.scenario;
  let worst: Infeasibility | null = null;
  for (let interval = 0; grid && feeder && interval < model.horizon; interval++) {
    const operatingCase = { interval, reserve: null };
    const when = `at ${clock(startMinutes + interval * intervalHours * MINUTES_PER_HOUR)}`;
    const found = explainInfeasibility(highs, feeder, operatingCase, grid.loadsMw(states, interval), when);
    if (found && (!worst || largest(found) > largest(worst))) worst = found;
  }
  return (
    worst ?? {
      message:
        'no equilibrium within the budget was found that the feeder can serve in every interval at once',
      limits: [],
    }
  );
}

const MINUTES_PER_HOUR = 60;

function largest({ limits }: Infeasibility): number {
  return limits.reduce((most, { relaxation }) => Math.max(most, Math.abs(relaxation)), 0);
}

function clock(minutes: number): string {
  const whole = Math.round(minutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(whole / MINUTES_PER_HOUR))}:${two(whole % MINUTES_PER_HOUR)}`;
}

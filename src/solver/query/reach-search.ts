/**
 * From a starting state to the cheapest coupons that bring a position about: sequential linear programmes that minimise
 * the subsidy with the loads held at the target; each answer is made an exact equilibrium at the target again, so that
 * two answers differ in what they cost and in nothing else.
 */
import type { FeederCoupling } from '../region/feeder-coupling.js';
import { GRID_TOLERANCE_MW } from '../region/feeder-coupling.js';
import type { ClassState } from '../region/class-model.js';
import { subsidyOf } from '../region/local-search.js';
import { aimsOf, RESTORATION_WEIGHTS } from '../region/restoration.js';
import type { EpigraphRow } from '../region/step-rows.js';
import type { Steered, Steering } from './position.js';
import { positionOf, respond, steerTo } from './position.js';
import type { QueryContext } from './query-context.js';

/** Trust radii of the coupons, money per vehicle. Measured: ending at 0.05 takes a third more time and saves nothing. */
const FIRST_RADIUS = 3;
const LARGEST_RADIUS = 8;
const LAST_RADIUS = 0.2;
const MAX_STEPS = 18;
/** After coupons outside the window were given up, money per vehicle. */
const RELEASED_RADIUS = 1;
/** A step that gains less than this share of the subsidy is none; one that gains more than the second earns a wider radius. */
const SMALL_GAIN = 1e-3;
const LARGE_GAIN = 1e-2;
/** A step that promises less than this share of the subsidy ends the search. */
const LEAST_PROMISE = 5e-3;
/** Subsidies below this are nothing to save, money. */
const SMALL_SUBSIDY = 0.01;
/**
 * Price of a MW off the target, money: above what coupons can pay for a MW (a vehicle of some tens of kW for some tens of
 * money), so that a search leaves the target only where it must.
 */
export const DISTANCE_PRICE = 20_000;
/** What a MW usually costs, money: to compare answers that are near the target with others that are nearer. */
const USUAL_PRICE = 1000;
/** Violated complementarity per money unit. */
const COMPLEMENT_PRICE = 10;
/** Loads within this of the target are at it while a search goes on, MW; the last restoration is finer. */
export const SEARCH_TOLERANCE_MW = 1e-4;
/** Half-spaces of the feeder that a step looks at. */
const NEAR_GRID_MW = 1.5;
const MAX_GRID_ROWS = 40;

/** What a restoration aims at, per class; the flow is where it starts from. A state is its own aim. */
export type Aim = Pick<ClassState, 'coupon' | 'inflow' | 'flow'>;

export interface ReachResult {
  states: ClassState[];
  subsidy: number;
  distanceMw: number;
  /** How far the loads are beyond what the feeder can serve, MW. */
  beyondMw: number;
  merit: number;
  steps: number;
}

export interface ReachOptions {
  firstRadius?: number;
  maxSteps?: number;
  grid?: FeederCoupling | null;
}

/** @returns the cheapest state met; null when the start does not settle. */
export function searchReach(
  context: QueryContext,
  start: readonly Aim[],
  targetMw: readonly number[],
  { firstRadius = FIRST_RADIUS, maxSteps = MAX_STEPS, grid = null }: ReachOptions = {},
): ReachResult | null {
  const { program } = context;
  const measure = (states: ClassState[], steps: number): ReachResult => {
    const position = positionOf(states, targetMw.length);
    const distanceMw = Math.hypot(...position.map((mw, axis) => mw - targetMw[axis]));
    const subsidy = subsidyOf(states);
    const beyondMw = grid?.violationMw(states) ?? 0;
    const off = Math.max(0, distanceMw - SEARCH_TOLERANCE_MW) + Math.max(0, beyondMw - GRID_TOLERANCE_MW);
    return { states, subsidy, distanceMw, beyondMw, merit: subsidy + DISTANCE_PRICE * off, steps };
  };
  const rows = targetRows(context, targetMw);
  program.setDirection(new Float64Array(targetMw.length), DISTANCE_PRICE);
  program.setPrices({
    entry: context.noEntryPrices,
    subsidy: 1,
    grid: DISTANCE_PRICE,
    epigraph: new Float64Array(targetMw.length).fill(DISTANCE_PRICE),
  });
  const steerings = freshSteerings();
  const starts = [start, released(context, start)].flatMap((aims) => {
    const states = aims && restoredAt(context, aims, targetMw, grid, freshSteerings());
    return states ? [measure(states, 0)] : [];
  });
  if (starts.length === 0) return null;
  let current = starts.reduce((best, one) => (one.merit < best.merit ? one : best));
  let radius = firstRadius;
  let steps = 0;
  let isReleased = false;
  while (steps < maxSteps && current.merit > SMALL_SUBSIDY) {
    if (radius < LAST_RADIUS) {
      // What the window does not hold may have become superfluous on the way.
      const aims: Aim[] | null = isReleased ? null : released(context, current.states);
      const states = aims && restoredAt(context, aims, targetMw, grid, freshSteerings());
      const free = states && measure(states, steps);
      if (!free || free.merit > current.merit * (1 - SMALL_GAIN)) break;
      current = free;
      isReleased = true;
      radius = RELEASED_RADIUS;
    }
    const step = program.step(current.states, radius, Infinity, COMPLEMENT_PRICE, [
      ...rows,
      ...(grid?.nearest(current.states, NEAR_GRID_MW, MAX_GRID_ROWS) ?? []),
    ]);
    steps++;
    if (!step) break;
    if (current.merit - step.predicted < LEAST_PROMISE * current.merit) {
      radius = 0;
      continue;
    }
    const aims = aimsOf(step, current.states);
    const states = restoredAt(context, aims, targetMw, grid, steerings);
    let next = states && measure(states, steps);
    if (current.distanceMw > SEARCH_TOLERANCE_MW && !(next && next.merit < current.merit)) {
      // Where a step leads nowhere, what is known is brought closer.
      const closer = restoredAt(context, current.states, targetMw, grid, freshSteerings());
      next = closer && measure(closer, steps);
    }
    const gain = next ? current.merit - next.merit : 0;
    if (next && gain > SMALL_GAIN * current.merit) {
      if (gain > LARGE_GAIN * current.merit) radius = Math.min(LARGEST_RADIUS, radius * 1.5);
      current = next;
    } else {
      radius /= 2;
    }
  }
  return { ...current, steps };
}

/**
 * Without the coupons outside the window, which no step changes: they came with the start and may serve nothing. Null when
 * a class does not settle.
 */
function released({ region }: QueryContext, aims: readonly Aim[]): Aim[] | null {
  const free: Aim[] = [];
  for (let index = 0; index < aims.length; index++) {
    const model = region.classes[index];
    const { positionOfCell } = region.stepWindows[index];
    const coupon = aims[index].coupon.map((value, cell) => (positionOfCell[cell] < 0 ? 0 : value));
    const response = model.restore(coupon, aims[index].inflow, 0, aims[index].flow);
    if (!response) return null;
    const inflow = model.equilibrium.cells.inflow.slice();
    free.push({ coupon, inflow, flow: response.flow });
  }
  return free;
}

const freshSteerings = (): Steering[] => RESTORATION_WEIGHTS.map(() => ({ slope: null }));

/** |load − target| ≤ epigraph variable, axis by axis. */
function targetRows({ region }: QueryContext, targetMw: readonly number[]): EpigraphRow[] {
  const { stations } = region.model.scenario;
  return region.input.axes.flatMap(({ station, interval }, axis) => {
    const at = stations.findIndex(({ id }) => id === station);
    return [1, -1].map((sign): EpigraphRow => ({
      interval,
      normal: stations.map((_, index) => (index === at ? sign : 0)),
      offsetMw: sign * targetMw[axis],
      epigraph: axis,
    }));
  });
}

/**
 * Equilibria close to coupons and inflows, one for each weight; the most promising is brought to the target, with its
 * cheapest coupons.
 */
function restoredAt(
  { region: { classes } }: QueryContext,
  aims: readonly Aim[],
  targetMw: readonly number[],
  grid: FeederCoupling | null,
  steerings: readonly Steering[],
): ClassState[] | null {
  const candidates = RESTORATION_WEIGHTS.flatMap((weight, index) => {
    const restoration = {
      coupons: aims.map(({ coupon }) => coupon),
      inflows: aims.map(({ inflow }) => inflow),
      weight,
      warm: aims.map(({ flow }) => flow),
    };
    const steered = respond(classes, restoration, targetMw);
    if (!steered) return [];
    return [{ restoration, index, steered, merit: promise(steered, grid) }];
  });
  candidates.sort((a, b) => a.merit - b.merit);
  let best: { states: ClassState[]; distanceMw: number } | null = null;
  for (const { restoration, index, steered } of candidates) {
    const { responses, distanceMw } = steerTo(
      classes,
      restoration,
      steered,
      targetMw,
      SEARCH_TOLERANCE_MW,
      steerings[index],
    );
    if (best && distanceMw >= best.distanceMw) continue;
    const states = responses.map(({ flow }, at) => classes[at].cheapest(flow));
    if (states.every((state) => state !== null)) best = { states, distanceMw };
    if (best && best.distanceMw <= SEARCH_TOLERANCE_MW) break;
  }
  return best?.states ?? null;
}

/** What an equilibrium off the target promises to cost at it, money. */
function promise({ responses, distanceMw }: Steered, grid: FeederCoupling | null): number {
  const subsidy = responses.reduce((sum, { estimatedSubsidy }) => sum + estimatedSubsidy, 0);
  return subsidy + USUAL_PRICE * distanceMw + DISTANCE_PRICE * (grid?.violationMw(responses) ?? 0);
}

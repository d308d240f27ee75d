/**
 * The feeder as the traffic side sees it: per interval a few half-spaces on the loads of the stations, and a check
 * that proves a load AC-feasible or cuts it off. 33 buses stay in here.
 *
 * Use: `buildIntervalRegion` per interval (independent jobs), put the results into a `FeederRegion` in every thread.
 * - `halfspaces(t, 'inner')`: stay inside them while searching. They are the hull of AC-feasible loads, at most
 *   a tolerance inside what the feeder can serve; points inside pass the check but for the feeder's slight non-convexity.
 * - `halfspaces(t, 'outer')`: proven to hold for whatever the feeder can serve; for bounds.
 * - `check(t, loads)`: before a point is reported. Where it fails, add the cut and search again.
 * Half-spaces hold inside the box of station loads that the region was built for.
 */
import type { Highs } from '../highs/load.js';
import { LinearModelBuilder, withModel } from '../highs/model.js';
import type { Reserve } from '../study-spec.js';
import type { AcProblem, AcSolution } from './ac-opf.js';
import { AcOptimiser } from './ac-opf.js';
import type { CaseRegion, CaseRegionOptions } from './case-region.js';
import { buildCaseRegion } from './case-region.js';
import type { OperatedInterval } from './feeder-state.js';
import { operatedInterval } from './feeder-state.js';
import { LIMIT_TOLERANCE, largestViolation, limitsOf } from './limits.js';
import type { FeederModel, LoadHalfSpace, StationBox } from './operating-case.js';
import { controlBounds, controlCount, firstStation, flowOf, idleControls } from './operating-case.js';
import { casesOf } from './scenario-model.js';

export type { CaseRegion } from './case-region.js';
export type { LoadHalfSpace } from './operating-case.js';

/** Plain and cloneable. The cases are the operation and, in the interval of a reserve, the operation with it. */
export interface IntervalRegion {
  interval: number;
  box: StationBox;
  /** False where the half-spaces of the relaxation were not asked for. */
  bounded: boolean;
  /** Within the box, where loads can be; absent where that was not asked for. */
  reach?: LoadHalfSpace[];
  cases: CaseRegion[];
}

export type HalfSpaceKind = 'inner' | 'outer';

export type FeederCheck =
  | ({ feasible: true } & OperatedInterval)
  | {
      feasible: false;
      /** normal · load ≤ offset holds at the nearest load that the feeder can serve and not at the one asked; null when it can serve none of the box. */
      cut: LoadHalfSpace | null;
      /** Σ |load − nearest|, MW; Infinity when it can serve none. */
      shiftMw: number;
      nearestLoadsMw: number[] | null;
      /** True when only the reserve stands in the way. */
      reserve: boolean;
    };

/** Set points whose nearest served loads are this close, MW, are tried with the very loads asked for: a power flow decides. */
const SHIFT_TOLERANCE_MW = 1e-5;
/** Set points of this many nearby loads are tried before a programme is solved. */
const NEARBY_TRIED = 12;
/** AC steps of a check end below this gain, MW: a tenth of what tells loads that are served from those that are not. */
const CHECK_GAIN_MW = 0.1 * SHIFT_TOLERANCE_MW;

/** One job: everything about one interval. @throws RangeError for a reserve at an unknown bus. */
export function buildIntervalRegion(
  highs: Highs,
  model: FeederModel,
  interval: number,
  reserve: Reserve | null,
  box: StationBox,
  options: CaseRegionOptions = {},
): IntervalRegion {
  const cases = casesOf(model, interval, reserve).map((each) =>
    buildCaseRegion(highs, model, each, box, options),
  );
  const reach = options.reach ? { reach: [...options.reach] } : {};
  return { interval, box, bounded: options.outer !== false, ...reach, cases };
}

/** Answers do not depend on earlier ones. */
export class FeederRegion {
  constructor(
    private readonly highs: Highs,
    private readonly model: FeederModel,
    private readonly intervals: readonly IntervalRegion[],
  ) {}

  /** All half-spaces of an interval, those of its reserve included. Empty when any load of the box can be served. */
  halfspaces(interval: number, kind: HalfSpaceKind = 'inner'): LoadHalfSpace[] {
    return this.intervalAt(interval).cases.flatMap((each) => each[kind]);
  }

  /** False when the feeder can serve none of the box's loads in one of the cases. */
  isServable(interval: number): boolean {
    return this.intervalAt(interval).cases.every((each) => each.served.length > 0);
  }

  /**
   * How far loads can go: least direction · load, MW, of what was found to be served, and the least that the
   * relaxation and the box leave room for, which is proven. The truth lies between them.
   * @param direction per station, in the model's order.
   */
  support(interval: number, direction: readonly number[]): { servedMw: number; provenMw: number } {
    const { cases, box } = this.intervalAt(interval);
    // With a reserve, loads found for one case count when the other case's hull holds them too.
    const inner = this.halfspaces(interval, 'inner');
    const served = cases
      .flatMap((each) => each.served)
      .filter(({ loadsMw }) =>
        inner.every(({ normal, offsetMw }) => dot(normal, loadsMw) <= offsetMw + SHIFT_TOLERANCE_MW),
      )
      .map(({ loadsMw }) => dot(direction, loadsMw));
    const builder = new LinearModelBuilder();
    const columns = direction.map((cost, k) =>
      builder.addColumn(`load${k}`, box.minMw[k], box.maxMw[k], cost),
    );
    for (const { normal, offsetMw } of this.halfspaces(interval, 'outer')) {
      builder.addRow('outer', -Infinity, offsetMw, columns, normal);
    }
    const provenMw = withModel(this.highs, builder, {}, (lp) => lp.solve().objective);
    return { servedMw: Math.min(Infinity, ...served), provenMw };
  }

  /**
   * @param loadsMw per station, in the model's order.
   * @returns the operation's set points, or the cut of the case that is farthest from being served.
   */
  check(interval: number, loadsMw: readonly number[]): FeederCheck {
    const region = this.intervalAt(interval);
    const answers = region.cases.map((each) => this.checkCase(each, region.box, loadsMw));
    let worst = answers[0];
    for (const answer of answers) {
      if (!answer.feasible && (worst.feasible || answer.shiftMw > worst.shiftMw)) worst = answer;
    }
    return worst;
  }

  private checkCase(region: CaseRegion, box: StationBox, loadsMw: readonly number[]): FeederCheck {
    const byDistance = region.served
      .map((served) => ({
        served,
        distance: Math.hypot(...served.loadsMw.map((load, k) => load - loadsMw[k])),
      }))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, NEARBY_TRIED);
    for (const { served } of byDistance) {
      const operated = this.tryControls(region, served.controls, loadsMw);
      if (operated) return operated;
    }
    const blended = this.blend(region, loadsMw);
    const operated = blended && this.tryControls(region, blended, loadsMw);
    if (operated) return operated;
    const { lower, upper } = controlBounds(this.model, region.case.interval, box);
    const nearest = byDistance[0]?.served.controls ?? idleControls({ lower, upper });
    return this.separate(region, box, loadsMw, blended ? [blended, nearest] : [nearest]);
  }

  /**
   * Set points that lie between those of served loads as the asked loads lie between these loads: limits are convex
   * but for the upper voltages, so they mostly hold there, too. Null for loads outside the hull of the served ones.
   */
  private blend({ served }: CaseRegion, loadsMw: readonly number[]): Float64Array | null {
    if (served.length === 0) return null;
    const builder = new LinearModelBuilder();
    const shares = served.map((each) => {
      const squared = each.loadsMw.reduce((sum, load, k) => sum + (load - loadsMw[k]) ** 2, 0);
      return builder.addColumn('share', 0, Infinity, squared);
    });
    builder.addRow(
      'all',
      1,
      1,
      shares,
      shares.map(() => 1),
    );
    loadsMw.forEach((load, k) => {
      builder.addRow(
        `load ${k}`,
        load,
        load,
        shares,
        served.map((each) => each.loadsMw[k]),
      );
    });
    const solution = withModel(this.highs, builder, { presolve: 'off' }, (lp) => lp.solve());
    if (solution.status !== 'optimal') return null;
    return served[0].controls.map((_, k) =>
      served.reduce((sum, { controls }, i) => sum + solution.columns[i] * controls[k], 0),
    );
  }

  /** Set points of other loads, with these loads; null when a limit does not allow them. */
  private tryControls(
    region: CaseRegion,
    setpoints: Float64Array,
    loadsMw: readonly number[],
  ): ({ feasible: true } & OperatedInterval) | null {
    const controls = setpoints.slice();
    controls.set(loadsMw, firstStation(this.model));
    const flow = flowOf(this.model, region.case, controls);
    const { network } = this.model;
    if (largestViolation(network, flow, limitsOf(network)) > LIMIT_TOLERANCE) return null;
    return { feasible: true, ...operatedInterval(this.model, region.case.interval, controls, flow, 0) };
  }

  /**
   * The served loads nearest to the asked ones, and the multipliers of the asked ones as a cut.
   * @param starts set points, tried in turn until limits hold.
   */
  private separate(
    region: CaseRegion,
    box: StationBox,
    loadsMw: readonly number[],
    starts: readonly Float64Array[],
  ): FeederCheck {
    const optimiser = new AcOptimiser(this.highs, this.model, region.case);
    const options = { objectiveTolerance: CHECK_GAIN_MW, leastObjective: 0 };
    try {
      const problem = this.nearestProblem(region, box, loadsMw);
      for (const setpoints of starts) {
        const optimum = optimiser.solve(problem, setpoints, options);
        if (optimum.violation <= LIMIT_TOLERANCE) return this.answer(region, loadsMw, optimum);
      }
      const reserve = region.case.reserve !== null;
      return { feasible: false, cut: null, shiftMw: Infinity, nearestLoadsMw: null, reserve };
    } finally {
      optimiser.dispose();
    }
  }

  /** What the nearest loads that can be served say of the asked ones. */
  private answer(region: CaseRegion, loadsMw: readonly number[], optimum: AcSolution): FeederCheck {
    const nearest = Array.from(optimum.controls.subarray(firstStation(this.model)));
    const shiftMw = nearest.reduce((sum, load, k) => sum + Math.abs(load - loadsMw[k]), 0);
    if (shiftMw < SHIFT_TOLERANCE_MW) {
      const operated = this.tryControls(region, optimum.controls, loadsMw);
      if (operated) return operated;
    }
    const normal = Array.from(optimum.stationGradient);
    const cut = { normal, offsetMw: dot(normal, nearest) };
    return { feasible: false, cut, shiftMw, nearestLoadsMw: nearest, reserve: region.case.reserve !== null };
  }

  /** Least Σ |load − asked| over what can be served. */
  private nearestProblem(region: CaseRegion, box: StationBox, loadsMw: readonly number[]): AcProblem {
    const wide = {
      minMw: box.minMw.map((min, k) => Math.min(min, loadsMw[k])),
      maxMw: box.maxMw.map((max, k) => Math.max(max, loadsMw[k])),
    };
    return {
      bounds: controlBounds(this.model, region.case.interval, wide),
      cost: new Float64Array(controlCount(this.model)),
      sourceCost: 0,
      targetMw: loadsMw,
    };
  }

  private intervalAt(interval: number): IntervalRegion {
    const region = this.intervals.find((each) => each.interval === interval);
    if (!region) throw new RangeError(`The feeder's region was not built for interval ${interval}.`);
    return region;
  }
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, k) => sum + value * b[k], 0);
}

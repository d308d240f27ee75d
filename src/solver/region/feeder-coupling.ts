/**
 * The feeder inside the search for boundary points: half-spaces on the loads of the stations in every interval of
 * the horizon, with cuts added where a certificate finds the feeder's slight non-convexity.
 */
import type { FeederModel } from '../feeder/operating-case.js';
import type { GridCertificate, OperatedInterval } from '../feeder/feeder-state.js';
import { worstCertificate } from '../feeder/feeder-state.js';
import type { IntervalRegion, LoadHalfSpace } from '../feeder/region.js';
import { FeederRegion } from '../feeder/region.js';
import type { Highs } from '../highs/load.js';
import type { TrafficModel } from '../traffic/network.js';
import { dot } from '../geometry/vector.js';
import type { ClassModel, ClassState } from './class-model.js';

/** Loads beyond a half-space by less than this count as inside, MW: what the AC check tolerates. */
export const GRID_TOLERANCE_MW = 1e-6;
/** Cuts of a certificate are tightened by this, MW, so that the next point does not land on the same edge. */
const CUT_MARGIN_MW = 1e-3;

/** One half-space on the loads of the stations at the start of an interval. */
export interface GridRow extends LoadHalfSpace {
  interval: number;
}

/** What the feeder says of a point: set points per interval, or the cuts that exclude it. */
export type GridAnswer =
  | { feasible: true; certificate: GridCertificate; intervals: OperatedInterval[] }
  | { feasible: false; cuts: GridRow[] };

export class FeederCoupling {
  private readonly region: FeederRegion;
  private readonly rows: GridRow[];
  private cuts: GridRow[] = [];

  /** @param intervals the feeder's regions of all intervals of the horizon, built beforehand. */
  constructor(
    highs: Highs,
    feeder: FeederModel,
    private readonly intervals: readonly IntervalRegion[],
    private readonly model: TrafficModel,
    private readonly classes: readonly ClassModel[],
  ) {
    this.region = new FeederRegion(highs, feeder, intervals);
    this.rows = intervals.flatMap(({ interval }) =>
      this.region.halfspaces(interval, 'inner').map((row) => ({ ...row, interval })),
    );
  }

  /** Net load per station at the start of an interval, from the states of all classes. */
  loadsMw(states: readonly Pick<ClassState, 'occupancy'>[], interval: number): number[] {
    const loads = this.model.scenario.stations.map(() => 0);
    if (interval === 0) return loads;
    this.classes.forEach(({ choice }, index) => {
      choice.stations.forEach((station, block) => {
        const cell = block * this.model.intervals + interval - 1;
        loads[station] += choice.loadMwPerVehicle[block] * states[index].occupancy[cell];
      });
    });
    return loads;
  }

  /** Largest distance by which the loads leave a half-space in any interval, MW; 0 inside. */
  violationMw(states: readonly Pick<ClassState, 'occupancy'>[]): number {
    let worst = 0;
    this.eachSlack(states, (_, slack) => (worst = Math.max(worst, -slack)));
    return worst;
  }

  /** The half-spaces that are closest to being left, nearest first. */
  nearest(states: readonly Pick<ClassState, 'occupancy'>[], withinMw: number, count: number): GridRow[] {
    const near: { row: GridRow; slack: number }[] = [];
    this.eachSlack(states, (row, slack) => {
      if (slack < withinMw) near.push({ row, slack });
    });
    return near
      .sort((a, b) => a.slack - b.slack)
      .slice(0, count)
      .map(({ row }) => row);
  }

  /** Intervals in which the loads of a state come within `withinMw` of a half-space. */
  tightIntervals(states: readonly Pick<ClassState, 'occupancy'>[], withinMw: number): number[] {
    const tight = new Set<number>();
    this.eachSlack(states, (row, slack) => {
      if (slack < withinMw) tight.add(row.interval);
    });
    return [...tight].sort((a, b) => a - b);
  }

  /** Proves every interval of the horizon by an AC power flow. */
  check(loads: readonly Float64Array[]): GridAnswer {
    const cuts: GridRow[] = [];
    const operated: OperatedInterval[] = [];
    for (const { interval } of this.intervals) {
      const answer = this.region.check(
        interval,
        loads.map((load) => load[interval]),
      );
      if (answer.feasible) operated.push(answer);
      else if (answer.cut) {
        const size = Math.hypot(...answer.cut.normal);
        cuts.push({
          interval,
          normal: answer.cut.normal.map((value) => value / size),
          offsetMw: answer.cut.offsetMw / size - CUT_MARGIN_MW,
        });
      } else return { feasible: false, cuts: [] };
    }
    if (cuts.length > 0) return { feasible: false, cuts };
    return { feasible: true, certificate: worstCertificate(operated), intervals: operated };
  }

  addCuts(cuts: readonly GridRow[]): void {
    this.cuts.push(...cuts);
  }

  /** Forgets the cuts of earlier jobs, on which no answer may depend. */
  reset(): void {
    this.cuts = [];
  }

  private eachSlack(
    states: readonly Pick<ClassState, 'occupancy'>[],
    visit: (row: GridRow, slackMw: number) => void,
  ): void {
    const loads = new Map<number, number[]>();
    const visitRow = (row: GridRow): void => {
      let load = loads.get(row.interval);
      if (!load) loads.set(row.interval, (load = this.loadsMw(states, row.interval)));
      visit(row, row.offsetMw - dot(row.normal, load));
    };
    this.rows.forEach(visitRow);
    this.cuts.forEach(visitRow);
  }
}

/**
 * The most that coupons could bring about of weights · net loads at the start of an interval, MW: without budget and
 * caps every group takes the column that serves it best.
 * @param weights per station.
 */
function reachableMw(
  model: TrafficModel,
  classes: readonly Pick<ClassModel, 'choice'>[],
  interval: number,
  weights: readonly number[],
): number {
  let total = 0;
  for (const { choice } of classes) {
    const { columns } = choice;
    for (let group = 0; group < columns.demand.length; group++) {
      let most = -Infinity;
      for (let column = columns.groupStart[group]; column < columns.groupStart[group + 1]; column++) {
        let worth = 0;
        for (let entry = columns.start[column]; entry < columns.start[column + 1]; entry++) {
          const block = Math.floor(columns.cell[entry] / columns.intervals);
          const t = columns.cell[entry] - block * columns.intervals;
          const { dwell } = model.services[choice.services[block]];
          if (t < Math.max(0, interval - dwell) || t >= interval) continue;
          worth += columns.weight[entry] * choice.loadMwPerVehicle[block] * weights[choice.stations[block]];
        }
        most = Math.max(most, worth);
      }
      total += columns.demand[group] * most;
    }
  }
  return total;
}

/** Net loads that no coupons can exceed, per station in one interval. The feeder's region is built for this box. */
export function reachableLoadsMw(
  model: TrafficModel,
  classes: readonly Pick<ClassModel, 'choice'>[],
  interval: number,
): { minMw: number[]; maxMw: number[] } {
  const { stations } = model.scenario;
  const along = (station: number, sign: number): number =>
    sign *
    reachableMw(
      model,
      classes,
      interval,
      stations.map((_, each) => (each === station ? sign : 0)),
    );
  return {
    minMw: stations.map((_, station) => along(station, -1)),
    maxMw: stations.map((_, station) => along(station, 1)),
  };
}

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
import type { ClassModel } from './class-model.js';
import type { GridRow, OccupancyLoads } from './feeder-rows.js';
import { FeederRows, rowsOf } from './feeder-rows.js';

/** Loads beyond a half-space by less than this count as inside, MW: what the AC check tolerates. */
export const GRID_TOLERANCE_MW = 1e-6;
/** Cuts of a certificate are tightened by this, MW, so that the next point does not land on the same edge. */
const CUT_MARGIN_MW = 1e-3;

/** What the feeder says of a point: set points per interval, or the cuts that exclude it. */
export type GridAnswer =
  | { feasible: true; certificate: GridCertificate; intervals: OperatedInterval[] }
  | { feasible: false; cuts: GridRow[] };

export class FeederCoupling extends FeederRows {
  private readonly region: FeederRegion;

  /** @param intervals the feeder's regions of all intervals of the horizon, built beforehand. */
  constructor(
    highs: Highs,
    feeder: FeederModel,
    private readonly intervals: readonly IntervalRegion[],
    model: TrafficModel,
    classes: readonly Pick<ClassModel, 'choice'>[],
  ) {
    super(rowsOf(intervals), classes.map(occupancyLoads), model.scenario.stations.length);
    this.region = new FeederRegion(highs, feeder, intervals);
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
}

export function occupancyLoads({ choice }: Pick<ClassModel, 'choice'>): OccupancyLoads {
  const { stations, loadMwPerVehicle, columns } = choice;
  return { stations: [...stations], loadMwPerVehicle, intervals: columns.intervals };
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

/** What coupons could bring about along each of some directions, as `reachableMw` has it. */
export function reachAlong(
  model: TrafficModel,
  classes: readonly Pick<ClassModel, 'choice'>[],
  interval: number,
  directions: readonly number[][],
): LoadHalfSpace[] {
  return directions.map((normal) => ({ normal, offsetMw: reachableMw(model, classes, interval, normal) }));
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

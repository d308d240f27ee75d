/** Half-spaces of the feeder on the loads of the stations, over all intervals at once: plain numbers, for any thread. */
import type { IntervalRegion, LoadHalfSpace } from '../feeder/region.js';
import type { ClassState } from './class-model.js';

/** One half-space on the loads of the stations at the start of an interval. */
export interface GridRow extends LoadHalfSpace {
  interval: number;
}

/** How the occupancies of a class become loads. */
export interface OccupancyLoads {
  /** Station of each block of cells. */
  stations: readonly number[];
  /** Per block. */
  loadMwPerVehicle: ArrayLike<number>;
  /** Cells of a block. */
  intervals: number;
}

type Occupied = Pick<ClassState, 'occupancy'>;

/** What searches stay inside of, in all intervals. */
export function rowsOf(intervals: readonly IntervalRegion[]): GridRow[] {
  return intervals.flatMap(({ interval, cases }) =>
    cases.flatMap(({ inner }) => inner.map((row) => ({ ...row, interval }))),
  );
}

export class FeederRows {
  private readonly rows: GridRow[];
  private readonly lasting: number;
  private readonly loads: Float64Array;
  /** The rows again, flat: their slacks are asked for thousands of times. Normals by row and station. */
  private normals = new Float64Array(0);
  private offsets = new Float64Array(0);
  private firstLoads = new Int32Array(0);

  /**
   * @param lasting rows that `reset` keeps.
   * @param classes in the order of the states.
   */
  constructor(
    lasting: readonly GridRow[],
    private readonly classes: readonly OccupancyLoads[],
    private readonly stationCount: number,
  ) {
    this.rows = [...lasting];
    this.lasting = lasting.length;
    const intervals = Math.max(0, ...classes.map((each) => each.intervals));
    this.loads = new Float64Array((intervals + 1) * stationCount);
    this.flatten();
  }

  add(rows: readonly GridRow[]): void {
    this.rows.push(...rows);
    this.flatten();
  }

  reset(): void {
    if (this.rows.length === this.lasting) return;
    this.rows.length = this.lasting;
    this.flatten();
  }

  private flatten(): void {
    const { rows, stationCount } = this;
    this.normals = Float64Array.from(rows.flatMap(({ normal }) => normal));
    this.offsets = Float64Array.from(rows, ({ offsetMw }) => offsetMw);
    this.firstLoads = Int32Array.from(rows, ({ interval }) => interval * stationCount);
  }

  /** Net load per station at the start of an interval, MW, from the states of all classes. */
  loadsMw(states: readonly Occupied[], interval: number): number[] {
    this.load(states);
    const first = interval * this.stationCount;
    return Array.from(this.loads.subarray(first, first + this.stationCount));
  }

  /** Largest distance by which the loads leave a half-space in any interval, MW; 0 inside. */
  violationMw(states: readonly Occupied[]): number {
    this.load(states);
    let worst = 0;
    for (let row = 0; row < this.offsets.length; row++) worst = Math.max(worst, -this.slackMw(row));
    return worst;
  }

  /** The half-spaces that are closest to being left, nearest first. */
  nearest(states: readonly Occupied[], withinMw: number, count: number): GridRow[] {
    return this.within(states, withinMw)
      .sort((a, b) => a.slackMw - b.slackMw)
      .slice(0, count)
      .map(({ row }) => row);
  }

  /** Intervals in which the loads of a state come within `withinMw` of a half-space. */
  tightIntervals(states: readonly Occupied[], withinMw: number): number[] {
    const tight = new Set(this.within(states, withinMw).map(({ row }) => row.interval));
    return [...tight].sort((a, b) => a - b);
  }

  private within(states: readonly Occupied[], withinMw: number): { row: GridRow; slackMw: number }[] {
    this.load(states);
    return this.rows
      .map((row, index) => ({ row, slackMw: this.slackMw(index) }))
      .filter(({ slackMw }) => slackMw < withinMw);
  }

  /** Of the loads that were put in last. */
  private slackMw(row: number): number {
    const first = this.firstLoads[row];
    let slack = this.offsets[row];
    for (let k = 0; k < this.stationCount; k++) {
      slack -= this.normals[row * this.stationCount + k] * this.loads[first + k];
    }
    return slack;
  }

  /** The occupancy at the start of an interval is that at the end of the one before; the horizon starts empty. */
  private load(states: readonly Occupied[]): void {
    this.loads.fill(0);
    this.classes.forEach(({ stations, loadMwPerVehicle, intervals }, index) => {
      const { occupancy } = states[index];
      stations.forEach((station, block) => {
        for (let t = 0; t < intervals; t++) {
          this.loads[(t + 1) * this.stationCount + station] +=
            loadMwPerVehicle[block] * occupancy[block * intervals + t];
        }
      });
    });
  }
}

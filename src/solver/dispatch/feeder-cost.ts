/**
 * The feeder's least cost as a function of the station loads, learnt by Benders cuts: in every interval
 *   cost(P) ≥ cost(P0) + slope(P0) · (P − P0),
 * the slopes being the multipliers of the fixed station loads. The traffic side never sees a bus.
 */
import { FeederOperator } from '../feeder/operate.js';
import type { FeederModel } from '../feeder/operating-case.js';
import { dot } from '../geometry/vector.js';
import type { Highs } from '../highs/load.js';

/** cost ≥ offset + slope · loads in one interval: money per hour, MW. */
export interface CostCut {
  interval: number;
  slopePerMwh: number[];
  offsetPerH: number;
}

/** Loads closer than this to those of a known cut get no other, MW. */
const SAME_LOAD_MW = 1e-6;

interface KnownCut extends CostCut {
  loadsMw: readonly number[];
  costPerH: number;
}

/** Holds a programme in HiGHS: dispose it. */
export class FeederCost {
  private readonly operator: FeederOperator;
  private cuts: KnownCut[][];

  constructor(
    highs: Highs,
    feeder: FeederModel,
    readonly intervals: number,
    private readonly intervalHours: number,
  ) {
    this.operator = new FeederOperator(highs, feeder);
    this.cuts = Array.from({ length: intervals }, () => []);
  }

  /** Cuts known of every interval. */
  get all(): readonly CostCut[] {
    return this.cuts.flat();
  }

  /** Cost over the horizon as far as the cuts know it, money: at most the true one. */
  atLeast(loadsMw: (interval: number) => readonly number[]): number {
    let total = 0;
    this.cuts.forEach((known, interval) => {
      if (known.length === 0) return;
      const loads = loadsMw(interval);
      total += Math.max(...known.map(({ offsetPerH, slopePerMwh }) => offsetPerH + dot(slopePerMwh, loads)));
    });
    return total * this.intervalHours;
  }

  /**
   * The true cost over the horizon, money; adds a cut per interval.
   * @returns null when the feeder cannot serve the loads in some interval.
   */
  exact(loadsMw: (interval: number) => readonly number[]): number | null {
    let total = 0;
    for (let interval = 0; interval < this.intervals; interval++) {
      const loads = loadsMw(interval);
      const known = this.cuts[interval].find((cut) =>
        cut.loadsMw.every((load, station) => Math.abs(load - loads[station]) <= SAME_LOAD_MW),
      );
      const cut = known ?? this.cutAt(interval, loads);
      if (!cut) return null;
      total += cut.costPerH;
    }
    return total * this.intervalHours;
  }

  private cutAt(interval: number, loadsMw: readonly number[]): KnownCut | null {
    const answer = this.operator.dispatchCost(interval, loadsMw);
    if (!answer) return null;
    const { costPerH, gradientPerMwh } = answer;
    const cut: KnownCut = {
      interval,
      loadsMw: [...loadsMw],
      slopePerMwh: gradientPerMwh,
      offsetPerH: costPerH - dot(gradientPerMwh, loadsMw),
      costPerH,
    };
    this.cuts[interval].push(cut);
    return cut;
  }

  /** Forgets the cuts of earlier jobs, on which no answer may depend. */
  reset(): void {
    this.cuts = this.cuts.map(() => []);
  }

  dispose(): void {
    this.operator.dispose();
  }
}

/**
 * Everything a worker derives for a dispatch, once: the region's context with the reserve in its feeder, a step
 * programme over the whole horizon, and the feeder's cost as Benders cuts.
 */
import type { IntervalRegion } from '../feeder/region.js';
import type { Highs } from '../highs/load.js';
import { RegionContext } from '../region/region-context.js';
import { StepProgram } from '../region/step-program.js';
import { buildWindow } from '../region/window.js';
import type { ClassState } from '../region/class-model.js';
import type { Coupon } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { Axis, Reserve } from '../study-spec.js';
import { entryCosts } from './cost-model.js';
import { FeederCost } from './feeder-cost.js';

export interface DispatchInput {
  scenario: Scenario;
  /** Axes of the region that the operating point is held against. */
  axes: Axis[];
  reserve: Reserve | null;
  /** The feeder's regions of all intervals, reserve included; null while they are built, or without a feeder. */
  feeder: IntervalRegion[] | null;
  /** Coupons of known points, to start from. */
  known: Coupon[][];
}

export class DispatchContext {
  readonly region: RegionContext;
  readonly steps: StepProgram;
  readonly feederCost: FeederCost | null;
  /** Money per vehicle that enters, by class and cell. */
  readonly entryCosts: readonly Float64Array[];
  /** The interval that matters most: that of the reserve, else the first on an axis. */
  readonly focus: number;

  constructor(
    highs: Highs,
    readonly input: DispatchInput,
  ) {
    const { scenario, axes, reserve, feeder } = input;
    this.focus = reserve?.interval ?? axes[0]?.interval ?? 0;
    const focusAxes = scenario.stations.map(({ id }): Axis => ({ station: id, interval: this.focus }));
    this.region = new RegionContext(highs, { scenario, axes: focusAxes, feeder });
    const { model, choices, classes, feederModel } = this.region;
    this.entryCosts = choices.map((choice) => entryCosts(scenario, choice));
    this.feederCost =
      feederModel && feeder
        ? new FeederCost(highs, feederModel, scenario.intervals, scenario.intervalHours)
        : null;
    // Costs count in every interval, so coupons of every interval may change.
    const windows = choices.map((choice) => buildWindow(choice, focusAxes, model.intervals));
    this.steps = new StepProgram(highs, classes, windows, this.feederCost ? scenario.intervals : 0, true);
  }

  /** Net load per station at the start of an interval, MW. */
  loadsMw(states: readonly Pick<ClassState, 'occupancy'>[], interval: number): number[] {
    return this.region.grid?.loadsMw(states, interval) ?? [];
  }

  /** Coordinates of the region of the study from the net loads of all stations. */
  readonly positionMw = (loads: readonly Float64Array[]): number[] => {
    const { stations } = this.input.scenario;
    return this.input.axes.map(
      ({ station, interval }) => loads[stations.findIndex(({ id }) => id === station)][interval],
    );
  };

  /** Back to the reference, so that a job's answer does not depend on the jobs before it. */
  reset(): void {
    this.region.reset();
    this.steps.forgetBasis();
    this.feederCost?.reset();
  }

  dispose(): void {
    this.region.dispose();
    this.steps.dispose();
    this.feederCost?.dispose();
  }
}

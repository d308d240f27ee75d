/**
 * Everything a worker derives from a scenario and the axes of a region, once: the traffic model, the merged
 * models of both classes, their linear programmes, and the equilibrium without coupons as the reference.
 */
import type { Highs } from '../highs/load.js';
import type { Scenario } from '../scenario.js';
import type { Axis } from '../study-spec.js';
import { FullNetwork } from '../traffic/full-network.js';
import type { ServiceKind, TrafficOptions } from '../traffic/network.js';
import { buildTrafficModel } from '../traffic/network.js';
import { RoadEquilibrium } from '../traffic/road-equilibrium.js';
import type { StationChoice } from '../traffic/station-choice.js';
import { buildStationChoice, renewedRoadCosts } from '../traffic/station-choice.js';
import type { FeederModel } from '../feeder/operating-case.js';
import type { IntervalRegion } from '../feeder/region.js';
import { feederModel } from '../feeder/scenario-model.js';
import type { BeforeCoupons, Certifier } from './certificate.js';
import { FeederCoupling } from './feeder-coupling.js';
import type { ClassState } from './class-model.js';
import { ClassModel } from './class-model.js';
import { feederCorners } from './outer-bound.js';
import { StepProgram } from './step-program.js';
import type { ClassWindow } from './window.js';
import { buildWindow } from './window.js';

/** Intervals around those on the axes whose coupons a step may change. Measured: 3 costs a quarter more and gains nothing, 1 loses 0.4 % of the supports. */
const WINDOW_MARGIN = 2;
/** Gap of the reference equilibrium. */
const REFERENCE_GAP = 1e-10;

export interface RegionInput {
  scenario: Scenario;
  axes: Axis[];
  /** How vehicles move; as in the dynamic assignment where left out. */
  propagation?: TrafficOptions['propagation'];
  /** The feeder's regions of all intervals; null while they are being built, or without a feeder. */
  feeder: IntervalRegion[] | null;
}

/** Intervals in which the loads without coupons come this close to the feeder's limits are steered too, MW. */
const TIGHT_INTERVAL_MW = 0.3;

export class RegionContext implements Certifier {
  readonly model;
  readonly choices: readonly StationChoice[];
  readonly classes: readonly ClassModel[];
  readonly roads: RoadEquilibrium;
  readonly full: FullNetwork;
  readonly timeCost: number;
  readonly steps: StepProgram;
  /** What a step may change, per class. */
  readonly stepWindows: readonly ClassWindow[];
  readonly feederModel: FeederModel | null;
  readonly grid: FeederCoupling | null;
  /** Corners of what the feeder's relaxation allows on the axes; null where it says nothing of them. */
  readonly feederCorners: number[][] | null;
  /** The equilibrium without coupons, class by class, under the reference road costs. */
  readonly couponFree: readonly ClassState[];
  readonly beforeCoupons: BeforeCoupons;

  constructor(
    highs: Highs,
    readonly input: RegionInput,
    options: { mergeColumns?: boolean } = {},
  ) {
    const { scenario, axes, propagation } = input;
    this.model = buildTrafficModel(scenario, { propagation });
    this.full = new FullNetwork(this.model);
    this.full.solve(this.full.noCoupons(), REFERENCE_GAP);
    this.timeCost = Math.max(this.full.equilibrium.cells.totalTimeCost(), Number.MIN_VALUE);
    const kinds: ServiceKind[] = ['charging', 'v2g'];
    this.choices = kinds
      .map((kind) => buildStationChoice(this.model, kind, options.mergeColumns))
      .filter(({ columns }) => columns.demand.length > 0);
    const cost = this.full.equilibrium.cells.cost;
    const fullFlow = this.full.equilibrium.flow.slice();
    const roadCosts = this.choices.map((choice) => renewedRoadCosts(this.model, choice, cost));
    this.classes = this.choices.map((choice, index) => {
      choice.columns.constant.set(roadCosts[index]);
      return new ClassModel(choice, this.model, axes);
    });
    this.couponFree = this.respondCouponFree();
    this.beforeCoupons = { classFlows: this.couponFree.map(({ flow }) => flow), roadCosts, fullFlow };
    this.roads = new RoadEquilibrium(this.model, this.choices);
    this.feederModel = feederModel(scenario);
    this.grid =
      this.feederModel && input.feeder
        ? new FeederCoupling(highs, this.feederModel, input.feeder, this.model, this.classes)
        : null;
    this.feederCorners = feederCorners(this.model, input.feeder, axes);
    const steered = [...axes, ...this.tightIntervals().map((interval) => ({ station: '', interval }))];
    this.stepWindows = this.choices.map((choice) => buildWindow(choice, steered, WINDOW_MARGIN));
    this.steps = new StepProgram(highs, this.classes, this.stepWindows);
  }

  private respondCouponFree(): ClassState[] {
    return this.classes.map((model) => {
      const state = model.respond(new Float64Array(model.choice.price.length));
      if (!state) throw new Error('the equilibrium without coupons did not settle');
      return state;
    });
  }

  private tightIntervals(): number[] {
    return this.grid?.tightIntervals(this.couponFree, TIGHT_INTERVAL_MW) ?? [];
  }

  /** Road costs as without coupons. */
  resetRoadCosts(): void {
    this.classes.forEach((model, index) => model.setRoadCosts(this.beforeCoupons.roadCosts[index]));
  }

  /** Back to the reference, so that a job's answer does not depend on the jobs before it. */
  reset(): void {
    this.resetRoadCosts();
    this.steps.forgetBasis();
    this.grid?.reset();
  }

  /** Coordinates of the region from the net loads of all stations. */
  readonly positionMw = (loads: readonly Float64Array[]): number[] =>
    this.input.axes.map(
      ({ station, interval }) =>
        loads[this.model.scenario.stations.findIndex(({ id }) => id === station)][interval],
    );

  dispose(): void {
    this.steps.dispose();
  }
}

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
import type { Certifier } from './certificate.js';
import { ClassModel } from './class-model.js';
import { StepProgram } from './step-program.js';
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
}

export class RegionContext implements Certifier {
  readonly model;
  readonly choices: readonly StationChoice[];
  readonly classes: readonly ClassModel[];
  readonly roads: RoadEquilibrium;
  readonly full: FullNetwork;
  readonly timeCost: number;
  readonly steps: StepProgram;
  private readonly referenceRoadCosts: readonly Float64Array[];

  constructor(
    highs: Highs,
    readonly input: RegionInput,
  ) {
    const { scenario, axes, propagation } = input;
    this.model = buildTrafficModel(scenario, { propagation });
    this.full = new FullNetwork(this.model);
    this.full.solve(this.full.noCoupons(), REFERENCE_GAP);
    this.timeCost = Math.max(this.full.equilibrium.cells.totalTimeCost(), Number.MIN_VALUE);
    const kinds: ServiceKind[] = ['charging', 'v2g'];
    this.choices = kinds
      .map((kind) => buildStationChoice(this.model, kind))
      .filter(({ columns }) => columns.demand.length > 0);
    const cost = this.full.equilibrium.cells.cost;
    this.referenceRoadCosts = this.choices.map((choice) => renewedRoadCosts(this.model, choice, cost));
    this.classes = this.choices.map((choice, index) => {
      choice.columns.constant.set(this.referenceRoadCosts[index]);
      return new ClassModel(highs, choice, this.model, axes);
    });
    this.roads = new RoadEquilibrium(this.model, this.choices);
    this.steps = new StepProgram(
      highs,
      this.classes,
      this.choices.map((choice) => buildWindow(choice, axes, WINDOW_MARGIN)),
    );
  }

  /** Back to the reference, so that a job's answer does not depend on the jobs before it. */
  reset(): void {
    this.classes.forEach((model, index) => {
      model.setRoadCosts(this.referenceRoadCosts[index]);
      model.forgetBasis();
    });
    this.steps.forgetBasis();
  }

  /** Coordinates of the region from the net loads of all stations. */
  readonly positionMw = (loads: readonly Float64Array[]): number[] =>
    this.input.axes.map(
      ({ station, interval }) =>
        loads[this.model.scenario.stations.findIndex(({ id }) => id === station)][interval],
    );

  dispose(): void {
    for (const model of this.classes) model.dispose();
    this.steps.dispose();
  }
}

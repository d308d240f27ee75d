/** What a worker derives from a scenario and axes for bounds, once: road intervals and the relaxations of both classes. */
import type { Highs } from '../highs/load.js';
import { CERTIFIED_GAP } from '../region/certificate.js';
import type { Scenario } from '../scenario.js';
import type { Axis } from '../study-spec.js';
import { buildTrafficModel, type ServiceKind, type TrafficModel } from '../traffic/network.js';
import { buildStationChoice, type StationChoice } from '../traffic/station-choice.js';
import { ClassRelaxation, type RelaxationInput } from './class-relaxation.js';
import { FreeRegion } from './free-region.js';
import { roadIntervals } from './road-intervals.js';

/** Pieces of a waiting curve where ranges are wide; more make a bound tighter by some percent and slower in proportion. */
const PIECES = 4;

/** Classes of station users that there are any of. */
function classChoices(model: TrafficModel): StationChoice[] {
  const kinds: ServiceKind[] = ['charging', 'v2g'];
  return kinds
    .map((kind) => buildStationChoice(model, kind))
    .filter(({ columns }) => columns.demand.length > 0);
}

/** Number of classes that there are any of: only those have bounds of their own. */
export function classCount(scenario: Scenario): number {
  return classChoices(buildTrafficModel(scenario)).length;
}

/** Where the load of each axis comes from; null where the class has no service there or nobody is there yet. */
function axisLoadsOf(
  model: TrafficModel,
  choice: StationChoice,
  axes: readonly Axis[],
): RelaxationInput['axisLoads'] {
  return axes.map(({ station, interval }) => {
    const block = choice.stations.indexOf(model.scenario.stations.findIndex(({ id }) => id === station));
    if (block < 0 || interval === 0) return null;
    return { cell: block * model.intervals + interval - 1, mwPerVehicle: choice.loadMwPerVehicle[block] };
  });
}

export class BoundContext {
  readonly inputs: readonly RelaxationInput[];
  readonly free: readonly FreeRegion[];
  private readonly relaxations = new Map<number, ClassRelaxation>();

  constructor(
    private readonly highs: Highs,
    scenario: Scenario,
    axes: readonly Axis[],
  ) {
    const model = buildTrafficModel(scenario);
    const choices = classChoices(model);
    const { columns, timeCost } = roadIntervals(model, choices, CERTIFIED_GAP);
    this.inputs = choices.map((choice, index) => ({
      choice,
      roads: columns[index],
      axisLoads: axisLoadsOf(model, choice, axes),
      axisIntervals: axes.map(({ interval }) => interval),
      excessCost: CERTIFIED_GAP * timeCost,
    }));
    this.free = this.inputs.map((input) => new FreeRegion(input));
  }

  relaxation(classIndex: number): ClassRelaxation {
    let relaxation = this.relaxations.get(classIndex);
    if (!relaxation) {
      relaxation = new ClassRelaxation(this.highs, this.inputs[classIndex], PIECES);
      this.relaxations.set(classIndex, relaxation);
    }
    return relaxation;
  }

  dispose(): void {
    for (const relaxation of this.relaxations.values()) relaxation.dispose();
  }
}

/** Certified points of a result as states of the merged model: where queries start. */
import type { ClassModel, ClassState } from '../region/class-model.js';
import type { RegionContext } from '../region/region-context.js';
import type { Plan } from '../result.js';
import { pathNames } from '../traffic/plan.js';

/** What a start needs of a point's plan. */
export type KnownPlan = Pick<Plan, 'coupons' | 'flows'>;

/**
 * Weights of the proximal restoration that fits a plan to the reference road costs, in the order in which they are
 * tried: the flows matter more than the coupons, but must not take these beyond their caps.
 */
const FIT_WEIGHTS = [1, 0.1, 0] as const;

/** One state per class; null where a plan is none of this scenario or cannot be fitted. */
export class KnownStates {
  private readonly paths = new Map<string, number>();

  constructor(private readonly context: RegionContext) {
    const { model } = context;
    model.paths.forEach((path, index) => {
      const { id } = model.scenario.roads.demands[path.demand];
      this.paths.set(pathKey(path.traveller, id, pathNames(model, index)), index);
    });
  }

  statesOf(plan: KnownPlan): ClassState[] | null {
    const departures = new Map<number, number[]>();
    for (const { traveller, demand, path, departures: vehicles } of plan.flows) {
      if (traveller === 'regular') continue;
      const index = this.paths.get(pathKey(traveller, demand, path));
      if (index === undefined) return null;
      departures.set(index, vehicles);
    }
    const states: ClassState[] = [];
    for (const classModel of this.context.classes) {
      const state = this.fit(classModel, plan, departures);
      if (!state) return null;
      states.push(state);
    }
    return states;
  }

  private fit(classModel: ClassModel, plan: KnownPlan, departures: Map<number, number[]>): ClassState | null {
    const { model } = this.context;
    const { choice, equilibrium } = classModel;
    const { groupStart, demand } = choice.columns;
    const flow = new Float64Array(choice.columns.constant.length);
    for (let group = 0; group < demand.length; group++) {
      const { departure } = model.groups[choice.groups[group]];
      let served = 0;
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
        for (const path of choice.pathsOfColumn[column])
          flow[column] += departures.get(path)?.[departure] ?? 0;
        served += flow[column];
      }
      if (!(served > 0)) return null;
      // A plan of the same roads with another demand is a start as well.
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++)
        flow[column] *= demand[group] / served;
    }
    equilibrium.warmStart(flow);
    const inflow = equilibrium.cells.inflow.slice();
    const coupon = couponsByCell(this.context, classModel, plan);
    for (const weight of FIT_WEIGHTS) {
      const response = classModel.restore(coupon, inflow, weight, flow);
      const state = response && classModel.cheapest(response.flow);
      if (state) return state;
    }
    return null;
  }
}

function couponsByCell(context: RegionContext, { choice }: ClassModel, plan: KnownPlan): Float64Array {
  const { model } = context;
  const table = new Float64Array(choice.price.length);
  choice.stations.forEach((station, block) => {
    const { id } = model.scenario.stations[station];
    for (const { station: at, service, interval, perVehicle } of plan.coupons) {
      if (at === id && service === choice.kind && interval < model.intervals)
        table[block * model.intervals + interval] = perVehicle;
    }
  });
  return table;
}

const pathKey = (traveller: string, demand: string, path: readonly string[]): string =>
  JSON.stringify([traveller, demand, path]);

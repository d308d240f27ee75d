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

/** Reads plans by the names of their paths. */
export class KnownStates {
  private readonly paths = new Map<string, number>();

  constructor(private readonly context: RegionContext) {
    const { model } = context;
    model.paths.forEach((path, index) => {
      const { id } = model.scenario.roads.demands[path.demand];
      this.paths.set(pathKey(path.traveller, id, pathNames(model, index)), index);
    });
  }

  /** Equilibria close to a plan, under the reference road costs. */
  statesOf(plan: KnownPlan): ClassState[] | null {
    const flows = this.flowsOf(plan);
    const coupons = this.couponsOf(plan);
    const states = this.context.classes.map(
      (model, index) => flows && fit(model, coupons[index], flows[index]),
    );
    return states.every((state) => state !== null) ? states : null;
  }

  /** The equilibria that a plan's coupons bring about, from the flows of given states. */
  responsesTo(plan: KnownPlan, states: readonly ClassState[]): ClassState[] | null {
    const coupons = this.couponsOf(plan);
    const responses = this.context.classes.map((model, index) =>
      model.respond(coupons[index], states[index].flow),
    );
    return responses.every((state) => state !== null) ? responses : null;
  }

  /** Vehicles per merged column of each class; null where the plan is of other roads or serves a group not at all. */
  flowsOf(plan: KnownPlan): Float64Array[] | null {
    const departures = new Map<number, number[]>();
    for (const { traveller, demand, path, departures: vehicles } of plan.flows) {
      if (traveller === 'regular') continue;
      const index = this.paths.get(pathKey(traveller, demand, path));
      if (index === undefined) return null;
      departures.set(index, vehicles);
    }
    const flows = this.context.classes.map((model) => this.mergedFlow(model, departures));
    return flows.every((flow) => flow !== null) ? flows : null;
  }

  /** Coupons per cell of each class. */
  couponsOf({ coupons }: Pick<Plan, 'coupons'>): Float64Array[] {
    const { model, classes } = this.context;
    return classes.map(({ choice }) => {
      const table = new Float64Array(choice.price.length);
      choice.stations.forEach((station, block) => {
        const { id } = model.scenario.stations[station];
        for (const { station: at, service, interval, perVehicle } of coupons) {
          if (at === id && service === choice.kind && interval < model.intervals)
            table[block * model.intervals + interval] = perVehicle;
        }
      });
      return table;
    });
  }

  private mergedFlow({ choice }: ClassModel, departures: ReadonlyMap<number, number[]>): Float64Array | null {
    const { groupStart, demand } = choice.columns;
    const flow = new Float64Array(choice.columns.constant.length);
    for (let group = 0; group < demand.length; group++) {
      const { departure } = this.context.model.groups[choice.groups[group]];
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
    return flow;
  }
}

function fit(model: ClassModel, coupon: Float64Array, flow: Float64Array): ClassState | null {
  model.equilibrium.warmStart(flow);
  const inflow = model.equilibrium.cells.inflow.slice();
  for (const weight of FIT_WEIGHTS) {
    const response = model.restore(coupon, inflow, weight, flow);
    const state = response && model.cheapest(response.flow);
    if (state) return state;
  }
  return null;
}

const pathKey = (traveller: string, demand: string, path: readonly string[]): string =>
  JSON.stringify([traveller, demand, path]);

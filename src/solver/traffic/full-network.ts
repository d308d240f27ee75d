/**
 * The full network with its nonlinear costs: the equilibrium for given coupons, and the measures that certify a
 * flow. Coupons and prices enter as money on the service cells.
 */
import type { ColumnSet } from './columns.js';
import { fullColumns } from './columns.js';
import { Equilibrium } from './equilibrium.js';
import type { TrafficModel } from './network.js';
import { priceAt } from './station-choice.js';

/** A path counts as used when it carries more than this share of its group's demand. */
export const USED_PATH_SHARE = 1e-6;

/** Coupons per vehicle by service and interval: services × intervals. */
export type CouponTable = Float64Array;

export interface EquilibriumMeasures {
  /** Σ f(c − μ) over the total travel-time cost. */
  relativeGap: number;
  /** Largest excess cost of a used path, money. */
  maxExcessCost: number;
  /** Σ coupon · vehicles, money. */
  subsidy: number;
  /** Net load per station and interval, MW; entry t is the load at the start of interval t. */
  stationLoadMw: Float64Array[];
}

export class FullNetwork {
  readonly columns: ColumnSet;
  readonly equilibrium: Equilibrium;
  private readonly firstServiceCell: number;

  constructor(readonly model: TrafficModel) {
    this.columns = fullColumns(model);
    this.equilibrium = new Equilibrium(this.columns);
    this.firstServiceCell = model.links.length * model.intervals;
  }

  /** An empty coupon table. */
  noCoupons(): CouponTable {
    return new Float64Array(this.model.services.length * this.model.intervals);
  }

  /**
   * Equilibrium for coupons, cold or from a warm flow.
   * @param maxSweeps after so many it ends with the gap that it has.
   * @returns the relative gap reached.
   */
  solve(coupons: CouponTable, relativeGap: number, warmFlow?: Float64Array, maxSweeps?: number): number {
    this.setMoney(coupons);
    if (warmFlow) this.equilibrium.warmStart(warmFlow);
    else this.equilibrium.reset();
    const scale = Math.max(this.equilibrium.cells.totalTimeCost(), Number.MIN_VALUE);
    const { excess } = this.equilibrium.solve({ maxExcess: relativeGap * scale, maxSweeps });
    return excess / Math.max(this.equilibrium.cells.totalTimeCost(), Number.MIN_VALUE);
  }

  /** Measures of a flow under coupons, from the nonlinear costs. */
  measure(flow: Float64Array, coupons: CouponTable): EquilibriumMeasures {
    this.setMoney(coupons);
    this.equilibrium.warmStart(flow);
    const { cells } = this.equilibrium;
    const { groupStart, demand } = this.columns;
    let maxExcessCost = 0;
    for (let group = 0; group < demand.length; group++) {
      let least = Infinity;
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
        least = Math.min(least, cells.columnCost(column));
      }
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
        if (flow[column] <= USED_PATH_SHARE * demand[group]) continue;
        maxExcessCost = Math.max(maxExcessCost, cells.columnCost(column) - least);
      }
    }
    const timeCost = cells.totalTimeCost();
    let subsidy = 0;
    for (let i = 0; i < coupons.length; i++) subsidy += coupons[i] * cells.inflow[this.firstServiceCell + i];
    return {
      relativeGap: timeCost > 0 ? this.equilibrium.excess() / timeCost : 0,
      maxExcessCost,
      subsidy,
      stationLoadMw: this.stationLoadMw(),
    };
  }

  /** Net load per station at the start of each interval, of the flow last solved or measured. */
  stationLoadMw(): Float64Array[] {
    const { model } = this;
    const { occupancy } = this.equilibrium.cells;
    const loads = model.scenario.stations.map(() => new Float64Array(model.intervals + 1));
    model.services.forEach((service, index) => {
      const first = this.firstServiceCell + index * model.intervals;
      for (let t = 0; t < model.intervals; t++) {
        loads[service.station][t + 1] += service.loadMwPerVehicle * occupancy[first + t];
      }
    });
    return loads;
  }

  /** Vehicles entering a service cell, of the flow last solved or measured. */
  serviceInflow(service: number, interval: number): number {
    return this.equilibrium.cells.inflow[this.firstServiceCell + service * this.model.intervals + interval];
  }

  private setMoney(coupons: CouponTable): void {
    const { model } = this;
    const { money } = this.equilibrium.cells;
    model.services.forEach((_, index) => {
      for (let t = 0; t < model.intervals; t++) {
        const at = index * model.intervals + t;
        money[this.firstServiceCell + at] = priceAt(model, index, t) - coupons[at];
      }
    });
  }
}

/**
 * One class of station users (charging or V2G) in the merged model: its response to coupons, the cheapest
 * coupons for a response, and the loads that it puts on the axes of a region.
 */
import type { Axis } from '../study-spec.js';
import type { TrafficModel } from '../traffic/network.js';
import { cheapestCoupons } from '../traffic/coupons.js';
import { Equilibrium } from '../traffic/equilibrium.js';
import type { StationChoice } from '../traffic/station-choice.js';

/**
 * Excess cost at which a class equilibrium is accepted, as a share of the cost of all its trips: hundred times
 * below the certificate's 1e-6, because the subsidy is very sensitive to slack in the equilibrium.
 */
const CLASS_GAP = 1e-8;
/** A response that has not settled after this many sweeps is mostly given up: settled ones take a tenth of it. */
const MAX_SWEEPS = 100;
/** Multiple of that excess at which flows have nearly settled: a tenth of what a certificate accepts. */
const NEARLY = 10;
/** Share of the accepted excess at which an equilibrium counts as closed. */
const CLOSED_SHARE = 1e-6;
/** Vehicles entering a cell below which its coupon does not count. */
const EMPTY_INFLOW = 1e-10;

/** An equilibrium of one class with the cheapest coupons that bring it about. */
export interface ClassState {
  /** Vehicles per merged column. */
  flow: Float64Array;
  /** Vehicles entering per cell. */
  inflow: Float64Array;
  /** Money per vehicle, per cell. */
  coupon: Float64Array;
  /** Least cost per group after coupons, money. */
  leastCost: Float64Array;
  /** Σ coupon·inflow. */
  subsidy: number;
  /** Contribution to the net load on each axis. */
  loadMw: Float64Array;
  /** Vehicles present per cell at the end of its interval. */
  occupancy: Float64Array;
}

/** An equilibrium of one class before its cheapest coupons are known. */
export interface ClassResponse {
  flow: Float64Array;
  loadMw: Float64Array;
  occupancy: Float64Array;
  /**
   * Subsidy of the coupons that brought it about, lowered together until one of them is nothing (everyone uses one
   * station, so a common part changes no choice). An upper bound on the cheapest one where caps do not bind.
   */
  estimatedSubsidy: number;
}

/** Where the load of an axis comes from: the occupancy of one cell times the load of one vehicle. */
interface AxisLoad {
  cell: number;
  mwPerVehicle: number;
}

export class ClassModel {
  readonly equilibrium: Equilibrium;
  /** Per axis; null where the class has no service at the axis' station. */
  readonly axisLoads: readonly (AxisLoad | null)[];
  private readonly maxExcess: number;

  constructor(
    readonly choice: StationChoice,
    model: TrafficModel,
    axes: readonly Axis[],
  ) {
    this.equilibrium = new Equilibrium(choice.columns);
    this.axisLoads = axes.map(({ station, interval }) => {
      const index = model.scenario.stations.findIndex(({ id }) => id === station);
      const block = choice.stations.indexOf(index);
      // The occupancy at the start of an interval is that at the end of the one before; the horizon starts empty.
      if (block < 0 || interval === 0) return null;
      return { cell: block * model.intervals + interval - 1, mwPerVehicle: choice.loadMwPerVehicle[block] };
    });
    this.equilibrium.reset();
    this.maxExcess = CLASS_GAP * Math.max(1, this.equilibrium.cells.totalTimeCost());
  }

  /** New road costs per column, when the full network has been equilibrated again. */
  setRoadCosts(costs: Float64Array): void {
    this.choice.columns.constant.set(costs);
  }

  /**
   * The equilibrium for given coupons and its cheapest coupons; null when none within the caps support it.
   * @param maxSweeps a response that has not settled after so many is given up.
   */
  respond(coupon: Float64Array, warmFlow?: Float64Array, maxSweeps = MAX_SWEEPS): ClassState | null {
    const response = this.equilibrate(coupon, null, warmFlow, this.maxExcess, maxSweeps);
    const state = response && this.cheapest(response.flow);
    if (state || !response) return state;
    // Used columns whose costs differ within the accepted gap may leave no coupons: they do not once it is closed.
    const settled = this.equilibrate(coupon, null, response.flow, CLOSED_SHARE * this.maxExcess);
    return settled && this.cheapest(settled.flow);
  }

  /**
   * Proximal restoration: the equilibrium for coupons `coupon − weight·(inflow − target)`, which exists and is
   * reached fast even where the target inflow lies on the boundary of what is reachable.
   * @param weight money per vehicle and vehicle of deviation.
   */
  restore(
    coupon: Float64Array,
    target: Float64Array,
    weight: number,
    warmFlow: Float64Array,
  ): ClassResponse | null {
    return this.equilibrate(coupon, { target, weight }, warmFlow);
  }

  /**
   * Flows per column of the equilibrium for given coupons, cold or from a warm flow; null when it does not settle, not even
   * nearly: for who measures on the full network what came of them.
   */
  equilibriumFlow(coupon: Float64Array, warmFlow?: Float64Array): Float64Array | null {
    const { maxExcess } = this;
    return this.equilibrate(coupon, null, warmFlow, maxExcess, MAX_SWEEPS, NEARLY * maxExcess)?.flow ?? null;
  }

  private equilibrate(
    coupon: Float64Array,
    proximal: { target: Float64Array; weight: number } | null,
    warmFlow?: Float64Array,
    maxExcess = this.maxExcess,
    maxSweeps = MAX_SWEEPS,
    accepted = this.maxExcess,
  ): ClassResponse | null {
    const { cells } = this.equilibrium;
    cells.proximal = proximal?.weight ?? 0;
    if (proximal) cells.target.set(proximal.target);
    for (let cell = 0; cell < coupon.length; cell++)
      cells.money[cell] = this.choice.price[cell] - coupon[cell];
    if (warmFlow) this.equilibrium.warmStart(warmFlow);
    else this.equilibrium.reset();
    const { excess } = this.equilibrium.solve({ maxExcess, maxSweeps });
    if (excess > accepted) return null;
    const { weight, target } = proximal ?? { weight: 0, target: cells.target };
    let least = Infinity;
    let paid = 0;
    let served = 0;
    for (let cell = 0; cell < coupon.length; cell++) {
      const inflow = cells.inflow[cell];
      if (inflow <= EMPTY_INFLOW) continue;
      const effective = coupon[cell] - weight * (inflow - target[cell]);
      least = Math.min(least, effective);
      paid += effective * inflow;
      served += inflow;
    }
    return {
      flow: this.equilibrium.flow.slice(),
      loadMw: this.axisLoadMw(),
      occupancy: cells.occupancy.slice(),
      estimatedSubsidy: served > 0 ? paid - least * served : 0,
    };
  }

  private axisLoadMw(): Float64Array {
    const { occupancy } = this.equilibrium.cells;
    return Float64Array.from(this.axisLoads, (load) => (load ? occupancy[load.cell] * load.mwPerVehicle : 0));
  }

  /** The cheapest coupons for a flow that is an equilibrium for some coupons. */
  cheapest(flow: Float64Array): ClassState | null {
    const { cells } = this.equilibrium;
    cells.proximal = 0;
    cells.money.set(this.choice.price);
    cells.load(flow);
    const found = cheapestCoupons(this.choice, flow, cells);
    if (!found) return null;
    return {
      flow: Float64Array.from(flow),
      inflow: cells.inflow.slice(),
      coupon: found.perVehicle,
      leastCost: found.leastCost,
      subsidy: found.subsidy,
      loadMw: this.axisLoadMw(),
      occupancy: cells.occupancy.slice(),
    };
  }
}

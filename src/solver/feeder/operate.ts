/**
 * Set points of the feeder for given station loads: least losses or least cost, proven by an AC power flow. The
 * reserve is a capability: the feeder must be able to serve it on top, with set points of its own; what is
 * returned is the operation without it.
 */
import type { Highs } from '../highs/load.js';
import type { Reserve } from '../study-spec.js';
import { BranchFlowProgramme } from './branch-flow.js';
import type { GridCertificate, OperatedInterval } from './feeder-state.js';
import { operatedInterval, worstCertificate } from './feeder-state.js';
import type { FeederModel, OperatingCase } from './operating-case.js';
import { controlBounds, controlCount, fixedLoads } from './operating-case.js';
import type { AcOptimum } from './opf.js';
import { solveOpf } from './opf.js';
import { casesOf } from './scenario-model.js';

export type OperatingObjective = 'loss' | 'cost';

export interface DispatchCost {
  /** Utility and generators, money per hour. */
  costPerH: number;
  /** Derivative of the cost to each station's load, money per MWh: a Benders cut. */
  gradientPerMwh: number[];
  /** Proven lower bound on the cost, money per hour. */
  boundPerH: number;
  operated: OperatedInterval;
}

export interface OperateOptions {
  reserve?: Reserve | null;
  objective?: OperatingObjective;
}

export interface Operation {
  /** Per interval of the horizon; complete only where `infeasibleCase` is null. */
  intervals: OperatedInterval[];
  certificate: GridCertificate | null;
  /** First case without AC-feasible set points. */
  infeasibleCase: OperatingCase | null;
}

/** Multipliers are good to about the root of what the cones are: with this they match finite differences to 1e-6. */
const CONE_TOLERANCE = 3e-9;
/** Money per MWh in the programme's unit, so that costs are of the order of one. */
const COST_SCALE = 1e-3;
/** Weight of losses where they are not paid for anyway, cost scale per MW: it only rules out losses that do not exist. */
const UNPAID_LOSS_COST = 1e-3;

/** Holds a programme in HiGHS for one feeder: `dispose()` it. */
export class FeederOperator {
  private readonly programme: BranchFlowProgramme;

  constructor(
    highs: Highs,
    private readonly model: FeederModel,
  ) {
    this.programme = new BranchFlowProgramme(highs, model, CONE_TOLERANCE);
  }

  /**
   * @param loadsMw per interval of the horizon, per station.
   */
  operate(
    loadsMw: readonly (readonly number[])[],
    { reserve = null, objective = 'loss' }: OperateOptions = {},
  ): Operation {
    const intervals: OperatedInterval[] = [];
    for (let interval = 0; interval < this.model.network.intervals; interval++) {
      for (const operatingCase of casesOf(this.model, interval, reserve)) {
        const optimum = this.optimum(
          operatingCase,
          loadsMw[interval],
          operatingCase.reserve ? 'loss' : objective,
        ).optimum;
        if (!optimum) return { intervals, certificate: null, infeasibleCase: operatingCase };
        if (!operatingCase.reserve) intervals.push(this.operated(interval, optimum));
      }
    }
    return { intervals, certificate: worstCertificate(intervals), infeasibleCase: null };
  }

  /**
   * Least cost of utility and generators at given station loads, with its derivative.
   * @returns null when the feeder cannot serve the loads.
   */
  dispatchCost(interval: number, loadsMw: readonly number[]): DispatchCost | null {
    const { optimum, bound } = this.optimum({ interval, reserve: null }, loadsMw, 'cost');
    if (!optimum) return null;
    const { source, devices } = this.model.network;
    const operated = this.operated(interval, optimum);
    const generation = devices.reduce(
      (sum, device, d) => sum + device.costPerMwh * optimum.controls[2 * d],
      0,
    );
    return {
      costPerH: source.pricePerMwh[interval] * operated.sourceMw + generation,
      gradientPerMwh: Array.from(optimum.stationGradient, (slope) => slope / COST_SCALE),
      boundPerH: bound / COST_SCALE,
      operated,
    };
  }

  private optimum(
    operatingCase: OperatingCase,
    loadsMw: readonly number[],
    objective: OperatingObjective,
  ): { optimum: AcOptimum | null; bound: number } {
    const { source, devices } = this.model.network;
    const cost = new Float64Array(controlCount(this.model));
    let sourceCost = 0;
    let lossCost = 1;
    if (objective === 'cost') {
      devices.forEach((device, d) => (cost[2 * d] = device.costPerMwh * COST_SCALE));
      sourceCost = source.pricePerMwh[operatingCase.interval] * COST_SCALE;
      lossCost = sourceCost > 0 ? 0 : UNPAID_LOSS_COST;
    }
    const bounds = controlBounds(this.model, operatingCase.interval, fixedLoads(loadsMw));
    return solveOpf(this.programme, this.model, { case: operatingCase, bounds, cost, sourceCost, lossCost });
  }

  private operated(interval: number, optimum: AcOptimum): OperatedInterval {
    return operatedInterval(this.model, interval, optimum.controls, optimum.flow, optimum.fictitiousLossMw);
  }

  dispose(): void {
    this.programme.dispose();
  }
}

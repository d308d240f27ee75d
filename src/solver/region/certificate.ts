/**
 * From states of the merged model to a certified point of the full network: roads are equilibrated with the
 * station flows, station users answer to the new road times, until both agree; then everything that the point
 * claims is measured on the full network with its nonlinear costs.
 */
import type { Point } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import type { CouponTable, EquilibriumMeasures, FullNetwork } from '../traffic/full-network.js';
import type { TrafficModel } from '../traffic/network.js';
import { planOf } from '../traffic/plan.js';
import type { RoadEquilibrium } from '../traffic/road-equilibrium.js';
import type { StationChoice } from '../traffic/station-choice.js';
import { renewedRoadCosts } from '../traffic/station-choice.js';
import type { ClassModel, ClassState } from './class-model.js';
import type { FeederCoupling } from './feeder-coupling.js';
import type { GridRow } from './feeder-rows.js';

/** Largest relative gap of a certified point. The tolerance is part of the claim. */
export const CERTIFIED_GAP = 1e-6;
/** Gap that roads and stations are brought to before measuring: leaves the certificate a wide margin. */
const ROAD_GAP = 1e-10;
/** Gap of the cold solve that decides whether the equilibrium is the only one found. */
const COLD_GAP = 1e-9;
/** A cold solve this near to an equilibrium and to the point's loads, MW, need not go on until road costs have settled. */
const EARLY_GAP = 1e-7;
const EARLY_LOAD_MW = 1e-4;
/** Road costs that change by more, money, leave a gap above that. */
const NEARLY_SETTLED_ROAD_COST = 1e-3;
/** Of that solve: of those of the evening peak that settle two in a hundred take more, the others go round in circles. */
const COLD_SWEEPS = 200;
/** Loads that differ by more than this are different equilibria, MW. */
const SAME_LOAD_MW = 1e-3;
/** Subsidy above the budget that is rounding, as a share of the budget. */
const BUDGET_ROUNDING = 1e-7;
/** Road costs that change by less than this have settled, money: trips cost tens, so this is a hundredth of a certified gap. */
const SETTLED_ROAD_COST = 1e-7;
const MAX_RENEWALS = 6;
/**
 * Weights of the proximal restoration that keeps the station flows while road costs move, in the order in which they
 * are tried. Holding the flows may take coupons above a cap; then the coupons are held, which never does.
 */
const HOLD_WEIGHTS = [1, 0.1] as const;

/** Sweeps of a class whose flows cannot be held: coupons at caps leave heavy congestion. */
const PATIENT_SWEEPS = 1500;

export interface Certifier {
  readonly model: TrafficModel;
  readonly choices: readonly StationChoice[];
  readonly classes: readonly ClassModel[];
  readonly roads: RoadEquilibrium;
  readonly full: FullNetwork;
  /** Null without a feeder. */
  readonly grid: FeederCoupling | null;
  /** Money that the road gap is measured against. */
  readonly timeCost: number;
  /** Where drivers are before there are coupons: cold solves start there. */
  readonly beforeCoupons: BeforeCoupons;
}

/** The equilibrium without coupons. */
export interface BeforeCoupons {
  /** Vehicles per column, by class. */
  classFlows: readonly Float64Array[];
  /** Road costs per column, by class, money. */
  roadCosts: readonly Float64Array[];
  /** Vehicles per column of the full network. */
  fullFlow: Float64Array;
}

/**
 * Brings road times and station flows into agreement.
 * @param renewals of the road times at most: one where a search from the states comes first.
 * @param maxSweeps of a class whose flows cannot be held.
 * @returns the states under the renewed road costs, null when a class does not settle.
 */
export function settleRoads(
  certifier: Certifier,
  states: readonly ClassState[],
  renewals = MAX_RENEWALS,
  maxSweeps = PATIENT_SWEEPS,
): ClassState[] | null {
  const { model, choices, classes, roads, timeCost } = certifier;
  let current = [...states];
  for (let renewal = 0; renewal < renewals; renewal++) {
    const cost = roads.solve(
      current.map(({ flow }) => flow),
      ROAD_GAP * timeCost,
    );
    let change = 0;
    const costs = choices.map((choice) => renewedRoadCosts(model, choice, cost));
    costs.forEach((column, index) => {
      const before = choices[index].columns.constant;
      for (let j = 0; j < column.length; j++) change = Math.max(change, Math.abs(column[j] - before[j]));
      classes[index].setRoadCosts(column);
    });
    if (change < SETTLED_ROAD_COST) return current;
    const next: ClassState[] = [];
    for (let index = 0; index < classes.length; index++) {
      const state = hold(classes[index], current[index], maxSweeps);
      if (!state) return null;
      next.push(state);
    }
    current = next;
  }
  roads.solve(
    current.map(({ flow }) => flow),
    ROAD_GAP * timeCost,
  );
  return current;
}

function hold(model: ClassModel, { coupon, inflow, flow }: ClassState, maxSweeps: number): ClassState | null {
  for (const weight of HOLD_WEIGHTS) {
    const response = model.restore(coupon, inflow, weight, flow);
    const state = response && model.cheapest(response.flow);
    if (state) return state;
  }
  return model.respond(coupon, flow, maxSweeps);
}

/** A measured point, and the cuts of the feeder that exclude it where it is not certified for that reason. */
export interface Certified {
  point: Point;
  cuts: GridRow[];
}

/** Measures settled states on the full network, proves the feeder's operation, and writes the point with its plan. */
export function certify(
  certifier: Certifier,
  states: readonly ClassState[],
  positionMw: (loads: readonly Float64Array[]) => number[],
  direction: readonly number[] | null,
  subsidyCap: SubsidyCap,
): Certified {
  const { model, choices, roads, full } = certifier;
  const coupons = couponTable(certifier, states);
  const flow = roads.fullFlow(full.columns);
  const measures = full.measure(flow, coupons);
  const plan = planOf(model, full, flow, coupons, measures.stationLoadMw);
  const position = positionMw(measures.stationLoadMw);
  const grid = certifier.grid?.check(measures.stationLoadMw) ?? null;
  const status =
    grid && !grid.feasible
      ? 'the feeder cannot serve the loads'
      : statusOf(measures.relativeGap, measures.subsidy, subsidyCap);
  const operated = grid?.feasible ? grid : null;
  const waitless = choices.some((choice, index) =>
    choice.services.some((service, block) => {
      if (model.services[service].waitingCost > 0) return false;
      const first = block * model.intervals;
      return states[index].inflow.subarray(first, first + model.intervals).some((vehicles) => vehicles > 0);
    }),
  );
  const unique =
    status === 'certified' && !waitless && coldLoadsAgree(certifier, states, coupons, measures.stationLoadMw);
  const point: Point = {
    direction: direction ? [...direction] : null,
    positionMw: position,
    supportMw: direction ? direction.reduce((sum, a, axis) => sum + a * position[axis], 0) : null,
    outerSupportMw: null,
    certificate: {
      equilibriumGap: measures.relativeGap,
      maxExcessCost: measures.maxExcessCost,
      subsidy: measures.subsidy,
      subsidyCap,
      unique,
      minVoltagePu: operated?.certificate.minVoltagePu ?? null,
      maxVoltagePu: operated?.certificate.maxVoltagePu ?? null,
      maxLineLoading: operated?.certificate.maxLineLoading ?? null,
      acMismatchMw: operated?.certificate.acMismatchMw ?? null,
      fictitiousLossKw: operated?.certificate.fictitiousLossKw ?? null,
      status,
    },
    plan: { ...plan, feeder: operated?.intervals.map(({ state }) => state) ?? null },
  };
  return { point, cuts: grid && !grid.feasible ? grid.cuts : [] };
}

function statusOf(gap: number, subsidy: number, cap: SubsidyCap): string {
  if (!(gap <= CERTIFIED_GAP)) return `equilibrium gap ${gap.toExponential(1)} above ${CERTIFIED_GAP}`;
  if (cap !== null && subsidy > cap * (1 + BUDGET_ROUNDING))
    return `subsidy ${subsidy.toFixed(2)} above ${cap}`;
  return 'certified';
}

function couponTable({ model, choices, full }: Certifier, states: readonly ClassState[]): CouponTable {
  const table = full.noCoupons();
  choices.forEach((choice, index) => {
    choice.services.forEach((service, block) => {
      const first = block * model.intervals;
      table.set(states[index].coupon.subarray(first, first + model.intervals), service * model.intervals);
    });
  });
  return table;
}

/**
 * A cold solve from the coupons alone finds the same loads: from the equilibrium without coupons, or for that one from an
 * empty network, station users and roads settle in turn; where they do not settle, the full network is solved as a whole.
 * Road costs are as before afterwards.
 */
function coldLoadsAgree(
  certifier: Certifier,
  states: readonly ClassState[],
  coupons: CouponTable,
  loads: readonly Float64Array[],
): boolean {
  const { full, classes } = certifier;
  const before = coupons.some((coupon) => coupon > 0) ? certifier.beforeCoupons : null;
  const agree = (cold: readonly Float64Array[], withinMw = SAME_LOAD_MW): boolean =>
    cold.every((station, index) => station.every((load, t) => Math.abs(load - loads[index][t]) <= withinMw));
  const kept = classes.map(({ choice }) => choice.columns.constant.slice());
  const settled = coldMeasures(
    certifier,
    states,
    coupons,
    before,
    ({ relativeGap, stationLoadMw }) => relativeGap <= EARLY_GAP && agree(stationLoadMw, EARLY_LOAD_MW),
  );
  classes.forEach((model, index) => model.setRoadCosts(kept[index]));
  if (settled && settled.relativeGap <= CERTIFIED_GAP) return agree(settled.stationLoadMw);
  return (
    full.solve(coupons, COLD_GAP, before?.fullFlow, COLD_SWEEPS) <= CERTIFIED_GAP &&
    agree(full.stationLoadMw())
  );
}

/**
 * @param before where it starts; null for an empty network.
 * @param isEnough ends it before road costs have settled.
 * @returns null where a class does not settle.
 */
function coldMeasures(
  { model, choices, classes, roads, full, timeCost }: Certifier,
  states: readonly ClassState[],
  coupons: CouponTable,
  before: BeforeCoupons | null,
  isEnough: (measures: EquilibriumMeasures) => boolean,
): EquilibriumMeasures | null {
  let flows: readonly (Float64Array | undefined)[] = before?.classFlows ?? [];
  classes.forEach((classModel, index) =>
    classModel.setRoadCosts(before?.roadCosts[index] ?? classModel.choice.freeFlowCost),
  );
  for (let round = 1; ; round++) {
    const next = classes.map((classModel, index) =>
      classModel.equilibriumFlow(states[index].coupon, flows[index]),
    );
    if (!next.every((flow) => flow !== null)) return null;
    flows = next;
    const cost = roads.solve(next, ROAD_GAP * timeCost);
    let change = 0;
    choices.forEach((choice, index) => {
      const renewed = renewedRoadCosts(model, choice, cost);
      renewed.forEach((value, column) => {
        change = Math.max(change, Math.abs(value - choice.columns.constant[column]));
      });
      classes[index].setRoadCosts(renewed);
    });
    const isLast = change < SETTLED_ROAD_COST || round === MAX_RENEWALS;
    if (!isLast && change > NEARLY_SETTLED_ROAD_COST) continue;
    const measures = full.measure(roads.fullFlow(full.columns), coupons);
    if (isLast || isEnough(measures)) return measures;
  }
}

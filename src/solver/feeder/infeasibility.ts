/**
 * Why the feeder cannot serve given station loads, in limits a planner knows by name, and the least relaxation that
 * would do: less load at stations, a smaller reserve, or more room at limits (elastic slacks, re-linearised at AC
 * points until they are exact).
 */
import type { Highs } from '../highs/load.js';
import type { Infeasibility, NamedLimit } from '../result.js';
import { AcOptimiser } from './ac-opf.js';
import { BranchFlowProgramme } from './branch-flow.js';
import type { Limit } from './limits.js';
import { limitsOf, violation } from './limits.js';
import type { FeederModel, OperatingCase, StationBox } from './operating-case.js';
import { controlBounds, controlCount, firstStation, fixedLoads, idleControls } from './operating-case.js';
import { DIRECTION_LOSS_COST, solveOpf } from './opf.js';
import type { PowerFlow } from './power-flow.js';
import { lineLimitA } from './radial.js';

/** A relaxation below this (pu, MW, fraction) is the programmes' accuracy and not worth a word. */
const LEAST_RELAXATION = 1e-5;
/** Stations may be moved this far from what was asked, MW, to find the nearest loads that can be served. */
const FARTHEST_SHIFT_MW = 100;

/**
 * @param when how to call the interval in the sentence, such as "at 18:00".
 * @returns null when the feeder can serve the loads.
 */
export function explainInfeasibility(
  highs: Highs,
  model: FeederModel,
  operatingCase: OperatingCase,
  loadsMw: readonly number[],
  when = `in interval ${operatingCase.interval}`,
): Infeasibility | null {
  const { interval, reserve } = operatingCase;
  const shifts = nearestLoads(highs, model, operatingCase, loadsMw, around(loadsMw));
  if (shifts?.every((shift) => Math.abs(shift) < LEAST_RELAXATION)) return null;
  const loads: NamedLimit[] = (shifts ?? []).flatMap((shift, k) =>
    Math.abs(shift) < LEAST_RELAXATION
      ? []
      : [{ kind: 'load', element: model.stationIds[k], interval, relaxation: shift, unit: 'MW' }],
  );
  const smaller = reserve ? smallerReserve(highs, model, operatingCase, loadsMw) : [];
  const room = neededRoom(highs, model, operatingCase, loadsMw);
  const alternatives = [loads, smaller, room].filter((limits) => limits.length > 0);
  const subject = reserve
    ? `the reserve of ${number(reserve.mw)} MW at ${model.network.busIds[reserve.bus]}`
    : 'the feeder';
  const needs = alternatives.map((limits) => mainLimits(limits).map(phrase).join(' and ')).join(', or ');
  const message =
    needs === ''
      ? `${when} ${subject} cannot be served: no voltage can carry these loads`
      : `${when} ${subject} needs ${needs}`;
  return { message, limits: alternatives.flat() };
}

/** Signed change per station to the nearest loads (least Σ |change|) that can be served; null when there are none. */
function nearestLoads(
  highs: Highs,
  model: FeederModel,
  operatingCase: OperatingCase,
  targetMw: readonly number[],
  box: StationBox,
): number[] | null {
  const programme = new BranchFlowProgramme(highs, model);
  try {
    const { optimum } = solveOpf(programme, model, {
      case: operatingCase,
      bounds: controlBounds(model, operatingCase.interval, box),
      cost: new Float64Array(controlCount(model)),
      sourceCost: 0,
      lossCost: DIRECTION_LOSS_COST,
      targetMw,
    });
    return optimum ? targetMw.map((target, k) => optimum.controls[firstStation(model) + k] - target) : null;
  } finally {
    programme.dispose();
  }
}

function around(loadsMw: readonly number[]): StationBox {
  return {
    minMw: loadsMw.map((load) => load - FARTHEST_SHIFT_MW),
    maxMw: loadsMw.map((load) => load + FARTHEST_SHIFT_MW),
  };
}

/** By how much a smaller reserve would do at these loads: the reserve as one more station that may draw less. */
function smallerReserve(
  highs: Highs,
  model: FeederModel,
  { interval, reserve }: OperatingCase,
  loadsMw: readonly number[],
): NamedLimit[] {
  if (!reserve) return [];
  const withReserve: FeederModel = {
    ...model,
    stationIds: [...model.stationIds, 'reserve'],
    stationBus: Int32Array.from([...model.stationBus, reserve.bus]),
  };
  const box = { minMw: [...loadsMw, 0], maxMw: [...loadsMw, reserve.mw] };
  const shifts = nearestLoads(highs, withReserve, { interval, reserve: null }, [...loadsMw, reserve.mw], box);
  if (!shifts) return [];
  const element = model.network.busIds[reserve.bus];
  return [{ kind: 'reserve', element, interval, relaxation: -shifts[loadsMw.length], unit: 'MW' }];
}

/** Named limits that have to give way at these loads, least in their trade-off against each other. */
function neededRoom(
  highs: Highs,
  model: FeederModel,
  operatingCase: OperatingCase,
  loadsMw: readonly number[],
): NamedLimit[] {
  const bounds = controlBounds(model, operatingCase.interval, fixedLoads(loadsMw));
  const problem = { bounds, cost: new Float64Array(controlCount(model)), sourceCost: 0 };
  const optimiser = new AcOptimiser(highs, model, operatingCase);
  try {
    for (const start of [idleControls(bounds), bounds.upper]) {
      const solution = optimiser.solve(problem, start);
      if (!solution.flow.converged) continue;
      return limitsOf(model.network).flatMap((limit) =>
        namedRoom(model, operatingCase.interval, solution.flow, limit),
      );
    }
    return [];
  } finally {
    optimiser.dispose();
  }
}

function namedRoom({ network }: FeederModel, interval: number, flow: PowerFlow, limit: Limit): NamedLimit[] {
  const by = violation(network, flow, limit);
  if (by < LEAST_RELAXATION) return [];
  switch (limit.kind) {
    case 'voltage-low':
    case 'voltage-high':
      return [
        { kind: 'voltage', element: network.busIds[limit.element], interval, relaxation: by, unit: 'pu' },
      ];
    case 'current': {
      const relaxation = lineLimitA(network, limit.element) * (Math.sqrt(1 + by) - 1);
      return [{ kind: 'current', element: network.lineIds[limit.element], interval, relaxation, unit: 'A' }];
    }
    case 'source-p':
    case 'source-q': {
      const unit = limit.kind === 'source-p' ? 'MW' : 'Mvar';
      return [{ kind: 'source', element: network.source.id, interval, relaxation: by, unit }];
    }
  }
}

/** The voltage band and the current limits bind along a line of neighbours: the sentence names the largest of each kind. */
function mainLimits(limits: readonly NamedLimit[]): NamedLimit[] {
  return limits.filter(
    (limit) =>
      limit.kind === 'load' ||
      limits.every(
        (other) => other.kind !== limit.kind || Math.abs(other.relaxation) <= Math.abs(limit.relaxation),
      ),
  );
}

function phrase({ kind, element, relaxation, unit }: NamedLimit): string {
  const amount = `${number(Math.abs(relaxation))} ${unit}`;
  if (kind === 'load') return `${amount} ${relaxation < 0 ? 'less' : 'more'} at ${element}`;
  if (kind === 'reserve') return `to be ${amount} smaller`;
  return `${amount} more room at ${element}`;
}

/** Three significant digits without exponents. */
function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/**
 * AC optimal power flow of one case. First the relaxation (an outer bound, and mostly exact); where an AC power flow
 * of its set points breaks a limit or shows losses that do not exist, the reverse-convex limits (upper voltage,
 * lower source) are restricted to tangents on the controls and renewed until nothing is gained: first the lossless
 * voltages of Gan, Li, Topcu, Low (2015), whose optimum is AC-feasible, then the tangents at each AC point. Voltages
 * are concave in the controls, so each restriction is AC-feasible and none is worse than the one before.
 */
import type { Tangent } from './ac-linearisation.js';
import { AcPoint } from './ac-linearisation.js';
import { losslessTangents } from './lossless.js';
import type { BranchFlowProgramme, FlowProblem, FlowSolution } from './branch-flow.js';
import { LIMIT_TOLERANCE, isConvex, largestViolation, limitsOf } from './limits.js';
import type { FeederModel } from './operating-case.js';
import { firstStation, projectOntoRatings } from './operating-case.js';
import type { PowerFlow } from './power-flow.js';

/** Losses of the programme that the AC power flow does not show, at most: 0.1 kW. */
export const FICTITIOUS_LOSS_TOLERANCE_MW = 1e-4;
/** Renewing the tangents ends when it gains less than this (MW of load, or the objective's unit): the limits' tolerance. */
const GAIN_TOLERANCE = 1e-6;
/** Weight of the losses in a direction of length one: enough to rule out those that the relaxation makes up, little enough to leave the support. */
export const DIRECTION_LOSS_COST = 1e-3;
const MAX_RENEWALS = 20;
/** Beyond this violation (pu or fraction) the relaxation's point is too far from any AC point to linearise there. */
const FAR_FROM_FEASIBLE = 0.01;

export interface AcOptimum {
  controls: Float64Array;
  flow: PowerFlow;
  /** cost · u + sourceCost · P_source + lossCost · losses + Σ |load − target|, of the AC point. */
  objective: number;
  stationGradient: Float64Array;
  fictitiousLossMw: number;
  /** True when the relaxation itself is AC-feasible: then the optimum is a global one. */
  exact: boolean;
}

export interface OpfResult {
  /** Least objective that any AC point could have; Infinity when the relaxation is infeasible, which proves that no AC point exists. */
  bound: number;
  /** Null when no AC-feasible point was found. */
  optimum: AcOptimum | null;
  programmes: number;
}

export interface OpfOptions {
  /** Renewing the tangents ends when it gains less than this. */
  gainTolerance?: number;
}

export function solveOpf(
  programme: BranchFlowProgramme,
  model: FeederModel,
  problem: FlowProblem,
  { gainTolerance = GAIN_TOLERANCE }: OpfOptions = {},
): OpfResult {
  const result: OpfResult = { bound: -Infinity, optimum: null, programmes: 0 };
  const steps = (tangents: Tangent[]) => renew(programme, model, problem, tangents, gainTolerance, result);
  programme.pose(problem);
  const relaxed = programme.solve();
  result.programmes += relaxed.programmes;
  if (relaxed.status === 'infeasible') return { ...result, bound: Infinity };
  if (relaxed.status === 'optimal') {
    result.bound = relaxed.objective;
    const first = verify(model, problem, relaxed);
    if (first.feasible) return { ...result, optimum: { ...first.optimum, exact: true } };
    if (first.violation < FAR_FROM_FEASIBLE) steps(reverseConvexTangents(model, first.point));
  }
  if (result.optimum === null) steps(losslessTangents(model, problem.case));
  return result;
}

/** Convex-concave steps from given tangents; improves `result` in place. */
function renew(
  programme: BranchFlowProgramme,
  model: FeederModel,
  problem: FlowProblem,
  start: Tangent[],
  gainTolerance: number,
  result: OpfResult,
): void {
  let tangents = start;
  for (let step = 0; step < MAX_RENEWALS; step++) {
    programme.restrict(tangents);
    const solution = programme.solve();
    result.programmes += solution.programmes;
    if (solution.status !== 'optimal') return;
    const check = verify(model, problem, solution);
    if (!check.point.flow.converged) return;
    tangents = reverseConvexTangents(model, check.point);
    if (!check.feasible) continue;
    const gain = (result.optimum?.objective ?? Infinity) - check.optimum.objective;
    if (gain > 0) result.optimum = check.optimum;
    if (gain < gainTolerance) return;
  }
}

/** AC power flow of a programme's set points, and whether it confirms them. */
function verify(model: FeederModel, problem: FlowProblem, solution: FlowSolution) {
  const controls = solution.controls.slice();
  projectOntoRatings(model, controls);
  const point = new AcPoint(model, problem.case, controls);
  const violation = largestViolation(model.network, point.flow, limitsOf(model.network));
  const fictitiousLossMw = solution.lossMw - point.flow.lossMw;
  const feasible = violation <= LIMIT_TOLERANCE && Math.abs(fictitiousLossMw) < FICTITIOUS_LOSS_TOLERANCE_MW;
  const optimum: AcOptimum = {
    controls,
    flow: point.flow,
    objective: objectiveAt(model, problem, controls, point.flow),
    stationGradient: solution.stationGradient,
    fictitiousLossMw,
    exact: false,
  };
  return { point, violation, feasible, optimum };
}

function objectiveAt(
  model: FeederModel,
  problem: FlowProblem,
  controls: Float64Array,
  flow: PowerFlow,
): number {
  const first = firstStation(model);
  const { cost, sourceCost, lossCost, targetMw } = problem;
  let total = sourceCost * flow.sourceMw + lossCost * flow.lossMw;
  controls.forEach((value, k) => (total += cost[k] * value));
  targetMw?.forEach((target, k) => (total += Math.abs(controls[first + k] - target)));
  return total;
}

function reverseConvexTangents(model: FeederModel, point: AcPoint): Tangent[] {
  return limitsOf(model.network)
    .filter((limit) => !isConvex(limit))
    .map((limit) => point.violationTangent(limit));
}

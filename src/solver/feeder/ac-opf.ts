/**
 * AC optimal power flow of one case by sequential linear programming in the space of the controls. Every iterate
 * is an AC operating point; limits are exact penalties, so that an infeasible case ends at its least violation.
 *
 * Along the controls, losses, squared currents and the power of the source are convex and voltages concave (to
 * the order that matters here). So a tangent of a lower voltage limit, a current limit or an upper source limit
 * is valid everywhere and is kept: a cutting-plane method. An upper voltage limit or a lower source limit is
 * reverse convex; its tangent is conservative and is renewed at every iterate (convex-concave procedure), inside
 * a trust region that only keeps the iterates where a power flow exists.
 */
import type { Highs } from '../highs/load.js';
import type { LinearModel } from '../highs/model.js';
import { LinearModelBuilder } from '../highs/model.js';
import type { Tangent } from './ac-linearisation.js';
import { AcPoint } from './ac-linearisation.js';
import type { Limit, LimitKind } from './limits.js';
import { isConvex, largestViolation, limitsOf, violation } from './limits.js';
import type { ControlBounds, FeederModel, OperatingCase } from './operating-case.js';
import { controlCount, firstStation, projectOntoRatings } from './operating-case.js';
import type { PowerFlow } from './power-flow.js';

/**
 * Penalty per unit of violation (pu, fraction of a squared current, MW). Above the multipliers of objectives in MW
 * on distribution feeders (a hundred MW per pu, ten MW per current limit), in the ratio a planner would trade
 * them: 0.01 pu of voltage against 10 % of a current and 1 MW of supply.
 */
export const PENALTY: Readonly<Record<LimitKind, number>> = {
  'voltage-low': 1e4,
  'voltage-high': 1e4,
  current: 5e2,
  'source-p': 1e2,
  'source-q': 1e2,
};
const FIRST_TRUST_RADIUS_MW = 2;
const LEAST_TRUST_RADIUS_MW = 1e-6;
/** Model and AC objective (in MW) agree to this at the end: 10 W. */
const OBJECTIVE_TOLERANCE = 1e-5;
/** An iterate counts as feasible at a tenth of the limits' tolerance. */
const FEASIBLE_AT = 1e-7;
const MAX_ITERATIONS = 80;
/** Convex limits closer than this (pu, fraction, MW) at an iterate leave their tangent. */
const KEPT_MARGIN = 0.002;
/** After this many iterations without a better point the trust region shrinks. */
const PATIENCE = 12;
/** Corners of the first polygon around an inverter's circle; more tangents follow where it binds. */
const CIRCLE_SIDES = 16;
const LP_OPTIONS = { presolve: 'off', primal_feasibility_tolerance: 1e-9, dual_feasibility_tolerance: 1e-9 };

export interface AcProblem {
  case: OperatingCase;
  bounds: ControlBounds;
  /** Cost per MW or Mvar of each control; of the order of one. */
  cost: Float64Array;
  /** Cost per MW that the source delivers. */
  sourceCost: number;
  /** Stations may leave these loads at a cost of 1 per MW each (within the bounds). */
  targetMw?: readonly number[];
}

export interface AcSolution {
  controls: Float64Array;
  flow: PowerFlow;
  /** cost · u + sourceCost · P_source + Σ |load − target|. */
  objective: number;
  /** Largest violation of a limit; Infinity when no iterate had a power flow solution. */
  violation: number;
  /** Derivative of the penalised objective to the load (or, where given, the target) of each station. */
  stationGradient: Float64Array;
  iterations: number;
  converged: boolean;
}

/** @param start controls to start from; they are clamped into their bounds. */
export function solveAcOpf(
  highs: Highs,
  model: FeederModel,
  problem: AcProblem,
  start: Float64Array,
): AcSolution {
  const programme = new AcProgramme(highs, model, problem);
  try {
    return new AcSequence(model, problem, programme).run(start);
  } finally {
    programme.dispose();
  }
}

class AcSequence {
  private readonly limits: Limit[];

  constructor(
    private readonly model: FeederModel,
    private readonly problem: AcProblem,
    private readonly programme: AcProgramme,
  ) {
    this.limits = programme.limits;
  }

  run(start: Float64Array): AcSolution {
    const { lower, upper } = this.problem.bounds;
    let point = this.pointAt(start.map((value, k) => Math.min(Math.max(value, lower[k]), upper[k])));
    let best = point;
    let bestMerit = this.merit(point);
    let gradient: Float64Array = new Float64Array(this.model.stationIds.length);
    let radius = FIRST_TRUST_RADIUS_MW;
    let [iterations, waited, converged] = [0, 0, false];
    while (bestMerit < Infinity && iterations < MAX_ITERATIONS && radius > LEAST_TRUST_RADIUS_MW) {
      iterations++;
      this.programme.linearise(point, radius);
      const step = this.programme.solve();
      if (!step) break;
      gradient = step.gradient;
      const promised = bestMerit - step.objective;
      if (point === best && promised < OBJECTIVE_TOLERANCE) {
        converged = true;
        break;
      }
      const trial = this.pointAt(step.controls);
      const merit = this.merit(trial);
      if (merit < bestMerit - 0.1 * Math.max(promised, 0)) waited = 0;
      else waited++;
      if (merit < bestMerit) [best, bestMerit] = [trial, merit];
      if (merit === Infinity || waited > PATIENCE || promised < OBJECTIVE_TOLERANCE) {
        radius *= promised < OBJECTIVE_TOLERANCE ? 1 : 0.25;
        waited = 0;
        point = best;
      } else {
        point = trial;
      }
    }
    return {
      controls: best.controls,
      flow: best.flow,
      objective: this.objective(best),
      violation: largestViolation(this.model.network, best.flow, this.limits),
      stationGradient: gradient,
      iterations,
      converged,
    };
  }

  private pointAt(controls: Float64Array): AcPoint {
    this.programme.coverRatings(controls);
    projectOntoRatings(this.model, controls);
    return new AcPoint(this.model, this.problem.case, controls);
  }

  private objective(point: AcPoint): number {
    const { cost, sourceCost, targetMw } = this.problem;
    const first = firstStation(this.model);
    let total = sourceCost * point.flow.sourceMw;
    point.controls.forEach((value, k) => (total += cost[k] * value));
    targetMw?.forEach((target, station) => (total += Math.abs(point.controls[first + station] - target)));
    return total;
  }

  /** Objective plus penalties; violations below what counts as feasible are free, or the cuts would never end. */
  private merit(point: AcPoint): number {
    if (!point.flow.converged) return Infinity;
    return this.limits.reduce((total, limit) => {
      const by = violation(this.model.network, point.flow, limit);
      return by > FEASIBLE_AT ? total + PENALTY[limit.kind] * by : total;
    }, this.objective(point));
  }
}

/** The linear programme over the controls, in absolute coordinates so that kept tangents stay as they are. */
class AcProgramme {
  readonly limits: Limit[];
  private readonly lp: LinearModel;
  private readonly all: number[];
  private readonly slackOf: number[];
  private readonly sourceColumn: number;
  private readonly targetRows: number[];
  private renewedRows: number[] = [];
  private first = true;

  constructor(
    highs: Highs,
    private readonly model: FeederModel,
    private readonly problem: AcProblem,
  ) {
    const { bounds, cost, sourceCost, targetMw } = problem;
    const builder = new LinearModelBuilder();
    this.limits = limitsOf(model.network);
    this.all = Array.from(cost, (each, k) =>
      builder.addColumn(`u${k}`, bounds.lower[k], bounds.upper[k], each),
    );
    this.slackOf = this.limits.map((limit, index) =>
      builder.addColumn(`slack${index}`, 0, Infinity, PENALTY[limit.kind]),
    );
    this.sourceColumn = sourceCost === 0 ? -1 : builder.addColumn('source', -Infinity, Infinity, sourceCost);
    this.targetRows = (targetMw ?? []).map((target, station) => {
      const above = builder.addColumn(`above${station}`, 0, Infinity, 1);
      const below = builder.addColumn(`below${station}`, 0, Infinity, 1);
      return builder.addRow(
        `target${station}`,
        target,
        target,
        [firstStation(model) + station, above, below],
        [1, -1, 1],
      );
    });
    this.lp = builder.build(highs, LP_OPTIONS);
    model.network.devices.forEach(({ ratingMva }, device) => {
      if (ratingMva === null) return;
      for (let side = 0; side < CIRCLE_SIDES; side++)
        this.addCircle(device, (2 * Math.PI * side) / CIRCLE_SIDES, ratingMva);
    });
  }

  /** Adds a tangent to the circle of every inverter that the controls exceed. */
  coverRatings(controls: Float64Array): void {
    this.model.network.devices.forEach(({ ratingMva }, device) => {
      const [p, q] = [controls[2 * device], controls[2 * device + 1]];
      if (ratingMva !== null && Math.hypot(p, q) > ratingMva)
        this.addCircle(device, Math.atan2(q, p), ratingMva);
    });
  }

  private addCircle(device: number, angle: number, ratingMva: number): void {
    this.lp.addRow(
      'circle',
      -Infinity,
      ratingMva,
      [2 * device, 2 * device + 1],
      [Math.cos(angle), Math.sin(angle)],
    );
  }

  /** Renews the reverse-convex tangents at a point, adds convex ones where they are violated, and moves the trust region. */
  linearise(point: AcPoint, radius: number): void {
    const { bounds, sourceCost } = this.problem;
    const lower = bounds.lower.map((bound, k) => Math.max(bound, point.controls[k] - radius));
    const upper = bounds.upper.map((bound, k) => Math.min(bound, point.controls[k] + radius));
    this.lp.setColumnsBounds(0, lower, upper);
    this.lp.deleteRows(this.renewedRows);
    this.renewedRows = [];
    this.limits.forEach((limit, index) => {
      const convex = isConvex(limit);
      if (convex && !this.first && violation(this.model.network, point.flow, limit) <= -KEPT_MARGIN) return;
      const tangent = point.violationTangent(limit);
      if (convex) this.addTangent(tangent, this.slackOf[index]);
      else if (largestValue(tangent, lower, upper) > 0)
        this.renewedRows.push(this.addTangent(tangent, this.slackOf[index]));
    });
    if (sourceCost !== 0) {
      const tangent = point.sourceTangent();
      if (sourceCost > 0) this.addTangent(tangent, this.sourceColumn);
      else this.renewedRows.push(this.addTangent(tangent, this.sourceColumn, -tangent.constant));
    }
    this.first = false;
  }

  private addTangent(tangent: Tangent, column: number, lower = -Infinity): number {
    return this.lp.addRow(
      'tangent',
      lower,
      -tangent.constant,
      [...this.all, column],
      [...tangent.gradient, -1],
    );
  }

  /** @returns the controls, the objective with penalties, and the stations' multipliers; null when HiGHS fails. */
  solve(): { controls: Float64Array; objective: number; gradient: Float64Array } | null {
    const solution = this.lp.solve();
    if (solution.status !== 'optimal') return null;
    return {
      controls: solution.columns.slice(0, controlCount(this.model)),
      objective: solution.objective,
      gradient:
        this.targetRows.length > 0
          ? Float64Array.from(this.targetRows, (row) => solution.rowDuals[row])
          : solution.columnDuals.slice(firstStation(this.model), controlCount(this.model)),
    };
  }

  dispose(): void {
    this.lp.dispose();
  }
}

/** Largest value of a tangent over a box of controls: a limit that it cannot reach needs no row. */
function largestValue({ constant, gradient }: Tangent, lower: Float64Array, upper: Float64Array): number {
  return gradient.reduce((sum, slope, k) => sum + slope * (slope > 0 ? upper[k] : lower[k]), constant);
}

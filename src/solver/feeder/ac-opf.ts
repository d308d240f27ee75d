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
import type { DenseRow, LinearModel } from '../highs/model.js';
import { LinearModelBuilder } from '../highs/model.js';
import type { Tangent } from './ac-linearisation.js';
import { AcPoint } from './ac-linearisation.js';
import type { Limit, LimitKind } from './limits.js';
import { LIMIT_TOLERANCE, isConvex, largestViolation, limitsOf, violation } from './limits.js';
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
/** A limit whose kept tangents know its violation at a point this well needs no further one there. */
const KNOWN_TANGENT = 1e-8;
/** Kept rows are dropped down to the second number when they are more than the first. */
const MAX_KEPT = 160;
const PURGED_TO = 100;
/** A dual smaller than this marks a row that does not bind. */
const BINDING_DUAL = 1e-9;
/** After this many iterations without a better point the trust region shrinks. */
const PATIENCE = 12;
/** Corners of the first polygon around an inverter's circle; more tangents follow where it binds. */
const CIRCLE_SIDES = 16;
const LP_OPTIONS = { presolve: 'off', primal_feasibility_tolerance: 1e-9, dual_feasibility_tolerance: 1e-9 };

export interface AcProblem {
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

export interface AcOptions {
  /** Ends when the next step promises less than this, in the objective's unit. */
  objectiveTolerance?: number;
}

/**
 * The optimiser of one case, for any number of problems: tangents of convex limits hold for all of them and stay.
 * It holds native memory: `dispose()` it.
 */
export class AcOptimiser {
  private readonly limits: Limit[];
  private readonly programme: AcProgramme;

  constructor(
    highs: Highs,
    private readonly model: FeederModel,
    private readonly operatingCase: OperatingCase,
  ) {
    this.programme = new AcProgramme(highs, model);
    this.limits = this.programme.limits;
  }

  /** @param start controls to start from; they are clamped into their bounds. */
  solve(
    problem: AcProblem,
    start: Float64Array,
    { objectiveTolerance = OBJECTIVE_TOLERANCE }: AcOptions = {},
  ): AcSolution {
    const { lower, upper } = problem.bounds;
    this.programme.pose(problem);
    let point = this.pointAt(start.map((value, k) => Math.min(Math.max(value, lower[k]), upper[k])));
    let best = point;
    let bestMerit = this.merit(problem, point);
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
      // Room to gain may be left; a limit that is still broken may not.
      const enough = this.holds(best)
        ? objectiveTolerance
        : Math.min(objectiveTolerance, OBJECTIVE_TOLERANCE);
      if (point === best && promised < enough) {
        converged = true;
        break;
      }
      const trial = this.pointAt(step.controls);
      const merit = this.merit(problem, trial);
      if (merit < bestMerit - 0.1 * Math.max(promised, 0)) waited = 0;
      else waited++;
      if (merit < bestMerit) [best, bestMerit] = [trial, merit];
      if (merit === Infinity || waited > PATIENCE || promised < enough) {
        radius *= promised < enough ? 1 : 0.25;
        waited = 0;
        point = best;
      } else {
        point = trial;
      }
    }
    this.programme.purge();
    return {
      controls: best.controls,
      flow: best.flow,
      objective: this.objective(problem, best),
      violation: largestViolation(this.model.network, best.flow, this.limits),
      stationGradient: gradient,
      iterations,
      converged,
    };
  }

  dispose(): void {
    this.programme.dispose();
  }

  private pointAt(controls: Float64Array): AcPoint {
    this.programme.coverRatings(controls);
    projectOntoRatings(this.model, controls);
    return new AcPoint(this.model, this.operatingCase, controls);
  }

  private holds({ flow }: AcPoint): boolean {
    return largestViolation(this.model.network, flow, this.limits) <= LIMIT_TOLERANCE;
  }

  private objective({ cost, sourceCost, targetMw }: AcProblem, point: AcPoint): number {
    const first = firstStation(this.model);
    let total = sourceCost * point.flow.sourceMw;
    point.controls.forEach((value, k) => (total += cost[k] * value));
    targetMw?.forEach((target, station) => (total += Math.abs(point.controls[first + station] - target)));
    return total;
  }

  /** Objective plus penalties; violations below what counts as feasible are free, or the cuts would never end. */
  private merit(problem: AcProblem, point: AcPoint): number {
    if (!point.flow.converged) return Infinity;
    return this.limits.reduce(
      (total, limit) => {
        const by = violation(this.model.network, point.flow, limit);
        return by > FEASIBLE_AT ? total + PENALTY[limit.kind] * by : total;
      },
      this.objective(problem, point),
    );
  }
}

/** A row that stays while the problem changes. */
interface KeptRow {
  /** Null for an inverter's circle, which is never dropped. */
  tangent: Tangent | null;
  /** Number of the solve in which it last bound. */
  lastUsed: number;
}

/** The linear programme over the controls, in absolute coordinates so that kept tangents stay as they are. */
class AcProgramme {
  readonly limits: Limit[];
  private readonly lp: LinearModel;
  private readonly all: number[];
  private readonly slackOf: number[];
  private readonly sourceColumn: number;
  private readonly above: number;
  private readonly targetRow: number;
  /** Rows behind the targets, in their order: the kept ones, then those renewed at every iterate. */
  private kept: KeptRow[] = [];
  private renewed = 0;
  private readonly tangentsOf: Tangent[][];
  private problem: AcProblem | null = null;
  private solves = 0;

  constructor(
    highs: Highs,
    private readonly model: FeederModel,
  ) {
    const builder = new LinearModelBuilder();
    this.limits = limitsOf(model.network);
    this.tangentsOf = this.limits.map(() => []);
    this.all = Array.from({ length: controlCount(model) }, (_, k) => builder.addColumn(`u${k}`, 0, 0));
    this.slackOf = this.limits.map((limit, index) =>
      builder.addColumn(`slack${index}`, 0, Infinity, PENALTY[limit.kind]),
    );
    this.sourceColumn = builder.addColumn('source', 0, 0);
    this.above = builder.columnCount;
    model.stationIds.forEach((_, station) => {
      builder.addColumn(`above${station}`, 0, Infinity, 1);
      builder.addColumn(`below${station}`, 0, Infinity, 1);
    });
    this.targetRow = builder.rowCount;
    model.stationIds.forEach((_, station) => {
      const above = this.above + 2 * station;
      builder.addRow(
        `target${station}`,
        -Infinity,
        Infinity,
        [firstStation(model) + station, above, above + 1],
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

  /** Sets costs and targets; the source has a column of its own only where it has a cost. */
  pose(problem: AcProblem): void {
    const { cost, sourceCost, targetMw } = problem;
    if ((this.problem?.sourceCost ?? 0) !== 0) this.dropRenewed();
    this.problem = problem;
    this.lp.setCosts(0, cost);
    this.lp.setCost(this.sourceColumn, sourceCost);
    const free = sourceCost === 0 ? 0 : Infinity;
    this.lp.setColumnBounds(this.sourceColumn, -free, free);
    this.model.stationIds.forEach((_, station) => {
      const target = targetMw?.[station];
      this.lp.setRowBounds(this.targetRow + station, target ?? -Infinity, target ?? Infinity);
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
    this.dropRenewed();
    this.lp.addRow(
      'circle',
      -Infinity,
      ratingMva,
      [2 * device, 2 * device + 1],
      [Math.cos(angle), Math.sin(angle)],
    );
    this.kept.push({ tangent: null, lastUsed: this.solves });
  }

  /** Renews the reverse-convex tangents at a point, adds convex ones that the point needs, and moves the trust region. */
  linearise(point: AcPoint, radius: number): void {
    if (!this.problem) throw new Error('no problem was posed');
    const { bounds, sourceCost } = this.problem;
    const lower = bounds.lower.map((bound, k) => Math.max(bound, point.controls[k] - radius));
    const upper = bounds.upper.map((bound, k) => Math.min(bound, point.controls[k] + radius));
    this.lp.setColumnsBounds(0, lower, upper);
    this.dropRenewed();
    const added: DenseRow[] = [];
    this.limits.forEach((limit, index) => {
      if (!isConvex(limit)) return;
      const by = violation(this.model.network, point.flow, limit);
      if (by <= -KEPT_MARGIN) return;
      const known = Math.max(...this.tangentsOf[index].map((tangent) => valueAt(tangent, point.controls)));
      if (known >= by - KNOWN_TANGENT) return;
      const tangent = point.violationTangent(limit);
      this.tangentsOf[index].push(tangent);
      added.push(tangentRow(tangent, this.slackOf[index]));
      this.kept.push({ tangent, lastUsed: this.solves });
    });
    this.lp.addDenseRows('tangent', added, this.all);
    const renewed: DenseRow[] = [];
    this.limits.forEach((limit, index) => {
      if (isConvex(limit) && this.tangentsOf[index].length > 0) return;
      // A convex limit without a tangent yet is far from binding here: for this step its tangent here will do.
      const tangent = point.violationTangent(limit);
      if (largestValue(tangent, lower, upper) > 0) renewed.push(tangentRow(tangent, this.slackOf[index]));
    });
    if (sourceCost !== 0) {
      const tangent = point.sourceTangent();
      const least = sourceCost > 0 ? -Infinity : -tangent.constant;
      renewed.push({ ...tangentRow(tangent, this.sourceColumn), lower: least });
    }
    this.lp.addDenseRows('tangent', renewed, this.all);
    this.renewed = renewed.length;
  }

  private dropRenewed(): void {
    const from = this.targetRow + this.model.stationIds.length + this.kept.length;
    this.lp.deleteRows(Array.from({ length: this.renewed }, (_, k) => from + k));
    this.renewed = 0;
  }

  /** Drops the tangents that have not bound for longest: a programme's time grows with its rows. */
  purge(): void {
    this.dropRenewed();
    if (this.kept.length <= MAX_KEPT) return;
    const first = this.targetRow + this.model.stationIds.length;
    const oldest = [...this.kept.keys()]
      .filter((row) => this.kept[row].tangent)
      .sort((a, b) => this.kept[a].lastUsed - this.kept[b].lastUsed || a - b)
      .slice(0, this.kept.length - PURGED_TO);
    const gone = new Set(oldest);
    this.lp.deleteRows(oldest.map((row) => first + row));
    const dropped = new Set(oldest.map((row) => this.kept[row].tangent));
    this.tangentsOf.forEach((list, index) => {
      this.tangentsOf[index] = list.filter((tangent) => !dropped.has(tangent));
    });
    this.kept = this.kept.filter((_, row) => !gone.has(row));
  }

  /** @returns the controls, the objective with penalties, and the stations' multipliers; null when HiGHS fails. */
  solve(): { controls: Float64Array; objective: number; gradient: Float64Array } | null {
    const solution = this.lp.solve();
    if (solution.status !== 'optimal') return null;
    this.solves++;
    const first = this.targetRow + this.model.stationIds.length;
    this.kept.forEach((row, at) => {
      if (Math.abs(solution.rowDuals[first + at]) > BINDING_DUAL) row.lastUsed = this.solves;
    });
    return {
      controls: solution.columns.slice(0, controlCount(this.model)),
      objective: solution.objective,
      gradient: this.problem?.targetMw
        ? solution.rowDuals.slice(this.targetRow, first)
        : solution.columnDuals.slice(firstStation(this.model), controlCount(this.model)),
    };
  }

  dispose(): void {
    this.lp.dispose();
  }
}

/** tangent(u) − column ≤ 0. */
function tangentRow({ constant, gradient }: Tangent, column: number): DenseRow {
  return { lower: -Infinity, upper: -constant, values: gradient, last: { column, value: -1 } };
}

function valueAt({ constant, gradient }: Tangent, controls: Float64Array): number {
  return gradient.reduce((sum, slope, k) => sum + slope * controls[k], constant);
}

/** Largest value of a tangent over a box of controls: a limit that it cannot reach needs no row. */
function largestValue({ constant, gradient }: Tangent, lower: Float64Array, upper: Float64Array): number {
  return gradient.reduce((sum, slope, k) => sum + slope * (slope > 0 ? upper[k] : lower[k]), constant);
}

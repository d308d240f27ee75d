/**
 * The linear programme of one step of an AC optimal power flow: controls within a trust region, the limits as tangents
 * with penalised slacks, the circles of the inverters as polygons. Tangents of convex limits hold everywhere and stay
 * while problems change; those of reverse-convex ones are renewed at every iterate.
 */
import type { Highs } from '../highs/load.js';
import type { DenseRow, LinearModel } from '../highs/model.js';
import { LinearModelBuilder } from '../highs/model.js';
import type { AcPoint, Tangent } from './ac-linearisation.js';
import type { Limit, LimitKind } from './limits.js';
import { isConvex, limitsOf, violation } from './limits.js';
import type { ControlBounds, FeederModel } from './operating-case.js';
import { controlCount, firstStation } from './operating-case.js';

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
/** Convex limits closer than this (pu, fraction, MW) at an iterate leave their tangent. */
const KEPT_MARGIN = 0.002;
/** A limit whose kept tangents know its violation at a point this well needs no further one there. */
const KNOWN_TANGENT = 1e-8;
/** Kept rows are dropped down to the second number when they are more than the first, the first polygons aside. */
const MAX_KEPT = 112;
const PURGED_TO = 52;
/** A dual smaller than this marks a row that does not bind. */
const BINDING_DUAL = 1e-9;
/** Corners of the first polygon around an inverter's circle; more tangents follow where it binds. */
const CIRCLE_SIDES = 16;
/** Penalties of a step below this are rounding. */
const LEAST_PENALTY = 1e-6;
/** Apparent power above a rating that is moved back onto the circle without a further side, relative. */
const RATING_TOLERANCE = 1e-7;
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

/** By how much the limits of each kind are to be kept, in the units of their violations. */
export type Margin = Readonly<Record<LimitKind, number>>;

export interface AcStep {
  controls: Float64Array;
  /** With penalties. */
  objective: number;
  /** Of the objective, to the load (or, where given, the target) of each station. */
  gradient: Float64Array;
  /** Whether the tangents leave no step that keeps the limits. */
  violates: boolean;
}

/** A row that stays while the problem changes. */
interface KeptRow {
  /** Null for a side of an inverter's polygon. */
  tangent: Tangent | null;
  /** Number of the solve in which it last bound; Infinity for the first polygons, which are never dropped. */
  lastUsed: number;
}

/** The linear programme over the controls, in absolute coordinates so that kept tangents stay as they are. */
export class AcProgramme {
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
  private margin: Margin | null = null;
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
    model.network.devices.forEach(({ ratingMva }, device) => {
      if (ratingMva === null) return;
      for (let side = 0; side < CIRCLE_SIDES; side++) {
        const { indices, values } = sideAt(device, (2 * Math.PI * side) / CIRCLE_SIDES);
        builder.addRow('circle', -Infinity, ratingMva, indices, values);
        this.kept.push({ tangent: null, lastUsed: Infinity });
      }
    });
    this.lp = builder.build(highs, LP_OPTIONS);
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
      if (ratingMva === null || Math.hypot(p, q) <= ratingMva * (1 + RATING_TOLERANCE)) return;
      this.dropRenewed();
      const { indices, values } = sideAt(device, Math.atan2(q, p));
      this.lp.addRow('circle', -Infinity, ratingMva, indices, values);
      this.kept.push({ tangent: null, lastUsed: this.solves });
    });
  }

  /** Renews the reverse-convex tangents at a point, adds convex ones that the point needs, and moves the trust region. */
  linearise(point: AcPoint, radius: number, margin: Margin | null = null): void {
    if (!this.problem) throw new Error('no problem was posed');
    const { bounds, sourceCost } = this.problem;
    const lower = bounds.lower.map((bound, k) => Math.max(bound, point.controls[k] - radius));
    const upper = bounds.upper.map((bound, k) => Math.min(bound, point.controls[k] + radius));
    this.lp.setColumnsBounds(0, lower, upper);
    this.setMargin(margin);
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
      if (largestValue(tangent, lower, upper) > -this.marginOf(limit))
        renewed.push(tangentRow(tangent, this.slackOf[index]));
    });
    if (sourceCost !== 0) {
      const tangent = point.sourceTangent();
      const least = sourceCost > 0 ? -Infinity : -tangent.constant;
      renewed.push({ ...tangentRow(tangent, this.sourceColumn), lower: least });
    }
    this.lp.addDenseRows('tangent', renewed, this.all);
    this.renewed = renewed.length;
  }

  /** A slack that may go below nothing, for the reward that a violation would cost, always does. */
  private setMargin(margin: Margin | null): void {
    if (margin === this.margin) return;
    this.margin = margin;
    this.lp.setColumnsBounds(
      this.slackOf[0],
      Float64Array.from(this.limits, (limit) => -this.marginOf(limit)),
      new Float64Array(this.limits.length).fill(Infinity),
    );
  }

  private marginOf({ kind }: Limit): number {
    return this.margin?.[kind] ?? 0;
  }

  private dropRenewed(): void {
    const from = this.targetRow + this.model.stationIds.length + this.kept.length;
    this.lp.deleteRows(Array.from({ length: this.renewed }, (_, k) => from + k));
    this.renewed = 0;
  }

  /** Drops the tangents that have not bound for longest: a programme's time grows with its rows. */
  purge(): void {
    this.dropRenewed();
    const first = this.targetRow + this.model.stationIds.length;
    const droppable = [...this.kept.keys()].filter((row) => this.kept[row].lastUsed < Infinity);
    if (droppable.length <= MAX_KEPT) return;
    const oldest = droppable
      .sort((a, b) => this.kept[a].lastUsed - this.kept[b].lastUsed || a - b)
      .slice(0, droppable.length - PURGED_TO);
    const gone = new Set(oldest);
    this.lp.deleteRows(oldest.map((row) => first + row));
    const dropped = new Set(oldest.map((row) => this.kept[row].tangent));
    this.tangentsOf.forEach((list, index) => {
      this.tangentsOf[index] = list.filter((tangent) => !dropped.has(tangent));
    });
    this.kept = this.kept.filter((_, row) => !gone.has(row));
  }

  /** @returns null when HiGHS fails. */
  solve(): AcStep | null {
    const solution = this.lp.solve();
    if (solution.status !== 'optimal') return null;
    this.solves++;
    const first = this.targetRow + this.model.stationIds.length;
    this.kept.forEach((row, at) => {
      if (Math.abs(solution.rowDuals[first + at]) > BINDING_DUAL)
        row.lastUsed = Math.max(row.lastUsed, this.solves);
    });
    let penalty = 0;
    let objective = solution.objective;
    this.limits.forEach((limit, index) => {
      penalty += PENALTY[limit.kind] * (solution.columns[this.slackOf[index]] + this.marginOf(limit));
      objective += PENALTY[limit.kind] * this.marginOf(limit);
    });
    return {
      controls: solution.columns.slice(0, controlCount(this.model)),
      objective,
      violates: penalty > LEAST_PENALTY,
      gradient: this.problem?.targetMw
        ? solution.rowDuals.slice(this.targetRow, first)
        : solution.columnDuals.slice(firstStation(this.model), controlCount(this.model)),
    };
  }

  dispose(): void {
    this.lp.dispose();
  }
}

/** The tangent of an inverter's circle at an angle. */
function sideAt(device: number, angleRad: number): { indices: number[]; values: number[] } {
  return { indices: [2 * device, 2 * device + 1], values: [Math.cos(angleRad), Math.sin(angleRad)] };
}

/** tangent(u) − column ≤ 0. */
function tangentRow({ constant, gradient }: Tangent, column: number): DenseRow {
  return { lower: -Infinity, upper: -constant, values: gradient, last: { column, value: -1 } };
}

function valueAt({ constant, gradient }: Tangent, controls: Float64Array): number {
  let value = constant;
  for (let k = 0; k < gradient.length; k++) value += gradient[k] * controls[k];
  return value;
}

/** Largest value of a tangent over a box of controls: a limit that it cannot reach needs no row. */
function largestValue({ constant, gradient }: Tangent, lower: Float64Array, upper: Float64Array): number {
  let value = constant;
  for (let k = 0; k < gradient.length; k++) value += gradient[k] * (gradient[k] > 0 ? upper[k] : lower[k]);
  return value;
}

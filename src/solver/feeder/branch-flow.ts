/**
 * The branch-flow model of a radial feeder (Farivar, Low 2013; Baran, Wu 1989) as a linear programme with tangent
 * cuts. For line j from bus i to bus j, with P, Q entering at i and v, l squares of voltage and current:
 *   P_j − r l_j − Σ_children P_k = net load of bus j          (active balance; likewise reactive)
 *   v_j = v_i − 2(r P_j + x Q_j) + (r² + x²) l_j              (voltage drop)
 *   P_j² + Q_j² ≤ l_j v_i                                     (cone: the relaxation of l_j v_i = P_j² + Q_j²)
 * The cone enters as tangents of (P² + Q²)/v, which hold for every load, interval and direction: the programme
 * keeps them while bounds, loads and costs change.
 *
 * Without further rows it is an outer model: its optimum bounds every AC operating point, and it is exact unless
 * losses that do not exist would relieve a limit. Rows on the controls (`restrict`) make it an inner one.
 */
import type { Highs } from '../highs/load.js';
import type { LinearModel, LinearSolution } from '../highs/model.js';
import { LinearModelBuilder } from '../highs/model.js';
import type { Tangent } from './ac-linearisation.js';
import type { ControlBounds, FeederModel, OperatingCase } from './operating-case.js';
import { NO_BUS, controlCount, controlInjection, firstStation } from './operating-case.js';

/** Cuts until l and (P² + Q²)/v agree to this, relative to max(1, l): 1e-6 of a current is below every limit's tolerance. */
const CONE_TOLERANCE = 1e-6;
const MAX_ROUNDS = 80;
/** Restrictions hold to this, pu or MW: a tenth of the limits' tolerance. */
const RESTRICTION_TOLERANCE = 1e-7;
/** Cuts that have not bound for longest are dropped when there are more: the programmes' time grows with their rows. */
const MAX_CUTS = 400;
const PURGED_TO = 200;
/** A dual smaller than this marks a cut that does not bind. */
const BINDING_DUAL = 1e-9;
const CIRCLE_SIDES = 16;
const LP_OPTIONS = { presolve: 'off', primal_feasibility_tolerance: 1e-9, dual_feasibility_tolerance: 1e-9 };

export interface FlowProblem {
  case: OperatingCase;
  bounds: ControlBounds;
  /** Cost per MW or Mvar of each control. */
  cost: Float64Array;
  /** Cost per MW that the source delivers. */
  sourceCost: number;
  /** Cost per MW of losses: without any, a direction is indifferent to losses that do not exist. */
  lossCost: number;
  /** Stations may leave these loads at a cost of 1 per MW each (within the bounds). */
  targetMw?: readonly number[];
}

export interface FlowSolution {
  status: 'optimal' | 'infeasible' | 'failed';
  objective: number;
  controls: Float64Array;
  /** Σ r l, MW: with fictitious losses more than the AC losses of the same controls. */
  lossMw: number;
  /** Derivative of the objective to the fixed load (or, where given, the target) of each station. */
  stationGradient: Float64Array;
  programmes: number;
}

/** Line (0 is the line of bus 1), P, Q and squared voltage at its parent: where a cone was cut. */
export type ConePoint = [number, number, number, number];

export class BranchFlowProgramme {
  private readonly lp: LinearModel;
  private readonly lines: number;
  private readonly fixedRows: number;
  private readonly column: { p: number; q: number; l: number; v: number; source: number; above: number };
  private readonly targetRow: number;
  /** Per row behind the fixed ones: the point of its tangent (null where it is none of a cone) and the solve that last used it. */
  private readonly cuts: { cone: ConePoint | null; lastUsed: number }[] = [];
  private solves = 0;
  /** Rows on the controls of the problem at hand. */
  private restrictions: number[] = [];
  /** Restrictions that no solution has violated yet. */
  private waiting: Tangent[] = [];

  constructor(
    highs: Highs,
    private readonly model: FeederModel,
    private readonly coneTolerance = CONE_TOLERANCE,
  ) {
    const { network, stationIds } = model;
    const lines = network.parent.length - 1;
    this.lines = lines;
    const builder = new LinearModelBuilder();
    const columns = (
      name: string,
      count: number,
      lower: (index: number) => number,
      upper: (index: number) => number,
    ) => {
      const from = builder.columnCount;
      for (let k = 0; k < count; k++) builder.addColumn(`${name}${k}`, lower(k), upper(k));
      return from;
    };
    const { source, minVoltagePu, maxVoltagePu, maxSquaredCurrentPu } = network;
    const free = () => -Infinity;
    const unlimited = () => Infinity;
    columns('u', controlCount(model), free, unlimited);
    this.column = {
      p: columns('P', lines, free, unlimited),
      q: columns('Q', lines, free, unlimited),
      l: columns(
        'l',
        lines,
        () => 0,
        (k) => maxSquaredCurrentPu[k + 1],
      ),
      v: columns(
        'v',
        lines,
        () => minVoltagePu ** 2,
        () => maxVoltagePu ** 2,
      ),
      source: builder.addColumn('source P', source.minMw, source.maxMw),
      above: 0,
    };
    builder.addColumn('source Q', source.minMvar, source.maxMvar);
    this.column.above = columns('shift', 2 * stationIds.length, () => 0, unlimited);
    this.addBalances(builder);
    this.addVoltageDrops(builder);
    this.targetRow = builder.rowCount;
    stationIds.forEach((id, k) => {
      const shift = this.column.above + 2 * k;
      builder.addRow(
        `target ${id}`,
        -Infinity,
        Infinity,
        [firstStation(model) + k, shift, shift + 1],
        [1, -1, 1],
      );
    });
    network.devices.forEach(({ ratingMva }, device) => {
      for (let side = 0; side < CIRCLE_SIDES && ratingMva !== null; side++) {
        const angle = (2 * Math.PI * side) / CIRCLE_SIDES;
        builder.addRow(
          'circle',
          -Infinity,
          ratingMva,
          [2 * device, 2 * device + 1],
          [Math.cos(angle), Math.sin(angle)],
        );
      }
    });
    this.fixedRows = builder.rowCount;
    this.lp = builder.build(highs, LP_OPTIONS);
  }

  /** Points of the tangents that the programme holds, plain data. */
  coneList(): ConePoint[] {
    return this.cuts.flatMap(({ cone }) => (cone ? [cone] : []));
  }

  /** Active balances of all buses, then reactive ones; the right-hand sides are the net loads. */
  private addBalances(builder: LinearModelBuilder): void {
    const { network } = this.model;
    const { parent } = network;
    for (const reactive of [false, true]) {
      const flow = reactive ? this.column.q : this.column.p;
      const impedance = reactive ? network.reactancePu : network.resistancePu;
      for (let bus = 0; bus <= this.lines; bus++) {
        const indices =
          bus === 0 ? [this.column.source + (reactive ? 1 : 0)] : [flow + bus - 1, this.column.l + bus - 1];
        const values = bus === 0 ? [1] : [1, -impedance[bus]];
        for (let child = bus + 1; child <= this.lines; child++) {
          if (parent[child] !== bus) continue;
          indices.push(flow + child - 1);
          values.push(-1);
        }
        for (let k = 0; k < controlCount(this.model); k++) {
          const injection = controlInjection(this.model, k);
          if (injection.bus !== bus || injection.reactive !== reactive) continue;
          indices.push(k);
          values.push(injection.sign);
        }
        builder.addRow(`${reactive ? 'Q' : 'P'} balance ${network.busIds[bus]}`, 0, 0, indices, values);
      }
    }
  }

  private addVoltageDrops(builder: LinearModelBuilder): void {
    const { parent, resistancePu: r, reactancePu: x, source, lineIds } = this.model.network;
    const { p, q, l, v } = this.column;
    for (let j = 1; j <= this.lines; j++) {
      const indices = [v + j - 1, p + j - 1, q + j - 1, l + j - 1];
      const values = [1, 2 * r[j], 2 * x[j], -(r[j] ** 2 + x[j] ** 2)];
      if (parent[j] > 0) {
        indices.push(v + parent[j] - 1);
        values.push(-1);
      }
      const fixed = parent[j] > 0 ? 0 : source.voltagePu ** 2;
      builder.addRow(`voltage drop ${lineIds[j]}`, fixed, fixed, indices, values);
    }
  }

  /** Sets loads, bounds and costs, and drops the restrictions of the problem before. */
  pose({ case: { interval, reserve }, bounds, cost, sourceCost, lossCost, targetMw }: FlowProblem): void {
    const { network, stationIds } = this.model;
    this.restrict([]);
    const load = Float64Array.from([...network.loadMw[interval], ...network.loadMvar[interval]]);
    if (reserve) load[reserve.bus] += reserve.mw;
    this.lp.setRowsBounds(0, load, load);
    this.lp.setColumnsBounds(0, bounds.lower, bounds.upper);
    this.lp.setCosts(0, cost);
    this.lp.setCost(this.column.source, sourceCost);
    this.setLossCost(lossCost);
    const shiftLimit = targetMw ? Infinity : 0;
    stationIds.forEach((_, k) => {
      this.lp.setRowBounds(this.targetRow + k, targetMw?.[k] ?? -Infinity, targetMw?.[k] ?? Infinity);
      for (const side of [0, 1]) {
        this.lp.setColumnBounds(this.column.above + 2 * k + side, 0, shiftLimit);
        this.lp.setCost(this.column.above + 2 * k + side, 1);
      }
    });
  }

  setLossCost(lossCost: number): void {
    const { resistancePu } = this.model.network;
    this.lp.setCosts(
      this.column.l,
      Float64Array.from({ length: this.lines }, (_, k) => lossCost * resistancePu[k + 1]),
    );
  }

  /** Replaces the rows tangent(u) ≤ 0 on the controls; they enter the programme when they are first violated. */
  restrict(tangents: readonly Tangent[]): void {
    this.removeRows(this.restrictions);
    this.restrictions = [];
    this.waiting = [...tangents];
  }

  /** Solves, cuts and solves again until the cones and the restrictions hold. */
  solve(): FlowSolution {
    const mean = new Float64Array(3 * this.lines);
    this.solves++;
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      const solution = this.lp.solve();
      if (solution.status !== 'optimal') {
        return this.unsolved(solution.status === 'infeasible' ? 'infeasible' : 'failed', round);
      }
      if (this.addViolatedRestrictions(solution.columns) + this.cut(solution.columns, mean, round) === 0) {
        this.purge(solution);
        return this.summarise(solution, round);
      }
    }
    return this.unsolved('failed', MAX_ROUNDS);
  }

  private addViolatedRestrictions(x: Float64Array): number {
    const violated = this.waiting.filter(
      ({ constant, gradient }) =>
        gradient.reduce((sum, slope, k) => sum + slope * x[k], constant) > RESTRICTION_TOLERANCE,
    );
    for (const { constant, gradient } of violated) {
      this.cuts.push({ cone: null, lastUsed: this.solves });
      const row = this.lp.addRow(
        'restriction',
        -Infinity,
        -constant,
        Array.from(gradient.keys()),
        Array.from(gradient),
      );
      this.restrictions.push(row);
    }
    this.waiting = this.waiting.filter((tangent) => !violated.includes(tangent));
    return violated.length;
  }

  /** Adds tangents at the point and at the running mean of the points (in-out separation). @returns their number. */
  private cut(x: Float64Array, mean: Float64Array, round: number): number {
    const { parent, source } = this.model.network;
    const { p, q, l, v } = this.column;
    let added = 0;
    for (let j = 0; j < this.lines; j++) {
      const above = parent[j + 1] - 1;
      const point = [x[p + j], x[q + j], above < 0 ? source.voltagePu ** 2 : x[v + above]];
      point.forEach((value, k) => (mean[3 * j + k] += (value - mean[3 * j + k]) / Math.min(round, 2)));
      const missing = (point[0] ** 2 + point[1] ** 2) / point[2] - x[l + j];
      if (missing <= this.coneTolerance * Math.max(1, x[l + j])) continue;
      this.addCone(j, point);
      if (round > 1) this.addCone(j, Array.from(mean.subarray(3 * j, 3 * j + 3)));
      added++;
    }
    this.model.network.devices.forEach(({ ratingMva }, device) => {
      const [active, reactive] = [x[2 * device], x[2 * device + 1]];
      if (ratingMva === null || Math.hypot(active, reactive) <= ratingMva * (1 + this.coneTolerance)) return;
      const angle = Math.atan2(reactive, active);
      this.cuts.push({ cone: null, lastUsed: this.solves });
      this.lp.addRow(
        'circle',
        -Infinity,
        ratingMva,
        [2 * device, 2 * device + 1],
        [Math.cos(angle), Math.sin(angle)],
      );
      added++;
    });
    return added;
  }

  /** l ≥ (2 P₀ P + 2 Q₀ Q)/v₀ − (P₀² + Q₀²) v/v₀². */
  private addCone(line: number, [P, Q, v]: readonly number[]): void {
    const above = this.model.network.parent[line + 1] - 1;
    const slope = (P * P + Q * Q) / (v * v);
    const indices = [this.column.l + line, this.column.p + line, this.column.q + line];
    const values = [1, (-2 * P) / v, (-2 * Q) / v];
    let bound = 0;
    if (above < 0) bound = -slope * this.model.network.source.voltagePu ** 2;
    else {
      indices.push(this.column.v + above);
      values.push(slope);
    }
    this.cuts.push({ cone: [line, P, Q, v], lastUsed: this.solves });
    this.lp.addRow('cone', bound, Infinity, indices, values);
  }

  /** Drops the cuts that have not bound for longest; the last ones lie where the next problem will look. */
  private purge(solution: LinearSolution): void {
    const restricted = new Set(this.restrictions);
    const idle: number[] = [];
    for (let row = this.fixedRows; row < this.lp.rowCount; row++) {
      if (Math.abs(solution.rowDuals[row]) > BINDING_DUAL)
        this.cuts[row - this.fixedRows].lastUsed = this.solves;
      else if (!restricted.has(row)) idle.push(row);
    }
    const surplus = this.lp.rowCount - this.fixedRows - MAX_CUTS;
    if (surplus <= 0) return;
    const lastUsed = (row: number) => this.cuts[row - this.fixedRows].lastUsed;
    idle.sort((a, b) => lastUsed(a) - lastUsed(b) || a - b);
    this.removeRows(idle.slice(0, surplus + MAX_CUTS - PURGED_TO).sort((a, b) => a - b));
  }

  /** @param rows indices in ascending order. */
  private removeRows(rows: readonly number[]): void {
    const gone = new Set(rows);
    this.lp.deleteRows(rows);
    const left = this.cuts.filter((_, k) => !gone.has(this.fixedRows + k));
    this.cuts.splice(0, this.cuts.length, ...left);
    this.restrictions = this.restrictions
      .filter((row) => !gone.has(row))
      .map((row) => row - rows.filter((each) => each < row).length);
  }

  private summarise(solution: LinearSolution, programmes: number): FlowSolution {
    const { resistancePu } = this.model.network;
    const first = firstStation(this.model);
    const stations = this.model.stationIds.length;
    let lossMw = 0;
    for (let j = 0; j < this.lines; j++) lossMw += resistancePu[j + 1] * solution.columns[this.column.l + j];
    const gradient = new Float64Array(stations);
    for (let k = 0; k < stations; k++) {
      gradient[k] =
        this.model.stationBus[k] === NO_BUS
          ? 0
          : solution.columnDuals[first + k] + solution.rowDuals[this.targetRow + k];
    }
    return {
      status: 'optimal',
      objective: solution.objective,
      controls: solution.columns.slice(0, controlCount(this.model)),
      lossMw,
      stationGradient: gradient,
      programmes,
    };
  }

  private unsolved(status: 'infeasible' | 'failed', programmes: number): FlowSolution {
    const none = new Float64Array(0);
    return { status, objective: NaN, controls: none, lossMw: NaN, stationGradient: none, programmes };
  }

  dispose(): void {
    this.lp.dispose();
  }
}

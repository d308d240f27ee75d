/**
 * Dynamic user equilibrium for given prices: for each group, used columns have equal and minimal cost (Wardrop).
 * Gauss-Seidel gradient projection moves flow from each dearer column of a group to its cheapest; an active-set
 * Newton step with Levenberg-Marquardt damping finishes. The waiting cost depends on earlier entries only, so
 * its Jacobian is not symmetric and there is no potential to minimise: the gap is the merit.
 */
import { CellState } from './cell-state.js';
import type { ColumnSet } from './columns.js';
import { solveFlat } from './flat-system.js';

/** Share of a group's demand below which a flow is rounding, and is set to zero. */
const NEGLIGIBLE_SHARE = 1e-12;
/** Cost differences below this are rounding, in money. */
const NEGLIGIBLE_COST = 1e-12;
/** Newton starts below this average excess cost per vehicle, in money: farther off, active sets are guesses. */
const NEWTON_EXCESS_COST = 0.05;
/** After so many sweeps Newton is tried anyway: in heavy congestion sweeps hardly advance. */
const SWEEPS_BEFORE_NEWTON = 20;
/** More free columns than this make a dense Newton step slower than the sweeps it replaces. */
const MAX_NEWTON_SIZE = 500;
/** Of a Newton step, as a share of the largest slope. */
const MOST_DAMPING = 1e-2;
const MOST_SWEEPS_TO_NEWTON = 32;
/** Excesses that differ by less than this share are the same but for rounding. */
const SAME_EXCESS = 1e-11;
const SECANT_STEPS = 4;
/** Times that a Newton step is computed again without the columns that it would empty. */
const MAX_PIVOTS = 8;

/** A column whose flow a Newton step changes, against the column of its group that carries most. */
interface ActiveColumn {
  column: number;
  base: number;
  /** Cost of the base less that of the column, money. */
  difference: number;
}

export interface EquilibriumOptions {
  /** Stops when Σ flow·(cost − least cost of the group) is at most this, in money. */
  maxExcess: number;
  maxSweeps?: number;
}

export interface EquilibriumReport {
  /** Σ flow·(cost − least cost of the group), in money. */
  excess: number;
  sweeps: number;
  newtonSteps: number;
}

/**
 * Flows of a column set with the cell state they cause; start it with `reset` or a warm flow, once money and proximal
 * term are on the cells.
 */
export class Equilibrium {
  readonly cells: CellState;
  readonly flow: Float64Array;
  private readonly totalDemand: number;
  private readonly scratch: Float64Array;

  constructor(readonly columns: ColumnSet) {
    this.cells = new CellState(columns);
    this.flow = new Float64Array(columns.constant.length);
    this.totalDemand = columns.demand.reduce((sum, vehicles) => sum + vehicles, 0);
    this.scratch = new Float64Array(this.cells.cost.length);
  }

  /** All-or-nothing on the costs of the empty network. */
  reset(): void {
    this.flow.fill(0);
    this.cells.load(this.flow);
    const { groupStart, demand } = this.columns;
    for (let group = 0; group < demand.length; group++) {
      this.flow[this.cheapest(groupStart[group], groupStart[group + 1])] = demand[group];
    }
    this.cells.load(this.flow);
  }

  /** Continues from given flows, which must meet the demand of each group. */
  warmStart(flow: Float64Array): void {
    this.flow.set(flow);
    this.cells.load(this.flow);
  }

  /** Moves the flows to an equilibrium for the money that is on the cells. */
  solve({ maxExcess, maxSweeps = 2000 }: EquilibriumOptions): EquilibriumReport {
    let newtonSteps = 0;
    let damping = 1e-10;
    let sweepsToNewton = 2;
    let excess = this.excess();
    let sweeps = 0;
    let before = Infinity;
    while (excess > maxExcess && sweeps < maxSweeps) {
      for (let i = 0; i < sweepsToNewton && excess > maxExcess; i++) {
        this.sweep();
        sweeps++;
        this.cells.load(this.flow);
        excess = this.excess();
      }
      if (excess <= maxExcess) break;
      if (excess > NEWTON_EXCESS_COST * this.totalDemand && sweeps < SWEEPS_BEFORE_NEWTON) continue;
      // With most damping and most sweeps every round is like the last: one that begins where that began will end there.
      const atMost = damping === MOST_DAMPING && sweepsToNewton === MOST_SWEEPS_TO_NEWTON;
      const circles = atMost && Math.abs(excess - before) <= SAME_EXCESS * excess;
      before = excess;
      const after = this.newton(damping, excess);
      newtonSteps++;
      if (after < 0.5 * excess) {
        damping = Math.max(1e-14, damping / 10);
        sweepsToNewton = 1;
      } else {
        damping = Math.min(MOST_DAMPING, damping * 10);
        sweepsToNewton = Math.min(MOST_SWEEPS_TO_NEWTON, sweepsToNewton + 2);
      }
      excess = Math.min(excess, after);
      if (circles) break;
    }
    return { excess, sweeps, newtonSteps };
  }

  /** Σ flow·(cost − least cost of the group), in money. */
  excess(): number {
    const { groupStart, demand, start, cell, weight, constant } = this.columns;
    const { flow } = this;
    const cellCost = this.cells.cost;
    let total = 0;
    for (let group = 0; group < demand.length; group++) {
      let least = Infinity;
      let paid = 0;
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
        let cost = constant[column];
        for (let entry = start[column]; entry < start[column + 1]; entry++) {
          cost += weight[entry] * cellCost[cell[entry]];
        }
        if (cost < least) least = cost;
        paid += flow[column] * cost;
      }
      total += paid - demand[group] * least;
    }
    return Math.max(0, total);
  }

  private cheapest(from: number, to: number): number {
    let best = from;
    let least = Infinity;
    for (let column = from; column < to; column++) {
      const cost = this.cells.columnCost(column);
      if (cost < least) {
        least = cost;
        best = column;
      }
    }
    return best;
  }

  private sweep(): void {
    const { groupStart, demand } = this.columns;
    for (let group = 0; group < demand.length; group++) {
      const from = groupStart[group];
      const to = groupStart[group + 1];
      if (to - from < 2) continue;
      const best = this.cheapest(from, to);
      for (let column = from; column < to; column++) {
        if (column !== best && this.flow[column] > 0) this.balance(column, best, demand[group]);
      }
    }
  }

  /** Moves flow from a column to a cheaper one until their costs meet or the column is empty. */
  private balance(from: number, to: number, demand: number): void {
    const available = this.flow[from];
    let difference = this.cells.columnCost(from) - this.cells.columnCost(to);
    if (difference <= NEGLIGIBLE_COST) return;
    let moved = 0;
    let below = 0;
    let belowDifference = difference;
    let above = Infinity;
    let aboveDifference = 0;
    for (let step = 0; step < SECANT_STEPS; step++) {
      let next: number;
      if (above === Infinity) {
        const slope = this.pairSlope(from, to);
        next = slope > 0 ? moved + difference / slope : available;
      } else {
        next = below + ((above - below) * belowDifference) / (belowDifference - aboveDifference);
      }
      next = Math.min(available, Math.max(0, next));
      if (next === moved) break;
      this.cells.shift(from, moved - next);
      this.cells.shift(to, next - moved);
      moved = next;
      difference = this.cells.columnCost(from) - this.cells.columnCost(to);
      if (difference >= 0) {
        if (moved === available) break;
        below = moved;
        belowDifference = difference;
      } else {
        above = moved;
        aboveDifference = difference;
      }
      if (Math.abs(difference) <= NEGLIGIBLE_COST) break;
    }
    this.flow[to] += moved;
    this.flow[from] = available - moved;
    if (this.flow[from] < NEGLIGIBLE_SHARE * demand) {
      this.cells.shift(from, -this.flow[from]);
      this.cells.shift(to, this.flow[from]);
      this.flow[to] += this.flow[from];
      this.flow[from] = 0;
    }
  }

  /** −d(cost(from) − cost(to)) / d(flow moved). */
  private pairSlope(from: number, to: number): number {
    const touched: number[] = [];
    this.cells.addCostChange(to, 1, this.scratch, touched);
    this.cells.addCostChange(from, -1, this.scratch, touched);
    const slope = this.columnDot(to, this.scratch) - this.columnDot(from, this.scratch);
    for (const cell of touched) this.scratch[cell] = 0;
    return slope;
  }

  private columnDot(column: number, values: Float64Array): number {
    const { start, cell, weight } = this.columns;
    let sum = 0;
    for (let entry = start[column]; entry < start[column + 1]; entry++) {
      sum += weight[entry] * values[cell[entry]];
    }
    return sum;
  }

  /**
   * One damped Newton step on the active columns: their costs become equal within each group. Active are the used
   * columns and the unused ones that are cheaper than they; those that the step would empty leave and the step is
   * computed again without them [primal-dual active set].
   * Keeps the flows as they were unless the excess falls.
   * @returns the excess afterwards.
   */
  private newton(damping: number, excessBefore: number): number {
    const { groupStart, demand } = this.columns;
    const active: ActiveColumn[] = [];
    for (let group = 0; group < demand.length; group++) {
      let base = groupStart[group];
      for (let column = base; column < groupStart[group + 1]; column++) {
        if (this.flow[column] > this.flow[base]) base = column;
      }
      const baseCost = this.cells.columnCost(base);
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
        if (column === base) continue;
        const difference = baseCost - this.cells.columnCost(column);
        if (this.flow[column] > 0 || difference > NEGLIGIBLE_COST) active.push({ column, base, difference });
      }
    }
    const size = active.length;
    if (size === 0 || size > MAX_NEWTON_SIZE) return excessBefore;
    const jacobian = this.costDifferences(active);
    let largest = 0;
    for (let i = 0; i < size; i++) largest = Math.max(largest, Math.abs(jacobian[i * size + i]));
    const regularisation = Math.max(damping * largest, Number.MIN_VALUE);
    for (let i = 0; i < size; i++) jacobian[i * size + i] += regularisation;

    const step = new Float64Array(size);
    const emptied: number[] = [];
    let free = active.map((_, index) => index);
    for (let pivot = 0; pivot < MAX_PIVOTS && free.length > 0; pivot++) {
      const count = free.length;
      const matrix = new Float64Array(count * count);
      const right = new Float64Array(count);
      for (let at = 0; at < count; at++) {
        const row = free[at] * size;
        right[at] = active[free[at]].difference;
        for (const k of emptied) right[at] -= jacobian[row + k] * step[k];
        for (let k = 0; k < count; k++) matrix[at * count + k] = jacobian[row + free[k]];
      }
      let solution: Float64Array;
      try {
        solution = solveFlat(matrix, right);
      } catch {
        return excessBefore; // Singular: the caller raises the damping.
      }
      const staying: number[] = [];
      free.forEach((i, at) => {
        const flow = this.flow[active[i].column];
        if (flow + solution[at] < 0) {
          step[i] = -flow;
          emptied.push(i);
        } else {
          step[i] = solution[at];
          staying.push(i);
        }
      });
      if (staying.length === count) break;
      free = staying;
    }
    return this.tryStep(active, step, excessBefore);
  }

  /** d(cost of column i − cost of its base) / d(flow moved from the base of k to column k), rows i, columns k. */
  private costDifferences(active: readonly ActiveColumn[]): Float64Array {
    const size = active.length;
    const matrix = new Float64Array(size * size);
    const touched: number[] = [];
    for (let k = 0; k < size; k++) {
      touched.length = 0;
      this.cells.addCostChange(active[k].column, 1, this.scratch, touched);
      this.cells.addCostChange(active[k].base, -1, this.scratch, touched);
      for (let i = 0; i < size; i++) {
        const { column, base } = active[i];
        matrix[i * size + k] = this.columnDot(column, this.scratch) - this.columnDot(base, this.scratch);
      }
      for (const cell of touched) this.scratch[cell] = 0;
    }
    return matrix;
  }

  private tryStep(free: readonly ActiveColumn[], step: Float64Array, excessBefore: number): number {
    const before = this.flow.slice();
    for (const length of [1, 0.5, 0.25]) {
      this.flow.set(before);
      for (let k = 0; k < free.length; k++) {
        const { column, base } = free[k];
        const next = Math.max(0, before[column] + length * step[k]);
        this.flow[base] += before[column] - next;
        this.flow[column] = next;
      }
      if (this.repairBases(free)) {
        this.cells.load(this.flow);
        const excess = this.excess();
        if (excess < excessBefore) return excess;
      }
    }
    this.flow.set(before);
    this.cells.load(this.flow);
    return excessBefore;
  }

  /** Scales a group back whose base column went below zero; false when the step is not finite. */
  private repairBases(free: readonly ActiveColumn[]): boolean {
    const { groupStart, demand } = this.columns;
    for (const { base } of free) {
      if (!Number.isFinite(this.flow[base])) return false;
    }
    for (let group = 0; group < demand.length; group++) {
      let sum = 0;
      let negative = false;
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
        if (this.flow[column] < NEGLIGIBLE_SHARE * demand[group]) {
          negative ||= this.flow[column] !== 0;
          this.flow[column] = 0;
        }
        sum += this.flow[column];
      }
      if (!negative) continue;
      if (!(sum > 0)) return false;
      const scale = demand[group] / sum;
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++)
        this.flow[column] *= scale;
    }
    return true;
  }
}

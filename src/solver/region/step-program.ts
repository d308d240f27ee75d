/**
 * The sequential linear programme for a boundary point under a budget. Around a state with flows f0, coupons m0
 * and waiting times T0 it minimises direction · load over flows, coupons, least costs μ and waiting times T, with
 *
 *   Σ f = q                                      demand of each group
 *   h = occupancy of f, T = T0 + T'(h − h0)      waiting, linearised
 *   r_j = R_j + Σ α (T + service + price − m) − μ ≥ 0      dual feasibility [equilibrium]
 *   f_j / q + r_j / (r0_j + 2Δ) ≤ 1              McCormick cut of the complementarity f·r = 0
 *   Σ f (cost without coupon) − Σ q μ ≤ F        the subsidy, since f·r = 0; linearised in f·T
 *   |m − m0| ≤ Δ, 0 ≤ m ≤ cap                    trust region
 *   |f − f0| ≤ q Δ / Δ_q where Δ < Δ_q
 *
 * for the groups of the window; the others stay. One model per set of axes, updated in place. A coupon is a column from m0
 * up less one from 0 up: with both at their lower bounds the state is a vertex, and its basis is where a region's steps
 * begin, whatever was solved before.
 */
import type { Highs } from '../highs/load.js';
import type { LinearModel, LinearSolution, SavedBasis } from '../highs/model.js';
import {
  BASIS_STATUS,
  LEAST_COEFFICIENT,
  LinearModelBuilder,
  PRIMAL_SIMPLEX,
  UNSCALED,
} from '../highs/model.js';
import type { ClassModel, ClassState } from './class-model.js';
import type { ClassLayout } from './step-layout.js';
import { addClass } from './step-layout.js';
import { StepRows, type StepRow } from './step-rows.js';
import { GRID_PRICE, WHOLE_FLOW_RADIUS } from './trust-region.js';
import type { ClassWindow } from './window.js';

/** Columns dearer than this many trust radii cannot become attractive in one step. */
const FAR_RADII = 2;
/** Reduced costs below this are zero, in money. */
const TIGHT = 1e-9;
/** Slope of waiting in an empty station, money per vehicle: nothing, but a coefficient that stays in the matrix. */
const LEAST_SLOPE = 2 * LEAST_COEFFICIENT;

/** What a programme minimises beyond a direction of the axes; a region needs none of it. */
export interface StepPrices {
  /** Per vehicle that enters, by class and cell. */
  entry: readonly Float64Array[];
  /** Per money unit of subsidy within the budget. */
  subsidy: number;
  /** Per MW beyond the feeder's region. */
  grid: number;
  /** Per unit of each epigraph variable; a variable that no row bounds from below must cost nothing. */
  epigraph: Float64Array;
}

export interface Step {
  /** Coupons per cell by class. */
  coupons: Float64Array[];
  /** Inflow per cell by class that the step aims at. */
  inflows: Float64Array[];
  /** direction · load that the linear model promises, MW. */
  predicted: number;
  /** Improvement of direction · load per money of budget. */
  budgetPrice: number;
  /** Values and multipliers of the linear programme, by the `layouts`. */
  solution: LinearSolution;
}

export class StepProgram {
  private readonly lp: LinearModel;
  private home: SavedBasis | null = null;
  readonly layouts: ClassLayout[] = [];
  private readonly overshoot: number;
  private readonly gridExcess: number;
  private readonly spent: number;
  private readonly epigraph: number;
  private entryPrice: readonly Float64Array[] | null = null;
  private subsidyPrice = 0;
  private readonly rows: StepRows;
  /**
   * Steps begin at the vertex of their state; where the budget's row stays they begin where the last one ended, which is
   * nearer once costs and cuts have multipliers.
   */
  private readonly beginsAtState: boolean;
  /** Rows before those of `rows`. */
  private readonly lastingRows: number;

  /**
   * @param epigraphs number of variables that `EpigraphRow`s bound.
   * @param keepsBudget as in `StepRows`.
   */
  constructor(
    highs: Highs,
    classes: readonly ClassModel[],
    windows: readonly ClassWindow[],
    private readonly epigraphs = 0,
    keepsBudget = false,
  ) {
    const builder = new LinearModelBuilder();
    classes.forEach((model, index) => this.layouts.push(addClass(builder, model, windows[index])));
    this.overshoot = builder.addColumn('subsidy over budget', 0, Infinity);
    this.gridExcess = builder.addColumn('load beyond the feeder', 0, Infinity, GRID_PRICE);
    this.spent = builder.addColumn('subsidy within budget', 0, 0);
    this.epigraph = builder.columnCount;
    for (let i = 0; i < epigraphs; i++) builder.addColumn(`epigraph ${i}`, -Infinity, Infinity);
    const columns: number[] = [];
    for (const { window, flow, leastCost, waiting, coupon, lowered } of this.layouts) {
      for (let j = 0; j < window.columns.length; j++) columns.push(flow + j);
      for (let g = 0; g < window.groups.length; g++) columns.push(leastCost + g);
      for (let i = 0; i < window.cells.length; i++) columns.push(waiting + i, coupon + i, lowered + i);
    }
    columns.push(this.overshoot, this.spent);
    this.lp = builder.build(highs, {
      presolve: 'off',
      simplex_strategy: PRIMAL_SIMPLEX,
      ...UNSCALED,
      primal_feasibility_tolerance: 1e-8,
      dual_feasibility_tolerance: 1e-8,
      // A vertex to begin with leaves nothing to perturb, and no perturbation to clean up after.
      ...(keepsBudget ? {} : { primal_simplex_bound_perturbation_multiplier: 0 }),
    });
    this.beginsAtState = !keepsBudget;
    this.lastingRows = this.lp.rowCount;
    const { gridExcess, epigraph } = this;
    this.rows = new StepRows(this.lp, this.layouts, { gridExcess, epigraph, budget: columns }, keepsBudget);
  }

  /** Minimises direction · load from now on; a money unit over budget costs `overshootPrice` MW. */
  setDirection(direction: ArrayLike<number>, overshootPrice: number): void {
    for (const { model, window, occupancy } of this.layouts) {
      const costs = new Float64Array(window.cells.length);
      model.axisLoads.forEach((load, axis) => {
        if (load) costs[window.positionOfCell[load.cell]] += direction[axis] * load.mwPerVehicle;
      });
      this.lp.setCosts(occupancy, costs);
    }
    this.lp.setCost(this.overshoot, overshootPrice);
  }

  /** Minimises these prices in addition to the direction from now on. */
  setPrices({ entry, subsidy, grid, epigraph }: StepPrices): void {
    this.entryPrice = entry;
    this.subsidyPrice = subsidy;
    this.lp.setCost(this.spent, subsidy);
    this.lp.setCost(this.gridExcess, grid);
    this.lp.setCosts(this.epigraph, epigraph.slice(0, this.epigraphs));
  }

  /** One step from a state; null when the linear programme has no solution. */
  step(
    states: readonly ClassState[],
    radius: number,
    budget: number,
    complementPrice: number,
    gridRows: readonly StepRow[] = [],
  ): Step | null {
    let fixedSubsidy = 0;
    const budgetValues: number[] = [];
    this.layouts.forEach((layout, index) => {
      const entryPrice = this.entryPrice?.[index] ?? null;
      fixedSubsidy += this.update(layout, states[index], radius, complementPrice, entryPrice, budgetValues);
    });
    budgetValues.push(-1, -1);
    // Where subsidy has a price the budget is the room of the variable that has it.
    const priced = this.subsidyPrice > 0;
    this.lp.setColumnBounds(this.spent, 0, priced ? budget : 0);
    this.rows.put(gridRows, states);
    const budgetRow = this.rows.putBudget((priced ? 0 : budget) - fixedSubsidy, budgetValues);
    if (this.beginsAtState) this.lp.restoreBasis(this.basisOf(states));
    const solution = this.lp.solve();
    if (solution.status !== 'optimal') return null;
    const coupons: Float64Array[] = [];
    const inflows: Float64Array[] = [];
    this.layouts.forEach(({ model, window, flow, coupon, lowered }, index) => {
      const state = states[index];
      const { start, cell, weight } = model.choice.columns;
      const coupons_ = state.coupon.slice();
      const inflow = state.inflow.slice();
      window.cells.forEach((at, i) => {
        coupons_[at] = Math.max(0, solution.columns[coupon + i] - solution.columns[lowered + i]);
      });
      window.columns.forEach((column, j) => {
        const change = solution.columns[flow + j] - state.flow[column];
        if (change === 0) return;
        for (let entry = start[column]; entry < start[column + 1]; entry++) {
          inflow[cell[entry]] += weight[entry] * change;
        }
      });
      coupons.push(coupons_);
      inflows.push(inflow);
    });
    return {
      coupons,
      inflows,
      predicted: solution.objective,
      budgetPrice: -solution.rowDuals[budgetRow],
      solution,
    };
  }

  /** Puts a state into the rows of one class. @returns the part of the subsidy that the step cannot change. */
  private update(
    layout: ClassLayout,
    state: ClassState,
    radius: number,
    complementPrice: number,
    entryPrice: Float64Array | null,
    budgetValues: number[],
  ): number {
    const { model, window } = layout;
    const { choice, equilibrium } = model;
    const { columns, price, couponCap } = choice;
    const { cells } = equilibrium;
    cells.proximal = 0;
    cells.money.set(price);
    cells.load(state.flow);
    const cellCount = window.cells.length;
    const columnCount = window.columns.length;

    // Waiting and occupancy rows, coupon bounds.
    const waitingNow = new Float64Array(cellCount);
    const fixedInflow = new Float64Array(cellCount);
    const couponLower = new Float64Array(cellCount);
    const couponUpper = new Float64Array(cellCount);
    const loweredUpper = new Float64Array(cellCount);
    const waitingRhs = new Float64Array(cellCount);
    const occupancyRhs = new Float64Array(cellCount);
    const netOutside = (cell: number): number => cells.cost[cell] - state.coupon[cell];
    for (let i = 0; i < cellCount; i++) {
      const cell = window.cells[i];
      waitingNow[i] = cells.cost[cell] - price[cell];
      const slope = Math.max(cells.slope[cell], LEAST_SLOPE);
      this.lp.setCoefficient(layout.waitingRow + i, layout.occupancy + i, -slope);
      waitingRhs[i] = waitingNow[i] - slope * cells.occupancy[cell];
      occupancyRhs[i] = cells.occupancy[cell];
      fixedInflow[i] = state.inflow[cell];
      couponLower[i] = this.beginsAtState ? state.coupon[cell] : Math.max(0, state.coupon[cell] - radius);
      const cap = couponCap[Math.floor(cell / columns.intervals)];
      couponUpper[i] = Math.max(couponLower[i], Math.min(cap, state.coupon[cell] + radius));
      loweredUpper[i] = this.beginsAtState ? Math.min(state.coupon[cell], radius) : 0;
    }
    const flowLower = new Float64Array(columnCount);
    const flowUpper = new Float64Array(columnCount);
    const reducedRhs = new Float64Array(columnCount);
    const complementRhs = new Float64Array(columnCount);
    const flowBudget = new Float64Array(columnCount);
    const flowCost = new Float64Array(columnCount);
    const reducedCosts = new Float64Array(columnCount);
    let subsidyOutside = 0;
    const dwellOf = (cell: number): number => {
      const block = columns.blocks[Math.floor(cell / columns.intervals)];
      return block.kind === 'service' ? block.dwell : 1;
    };
    for (let j = 0; j < columnCount; j++) {
      const column = window.columns[j];
      const group = window.groups[window.groupOfColumn[j]];
      const flow = state.flow[column];
      let constant = columns.constant[column];
      let costNow = columns.constant[column];
      let reducedCost = columns.constant[column] - state.leastCost[group];
      let priceOfEntry = 0;
      for (let entry = columns.start[column]; entry < columns.start[column + 1]; entry++) {
        const cell = columns.cell[entry];
        const weight = columns.weight[entry];
        if (entryPrice) priceOfEntry += weight * entryPrice[cell];
        reducedCost += weight * netOutside(cell);
        costNow += weight * cells.cost[cell];
        const position = window.positionOfCell[cell];
        if (position < 0) {
          constant += weight * netOutside(cell);
        } else {
          constant += weight * price[cell];
          fixedInflow[position] -= weight * flow;
        }
        // The flow's occupancy is variable: take it out of the constant, for as long as it is present.
        const last = Math.min(
          cell + dwellOf(cell),
          (Math.floor(cell / columns.intervals) + 1) * columns.intervals,
        );
        for (let later = cell; later < last; later++) {
          const at = window.positionOfCell[later];
          if (at >= 0) occupancyRhs[at] -= weight * flow;
        }
      }
      // A cell outside the window keeps its coupon: what it pays to these groups is not theirs to save.
      reducedRhs[j] = constant;
      flowBudget[j] = costNow;
      const far = flow === 0 && reducedCost > FAR_RADII * radius * 2;
      const share = this.beginsAtState ? Math.min(1, radius / WHOLE_FLOW_RADIUS) : 1;
      const reach = share * columns.demand[group];
      flowLower[j] = Math.max(0, flow - reach);
      flowUpper[j] = far ? 0 : flow + reach;
      const reduced = Math.max(0, reducedCost);
      flowCost[j] = priceOfEntry + (reduced > TIGHT ? complementPrice * reduced : 0);
      reducedCosts[j] = complementPrice * flow;
      this.lp.setCoefficient(
        layout.complementRow + j,
        layout.reduced + j,
        1 / ((reduced > TIGHT ? reduced : 0) + 2 * radius),
      );
      complementRhs[j] = far ? Infinity : 1;
    }
    this.lp.setCosts(layout.flow, flowCost);
    this.lp.setCosts(layout.reduced, reducedCosts);
    this.lp.setColumnsBounds(layout.flow, flowLower, flowUpper);
    this.lp.setColumnsBounds(layout.coupon, couponLower, couponUpper);
    this.lp.setColumnsBounds(layout.lowered, new Float64Array(cellCount), loweredUpper);
    this.lp.setRowsBounds(layout.occupancyRow, occupancyRhs, occupancyRhs);
    this.lp.setRowsBounds(layout.waitingRow, waitingRhs, waitingRhs);
    this.lp.setRowsBounds(layout.reducedRow, reducedRhs, reducedRhs);
    this.lp.setRowsBounds(layout.complementRow, new Float64Array(columnCount).fill(-Infinity), complementRhs);

    // Subsidy of window groups: Σ f·cost − Σ q μ, bilinear f·T linearised as f·T0 + f0·(T − T0); then what fixed
    // groups are paid in window cells, and everything paid outside.
    let constantPart = 0;
    for (let j = 0; j < columnCount; j++) budgetValues.push(flowBudget[j]);
    for (let g = 0; g < window.groups.length; g++) budgetValues.push(-columns.demand[window.groups[g]]);
    for (let i = 0; i < cellCount; i++) {
      const cell = window.cells[i];
      const variableInflow = state.inflow[cell] - fixedInflow[i];
      budgetValues.push(variableInflow, fixedInflow[i], -fixedInflow[i]);
      constantPart -= variableInflow * waitingNow[i];
    }
    for (let cell = 0; cell < state.inflow.length; cell++) {
      if (window.positionOfCell[cell] < 0) subsidyOutside += state.coupon[cell] * state.inflow[cell];
    }
    // Window groups that enter cells outside were counted in Σ f·cost − Σ q μ as well.
    for (let j = 0; j < columnCount; j++) {
      const column = window.columns[j];
      for (let entry = columns.start[column]; entry < columns.start[column + 1]; entry++) {
        const cell = columns.cell[entry];
        if (window.positionOfCell[cell] < 0) {
          subsidyOutside -= state.coupon[cell] * columns.weight[entry] * state.flow[column];
        }
      }
    }
    return constantPart + subsidyOutside;
  }

  /** Where the budget's row stays: keeps the basis of a step from this state, with budget to spare, as where jobs begin. */
  rememberBasis(states: readonly ClassState[], radius: number): void {
    if (!this.step(states, radius, Infinity, 0)) return;
    this.rows.clear();
    if (this.lp.solve().status === 'optimal') this.home = this.lp.saveBasis();
  }

  /** Makes the next step independent of those before it. */
  forgetBasis(): void {
    this.rows.clear();
    if (this.home) this.lp.restoreBasis(this.home);
    else this.lp.forgetBasis();
  }

  /**
   * The basis whose vertex is the state itself: flows of used columns, reduced costs of the others, least costs and what
   * follows from them are basic, coupons are where they were.
   */
  private basisOf(states: readonly ClassState[]): SavedBasis {
    const { LOWER, BASIC, ZERO } = BASIS_STATUS;
    const colStatus = new Int32Array(this.lp.columnNames.length).fill(LOWER);
    const rowStatus = new Int32Array(this.lp.rowCount).fill(LOWER);
    colStatus.fill(ZERO, this.epigraph);
    this.layouts.forEach((layout, index) => {
      const { window } = layout;
      const { flow } = states[index];
      window.columns.forEach((column, j) => {
        colStatus[flow[column] > 0 ? layout.flow + j : layout.reduced + j] = BASIC;
      });
      colStatus.fill(BASIC, layout.leastCost, layout.leastCost + window.groups.length);
      colStatus.fill(BASIC, layout.occupancy, layout.occupancy + window.cells.length);
      colStatus.fill(BASIC, layout.waiting, layout.waiting + window.cells.length);
      rowStatus.fill(BASIC, layout.complementRow, layout.complementRow + window.columns.length);
    });
    rowStatus.fill(BASIC, this.lastingRows);
    return { colStatus, rowStatus };
  }

  dispose(): void {
    this.lp.dispose();
  }
}

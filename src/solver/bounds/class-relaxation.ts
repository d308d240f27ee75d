/**
 * A relaxation of all equilibria of one class of station users: every certified point, with whatever coupons, is a
 * feasible point of it, with its own loads and no more than its own subsidy. So its minimum of direction · load +
 * price · subsidy is a proven lower bound.
 */
import type { Highs } from '../highs/load.js';
import { LinearModelBuilder, type LinearModel, type ModelArrays, type SavedBasis } from '../highs/model.js';
import type { StationChoice } from '../traffic/station-choice.js';
import { boxOf, serviceOf, waiting, type ClassBox } from './box.js';
import { worstProduct, type WorstProduct } from './branching-score.js';
import { boundWindow, type BoundWindow } from './class-window.js';
import { dualBound } from './dual-bound.js';
import {
  addEquilibriumRows,
  type CellProduct,
  type GroupRows,
  type PricedCell,
  type RangedProduct,
} from './equilibrium-rows.js';
import { presentFrom } from './reach.js';
import type { CostInterval } from './road-intervals.js';
import { addWaitingRows, type CellColumns } from './waiting-rows.js';

/** Intervals of margin around the axes; more was measured to gain less than 1 % of a bound. */
const WINDOW_MARGIN = 1;
/** Prices of subsidy below this are scaled as if they were this, MW per money, to keep the objective in range. */
const LEAST_SCALE_PRICE = 1e-5;

export interface RelaxationInput {
  choice: StationChoice;
  roads: CostInterval;
  /** By axis: the cell whose occupancy is the load, and MW per vehicle; null where the class has no part in it. */
  axisLoads: readonly ({ cell: number; mwPerVehicle: number } | null)[];
  axisIntervals: readonly number[];
  /** Σ f·(c − μ) that a certified point may have at most, money. */
  excessCost: number;
}

export interface StartingBasis {
  saved: SavedBasis;
  rows: number;
}

export class ClassRelaxation {
  private readonly lp: LinearModel;
  private readonly model: ModelArrays;
  private readonly flow = new Map<number, number>();
  private readonly subsidyRow: number;
  private readonly paid: CellProduct[];
  private readonly ranged: RangedProduct[];
  /** By cell the row above which no waiting time is allowed. */
  private readonly chords = new Map<number, number>();
  private readonly cells: ReadonlyMap<number, CellColumns & PricedCell>;
  private solved: { columns: Float64Array; rowDuals: Float64Array; scale: number } | null = null;

  constructor(
    highs: Highs,
    private readonly input: RelaxationInput,
    /** Pieces of each waiting curve. */
    pieces: number,
    box: ClassBox = boxOf(input.choice),
  ) {
    const { choice, roads, excessCost } = input;
    const builder = new LinearModelBuilder();
    const window = boundWindow(choice, input.axisIntervals, WINDOW_MARGIN);
    this.addFlows(builder, window, box);
    const cells = this.addCells(builder, window, box, pieces);
    this.cells = cells;
    const groups = window.groups.map((group) =>
      addEquilibriumRows(builder, { choice, roads, box, group, flow: this.flow, cells, excessCost }),
    );
    this.joinGroups(builder, groups, cells, box);
    this.paid = groups.flatMap(({ paid }) => paid);
    this.ranged = groups.flatMap(({ ranged }) => ranged);
    this.subsidyRow = builder.addRow(
      'subsidy',
      0,
      Infinity,
      this.paid.map(({ column }) => column),
      this.paid.map(({ share }) => share),
    );
    this.model = builder.snapshot();
    this.lp = builder.build(highs, { primal_feasibility_tolerance: 1e-8, dual_feasibility_tolerance: 1e-8 });
  }

  /**
   * A proven lower bound of direction · load + price · subsidy over the equilibria of this class with at most the
   * given subsidy, MW; −Infinity when none could be proven.
   * @param price MW per money, at least 0.
   * @param subsidyCap of this class, money; null for none.
   */
  bound(direction: ArrayLike<number>, price: number, subsidyCap: number | null): number {
    const scale = 1 / Math.max(price, LEAST_SCALE_PRICE);
    const costs = this.costs(direction, price, scale);
    const cap = subsidyCap ?? Infinity;
    this.lp.setCosts(0, costs);
    this.lp.setRowBounds(this.subsidyRow, 0, cap);
    let solution = this.lp.solve();
    if (solution.status === 'infeasible') {
      // Of all that a solver may say, this alone cannot be checked: it has to say it twice, from different starts.
      this.lp.forgetBasis();
      solution = this.lp.solve();
    }
    this.solved = solution.status === 'optimal' ? { ...solution, scale } : null;
    if (solution.status === 'infeasible') return Infinity;
    if (solution.status !== 'optimal') return -Infinity;
    this.model.rowUpper[this.subsidyRow] = cap;
    return dualBound(this.model, costs, solution.rowDuals) / scale;
  }

  /** The product whose range, split, promises most for the bound; null where there is no solution. */
  worstProduct(): WorstProduct | null {
    const { cells, ranged, chords, solved } = this;
    return solved && worstProduct(this.input.choice, { cells, ranged, chords, ...solved });
  }

  /** The basis of the last solve, for the relaxation of a part of these ranges; null where there is none. */
  basis(): StartingBasis | null {
    return this.solved && { saved: this.lp.saveBasis(), rows: this.lp.rowCount };
  }

  /** Starts the next solve from a basis of wider ranges, unless a range that had no end has got one, and so a row. */
  startFrom({ saved, rows }: StartingBasis): void {
    if (rows === this.lp.rowCount) this.lp.restoreBasis(saved);
  }

  /** Makes the next solve independent of what was solved before. */
  forgetBasis(): void {
    this.lp.forgetBasis();
  }

  dispose(): void {
    this.lp.dispose();
  }

  private addFlows(builder: LinearModelBuilder, { flowGroups }: BoundWindow, box: ClassBox): void {
    const { groupStart, demand } = this.input.choice.columns;
    for (const group of flowGroups) {
      const columns: number[] = [];
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
        columns.push(builder.addColumn(`flow ${column}`, box.leastFlow[column], box.mostFlow[column]));
        this.flow.set(column, columns[columns.length - 1]);
      }
      builder.addRow(
        `demand ${group}`,
        demand[group],
        demand[group],
        columns,
        columns.map(() => 1),
      );
    }
  }

  private addCells(
    builder: LinearModelBuilder,
    window: BoundWindow,
    box: ClassBox,
    pieces: number,
  ): Map<number, CellColumns & PricedCell> {
    const { choice } = this.input;
    const { blocks, intervals, groupStart, start, cell, weight } = choice.columns;
    const inflowOf = new Map<number, Map<number, number>>();
    const presentOf = new Map<number, Map<number, number>>();
    const add = (into: Map<number, Map<number, number>>, at: number, column: number, share: number): void => {
      const terms = into.get(at) ?? new Map<number, number>();
      into.set(at, terms.set(column, (terms.get(column) ?? 0) + share));
    };
    const counted = new Set(window.groups);
    for (const group of window.flowGroups) {
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
        const flow = this.flow.get(column) as number;
        for (let entry = start[column]; entry < start[column + 1]; entry++) {
          if (counted.has(group)) add(inflowOf, cell[entry], flow, weight[entry]);
          for (const later of presentFrom(cell[entry], blocks, intervals))
            add(presentOf, later, flow, weight[entry]);
        }
      }
    }
    const cells = new Map<number, CellColumns & PricedCell>();
    for (const at of window.cells) {
      const service = serviceOf(choice, at);
      const leastPresent = box.leastPresent[at];
      const mostPresent = box.mostPresent[at];
      const mostInflow = box.mostInflow[at];
      // The inflow of the relaxation is that of the groups that count.
      const leastInflow = Math.max(0, box.leastInflow[at] - this.uncounted(at, counted));
      const longest = waiting(service, mostPresent);
      const columns = {
        present: builder.addColumn(`present ${at}`, leastPresent, mostPresent),
        waiting: builder.addColumn(`waiting ${at}`, waiting(service, leastPresent), longest),
        inflow: builder.addColumn(`inflow ${at}`, leastInflow, mostInflow),
        product: builder.addColumn(`inflow × waiting ${at}`, 0, mostInflow * longest),
        coupon: builder.addColumn(`coupon ${at}`, box.leastCoupon[at], box.mostCoupon[at]),
      };
      const define = (name: string, column: number, terms: Map<number, number> | undefined): void => {
        const known = [...(terms ?? [])];
        builder.addRow(
          name,
          0,
          0,
          [column, ...known.map(([flow]) => flow)],
          [-1, ...known.map(([, share]) => share)],
        );
      };
      define('present', columns.present, presentOf.get(at));
      define('inflow', columns.inflow, inflowOf.get(at));
      const first = at - (at % intervals);
      // Vehicles of groups outside the window that enter now count among the others.
      let mostOthers = 0;
      for (let before = Math.max(first, at - service.dwell + 1); before <= at; before++)
        mostOthers += before < at ? box.mostInflow[before] : this.uncounted(at, counted);
      const range = { leastPresent, mostPresent, leastInflow, mostInflow, mostOthers };
      const chord = addWaitingRows(builder, service, columns, range, pieces);
      if (chord !== null) this.chords.set(at, chord);
      cells.set(at, columns);
    }
    return cells;
  }

  /** Vehicles of groups that do not count which can enter a cell, at most. */
  private uncounted(at: number, counted: ReadonlySet<number>): number {
    const { groupStart, demand, start, cell, weight } = this.input.choice.columns;
    let most = 0;
    for (let group = 0; group < demand.length; group++) {
      if (counted.has(group)) continue;
      let share = 0;
      for (let entry = start[groupStart[group]]; entry < start[groupStart[group + 1]]; entry++)
        if (cell[entry] === at) share = Math.max(share, weight[entry]);
      most += share * demand[group];
    }
    return most;
  }

  /** What groups have in common: the products of a cell add up, and so do excess costs. */
  private joinGroups(
    builder: LinearModelBuilder,
    groups: readonly GroupRows[],
    cells: ReadonlyMap<number, CellColumns & PricedCell>,
    box: ClassBox,
  ): void {
    const { excessCost } = this.input;
    const sumOf = (list: readonly CellProduct[], at: number): [number[], number[]] => {
      const here = list.filter(({ cell }) => cell === at);
      return [here.map(({ column }) => column), here.map(({ share }) => share)];
    };
    const excess = groups.flatMap((group) => group.excess);
    builder.addRow(
      'excess',
      -Infinity,
      excessCost,
      excess,
      excess.map(() => 1),
    );
    const products = groups.flatMap((group) => group.products);
    const paid = groups.flatMap((group) => group.paid);
    for (const [at, { product, inflow, coupon }] of cells) {
      const [columns, shares] = sumOf(products, at);
      builder.addRow('inflow × waiting', 0, 0, [product, ...columns], [-1, ...shares]);
      const cap = box.mostCoupon[at];
      if (!Number.isFinite(cap)) continue;
      const mostInflow = box.mostInflow[at];
      const [paidColumns, paidShares] = sumOf(paid, at);
      builder.addRow(
        'inflow × coupon',
        -cap * mostInflow,
        Infinity,
        [...paidColumns, inflow, coupon],
        [...paidShares, -cap, -mostInflow],
      );
    }
  }

  private costs(direction: ArrayLike<number>, price: number, scale: number): Float64Array {
    const { choice, axisLoads } = this.input;
    const { intervals, start, cell, weight } = choice.columns;
    const costs = new Float64Array(this.model.columnLower.length);
    const worth = new Float64Array(choice.price.length);
    axisLoads.forEach((load, axis) => {
      if (!load) return;
      const { dwell } = serviceOf(choice, load.cell);
      const first = load.cell - (load.cell % intervals);
      for (let at = Math.max(first, load.cell - dwell + 1); at <= load.cell; at++)
        worth[at] += direction[axis] * load.mwPerVehicle;
    });
    for (const [column, flow] of this.flow) {
      for (let entry = start[column]; entry < start[column + 1]; entry++)
        costs[flow] += scale * weight[entry] * worth[cell[entry]];
    }
    for (const { column, share } of this.paid) costs[column] += scale * price * share;
    return costs;
  }
}

/**
 * The least direction · P that the proven cuts allow within a budget F: a linear programme over a load P_k and a subsidy
 * G_k of each class,
 *
 *   min a · Σ P_k   subject to   a_i·P_k + λ_i·G_k ≥ φ_i for every cut of class k,  Σ G_k ≤ F,  G_k ≥ 0
 *
 * so that cuts of different directions and prices are combined in the best way. Cuts without price and cap are known in closed form:
 * those along the facets of what is free, and one for each direction that is asked for.
 */
import type { Highs } from '../highs/load.js';
import { LinearModelBuilder, type LinearModel, type LinearSolution } from '../highs/model.js';
import type { SubsidyCap } from '../study-spec.js';
import type { FreeRegion } from './free-region.js';
import { holdsFor, ROUNDING_MW, withRounding, type ClassCut, type Support } from './cuts.js';

export interface OuterSupport extends Support {
  /** Where the bound is attained. */
  positionMw: number[];
}

export class OuterProgram {
  private readonly lp: LinearModel;
  private readonly load: number[];
  private readonly subsidy: number[];
  /** Rows of the cuts that were proven, and their directions. */
  private readonly proven: { row: number; direction: readonly number[] }[] = [];

  /**
   * @param cuts by class.
   * @param common of the loads of all classes together.
   * @param free by class.
   */
  constructor(
    highs: Highs,
    private readonly dimension: number,
    cuts: readonly (readonly ClassCut[])[],
    common: readonly Support[],
    budget: SubsidyCap,
    private readonly free: readonly FreeRegion[],
  ) {
    const builder = new LinearModelBuilder();
    this.load = cuts.map((_, classIndex) => {
      for (let axis = 0; axis < dimension; axis++) {
        const along = (sign: number): number[] =>
          Array.from({ length: dimension }, (_, k) => (k === axis ? sign : 0));
        const [least, most] = [
          free[classIndex].support(along(1)).supportMw,
          0 - free[classIndex].support(along(-1)).supportMw,
        ];
        builder.addColumn(`load ${axis}`, least, Math.max(least, most));
      }
      return builder.columnCount - dimension;
    });
    const most = withRounding(budget) ?? Infinity;
    this.subsidy = cuts.map(() => builder.addColumn('subsidy', 0, most));
    cuts.forEach((list, classIndex) => {
      const columns = [...this.loadsOf(classIndex), this.subsidy[classIndex]];
      const add = (cut: ClassCut): number =>
        builder.addRow('cut', cut.boundMw, Infinity, columns, [...cut.direction, cut.price]);
      free[classIndex].cuts().forEach(add);
      for (const cut of list) {
        if (!holdsFor(cut, budget) || !Number.isFinite(cut.boundMw)) continue;
        this.proven.push({ row: add(cut), direction: cut.direction });
      }
    });
    for (const { direction, boundMw } of common) {
      const columns = cuts.flatMap((_, classIndex) => this.loadsOf(classIndex));
      const values = cuts.flatMap(() => direction);
      builder.addRow('common cut', boundMw, Infinity, columns, values);
    }
    builder.addRow(
      'budget',
      -Infinity,
      most,
      this.subsidy,
      this.subsidy.map(() => 1),
    );
    this.lp = builder.build(highs, { primal_feasibility_tolerance: 1e-9, dual_feasibility_tolerance: 1e-9 });
  }

  /** Null when the programme could not be solved. */
  support(direction: readonly number[]): OuterSupport | null {
    const solution = this.solve(direction);
    if (!solution) return null;
    const positionMw = direction.map((_, axis) =>
      this.load.reduce((sum, first) => sum + solution.columns[first + axis], 0),
    );
    return { direction: [...direction], boundMw: solution.objective - ROUNDING_MW, positionMw };
  }

  /** By direction of the cuts, as a text, what the support in a direction gains per MW that all of them gain. */
  reliance(direction: readonly number[]): Map<string, number> {
    const shares = new Map<string, number>();
    const solution = this.solve(direction);
    if (!solution) return shares;
    for (const { row, direction: of } of this.proven) {
      const multiplier = solution.rowDuals[row];
      if (multiplier > 0) shares.set(of.join(), (shares.get(of.join()) ?? 0) + multiplier);
    }
    return shares;
  }

  private solve(direction: readonly number[]): LinearSolution | null {
    const costs = new Float64Array(this.load.length * (this.dimension + 1));
    this.load.forEach((first, classIndex) => {
      costs.set(direction, first);
      const free = this.free[classIndex].support(direction).supportMw;
      this.lp.addRow('free cut', free, Infinity, this.loadsOf(classIndex), [...direction]);
    });
    this.lp.setCosts(0, costs);
    const solution = this.lp.solve();
    return solution.status === 'optimal' ? solution : null;
  }

  dispose(): void {
    this.lp.dispose();
  }

  private loadsOf(classIndex: number): number[] {
    return Array.from({ length: this.dimension }, (_, axis) => this.load[classIndex] + axis);
  }
}

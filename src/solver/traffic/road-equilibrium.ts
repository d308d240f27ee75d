/**
 * Road equilibrium with given station flows: regular travellers choose among their paths, station users among the
 * paths that enter their station in the same way. Road costs are separable and the loading uses the weights of the
 * costs, so this is the convex Beckmann programme of the road links; it settles in a few sweeps.
 */
import type { ColumnSet } from './columns.js';
import { blocksOf, ColumnSetBuilder } from './columns.js';
import { Equilibrium } from './equilibrium.js';
import type { TrafficModel } from './network.js';
import type { StationChoice } from './station-choice.js';

export class RoadEquilibrium {
  readonly equilibrium: Equilibrium;
  /** First group of the columns of each choice, one group per merged column. */
  private readonly firstGroup: number[] = [];
  private readonly columns: ColumnSet;
  private readonly regularGroups: number[] = [];
  /** Per group its cheapest column on empty roads, which no flow changes. */
  private readonly cheapestEmpty: Int32Array;
  private readonly start: Float64Array;
  /** Of `fullFlow`, for the columns that it was last asked for. */
  private target: { columns: ColumnSet; column: Int32Array } | null = null;

  constructor(
    private readonly model: TrafficModel,
    private readonly choices: readonly StationChoice[],
  ) {
    const builder = new ColumnSetBuilder();
    const addPath = (path: number, departure: number): void => {
      for (const { block, offset, late } of model.paths[path].stops) {
        if (block >= model.links.length) continue;
        const cell = block * model.intervals + departure + offset;
        builder.addEntry(cell, 1 - late);
        builder.addEntry(cell + 1, late);
      }
      builder.endColumn(0);
    };
    let groups = 0;
    model.groups.forEach((group, index) => {
      if (group.traveller !== 'regular') return;
      for (const path of model.pathsOf('regular', group.demand)) addPath(path, group.departure);
      builder.endGroup(group.vehicles);
      this.regularGroups.push(index);
      groups++;
    });
    for (const choice of choices) {
      this.firstGroup.push(groups);
      const { groupStart, demand } = choice.columns;
      for (let group = 0; group < demand.length; group++) {
        const { departure } = model.groups[choice.groups[group]];
        for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
          for (const path of choice.pathsOfColumn[column]) addPath(path, departure);
          builder.endGroup(0);
          groups++;
        }
      }
    }
    this.columns = builder.build(blocksOf(model).slice(0, model.links.length), model.intervals);
    this.equilibrium = new Equilibrium(this.columns);
    this.start = new Float64Array(this.columns.constant.length);
    const { groupStart } = this.columns;
    const { cells } = this.equilibrium;
    cells.load(this.start);
    this.cheapestEmpty = Int32Array.from(this.columns.demand, (_, group) => {
      let best = groupStart[group];
      for (let column = best; column < groupStart[group + 1]; column++)
        if (cells.columnCost(column) < cells.columnCost(best)) best = column;
      return best;
    });
  }

  /**
   * @param flows vehicles per merged column, one array per choice.
   * @param maxExcess accepted Σ flow·(cost − least cost), money.
   * @returns cost per road cell.
   */
  solve(flows: readonly Float64Array[], maxExcess: number): Float64Array {
    flows.forEach((flow, index) => this.columns.demand.set(flow, this.firstGroup[index]));
    const { cheapestEmpty, start } = this;
    start.fill(0);
    for (let group = 0; group < cheapestEmpty.length; group++)
      start[cheapestEmpty[group]] = this.columns.demand[group];
    this.equilibrium.warmStart(start);
    this.equilibrium.solve({ maxExcess, maxSweeps: 500 });
    return this.equilibrium.cells.cost;
  }

  /** The road flows of the last solve as flows of the columns of the full network. */
  fullFlow(fullColumns: ColumnSet): Float64Array {
    if (this.target?.columns !== fullColumns)
      this.target = { columns: fullColumns, column: this.columnsIn(fullColumns) };
    const { column } = this.target;
    const flow = new Float64Array(fullColumns.constant.length);
    const from = this.equilibrium.flow;
    for (let at = 0; at < column.length; at++) flow[column[at]] = from[at];
    return flow;
  }

  /** For each column its counterpart in the full network. */
  private columnsIn(fullColumns: ColumnSet): Int32Array {
    const { model, columns } = this;
    const counterpart = new Int32Array(columns.constant.length);
    const columnOf = (group: number, path: number): number => {
      const { traveller, demand } = model.groups[group];
      return fullColumns.groupStart[group] + model.pathsOf(traveller, demand).indexOf(path);
    };
    this.regularGroups.forEach((group, index) => {
      const first = columns.groupStart[index];
      const count = columns.groupStart[index + 1] - first;
      for (let i = 0; i < count; i++) counterpart[first + i] = fullColumns.groupStart[group] + i;
    });
    this.choices.forEach((choice, choiceIndex) => {
      const { groupStart, demand } = choice.columns;
      for (let group = 0; group < demand.length; group++) {
        for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
          const first = columns.groupStart[this.firstGroup[choiceIndex] + column];
          choice.pathsOfColumn[column].forEach((path, i) => {
            counterpart[first + i] = columnOf(choice.groups[group], path);
          });
        }
      }
    });
    return counterpart;
  }
}

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
  }

  /**
   * @param flows vehicles per merged column, one array per choice.
   * @param maxExcess accepted Σ flow·(cost − least cost), money.
   * @returns cost per road cell.
   */
  solve(flows: readonly Float64Array[], maxExcess: number): Float64Array {
    flows.forEach((flow, index) => this.columns.demand.set(flow, this.firstGroup[index]));
    this.equilibrium.reset();
    this.equilibrium.solve({ maxExcess, maxSweeps: 500 });
    return this.equilibrium.cells.cost;
  }

  /** The road flows of the last solve as flows of the columns of the full network. */
  fullFlow(fullColumns: ColumnSet): Float64Array {
    const { model } = this;
    const flow = new Float64Array(fullColumns.constant.length);
    const columnOf = (group: number, path: number): number => {
      const { traveller, demand } = model.groups[group];
      return fullColumns.groupStart[group] + model.pathsOf(traveller, demand).indexOf(path);
    };
    const from = this.equilibrium.flow;
    this.regularGroups.forEach((group, index) => {
      const first = this.columns.groupStart[index];
      const count = this.columns.groupStart[index + 1] - first;
      for (let i = 0; i < count; i++) flow[fullColumns.groupStart[group] + i] = from[first + i];
    });
    this.choices.forEach((choice, choiceIndex) => {
      const { groupStart, demand } = choice.columns;
      for (let group = 0; group < demand.length; group++) {
        for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
          const first = this.columns.groupStart[this.firstGroup[choiceIndex] + column];
          choice.pathsOfColumn[column].forEach((path, i) => {
            flow[columnOf(choice.groups[group], path)] = from[first + i];
          });
        }
      }
    });
    return flow;
  }
}

/**
 * What travellers can do at all: loads on the axes over every choice of stations and ways, whatever is paid. Delays are
 * constant, so who can be where is linear in the flows; a target outside is proven unreachable under any coupons.
 */
import type { Highs } from '../highs/load.js';
import type { LinearModel } from '../highs/model.js';
import { DUAL_SIMPLEX, LinearModelBuilder, UNSCALED } from '../highs/model.js';
import type { ClassModel } from '../region/class-model.js';

/** One persistent linear programme; dispose it. */
export class TravellerReach {
  private readonly model: LinearModel;
  private readonly firstPosition: number;
  private readonly firstOff: number;

  constructor(highs: Highs, classes: readonly ClassModel[], axes: number) {
    const builder = new LinearModelBuilder();
    const positions = Array.from({ length: axes }, () => ({
      columns: [] as number[],
      values: [] as number[],
    }));
    for (const { choice, axisLoads } of classes) {
      const { groupStart, demand, start, cell, weight, blocks, intervals } = choice.columns;
      for (let group = 0; group < demand.length; group++) {
        const own: number[] = [];
        for (let j = groupStart[group]; j < groupStart[group + 1]; j++) {
          const column = builder.addColumn(`${choice.kind} flow ${j}`, 0, Infinity);
          own.push(column);
          axisLoads.forEach((load, axis) => {
            if (!load) return;
            const block = blocks[Math.floor(load.cell / intervals)];
            const dwell = block.kind === 'service' ? block.dwell : 1;
            const first = Math.max(load.cell - (load.cell % intervals), load.cell - dwell + 1);
            let present = 0;
            for (let entry = start[j]; entry < start[j + 1]; entry++)
              if (cell[entry] >= first && cell[entry] <= load.cell) present += weight[entry];
            if (present === 0) return;
            positions[axis].columns.push(column);
            positions[axis].values.push(present * load.mwPerVehicle);
          });
        }
        builder.addRow(
          `${choice.kind} demand ${group}`,
          demand[group],
          demand[group],
          own,
          own.map(() => 1),
        );
      }
    }
    this.firstOff = builder.columnCount;
    for (let axis = 0; axis < axes; axis++) {
      builder.addColumn(`above ${axis}`, 0, Infinity, 1);
      builder.addColumn(`below ${axis}`, 0, Infinity, 1);
    }
    this.firstPosition = builder.rowCount;
    positions.forEach(({ columns, values }, axis) => {
      const off = this.firstOff + 2 * axis;
      builder.addRow(`position ${axis}`, 0, 0, [...columns, off, off + 1], [...values, -1, 1]);
    });
    this.model = builder.build(highs, {
      presolve: 'off',
      simplex_strategy: DUAL_SIMPLEX,
      ...UNSCALED,
    });
  }

  /** Change per axis to the nearest loads (least Σ |change|) that travellers can cause at all, MW; null when HiGHS fails. */
  nearest(targetMw: readonly number[]): number[] | null {
    this.model.forgetBasis();
    const position = Float64Array.from(targetMw);
    this.model.setRowsBounds(this.firstPosition, position, position);
    const solution = this.model.solve();
    if (solution.status !== 'optimal') return null;
    return targetMw.map((_, axis) => {
      const off = this.firstOff + 2 * axis;
      return solution.columns[off] - solution.columns[off + 1];
    });
  }

  dispose(): void {
    this.model.dispose();
  }
}

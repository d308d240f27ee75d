/** What supports that were solved leave of a box of loads: no load of a convex region lies farther along any direction. */
import type { Highs } from '../highs/load.js';
import type { LinearModel } from '../highs/model.js';
import { LinearModelBuilder } from '../highs/model.js';
import type { StationBox } from './operating-case.js';

/** It holds native memory: `dispose()` it. */
export class OuterEstimate {
  private readonly lp: LinearModel;
  private readonly columns: number[];

  constructor(highs: Highs, box: StationBox) {
    const builder = new LinearModelBuilder();
    this.columns = box.minMw.map((min, k) => builder.addColumn(`load ${k}`, min, box.maxMw[k]));
    this.lp = builder.build(highs, { presolve: 'off' });
  }

  /** Takes in normal · load ≤ offsetMw. */
  cut(normal: readonly number[], offsetMw: number): void {
    this.lp.addRow('support', -Infinity, offsetMw, this.columns, normal);
  }

  /** Largest normal · load that is left, MW; Infinity where the programme fails. */
  supportMw(normal: readonly number[]): number {
    this.lp.setCosts(
      0,
      Float64Array.from(normal, (n) => -n),
    );
    const solution = this.lp.solve();
    return solution.status === 'optimal' ? -solution.objective : Infinity;
  }

  dispose(): void {
    this.lp.dispose();
  }
}

/**
 * The loads that a class can bring about when nothing is paid and nothing decides: every group takes its columns in any
 * shares. A zonotope-like polytope (a sum of the hulls of each group's columns) whose supports are closed forms.
 */
import { refine } from '../region/refine.js';
import { sweepDirections } from '../region/directions.js';
import { serviceOf } from './box.js';
import type { RelaxationInput } from './class-relaxation.js';
import type { ClassCut } from './cuts.js';

/** Facets are looked for until the cuts enclose at most this share more than the polytope … */
const FIT = 1e-4;
/** … or are so many. */
const MAX_CUTS = 240;
const SWEEP_DEGREES = 45;

export class FreeRegion {
  /** MW on each axis per vehicle, by column. */
  private readonly worth: Float64Array[];

  constructor(private readonly input: Pick<RelaxationInput, 'choice' | 'axisLoads'>) {
    const { choice, axisLoads } = input;
    const { intervals, start, cell, weight, constant } = choice.columns;
    this.worth = Array.from(constant, (_, column) =>
      Float64Array.from(axisLoads, (load) => {
        if (!load) return 0;
        const { dwell } = serviceOf(choice, load.cell);
        const first = Math.max(load.cell - (load.cell % intervals), load.cell - dwell + 1);
        let present = 0;
        for (let entry = start[column]; entry < start[column + 1]; entry++)
          if (cell[entry] >= first && cell[entry] <= load.cell) present += weight[entry];
        return present * load.mwPerVehicle;
      }),
    );
  }

  /** The least direction · load of the class, MW, and where it is attained. */
  support(direction: readonly number[]): { supportMw: number; positionMw: number[] } {
    const { groupStart, demand } = this.input.choice.columns;
    const positionMw = direction.map(() => 0);
    let supportMw = 0;
    for (let group = 0; group < demand.length; group++) {
      let best = groupStart[group];
      let least = Infinity;
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
        const value = direction.reduce((sum, a, axis) => sum + a * this.worth[column][axis], 0);
        if (value < least) [best, least] = [column, value];
      }
      supportMw += demand[group] * least;
      this.worth[best].forEach((mw, axis) => (positionMw[axis] += demand[group] * mw));
    }
    return { supportMw, positionMw };
  }

  /** Cuts along its facets. */
  cuts(): ClassCut[] {
    const dimension = this.input.axisLoads.length;
    const solved: { direction: number[]; supportMw: number; positionMw: number[] }[] = [];
    const solve = (directions: readonly number[][]): void => {
      for (const direction of directions) solved.push({ direction, ...this.support(direction) });
    };
    solve(sweepDirections(dimension, SWEEP_DEGREES));
    while (solved.length < MAX_CUTS) {
      const { next, estimatedGap } = refine(
        solved.map(({ positionMw }) => positionMw),
        solved,
      );
      if (estimatedGap <= FIT || next.length === 0) break;
      solve(next.map(({ direction }) => direction));
    }
    return solved.map(({ direction, supportMw }) => ({
      direction,
      price: 0,
      subsidyCap: null,
      boundMw: supportMw,
    }));
  }
}

/**
 * Branch and bound over the vehicles present in station cells: the narrower their ranges, the closer a relaxation is to
 * the waiting times. Best bound first; a cell is split where the relaxation's solution errs most. The least bound of the
 * open parts is proven at any moment, so it may stop after any number of nodes.
 */
import type { Highs } from '../highs/load.js';
import { boxOf, type CellBox } from './box.js';
import { ClassRelaxation, type RelaxationInput, type WorstCell } from './class-relaxation.js';
import type { PricedDirection } from './cuts.js';

/** Parts are not split when the relaxation errs by less than this, money. */
const EXACT_ENOUGH = 1;
/** A range is split no closer to its ends than this share of it. */
const LEAST_SHARE = 0.2;
/** Pieces of the waiting curves in each node. */
const PIECES = 1;

interface Node {
  box: CellBox;
  boundMw: number;
  worst: WorstCell | null;
}

/** @returns the proven minimum of direction · load + price · subsidy, MW, with at most so many linear programmes. */
export function branchAndBound(
  highs: Highs,
  input: RelaxationInput,
  { direction, price, subsidyCap }: PricedDirection,
  nodes: number,
): number {
  const solve = (box: CellBox, floor: number): Node => {
    const relaxation = new ClassRelaxation(highs, input, PIECES, box);
    try {
      const boundMw = Math.max(floor, relaxation.bound(direction, price, subsidyCap));
      return { box, boundMw, worst: relaxation.worstCell() };
    } finally {
      relaxation.dispose();
    }
  };
  const open = [solve(boxOf(input.choice), -Infinity)];
  let solved = 1;
  while (solved + 1 < nodes) {
    open.sort((a, b) => a.boundMw - b.boundMw);
    const [lowest] = open;
    if (!lowest.worst || lowest.worst.error < EXACT_ENOUGH) break;
    open.shift();
    for (const box of halves(lowest.box, lowest.worst)) {
      open.push(solve(box, lowest.boundMw));
      solved++;
    }
  }
  return Math.min(...open.map(({ boundMw }) => boundMw));
}

function halves(box: CellBox, { cell, present }: WorstCell): CellBox[] {
  const [least, most] = [box.leastPresent[cell], box.mostPresent[cell]];
  const margin = LEAST_SHARE * (most - least);
  const at = Math.min(most - margin, Math.max(least + margin, present));
  const below = { ...box, mostPresent: box.mostPresent.slice() };
  const above = { ...box, leastPresent: box.leastPresent.slice() };
  below.mostPresent[cell] = at;
  above.leastPresent[cell] = at;
  return [below, above];
}

/**
 * Branch and bound over the vehicles present in station cells and their coupons: the narrower the ranges, the closer a
 * relaxation is to the products of inflow with waiting times and coupons. Best bound first; the range is split whose
 * product the relaxation's solution errs most in. The least bound of the open parts is proven at any moment, so it may
 * stop after any number of nodes.
 */
import type { Highs } from '../highs/load.js';
import { boxOf, type CellBox } from './box.js';
import { ClassRelaxation, type RelaxationInput, type WorstProduct } from './class-relaxation.js';
import type { PricedDirection } from './cuts.js';

/** Parts are not split when the relaxation errs by less than this, money. */
const EXACT_ENOUGH = 0.1;
/** A range is split no closer to its ends than this share of it. */
const LEAST_SHARE = 0.2;
/** Pieces of the waiting curves in each node. */
const PIECES = 1;

interface Node {
  box: CellBox;
  boundMw: number;
  worst: WorstProduct | null;
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
      return { box, boundMw, worst: relaxation.worstProduct() };
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

function halves(box: CellBox, { cell, factor, value }: WorstProduct): CellBox[] {
  const [least, most] =
    factor === 'present'
      ? (['leastPresent', 'mostPresent'] as const)
      : (['leastCoupon', 'mostCoupon'] as const);
  const [from, to] = [box[least][cell], box[most][cell]];
  // A coupon without a cap is split at what the solution pays, whatever is left above.
  const margin = Number.isFinite(to) ? LEAST_SHARE * (to - from) : 0;
  const at = Math.min(to - margin, Math.max(from + margin, value));
  const below = { ...box, [most]: box[most].slice() };
  const above = { ...box, [least]: box[least].slice() };
  below[most][cell] = at;
  above[least][cell] = at;
  return [below, above];
}

/**
 * Branch and bound over the vehicles present in station cells and their coupons: the narrower the ranges, the closer a
 * relaxation is to the products of inflow with waiting times and coupons. Best bound first; what a split says of other
 * ranges is worked out before its relaxation is solved, from its parent's basis. The least bound of the open parts is
 * proven at any moment, so it may stop after any number of nodes.
 */
import type { Highs } from '../highs/load.js';
import { boxOf, copyOf, type ClassBox } from './box.js';
import type { WorstProduct } from './branching-score.js';
import { ClassRelaxation, type RelaxationInput, type StartingBasis } from './class-relaxation.js';
import type { PricedDirection } from './cuts.js';
import { Tightening } from './tighten.js';

/** Parts are not split when all that the relaxation errs by is worth less than this, MW. */
const EXACT_ENOUGH_MW = 1e-4;
/** A range is split no closer to its ends than this share of it. */
const LEAST_SHARE = 0.2;
/** Pieces of the waiting curves in each node. */
const PIECES = 1;
/** The search ends when this many nodes in a row have raised the bound by less than `STALLED_MW` … */
const STALLED_NODES = 60;
/** … which is what makes no difference to a region of some megawatts. */
const STALLED_MW = 0.004;

interface Node {
  box: ClassBox;
  boundMw: number;
  worst: WorstProduct | null;
  basis: StartingBasis | null;
}

/** @returns the proven minimum of direction · load + price · subsidy, MW, with at most so many linear programmes. */
export function branchAndBound(
  highs: Highs,
  input: RelaxationInput,
  { direction, price, subsidyCap }: PricedDirection,
  nodes: number,
): number {
  const solve = (box: ClassBox, parent: Node | null): Node => {
    const relaxation = new ClassRelaxation(highs, input, PIECES, box);
    try {
      if (parent?.basis) relaxation.startFrom(parent.basis);
      const own = relaxation.bound(direction, price, subsidyCap);
      const boundMw = Math.max(parent?.boundMw ?? -Infinity, own);
      return { box, boundMw, worst: relaxation.worstProduct(), basis: relaxation.basis() };
    } finally {
      relaxation.dispose();
    }
  };
  const tightening = new Tightening(input.choice, input.roads, input.excessCost);
  const everything = boxOf(input.choice);
  if (!tightening.apply(everything)) return Infinity;
  const open = [solve(everything, null)];
  let solved = 1;
  let milestone = { solved, boundMw: open[0].boundMw };
  while (open.length > 0 && solved + 1 < nodes) {
    open.sort((a, b) => a.boundMw - b.boundMw);
    const [lowest] = open;
    if (!lowest.worst || lowest.worst.worthMw < EXACT_ENOUGH_MW) break;
    if (solved - milestone.solved >= STALLED_NODES) {
      if (lowest.boundMw - milestone.boundMw < STALLED_MW) break;
      milestone = { solved, boundMw: lowest.boundMw };
    }
    open.shift();
    for (const box of halves(lowest.box, lowest.worst)) {
      // Counted even where nothing has to be solved, so that the search ends.
      solved++;
      if (!tightening.apply(box)) continue;
      const node = solve(box, lowest);
      if (node.boundMw < Infinity) open.push(node);
    }
  }
  return Math.min(...open.map(({ boundMw }) => boundMw));
}

function halves(box: ClassBox, { cell, factor, value }: WorstProduct): ClassBox[] {
  const [least, most] =
    factor === 'present'
      ? (['leastPresent', 'mostPresent'] as const)
      : (['leastCoupon', 'mostCoupon'] as const);
  const [from, to] = [box[least][cell], box[most][cell]];
  // A coupon without a cap is split at what the solution pays, whatever is left above.
  const margin = Number.isFinite(to) ? LEAST_SHARE * (to - from) : 0;
  const at = Math.min(to - margin, Math.max(from + margin, value));
  const [below, above] = [copyOf(box), copyOf(box)];
  below[most][cell] = at;
  above[least][cell] = at;
  return [below, above];
}

/**
 * Which bounds of one budget to prove next by branch and bound: where a direction's cuts hold most of the outer region's
 * surface and lie far from the best known point, for the linear programmes that it takes. The farthest directions alone are
 * a bad choice: others hold most of what lies there.
 */
import { dot } from '../geometry/vector.js';
import type { Region } from '../result.js';
import { worthwhilePrice, type KnownPoint } from './bound-plan.js';
import type { PricedDirection } from './cuts.js';
import type { Candidate } from './outer-region.js';

/** Linear programmes of a direction, one time after the other: each time gains about as much, 0.05 to 0.15 MW. */
const LADDER = [40, 120, 360, 1080] as const;
/**
 * Linear programmes of a budget and class in all: a thousand take about a minute of processor time on a busy machine, so
 * that four budgets are done in 20 minutes on two cores.
 */
const MOST_NODES = 9000;
/** Directions between two looks at what all cuts together leave. */
const ITEMS_PER_LOOK = 6;
/** Bounds closer to the best known point than this are good enough, MW … */
const WORTH_MW = 0.03;
/** … and so is what holds less than this share of the measure between outer and inner region. */
const WORTH_SHARE = 5e-4;

export interface BranchedItem extends PricedDirection {
  /** Linear programmes. */
  nodes: number;
}

export class BoundChoice {
  /** Times that each direction was branched, by its text. */
  private readonly times = new Map<string, number>();
  private spent = 0;

  constructor(
    private readonly region: Pick<Region, 'subsidyCap' | 'points' | 'measure'>,
    private readonly known: readonly KnownPoint[],
  ) {}

  /** @returns none when nothing is left that is worth it. */
  next(candidates: readonly Candidate[]): BranchedItem[] {
    const { points, measure, subsidyCap } = this.region;
    const chosen = candidates
      .flatMap(({ direction, boundMw, surface }) => {
        const nodes = LADDER[this.times.get(direction.join()) ?? 0];
        const gap = Math.min(...points.map(({ positionMw }) => dot(direction, positionMw))) - boundMw;
        const content = (surface ?? Infinity) * gap;
        if (nodes === undefined || gap <= WORTH_MW || content <= WORTH_SHARE * measure) return [];
        return [{ direction, nodes, worth: (surface ?? 1) * (gap / nodes) }];
      })
      .sort((a, b) => b.worth - a.worth)
      .slice(0, ITEMS_PER_LOOK);
    const items: BranchedItem[] = [];
    for (const { direction, nodes } of chosen) {
      if (this.spent + nodes > MOST_NODES) break;
      this.spent += nodes;
      this.times.set(direction.join(), (this.times.get(direction.join()) ?? 0) + 1);
      const price = worthwhilePrice(this.known, direction, subsidyCap, nodes);
      items.push({ direction, price, subsidyCap, nodes });
    }
    return items;
  }
}

/**
 * How many directions a study will take that is refined until a gap. Polytopes inside a smooth body close the gap as a
 * power of their number of corners (n^(-2/(d-1)) for the best ones: Gruber, Convex and Discrete Geometry, 2007, ch. 11);
 * the power is that of each budget's own run, as far as it has come.
 */
import type { CharacterizeResult } from '../../solver/result.js';
import type { SubsidyCap } from '../../solver/study-spec.js';

/** Two gaps tell a power when one took so many times the directions of the other. */
const APART = 1.2;
/**
 * A larger budget has the points of the smaller ones as well, and its region has fewer curved sides: 222, 90, 58 and 51
 * directions on the evening peak. Counts where its own refinement has told nothing yet.
 */
const NEXT_BUDGET_SHARE = 0.5;

interface Seen {
  directions: number;
  gap: number;
}

export class Forecast {
  private readonly solved = new Map<SubsidyCap, number>();
  private readonly seen = new Map<SubsidyCap, Seen[]>();
  private readonly power = new Map<SubsidyCap, number>();

  /** A direction of this budget has been solved. */
  heard(cap: SubsidyCap): void {
    this.solved.set(cap, (this.solved.get(cap) ?? 0) + 1);
  }

  /** A region so far, with the gaps of the budgets whose refinement has begun. */
  saw({ regions }: Pick<CharacterizeResult, 'regions'>): void {
    for (const { subsidyCap, estimatedGap } of regions) {
      const directions = this.solved.get(subsidyCap);
      if (estimatedGap === null || estimatedGap <= 0 || directions === undefined) continue;
      const seen = this.seen.get(subsidyCap) ?? [];
      this.seen.set(subsidyCap, seen);
      if (seen.at(-1)?.gap === estimatedGap) continue;
      seen.push({ directions, gap: estimatedGap });
      const [first] = seen;
      if (directions < APART * first.directions || estimatedGap >= first.gap) continue;
      const power = Math.log(first.gap / estimatedGap) / Math.log(directions / first.directions);
      this.power.set(subsidyCap, power);
    }
  }

  /** Of all budgets together, smaller ones first; null while nothing can be said. */
  total(caps: readonly SubsidyCap[], targetGap: number): number | null {
    const known = [...this.power.values()];
    if (known.length === 0) return null;
    const usual = known.reduce((sum, power) => sum + power, 0) / known.length;
    let before = 0;
    let total = 0;
    for (const cap of caps) {
      const last = this.seen.get(cap)?.at(-1);
      const solved = this.solved.get(cap) ?? 0;
      const wanted = last
        ? last.directions * Math.max(1, last.gap / targetGap) ** (1 / (this.power.get(cap) ?? usual))
        : NEXT_BUDGET_SHARE * before;
      before = Math.max(solved, wanted);
      total += before;
    }
    return total;
  }
}

/** Proven half-spaces of each budget's region, and the measure of what they enclose. */
import type { HalfSpace } from '../geometry/hull.js';
import { negate } from '../geometry/vector.js';
import { outerMeasure } from '../region/outer-bound.js';
import type { SubsidyCap } from '../study-spec.js';
import type { PricedDirection } from './bound-jobs.js';

/** A certified point may overspend its budget by this share, ten times what the certificate allows. */
const BUDGET_ROUNDING = 1e-6;
/** Taken off every bound, MW: loads are certified to this. */
const ROUNDING_MW = 1e-6;

/** What a bound with a subsidy cap has to allow for. */
export function withRounding(cap: SubsidyCap): SubsidyCap {
  return cap === null ? null : cap * (1 + BUDGET_ROUNDING);
}

/** direction · P ≥ boundMw. */
export interface Support {
  direction: readonly number[];
  boundMw: number;
}

/** The best proven bounds, which only improve. */
export class OuterRegions {
  /** By direction: for any budget. */
  private readonly free = new Map<string, Support>();
  /** Proven minimum of direction · load + price · subsidy by item and class. */
  private readonly proven = new Map<PricedDirection, Float64Array>();

  constructor(private readonly classCount: number) {}

  /** A bound that holds whatever the budget. */
  addFree(support: Support): void {
    const key = support.direction.join();
    const known = this.free.get(key);
    if (!known || known.boundMw < support.boundMw) this.free.set(key, support);
  }

  /** A bound of one class. */
  add(item: PricedDirection, classIndex: number, boundMw: number): void {
    let values = this.proven.get(item);
    if (!values) this.proven.set(item, (values = new Float64Array(this.classCount).fill(-Infinity)));
    if (boundMw > values[classIndex]) values[classIndex] = boundMw;
  }

  /** What an item proves for a budget: Σ over classes − price × budget, MW. */
  private boundOf(item: PricedDirection, values: Float64Array, budget: SubsidyCap): number {
    if (!holdsFor(item, budget)) return -Infinity;
    const spent = item.price === 0 ? 0 : item.price * (withRounding(budget) ?? Infinity);
    return values.reduce((sum, value) => sum + value, 0) - spent - ROUNDING_MW;
  }

  /** The best bound per direction for a budget. */
  supports(budget: SubsidyCap): Support[] {
    const best = new Map(this.free);
    for (const [item, values] of this.proven) {
      const boundMw = this.boundOf(item, values, budget);
      const key = item.direction.join();
      const known = best.get(key);
      if (boundMw > -Infinity && !(known && known.boundMw >= boundMw))
        best.set(key, { direction: item.direction, boundMw });
    }
    return [...best.values()];
  }

  /** Half-spaces normal · P ≤ offset of a budget. */
  halfspaces(budget: SubsidyCap): HalfSpace[] {
    return this.supports(budget).map(({ direction, boundMw }) => ({
      normal: negate(direction),
      offset: 0 - boundMw,
    }));
  }

  /** Null while the half-spaces leave the region unbounded or flat. */
  measure(budget: SubsidyCap, dimension: number): number | null {
    return outerMeasure(this.supports(budget), dimension);
  }
}

/** A bound over equilibria within a cap says nothing of a larger budget. */
function holdsFor({ subsidyCap, price }: PricedDirection, budget: SubsidyCap): boolean {
  if (budget === null) return subsidyCap === null && price === 0;
  return subsidyCap === null || subsidyCap >= budget;
}

/** What is proven of one class, and what follows for a budget. Money in the scenario's currency, loads in MW. */
import type { SubsidyCap } from '../study-spec.js';

/** A direction, and what a unit of subsidy counts against it. */
export interface PricedDirection {
  direction: number[];
  /** MW per money, at least 0. */
  price: number;
  /** Only equilibria with at most this subsidy in the class are meant. */
  subsidyCap: SubsidyCap;
}

/** Proven: direction · load + price · subsidy ≥ boundMw for every equilibrium of a class within the cap. */
export interface ClassCut extends PricedDirection {
  boundMw: number;
}

/** direction · P ≥ boundMw. */
export interface Support {
  direction: number[];
  boundMw: number;
}

/** A certified point may overspend its budget by this share: ten times what the certificate allows. */
export const BUDGET_ROUNDING = 1e-6;
/** Taken off every bound, MW: loads are certified to this. */
export const ROUNDING_MW = 1e-6;

/** The largest subsidy of a point that is certified to keep to a budget. */
export function withRounding(cap: SubsidyCap): SubsidyCap {
  return cap === null ? null : cap * (1 + BUDGET_ROUNDING);
}

/** A cut over equilibria within a cap says nothing of a larger budget. */
export function holdsFor({ subsidyCap }: PricedDirection, budget: SubsidyCap): boolean {
  return subsidyCap === null || (budget !== null && subsidyCap >= budget);
}

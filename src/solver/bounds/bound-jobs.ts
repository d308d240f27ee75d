/** The independent parts of a proof of outer bounds, as jobs that run anywhere and can be run again. */
import type { Job } from '../engine/engine.js';
import type { Highs } from '../highs/load.js';
import type { Scenario } from '../scenario.js';
import type { Axis, SubsidyCap } from '../study-spec.js';
import { BoundContext } from './bound-context.js';

export interface BoundInput {
  scenario: Scenario;
  axes: Axis[];
}

/** A direction, and what a unit of subsidy counts against it. */
export interface PricedDirection {
  direction: number[];
  /** MW per money. */
  price: number;
  /** The bound holds for equilibria with at most this subsidy in the class. */
  subsidyCap: SubsidyCap;
}

/** Lower bounds of one class, one after the other, each starting from the solution of the one before. */
export interface BoundJob extends Job {
  kind: 'outer-bound';
  classIndex: number;
  items: PricedDirection[];
  /** Null for a linear relaxation, else the nodes that a branch and bound may take for each item. */
  nodes: number | null;
}

export function isBoundJob(job: Job): job is BoundJob {
  return job.kind === 'outer-bound';
}

let held: { key: string; context: BoundContext } | undefined;

/** @returns by item the proven minimum of direction · load + price · subsidy of the class, MW, or −Infinity. */
export function runBoundJob(
  highs: Highs,
  key: string,
  { scenario, axes }: BoundInput,
  { classIndex, items, nodes }: BoundJob,
): number[] {
  if (held?.key !== key) {
    held?.context.dispose();
    held = { key, context: new BoundContext(highs, scenario, axes) };
  }
  const relaxation = held.context.relaxation(classIndex, nodes !== null);
  relaxation.forgetBasis();
  return items.map(({ direction, price, subsidyCap }) =>
    relaxation.bound(direction, price, subsidyCap, nodes ?? 0),
  );
}

/** The independent parts of a proof of outer bounds, as jobs that run anywhere and can be run again. */
import type { Job } from '../engine/engine.js';
import type { Highs } from '../highs/load.js';
import type { Scenario } from '../scenario.js';
import type { Axis } from '../study-spec.js';
import { BoundContext } from './bound-context.js';
import type { PricedDirection } from './cuts.js';
import { branchAndBound } from './spatial-branching.js';
import { outerRegion, type OuterRegion, type OuterRegionInput } from './outer-region.js';

export interface BoundInput {
  scenario: Scenario;
  axes: Axis[];
}

/** Lower bounds of one class, one after the other, each starting from the solution of the one before. */
export interface ClassBoundJob extends Job {
  kind: 'class-bound';
  classIndex: number;
  items: PricedDirection[];
  /** Linear programmes of the branch and bound of each item; 1 for a single relaxation. */
  nodes: number;
}

/** What all that is proven leaves to a budget. */
export interface OuterRegionJob extends Job, OuterRegionInput {
  kind: 'outer-region';
}

export type BoundJob = ClassBoundJob | OuterRegionJob;

export function isBoundJob(job: Job): job is BoundJob {
  return job.kind === 'class-bound' || job.kind === 'outer-region';
}

let held: { key: string; context: BoundContext } | undefined;

/** @returns by item the proven minimum of direction · load + price · subsidy, MW, or −Infinity; or an outer region. */
export function runBoundJob(
  highs: Highs,
  key: string,
  { scenario, axes }: BoundInput,
  job: BoundJob,
): number[] | OuterRegion {
  if (held?.key !== key) {
    held?.context.dispose();
    held = { key, context: new BoundContext(highs, scenario, axes) };
  }
  const { context } = held;
  if (job.kind === 'outer-region') return outerRegion(highs, job, context.free);
  if (job.nodes > 1)
    return job.items.map((item) => branchAndBound(highs, context.inputs[job.classIndex], item, job.nodes));
  const relaxation = context.relaxation(job.classIndex);
  relaxation.forgetBasis();
  return job.items.map(({ direction, price, subsidyCap }) => relaxation.bound(direction, price, subsidyCap));
}

/** The independent parts of a characterize study, as jobs that run anywhere and can be run again. */
import type { Highs } from '../highs/load.js';
import type { Job } from '../engine/engine.js';
import type { Point } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import type { BoundaryAnswer } from './boundary-point.js';
import { boundaryPoint } from './boundary-point.js';
import { certify, settleRoads } from './certificate.js';
import type { ClassState } from './class-model.js';
import { couponsOf, patternsFor } from './pool.js';
import type { RegionInput } from './region-context.js';
import { RegionContext } from './region-context.js';

/** Responses of one class to the patterns `from` … `to` − 1 of the directions. */
export interface StartingStatesJob extends Job {
  kind: 'starting-states';
  classIndex: number;
  directions: number[][];
  from: number;
  to: number;
}

/** The equilibrium without coupons, and what the caller has to know of the model to make jobs. */
export interface ReferenceJob extends Job {
  kind: 'reference';
  directions: number[][];
}

export interface ReferenceAnswer {
  point: Point;
  states: ClassState[];
  /** Number of coupon patterns per class. */
  patterns: number[];
}

export interface BoundaryJob extends Job {
  kind: 'boundary';
  direction: number[];
  subsidyCap: SubsidyCap;
  starts: ClassState[][];
}

export type RegionJob = StartingStatesJob | ReferenceJob | BoundaryJob;

let held: { key: string; context: RegionContext } | undefined;

/** The context of this thread; building it again for every job would cost more than the job. */
function contextFor(highs: Highs, key: string, input: RegionInput): RegionContext {
  if (held?.key === key) return held.context;
  held?.context.dispose();
  held = { key, context: new RegionContext(highs, input) };
  return held.context;
}

export function runRegionJob(
  highs: Highs,
  key: string,
  input: RegionInput,
  job: RegionJob,
): ClassState[] | ReferenceAnswer | BoundaryAnswer {
  const context = contextFor(highs, key, input);
  switch (job.kind) {
    case 'reference':
      return reference(context, job);
    case 'starting-states':
      return startingStates(context, job);
    case 'boundary':
      return boundaryPoint(context, job.starts, job.direction, job.subsidyCap);
  }
}

function reference(context: RegionContext, { directions }: ReferenceJob): ReferenceAnswer {
  context.reset();
  const states = context.classes.map((model) => {
    const state = model.respond(new Float64Array(model.choice.price.length));
    if (!state) throw new Error('the equilibrium without coupons did not settle');
    return state;
  });
  const settled = settleRoads(context, states) ?? states;
  const point = certify(context, settled, context.positionMw, null, 0);
  return {
    point,
    states: settled,
    patterns: context.classes.map((model) => patternsFor(context.model, model, directions).length),
  };
}

function startingStates(
  context: RegionContext,
  { classIndex, directions, from, to }: StartingStatesJob,
): ClassState[] {
  context.reset();
  const model = context.classes[classIndex];
  const states: ClassState[] = [];
  for (const pattern of patternsFor(context.model, model, directions).slice(from, to)) {
    const state = model.respond(couponsOf(model, pattern));
    if (state) states.push(state);
  }
  return states;
}

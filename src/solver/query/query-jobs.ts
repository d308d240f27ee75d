/** The independent parts of questions to a region, as jobs: one operating point, or the spread of one point. */
import type { Job } from '../engine/engine.js';
import type { Highs } from '../highs/load.js';
import type { LoadSpread, PointQuery } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import type { KnownPlan } from './known-states.js';
import { answerQuery } from './point-query.js';
import type { QueryInput } from './query-context.js';
import { QueryContext } from './query-context.js';
import { spreadOf } from './spread.js';

/** A place that mixing misses by more than this is not surrounded by what is known, MW. */
const SURROUNDED_MW = 1e-3;

export interface PointQueryJob extends Job {
  kind: 'point-query';
  targetMw: number[];
  subsidyCap: SubsidyCap;
}

/** Subsidies interpolated between what is known, money; null where nothing known surrounds the place. */
export interface EstimateJob extends Job {
  kind: 'price-estimate';
  targetsMw: number[][];
}

/** What a point's coupons can bring about besides the point itself. */
export interface SpreadJob extends Job {
  kind: 'load-spread';
  plan: KnownPlan;
}

export type QueryJob = PointQueryJob | EstimateJob | SpreadJob;

export function isQueryJob(job: Job): job is QueryJob {
  return ['point-query', 'price-estimate', 'load-spread'].includes(job.kind);
}

let held: { key: string; context: QueryContext } | undefined;

export function runQueryJob(
  highs: Highs,
  key: string,
  input: QueryInput,
  job: QueryJob,
): PointQuery | (number | null)[] | LoadSpread | null {
  if (held?.key !== key) {
    held?.context.dispose();
    held = { key, context: new QueryContext(highs, input) };
  }
  switch (job.kind) {
    case 'point-query':
      return answerQuery(held.context, job.targetMw, job.subsidyCap);
    case 'price-estimate':
      return estimates(held.context, job.targetsMw);
    case 'load-spread':
      return spreadOf(held.context, job.plan);
  }
}

function estimates({ envelope }: QueryContext, targetsMw: readonly number[][]): (number | null)[] {
  return targetsMw.map((targetMw) => {
    const mix = envelope.at(targetMw);
    return mix && mix.offMw <= SURROUNDED_MW ? mix.subsidy : null;
  });
}

/** The independent parts of questions to a region, as jobs: one operating point, or the spread of one point. */
import type { Job } from '../engine/engine.js';
import type { Highs } from '../highs/load.js';
import type { PointQuery } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import { answerQuery } from './point-query.js';
import type { QueryInput } from './query-context.js';
import { QueryContext } from './query-context.js';

export interface PointQueryJob extends Job {
  kind: 'point-query';
  targetMw: number[];
  subsidyCap: SubsidyCap;
}

export type QueryJob = PointQueryJob;

export function isQueryJob(job: Job): job is QueryJob {
  return job.kind === 'point-query';
}

let held: { key: string; context: QueryContext } | undefined;

export function runQueryJob(highs: Highs, key: string, input: QueryInput, job: QueryJob): PointQuery {
  if (held?.key !== key) {
    held?.context.dispose();
    held = { key, context: new QueryContext(highs, input) };
  }
  return answerQuery(held.context, job.targetMw, job.subsidyCap);
}

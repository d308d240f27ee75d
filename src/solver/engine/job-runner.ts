/** What runs a job in whatever thread it was sent to. */
import type { BoundInput } from '../bounds/bound-jobs.js';
import { isBoundJob, runBoundJob } from '../bounds/bound-jobs.js';
import type { DispatchInput } from '../dispatch/dispatch-context.js';
import { isDispatchJob, runDispatchJob } from '../dispatch/dispatch-jobs.js';
import { loadHighs } from '../highs/load.js';
import type { QueryInput } from '../query/query-context.js';
import { isQueryJob, runQueryJob } from '../query/query-jobs.js';
import type { RegionInput } from '../region/region-context.js';
import type { RegionJob } from '../region/region-jobs.js';
import { runRegionJob } from '../region/region-jobs.js';
import { isSensitivityJob, runSensitivityJob } from '../sensitivity/sensitivities.js';
import type { EngineContext, Job } from './engine.js';

export async function runJob(context: EngineContext, job: Job): Promise<unknown> {
  const highs = await loadHighs();
  if (isDispatchJob(job)) return runDispatchJob(highs, context.key, context.data as DispatchInput, job);
  if (isBoundJob(job)) return runBoundJob(highs, context.key, context.data as BoundInput, job);
  if (isQueryJob(job)) return runQueryJob(highs, context.key, context.data as QueryInput, job);
  if (isSensitivityJob(job)) return runSensitivityJob(highs, context.key, context.data as RegionInput, job);
  // The context's data and the job were made by the study of this kind; both crossed at most a thread border.
  return runRegionJob(highs, context.key, context.data as RegionInput, job as RegionJob);
}

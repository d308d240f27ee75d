/** Runs a study of any kind. */
import type { CharacterizeResult, StudyResult } from './result.js';
import type { Scenario } from './scenario.js';
import type { RunOptions } from './study-run.js';
import type { StudySpec } from './study-spec.js';
import { proveBounds } from './bounds/prove-bounds.js';
import { dispatch } from './dispatch/dispatch.js';
import { characterizeOverTime } from './region/over-time.js';
import { withSensitivities } from './sensitivity/sensitivities.js';
import { compare } from './static/compare.js';

/** The region that a study is about was not characterized before it. */
export class MissingRegionError extends Error {
  override name = 'MissingRegionError';
  constructor(study: string, region: string) {
    super(`study ${study} builds on ${region}, which has no result: run ${region} first`);
  }
}

/** Kinds of studies that `runStudy` can run. */
export const RUNNABLE_KINDS: readonly StudySpec['kind'][] = ['characterize', 'dispatch', 'compare'];

/**
 * @param options.previous results of the studies before this one, among them the region that it builds on.
 * @throws MissingRegionError, NoPathError, TooManyPathsError
 */
export async function runStudy(
  scenario: Scenario,
  spec: StudySpec,
  options: RunOptions & { previous: readonly StudyResult[] },
): Promise<StudyResult> {
  if (spec.kind === 'characterize') {
    const found = await characterizeOverTime(scenario, spec, options);
    const result =
      options.sensitivity && !found.partial ? await withSensitivities(scenario, found, options) : found;
    return options.bounds ? proveBounds(scenario, result, options) : result;
  }
  const region = options.previous.find(
    (result): result is CharacterizeResult => result.kind === 'characterize' && result.name === spec.region,
  );
  if (!region || region.regions.length === 0) throw new MissingRegionError(spec.name, spec.region);
  if (spec.kind === 'compare') return compare(scenario, spec, region, options);
  return dispatch(scenario, spec, region, options);
}

/** Runs a study of any kind. */
import type { CharacterizeResult } from './result.js';
import type { Scenario } from './scenario.js';
import type { RunOptions } from './study-run.js';
import type { StudySpec } from './study-spec.js';
import { characterize } from './region/characterize.js';

/** The study is understood but this version cannot run its kind. */
export class StudyNotRunnableError extends Error {
  override name = 'StudyNotRunnableError';
  constructor(readonly spec: StudySpec) {
    super(`study ${spec.name} is a ${spec.kind} study, which cannot be run yet`);
  }
}

/** Kinds of studies that `runStudy` can run. */
export const RUNNABLE_KINDS: readonly StudySpec['kind'][] = ['characterize'];

/**
 * @throws StudyNotRunnableError, NoPathError, TooManyPathsError
 */
export async function runStudy(
  scenario: Scenario,
  spec: StudySpec,
  options: RunOptions,
): Promise<CharacterizeResult> {
  if (spec.kind !== 'characterize') throw new StudyNotRunnableError(spec);
  return characterize(scenario, spec, options);
}

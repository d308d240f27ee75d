/** Whether a result still belongs to its file: a digest of everything that the result depends on. */
import { createHash } from 'node:crypto';
import type { Scenario } from '../../solver/scenario.js';
import type { StudySpec } from '../../solver/study-spec.js';

/** @param studies those that are run together; what they `expect` does not change what is found */
export function fingerprintOf(scenario: Scenario, studies: readonly StudySpec[], version: string): string {
  const asked = studies.map((study) => ({ ...study, expectations: [] }));
  // Both come out of their builders in one order, so equal text means equal value.
  return createHash('sha256')
    .update(JSON.stringify([version, scenario, asked]))
    .digest('hex');
}

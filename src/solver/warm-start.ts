/** Which of the studies of an earlier result file a study starts from. */
import type { ResultFile } from './result.js';
import type { WarmStart } from './study-run.js';
import type { StudySpec } from './study-spec.js';

/** The study of the same name; undefined where the file has none, or none with points. */
export function warmStartOf(
  file: Pick<ResultFile, 'scenario' | 'studies'> | null | undefined,
  spec: StudySpec,
): WarmStart | undefined {
  const result = file?.studies.find(({ kind, name }) => kind === spec.kind && name === spec.name);
  if (!file || result?.kind !== 'characterize') return undefined;
  return { scenario: file.scenario, result };
}

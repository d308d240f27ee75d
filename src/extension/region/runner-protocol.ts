/** What the extension host and the thread that runs a study say to each other; both come from the same build. */
import type { CharacterizeResult, StudyResult } from '../../solver/result.js';
import type { Scenario } from '../../solver/scenario.js';
import type { StudyProgress } from '../../solver/study-run.js';
import type { StudySpec } from '../../solver/study-spec.js';

export interface RunRequest {
  scenario: Scenario;
  /** In the order in which they are run: each after those it builds on. */
  studies: StudySpec[];
  /** Threads of the engine. */
  workers: number;
}

export type ToRunner = { type: 'run'; request: RunRequest } | { type: 'cancel' };

export type FromRunner =
  | { type: 'progress'; study: string; progress: StudyProgress }
  /** The region so far, replacing the one sent before. */
  | { type: 'partial'; result: CharacterizeResult }
  | { type: 'result'; result: StudyResult }
  /** A study of the family that could not be run, with the reason; the others go on. */
  | { type: 'skipped'; study: string; message: string }
  | { type: 'end' };

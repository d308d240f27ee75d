/** What the extension host and the process that runs a study say to each other; both come from the same build. */
import type { CharacterizeResult, StudyResult } from '../../solver/result.js';
import type { Scenario } from '../../solver/scenario.js';
import type { StudyProgress } from '../../solver/study-run.js';
import type { Question } from './protocol.js';
import type { StudySpec } from '../../solver/study-spec.js';

export interface RunRequest {
  scenario: Scenario;
  /** In the order in which they are run: each after those it builds on. */
  studies: StudySpec[];
  /** Threads of the engine. */
  workers: number;
  /** Names what this run finds, within its panel. */
  key?: string;
  /** The result before the file was changed: where the regions start from. */
  earlier?: EarlierResults;
}

/** What an earlier run found: by its key where the process holds it, else as JSON. */
export type EarlierResults = { key: string } | { text: string };

export interface QuestionRequest {
  /** The whole result as JSON; its own scenario counts, whatever the file says by now. */
  result: string;
  /** The characterize study that is asked about. */
  study: string;
  question: Question;
  /** The same for questions about the same run: what was set up for one serves the next. */
  basis: number;
  workers: number;
}

export type ToRunner =
  | { type: 'run'; request: RunRequest }
  | { type: 'ask'; request: QuestionRequest }
  | { type: 'cancel' }
  /** Instead of a run: the whole result as JSON, to be drawn as an HTML report. */
  | { type: 'report'; result: string };

/** A result whose plans travel beside it, each of them once in a run. */
export interface Parcel<R extends StudyResult> {
  /** Without its plans. */
  result: R;
  /** Which plan belongs to each of its points, counted over all that have been sent. */
  plans: number[];
  /** JSON texts of those that have not been sent before, in their order. */
  newPlans: string[];
}

export type FromRunner =
  | { type: 'progress'; study: string; progress: StudyProgress }
  /** The region so far, replacing the one sent before. */
  | ({ type: 'partial' } & Parcel<CharacterizeResult>)
  | ({ type: 'result' } & Parcel<StudyResult>)
  /** A study of the family that could not be run, with the reason; the others go on. */
  | { type: 'skipped'; study: string; message: string }
  | { type: 'report'; html: string }
  /** With the key of the results that the process holds. */
  | { type: 'end'; holds?: string | null };

/** How a study is run and watched: shared by the terminal, the extension and the tests. */
import type { CharacterizeResult } from './result.js';
import type { Scenario } from './scenario.js';
import type { Engine } from './engine/engine.js';
import type { SubsidyCap } from './study-spec.js';

export interface StudyProgress {
  /** What is being computed, in words a planner understands: "starting points", "directions", "refining", "certifying". */
  phase: string;
  done: number;
  /** Null while the number of jobs is not known (refinement until a gap). */
  total: number | null;
  subsidyCap?: SubsidyCap;
  direction?: readonly number[] | null;
  elapsedSeconds: number;
  /** Of a study over a range of times: which of its regions is being computed, counted from 0. */
  interval?: { index: number; count: number };
}

/** What an earlier run found, perhaps of a file that said something else: a start for this run, never its answer. */
export interface WarmStart {
  scenario: Scenario;
  result: CharacterizeResult;
}

export interface RunOptions {
  engine: Engine;
  /** Makes a characterize study start from what it, or one much like it, found before. */
  warm?: WarmStart;
  /** Makes a characterize study prove outer bounds for each budget once its points are found; takes minutes. */
  bounds?: boolean;
  /** Makes a characterize study tell what a larger budget, higher caps, more ports and stronger lines would add. */
  sensitivity?: boolean;
  /** Aborting stops the study within a second; what was found so far is returned, marked partial. */
  signal?: AbortSignal;
  onProgress?: (progress: StudyProgress) => void;
  /**
   * Called when points have arrived, at most a few times a second. The result so far costs as much as a point or two: it
   * is put together when it is asked for, then or later.
   */
  onPartial?: (current: () => CharacterizeResult) => void;
}

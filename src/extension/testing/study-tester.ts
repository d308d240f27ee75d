import type * as vscode from 'vscode';

/** What became of one `expect` line. */
export interface ExpectationOutcome {
  readonly passed: boolean;
  /** As the author wrote it: "volume at 2000 CNY in 55 to 68 MW^3". */
  readonly expected: string;
  /** In the same words: "62.2 MW^3". */
  readonly found: string;
}

/** Runs a study and holds it against its `expect` lines. */
export interface StudyTester {
  /**
   * One outcome per `expect` line, in their order.
   * @throws Error in plain words when the study cannot be run.
   */
  test(uri: vscode.Uri, study: string, cancel: vscode.CancellationToken): Promise<ExpectationOutcome[]>;
}

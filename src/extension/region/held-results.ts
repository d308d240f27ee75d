/** What a study's process still has of its last run: 10 MB of text that need not be sent back to it and parsed. */
import type { ResultFile } from '../../solver/result.js';
import type { EarlierResults } from './runner-protocol.js';

type Results = Pick<ResultFile, 'scenario' | 'studies'>;

export class HeldResults {
  private held: { key: string; results: Results } | null = null;

  /** Of the run whose results are held. */
  get key(): string | null {
    return this.held?.key ?? null;
  }

  /** @param results of a run that came to its end. */
  hold(key: string, results: Results): void {
    this.held = { key, results };
  }

  /** @throws Error where another run's results are held: whoever sends only a key has been told which. */
  of(earlier: EarlierResults): Results {
    if ('text' in earlier) return JSON.parse(earlier.text) as ResultFile;
    if (this.held?.key !== earlier.key) throw new Error('the results to start from are not here any more');
    return this.held.results;
  }
}

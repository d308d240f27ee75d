/** Suggestions for misspelt words. */
import { distance } from 'fastest-levenshtein';

/** At most this share of a word may differ for a suggestion to help rather than to confuse. */
const LARGEST_DIFFERENCE = 0.4;

/** The candidate that is spelled most like the word, disregarding case; undefined when none is similar. */
export function closest(word: string, candidates: Iterable<string>): string | undefined {
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(LARGEST_DIFFERENCE * word.length)) + 1;
  if (word === '') return undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const difference = distance(lower, candidate.toLowerCase());
    if (difference < least) [best, least] = [candidate, difference];
  }
  return best;
}

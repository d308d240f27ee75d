/**
 * The lexer, with limits: neither an enormous file nor a file of noise may keep an editor or a terminal busy. What lies
 * beyond a limit is not read, and one diagnostic says so.
 */
import type { ILexingError } from 'chevrotain';
import type { LexerResult } from 'langium';
import { DefaultLexer } from 'langium';

/** Characters; a scenario of 10,000 lines has about 600,000. */
export const LARGEST_TEXT = 5_000_000;

/** More characters than this that no token starts with are not a `.v2g` file; what follows the last is ignored. */
export const MOST_STRAY_CHARACTERS = 50;

/** Messages that the validator recognises and turns into codes of their own. */
export const TOO_LARGE = `The file is larger than ${LARGEST_TEXT / 1e6} million characters and is not read; split it and import the parts.`;
export const TOO_MANY = 'This does not look like a .v2g file: the rest of it is not read.';

export class V2gLexer extends DefaultLexer {
  override tokenize(text: string): LexerResult {
    if (text.length > LARGEST_TEXT) return refuse(TOO_LARGE);
    // A text that starts as noise is not read to its end: each stray character costs a try of every kind of token.
    const result = this.isNoise(text.slice(0, SAMPLE))
      ? super.tokenize(text.slice(0, SAMPLE))
      : super.tokenize(text);
    return result.errors.length > MOST_STRAY_CHARACTERS ? cut(result) : result;
  }

  /** Judges whole lines only, and nothing behind a comment that the sample may have cut in two. */
  private isNoise(sample: string): boolean {
    const comment = sample.lastIndexOf('/*');
    const closed = comment > sample.lastIndexOf('*/') ? sample.slice(0, comment) : sample;
    return (
      super.tokenize(closed.slice(0, closed.lastIndexOf('\n') + 1)).errors.length > MOST_STRAY_CHARACTERS
    );
  }
}

/** Characters that are looked at first. */
const SAMPLE = 20_000;

function refuse(message: string): LexerResult {
  return { tokens: [], hidden: [], errors: [problemAt(message)] };
}

function cut(result: LexerResult): LexerResult {
  const errors = result.errors.slice(0, MOST_STRAY_CHARACTERS);
  const end = errors.at(-1)!;
  const before = ({ startOffset }: { startOffset: number }) => startOffset < end.offset;
  return {
    ...result,
    tokens: result.tokens.filter(before),
    hidden: result.hidden.filter(before),
    errors: [...errors, problemAt(TOO_MANY, end)],
  };
}

function problemAt(message: string, at: Partial<ILexingError> = {}): ILexingError {
  return { offset: 0, line: 1, column: 1, length: 1, ...at, message };
}

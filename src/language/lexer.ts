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
    const result = super.tokenize(text);
    return result.errors.length > MOST_STRAY_CHARACTERS ? cut(result) : result;
  }
}

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

/** Syntax and lexical errors in the words of the language rather than of the parser. */
import type { IParserErrorMessageProvider, IToken, TokenType } from 'chevrotain';
import { DefaultLexerErrorMessageProvider } from 'langium';
import { RESERVED_WORDS } from './parser.js';

/** Stray characters beyond this are not quoted. */
const LONGEST_QUOTE = 20;

/** More alternatives than this are not listed. */
const LISTED = 8;

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  NAME: 'a name',
  ID: 'a word',
  NUMBER: 'a number',
  TIME: 'a time such as 17:30',
  STRING: 'a text in quotes',
  UNIT: 'a unit',
  EOF: 'the end of the file',
};

export class V2gParserMessages implements IParserErrorMessageProvider {
  private left = Number.POSITIVE_INFINITY;
  private whenTooMany = () => {};

  /**
   * Runs a parser that takes its messages from here, and calls back at the first error beyond a number of them.
   *
   * @returns the result of the run, and whether there were more.
   */
  countErrors<T>(most: number, whenTooMany: () => void, run: () => T): [result: T, tooMany: boolean] {
    [this.left, this.whenTooMany] = [most, whenTooMany];
    try {
      const result = run();
      return [result, this.left < 0];
    } finally {
      this.left = Number.POSITIVE_INFINITY;
    }
  }

  private count(): void {
    if (--this.left < 0) this.whenTooMany();
  }

  buildMismatchTokenMessage({ expected, actual }: { expected: TokenType; actual: IToken }): string {
    this.count();
    const hint =
      expected.name === 'NAME' && RESERVED_WORDS.has(actual.image)
        ? `; '${actual.image}' is a word of the language: as a name it is written "${actual.image}"`
        : expected.name === 'NAME' && /^\d/.test(actual.image)
          ? `; a name that starts with a digit is written in quotes`
          : '';
    return `Expected ${describe(expected)}, but found ${found(actual)}${hint}.`;
  }

  buildNotAllInputParsedMessage({ firstRedundant }: { firstRedundant: IToken }): string {
    this.count();
    return `Expected a declaration such as 'station' or 'study', but found ${found(firstRedundant)}.`;
  }

  buildNoViableAltMessage({
    expectedPathsPerAlt,
    actual,
  }: {
    expectedPathsPerAlt: TokenType[][][];
    actual: IToken[];
  }): string {
    this.count();
    return `Expected ${listFirst(expectedPathsPerAlt.flat())}, but found ${found(actual[0])}.`;
  }

  buildEarlyExitMessage({
    expectedIterationPaths,
    actual,
  }: {
    expectedIterationPaths: TokenType[][];
    actual: IToken[];
  }): string {
    this.count();
    return `Expected ${listFirst(expectedIterationPaths)}, but found ${found(actual[0])}.`;
  }
}

/** What to say about characters that start no token. */
export class V2gLexerMessages extends DefaultLexerErrorMessageProvider {
  override buildUnexpectedCharactersMessage(fullText: string, startOffset: number, length: number): string {
    if (fullText.startsWith('/*', startOffset)) return "The comment has no end: '*/' is missing.";
    if (fullText[startOffset] === '"') return 'The text has no end: a quote is missing in this line.';
    const most = fullText.slice(startOffset, startOffset + Math.min(length, LONGEST_QUOTE));
    return `${JSON.stringify(most)} means nothing in this language.`;
  }
}

function describe(type: TokenType): string {
  return DESCRIPTIONS[type.name] ?? `'${type.name}'`;
}

function found(token: IToken): string {
  return token.image === '' ? 'the end of the file' : `'${token.image}'`;
}

function listFirst(paths: readonly TokenType[][]): string {
  const words = [...new Set(paths.flatMap(([first]) => (first ? [describe(first)] : [])))];
  return words.length > LISTED ? `one of ${words.slice(0, LISTED).join(', ')}, …` : words.join(' or ');
}

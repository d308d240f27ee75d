/**
 * The parser, with a limit: it recovers from a number of syntax errors and then stops, because recovering from each of the
 * hundred thousand errors of a file of noise would take minutes and tell nobody anything.
 */
import type { ILexingError } from 'chevrotain';
import type { AstNode, LangiumCoreServices, ParseResult, ParserOptions } from 'langium';
import { createParser, LangiumParser } from 'langium';
import { TOO_MANY } from './lexer.js';
import { V2gParserMessages } from './parser-messages.js';

/** Syntax errors that are reported one by one. */
export const MOST_SYNTAX_ERRORS = 100;

export class BoundedParser extends LangiumParser {
  private readonly messages: unknown;

  constructor(services: LangiumCoreServices) {
    super(services);
    this.messages = services.parser.ParserErrorMessageProvider;
  }

  override parse<T extends AstNode = AstNode>(input: string, options?: ParserOptions): ParseResult<T> {
    const { messages } = this;
    if (!(messages instanceof V2gParserMessages)) return super.parse<T>(input, options);
    // Chevrotain reads this flag at each error, though its types only show it as a setting.
    const switches = this.wrapper as unknown as { recoveryEnabled: boolean };
    const stop = () => (switches.recoveryEnabled = false);
    try {
      const [result, stopped] = messages.countErrors(MOST_SYNTAX_ERRORS, stop, () =>
        super.parse<T>(input, options),
      );
      return stopped ? { ...result, lexerErrors: [...result.lexerErrors, endOf(result)] } : result;
    } finally {
      switches.recoveryEnabled = true;
    }
  }
}

/** Where the parser stopped, as an error without a token that the validator recognises by its message. */
function endOf({ parserErrors }: ParseResult): ILexingError {
  const { startOffset = 0, startLine = 1, startColumn = 1 } = parserErrors.at(-1)?.token ?? {};
  const at = {
    offset: startOffset || 0,
    line: Math.max(1, startLine || 1),
    column: Math.max(1, startColumn || 1),
  };
  return { ...at, length: 1, message: TOO_MANY };
}

export function createBoundedParser(services: LangiumCoreServices): BoundedParser {
  const parser = new BoundedParser(services);
  createParser(services.Grammar, parser, services.parser.Lexer.definition);
  parser.finalize();
  return parser;
}

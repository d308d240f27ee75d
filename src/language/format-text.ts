/** The formatter for hosts without an editor. */
import type { IRecognitionException, IToken } from 'chevrotain';
import { EmptyFileSystem } from 'langium';
import type { Program } from './generated/ast.js';
import { layout } from './layout.js';
import type { V2gServices } from './v2g-module.js';
import { createV2gServices } from './v2g-module.js';

let services: V2gServices | undefined;

/** Formats a text; an error where its syntax is broken, because layout rests on what was understood. */
export function formatText(text: string): string | Error {
  services ??= createV2gServices(EmptyFileSystem).V2g;
  const { value, lexerErrors, parserErrors } = services.parser.LangiumParser.parse<Program>(text);
  if (lexerErrors.length + parserErrors.length > 0) {
    const line = lexerErrors[0]?.line ?? lineOf(parserErrors[0]);
    return new Error(`not formatted: there is a syntax error in line ${line}`);
  }
  return layout(value);
}

/** An error at the end of the text has a token without a position: it is behind the last one. */
function lineOf(error: IRecognitionException & { previousToken?: IToken }): number {
  const { startLine } = error.token;
  return startLine !== undefined && startLine > 0 ? startLine : (error.previousToken?.endLine ?? 1);
}

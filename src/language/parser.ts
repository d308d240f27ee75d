/**
 * How `.v2g` text becomes tokens and names.
 *
 * A NAME is an ID, a quoted STRING, or a keyword that is not reserved: a node may be called `time` or `gap`. That is a
 * property of the tokens rather than of the grammar, because a parser rule with forty alternatives for each name would
 * cost a third of the parsing time of a long file.
 */
import type { CstNode, Grammar, GrammarAST, IParserConfig, TokenBuilderOptions, ValueType } from 'langium';
import { DefaultTokenBuilder, DefaultValueConverter } from 'langium';
import { Lexer, type TokenType, type TokenVocabulary } from 'chevrotain';

/** Keywords that may follow a name without punctuation; used as a name they must be quoted. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
  ...[
    'import',
    'scenario',
    'horizon',
    'currency',
    'travelers',
    'roads',
    'station',
    'couple',
    'feeder',
    'study',
  ],
  ...['node', 'link', 'demand', 'bus', 'line', 'source', 'generator', 'pv', 'shape', 'at', 'to', 'in'],
  ...['axes', 'subsidy', 'directions', 'region', 'reserve', 'tiers', 'static', 'expect'],
]);

/** True when a name can be written without quotes. */
export function isPlainName(name: string): boolean {
  return PLAIN_NAME.test(name) && !RESERVED_WORDS.has(name);
}

const PLAIN_NAME = /^[\p{L}_][\p{L}\p{N}_]*(-[\p{L}\p{N}_]+)*$/u;

/** A name as it has to be written in a file. */
export function quoteName(name: string): string {
  return isPlainName(name) ? name : JSON.stringify(name);
}

/** Two tokens of lookahead decide everything in the grammar; Langium's unbounded lookahead is about 3 times slower. */
export const PARSER_CONFIG: IParserConfig = {
  maxLookahead: 2,
  recoveryEnabled: true,
  nodeLocationTracking: 'full',
  skipValidations: true,
};

export class V2gTokenBuilder extends DefaultTokenBuilder {
  override buildTokens(grammar: Grammar, options?: TokenBuilderOptions): TokenVocabulary {
    const tokens = super.buildTokens(grammar, options) as TokenType[];
    const byName = new Map(tokens.map((token) => [token.name, token]));
    const [name, id, unit, text] = ['NAME', 'ID', 'UNIT', 'STRING'].map((key) => byName.get(key)!);
    name.PATTERN = Lexer.NA;
    id.CATEGORIES = [name];
    text.CATEGORIES = [name];
    for (const token of tokens) {
      if (typeof token.PATTERN !== 'string' || !/^\w/.test(token.name)) continue;
      token.LONGER_ALT = [unit, id];
      if (!RESERVED_WORDS.has(token.name)) token.CATEGORIES = [name];
    }
    return tokens;
  }
}

export class V2gValueConverter extends DefaultValueConverter {
  protected override runConverter(rule: GrammarAST.AbstractRule, input: string, cst: CstNode): ValueType {
    switch (rule.name) {
      case 'NAME':
        return input.startsWith('"') ? super.runConverter({ ...rule, name: 'STRING' }, input, cst) : input;
      case 'NUMBER':
        return Number(input.replace('\u2212', '-'));
      default:
        return super.runConverter(rule, input, cst);
    }
  }
}

/** What may be typed at the cursor: the grammar says which kinds of words, the tables and the index say which ones. */
import type { AstNode, GrammarAST as Grammar, LangiumDocument } from 'langium';
import { AstUtils, GrammarAST, GrammarUtils } from 'langium';
import type { CompletionProvider, LangiumServices, NextFeature } from 'langium/lsp';
import { findFirstFeatures, findNextFeatures } from 'langium/lsp';
import type { CompletionList, CompletionParams, TextEdit } from 'vscode-languageserver';
import type { IToken } from 'chevrotain';
import { RESERVED_WORDS } from '../parser.js';
import type { ProgramDocument } from '../program.js';
import { CompletionItems } from './completion-items.js';
import { completeImportPath } from './completion-paths.js';
import type { CompletionSlice } from './completion-slice.js';
import { sliceForCompletion } from './completion-slice.js';
import { entryProgram } from './entry-program.js';

/** The word, unit or time that is being typed. */
const WORD_BEFORE_CURSOR = /(?:[\p{L}_$€¥%°][\p{L}\p{N}_\-/^²³]*|(?<![\p{L}\p{N}_.-])\d{1,2}:?\d{0,2})$/u;

/** Characters of a line in which that word is looked for: in a run without an end the search would be quadratic. */
const LONGEST_WORD = 200;

/** Characters of a block behind the cursor; a longer one is not looked through. */
const LONGEST_REST = 2000;

/** Tokens; only a file full of unclosed braces has more before the cursor in one statement, and nothing fits there. */
const LONGEST_STATEMENT = 40;

export class V2gCompletionProvider implements CompletionProvider {
  readonly completionOptions = { triggerCharacters: ['"', '/', '>', '-', ' '] };
  private readonly services: LangiumServices;
  private readonly entryRule: Grammar.ParserRule;
  private snippets = true;

  constructor(services: LangiumServices) {
    this.services = services;
    this.entryRule = GrammarUtils.getEntryRule(services.Grammar)!;
    services.shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
      this.snippets = capabilities.textDocument?.completion?.completionItem?.snippetSupport ?? false;
    });
  }

  async getCompletion(document: LangiumDocument, { position }: CompletionParams): Promise<CompletionList> {
    const { textDocument } = document;
    const text = textDocument.getText();
    const offset = textDocument.offsetAt(position);
    const line = text.slice(textDocument.offsetAt({ line: position.line, character: 0 }), offset);
    const path = /^\s*import\s*"([^"]*)$/.exec(line);
    if (path) return list(await completeImportPath(path[1], position, document, this.services));
    if (/^\s*import\s+$/.test(line))
      return list(quoted(await completeImportPath('', position, document, this.services)));
    const word = WORD_BEFORE_CURSOR.exec(line.slice(-LONGEST_WORD))?.[0] ?? '';
    const lexed = this.services.parser.Lexer.tokenize(text.slice(0, offset - word.length));
    if (this.isInComment(text, offset - word.length, lexed.hidden)) return list([]);
    const slice = sliceForCompletion(lexed.tokens as IToken[]);
    const items = new CompletionItems({
      slice,
      behind: this.restOfBlock(text.slice(offset)),
      program: entryProgram(document as ProgramDocument, this.services.shared.workspace.LangiumDocuments),
      document: document as ProgramDocument,
      range: { start: { line: position.line, character: position.character - word.length }, end: position },
      snippets: this.snippets,
      services: this.services,
    });
    for (const { feature } of this.featuresAt(slice)) this.addFeature(feature, items);
    return list(items.all());
  }

  /** Tokens from the cursor to the end of its block; none where the block is not closed before the next one opens. */
  private restOfBlock(text: string): IToken[] {
    const brace = /[{}]/.exec(text);
    if (brace?.[0] !== '}' || brace.index > LONGEST_REST) return [];
    return this.services.parser.Lexer.tokenize(text.slice(0, brace.index)).tokens as IToken[];
  }

  private isInComment(text: string, offset: number, hidden: readonly IToken[]): boolean {
    const last = hidden.findLast(({ image }) => image.startsWith('//'));
    const before = text.slice(0, offset);
    // A comment to the end of the line holds the cursor; one in `/* */` does while it is open.
    if (last && !text.slice(last.startOffset, offset).includes('\n')) return true;
    return before.lastIndexOf('/*') > before.lastIndexOf('*/');
  }

  private featuresAt(slice: CompletionSlice): NextFeature[] {
    const features = this.follow(slice.tokens);
    return features.length > 0 ? features : this.follow(slice.fallback);
  }

  private follow(tokens: readonly IToken[]): NextFeature[] {
    if (tokens.length > LONGEST_STATEMENT) return [];
    const first = findFirstFeatures(this.entryRule.definition);
    if (tokens.length === 0) return first.map((stack) => stack.at(-1)!);
    const [head, ...rest] = tokens.map(asWord);
    const begun = first.filter((stack) => {
      const { feature } = stack.at(-1)!;
      return GrammarAST.isKeyword(feature) && feature.value === head.tokenType.name;
    });
    return begun.length > 0 ? findNextFeatures(begun, rest) : [];
  }

  private addFeature(feature: Grammar.AbstractElement, items: CompletionItems): void {
    const assignment = AstUtils.getContainerOfType(feature as AstNode, GrammarAST.isAssignment);
    const rule = AstUtils.getContainerOfType(feature as AstNode, GrammarAST.isParserRule);
    const place = { rule: rule?.name ?? '', property: assignment?.feature ?? '' };
    if (GrammarAST.isKeyword(feature)) items.addKeyword(feature.value, place);
    else if (GrammarAST.isCrossReference(feature)) items.addNames(feature.type.$refText);
    else if (GrammarAST.isRuleCall(feature)) items.addTerminal(feature.rule.$refText, place);
  }
}

/**
 * Langium looks for a terminal anywhere in the text of a token, and so finds a number in the name `n1`: each token is
 * given a text in which nothing but its own terminal is found.
 */
function asWord(token: IToken): IToken {
  const { name } = token.tokenType;
  const image = TERMINAL_EXAMPLES[name] ?? (/^\w/.test(name) && !RESERVED_WORDS.has(name) ? 'x' : '');
  return { ...token, image };
}

const TERMINAL_EXAMPLES: Readonly<Record<string, string>> = {
  NUMBER: '1',
  TIME: '0:00',
  UNIT: '%',
  STRING: '""',
};

function quoted(items: CompletionList['items']): CompletionList['items'] {
  return items.map((item) => ({
    ...item,
    textEdit: { range: (item.textEdit as TextEdit).range, newText: JSON.stringify(item.label) },
  }));
}

function list(items: CompletionList['items']): CompletionList {
  return { isIncomplete: false, items };
}

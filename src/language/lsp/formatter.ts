/** Formatting in an editor: the layout of layout.ts as edits of the gaps between tokens, whole or for a range. */
import type { LangiumCoreServices, LangiumDocument, Lexer, MaybePromise } from 'langium';
import type { Formatter } from 'langium/lsp';
import type { Range, TextEdit } from 'vscode-languageserver';
import type { Program } from '../generated/ast.js';
import { layout } from '../layout.js';

interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export class V2gFormatter implements Formatter {
  private readonly lexer: Lexer;

  constructor(services: LangiumCoreServices) {
    this.lexer = services.parser.Lexer;
  }

  get formatOnTypeOptions(): undefined {
    return undefined;
  }

  formatDocument(document: LangiumDocument): MaybePromise<TextEdit[]> {
    return this.edits(document);
  }

  formatDocumentRange(document: LangiumDocument, { range }: { range: Range }): MaybePromise<TextEdit[]> {
    // A selection of whole lines ends at the start of the next one, which is not part of it.
    const last = range.end.character === 0 ? Math.max(range.start.line, range.end.line - 1) : range.end.line;
    // A gap belongs to the line at its end: its indentation.
    return this.edits(document).filter(
      ({ range: { end } }) => end.line >= range.start.line && end.line <= last,
    );
  }

  formatDocumentOnType(): MaybePromise<TextEdit[]> {
    return [];
  }

  /** One edit for each gap or comment that the layout changes; none where the syntax is broken. */
  private edits(document: LangiumDocument): TextEdit[] {
    const { lexerErrors, parserErrors, value } = document.parseResult;
    if (lexerErrors.length + parserErrors.length > 0) return [];
    const text = document.textDocument.getText();
    const formatted = layout(value as Program);
    const [before, after] = [this.pieces(text), this.pieces(formatted)];
    const edits: TextEdit[] = [];
    const replace = (start: number, end: number, newText: string) => {
      if (text.slice(start, end) === newText) return;
      const { textDocument } = document;
      edits.push({
        range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) },
        newText,
      });
    };
    let [last, lastAfter]: (Piece | undefined)[] = [];
    for (const [index, piece] of before.entries()) {
      const laid = after[index];
      replace(last?.end ?? 0, piece.start, formatted.slice(lastAfter?.end ?? 0, laid.start));
      replace(piece.start, piece.end, laid.text);
      [last, lastAfter] = [piece, laid];
    }
    replace(last?.end ?? 0, text.length, formatted.slice(lastAfter?.end ?? 0));
    return edits;
  }

  private pieces(text: string): Piece[] {
    const { tokens, hidden } = this.lexer.tokenize(text);
    return [...tokens, ...hidden]
      .map(({ image, startOffset }) => ({ text: image, start: startOffset, end: startOffset + image.length }))
      .sort((a, b) => a.start - b.start);
  }
}

/** What can be folded: blocks, comments of several lines, runs of imports, and regions between `//#region` comments. */
import type { LangiumDocument } from 'langium';
import { CstUtils } from 'langium';
import type { FoldingRangeProvider, LangiumServices } from 'langium/lsp';
import type { FoldingRange } from 'vscode-languageserver-types';
import { FoldingRangeKind } from 'vscode-languageserver-types';
import type { Program } from '../generated/ast.js';

export class V2gFoldingRangeProvider implements FoldingRangeProvider {
  private readonly lexer: LangiumServices['parser']['Lexer'];

  constructor(services: LangiumServices) {
    this.lexer = services.parser.Lexer;
  }

  getFoldingRanges(document: LangiumDocument): FoldingRange[] {
    const { tokens, hidden } = this.lexer.tokenize(document.textDocument.getText());
    return [
      ...foldBlocks(tokens),
      ...foldComments(hidden),
      ...foldImports(document.parseResult.value as Program),
    ].sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
  }
}

type Token = ReturnType<LangiumServices['parser']['Lexer']['tokenize']>['tokens'][number];

/** From the line of a brace to the line before the one that closes it, which stays visible. */
function foldBlocks(tokens: readonly Token[]): FoldingRange[] {
  const found: FoldingRange[] = [];
  const open: number[] = [];
  for (const { image, startLine } of tokens) {
    if (image === '{') open.push(startLine! - 1);
    if (image !== '}') continue;
    const start = open.pop();
    if (start !== undefined && startLine! - 2 > start)
      found.push({ startLine: start, endLine: startLine! - 2 });
  }
  return found;
}

const REGION = /^\/\/\s*#(region|endregion)\b/;

function foldComments(hidden: readonly Token[]): FoldingRange[] {
  const found: FoldingRange[] = [];
  const regions: number[] = [];
  let run: [start: number, end: number] | undefined;
  const closeRun = () => {
    if (run && run[1] > run[0])
      found.push({ startLine: run[0], endLine: run[1], kind: FoldingRangeKind.Comment });
    run = undefined;
  };
  for (const { image, startLine, endLine } of hidden) {
    const [start, end] = [startLine! - 1, endLine! - 1];
    const region = REGION.exec(image)?.[1];
    if (region === 'region') regions.push(start);
    if (region === 'endregion') {
      const from = regions.pop();
      if (from !== undefined) found.push({ startLine: from, endLine: start, kind: FoldingRangeKind.Region });
    }
    if (image.startsWith('/*') && end > start) {
      found.push({ startLine: start, endLine: end, kind: FoldingRangeKind.Comment });
    }
    if (region || !image.startsWith('//')) closeRun();
    else if (run && start === run[1] + 1) run = [run[0], start];
    else {
      closeRun();
      run = [start, start];
    }
  }
  closeRun();
  return found;
}

function foldImports({ imports }: Program): FoldingRange[] {
  const lines = imports.flatMap(({ $cstNode }) =>
    $cstNode ? [CstUtils.toDocumentSegment($cstNode).range] : [],
  );
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last || last.end.line === first.start.line) return [];
  return [{ startLine: first.start.line, endLine: last.end.line, kind: FoldingRangeKind.Imports }];
}

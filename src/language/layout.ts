/**
 * The one layout of a file. It works on the tokens and comments of a parsed document, keeps the author's line breaks
 * inside of blocks, and decides indentation, spaces, blank lines and columns. Layout of a layout is the same text.
 */
import type { AstNode, CstNode } from 'langium';
import { AstUtils, CstUtils } from 'langium';
import type { Program } from './generated/ast.js';
import { isFeeder, isRoads, isStation, isStudy } from './generated/ast.js';
import { alignColumns } from './layout-columns.js';

const INDENT = '  ';

/** A token or comment, and how it was placed. */
interface Piece {
  readonly text: string;
  readonly offset: number;
  readonly comment: boolean;
  /** Line breaks between the piece before and this one. */
  readonly breaks: number;
}

/** A line of output before its columns are aligned. */
export interface LayoutLine {
  depth: number;
  /** Continues the statement of the line above. */
  readonly continued: boolean;
  /** Blank line before it. */
  readonly spaced: boolean;
  text: string;
  /** The word that opens the statement; undefined on a comment, a continuation or a brace. */
  readonly keyword?: string;
  /** Where in the text its braces open, and where the entries after the first one in them start. */
  readonly stops: number[];
  /** Comment at the end of the line. */
  trailing?: string;
  /** Offset of the first piece in the text that was laid out. */
  readonly offset: number;
}

/** Lays a document out; its text must be free of syntax errors. */
export function layout(program: Program): string {
  const root = program.$cstNode;
  if (!root) return '';
  const text = root.root.fullText;
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = breakLines(readPieces(root, text), statementOffsets(program), ownLineOffsets(program));
  alignColumns(lines);
  return lines
    .map((line) => render(line))
    .join('')
    .replaceAll('\n', newLine);
}

function render(line: LayoutLine): string {
  const indent = INDENT.repeat(line.depth + (line.continued ? 1 : 0));
  const text = [line.text, ...(line.trailing ? [line.trailing] : [])].join(
    line.text && line.trailing ? '  ' : '',
  );
  return `${line.spaced ? '\n' : ''}${indent}${text.replace(/\n(?= \*)/g, `\n${indent}`)}\n`;
}

function readPieces(root: CstNode, text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const leaf of CstUtils.flattenCst(root)) {
    const breaks = countBreaks(text.slice(end, leaf.offset));
    pieces.push({ text: leaf.text, offset: leaf.offset, comment: leaf.hidden, breaks });
    end = leaf.end;
  }
  return pieces;
}

function countBreaks(gap: string): number {
  return gap.split('\n').length - 1;
}

/** Where statements start: a line that starts there is not a continuation. */
function statementOffsets(program: Program): Set<number> {
  const offsets = new Set<number>();
  const add = (node: AstNode) => node.$cstNode && offsets.add(node.$cstNode.offset);
  for (const node of AstUtils.streamAst(program)) {
    for (const list of ['imports', 'elements', 'members', 'services', 'entries']) {
      const children = (node as unknown as Record<string, unknown>)[list];
      if (Array.isArray(children)) children.forEach(add);
    }
  }
  return offsets;
}

/** Statements that always start a line: those of the file, and those of its large blocks. */
function ownLineOffsets(program: Program): Set<number> {
  const offsets = new Set<number>();
  const add = (node: AstNode) => node.$cstNode && offsets.add(node.$cstNode.offset);
  program.imports.forEach(add);
  for (const element of program.elements) {
    add(element);
    if (isRoads(element) || isFeeder(element)) element.members.forEach(add);
    if (isStation(element)) element.services.forEach(add);
    if (isStudy(element)) element.entries.forEach(add);
  }
  return offsets;
}

function breakLines(pieces: readonly Piece[], statements: Set<number>, ownLines: Set<number>): LayoutLine[] {
  const lines: LayoutLine[] = [];
  const closing = multiLineBlocks(pieces, ownLines);
  let depth = 0;
  let current: LayoutLine | undefined;
  let last: Piece | undefined;
  for (const [index, piece] of pieces.entries()) {
    const opensLine = last === undefined || startsLine(piece, last, index, closing, ownLines);
    if (piece.text === '}' && !piece.comment) depth--;
    if (opensLine) {
      const opened = last?.text === '{' && !last.comment;
      const spaced = last !== undefined && piece.breaks > 1 && !opened && piece.text !== '}';
      const starts = statements.has(piece.offset);
      const continued = !piece.comment && !starts && piece.text !== '}';
      const keyword = starts ? piece.text : undefined;
      current = { depth, continued, spaced, text: layText(piece), stops: [], keyword, offset: piece.offset };
      lines.push(current);
    } else if (piece.comment && isLast(pieces, index)) {
      current!.trailing = [current!.trailing, layText(piece)].filter(Boolean).join(' ');
    } else {
      if (needsSpace(last!, piece)) current!.text += ' ';
      if (piece.text === '{' || (last!.text === ',' && current!.stops.length > 0))
        current!.stops.push(current!.text.length);
      current!.text += layText(piece);
    }
    if (piece.text === '{' && !piece.comment) depth++;
    last = piece;
  }
  return lines;
}

function startsLine(
  piece: Piece,
  last: Piece,
  index: number,
  blocks: ReadonlySet<number>,
  ownLines: ReadonlySet<number>,
): boolean {
  if (last.comment && last.text.startsWith('//')) return true;
  if (piece.comment) return piece.breaks > 0;
  if (blocks.has(index)) return true;
  if (piece.text === ',' || piece.text === '{') return last.comment && piece.breaks > 0;
  if (ownLines.has(piece.offset)) return true;
  return piece.breaks > 0 && piece.text !== '}';
}

/** Pieces that must start a line: the first one in and the brace that closes each block of several lines. */
function multiLineBlocks(pieces: readonly Piece[], ownLines: ReadonlySet<number>): Set<number> {
  const found = new Set<number>();
  const open: { index: number; broken: boolean }[] = [];
  for (const [index, piece] of pieces.entries()) {
    const block = open.at(-1);
    if (block && (piece.breaks > 0 || ownLines.has(piece.offset))) block.broken = true;
    if (piece.comment) continue;
    if (piece.text === '{') {
      // A brace on a line of its own moves up, and does not make the block around it longer.
      open.push({ index, broken: false });
    } else if (piece.text === '}' && block) {
      open.pop();
      if (block.broken && index > block.index + 1) {
        found.add(block.index + 1).add(index);
        const outer = open.at(-1);
        if (outer) outer.broken = true;
      }
    }
  }
  return found;
}

function isLast(pieces: readonly Piece[], index: number): boolean {
  const next = pieces[index + 1];
  return next === undefined || next.breaks > 0 || pieces[index].text.startsWith('//');
}

function needsSpace(before: Piece, after: Piece): boolean {
  if (after.text === ',' && !after.comment) return false;
  if (before.text === '{' && after.text === '}') return false;
  return true;
}

/** Text of a piece; the lines of a block comment are moved to its own indentation. */
function layText({ text, comment }: Piece): string {
  if (!comment) return text;
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  if (lines.length === 1) return lines[0];
  const starred = lines.slice(1).every((line) => /^\s*\*/.test(line));
  return lines.map((line, index) => (index === 0 || !starred ? line : ` ${line.trimStart()}`)).join('\n');
}

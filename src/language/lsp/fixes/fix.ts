/** What a quick fix is, and the edits that most of them make. */
import type { AstNode, CstNode } from 'langium';
import { AstUtils, CstUtils } from 'langium';
import type { Diagnostic, Range, TextEdit } from 'vscode-languageserver-types';
import type { DiagnosticCode } from '../../codes.js';
import type { ProgramDocument } from '../../program.js';
import type { EntryProgram } from '../entry-program.js';

export interface FixSituation {
  readonly document: ProgramDocument;
  readonly program: EntryProgram;
  readonly diagnostic: Diagnostic;
  /** The innermost node at the start of what is underlined. */
  readonly node: AstNode;
  /** What the check tells its fixes. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Fix {
  readonly title: string;
  /** In the document of the diagnostic, unless `uri` names another one. */
  readonly edits: readonly TextEdit[];
  readonly uri?: string;
  /** The one that an editor takes without asking. */
  readonly preferred?: boolean;
}

export type Fixer = (situation: FixSituation) => Fix[];
export type Fixers = Partial<Record<DiagnosticCode, Fixer>>;

export function replaceRange(range: Range, newText: string): TextEdit {
  return { range, newText };
}

export function replaceNode(node: AstNode | undefined, newText: string): TextEdit[] {
  return node?.$cstNode ? [{ range: node.$cstNode.range, newText }] : [];
}

/** The node of a kind around the underlined text. */
export function nodeOfType<T extends AstNode>(
  { node }: FixSituation,
  is: (item: AstNode) => item is T,
): T | undefined {
  return AstUtils.getContainerOfType(node, is);
}

export function textOf(data: FixSituation['data'], key: string): string | undefined {
  const value = data[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Removes a node with the comma beside it, or with its whole line where nothing else is on it. */
export function removeNode(node: AstNode, { textDocument }: ProgramDocument): TextEdit[] {
  const cst = node.$cstNode;
  if (!cst) return [];
  const text = textDocument.getText();
  let { offset: start, end } = cst;
  const comma = /^\s*,/.exec(text.slice(end, end + 200));
  if (comma) end += comma[0].length;
  else start -= /(,\s*)?$/.exec(text.slice(Math.max(0, start - 200), start))![0].length;
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  const alone =
    text.slice(lineStart, start).trim() === '' &&
    text.slice(end, lineEnd < 0 ? undefined : lineEnd).trim() === '';
  if (alone) [start, end] = [lineStart, lineEnd < 0 ? text.length : lineEnd + 1];
  else if (comma) end += /^[ \t]*/.exec(text.slice(end))![0].length;
  return [
    { range: { start: textDocument.positionAt(start), end: textDocument.positionAt(end) }, newText: '' },
  ];
}

/** Adds an entry or a statement at the end of a node's block; gives the node a block where it has none. */
export function insertInBlock(node: AstNode, entry: string, { textDocument }: ProgramDocument): TextEdit[] {
  const cst = node.$cstNode;
  if (!cst) return [];
  const closing = lastLeaf(cst, '}');
  if (!closing) return [at(cst.end, ` { ${entry} }`)];
  const text = textDocument.getText();
  const lineStart = text.lastIndexOf('\n', closing.offset - 1) + 1;
  const indent = text.slice(lineStart, closing.offset);
  if (indent.trim() === '' && cst.offset < lineStart) return [at(lineStart, `${indent}  ${entry}\n`)];
  const inside = text.slice(0, closing.offset).trimEnd();
  return [
    {
      range: { start: textDocument.positionAt(inside.length), end: textDocument.positionAt(closing.offset) },
      newText: `${inside.endsWith('{') || inside.endsWith(',') ? '' : ','} ${entry} `,
    },
  ];

  function at(offset: number, newText: string): TextEdit {
    const position = textDocument.positionAt(offset);
    return { range: { start: position, end: position }, newText };
  }
}

/** Adds lines before a node, in its indentation. */
export function insertBefore(node: AstNode, statement: string): TextEdit[] {
  const start = node.$cstNode?.range.start;
  if (!start) return [];
  return [{ range: { start, end: start }, newText: `${statement}\n${' '.repeat(start.character)}` }];
}

/** Adds lines after a node. */
export function insertAfter(node: AstNode, statement: string): TextEdit[] {
  const range = node.$cstNode?.range;
  if (!range) return [];
  const indent = ' '.repeat(range.start.character);
  return [{ range: { start: range.end, end: range.end }, newText: `\n${indent}${statement}` }];
}

function lastLeaf(cst: CstNode, text: string): CstNode | undefined {
  const last = CstUtils.flattenCst(cst)
    .filter((leaf) => !leaf.hidden)
    .toArray()
    .at(-1);
  return last?.text === text ? last : undefined;
}

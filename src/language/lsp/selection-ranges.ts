/** Growing selections: the token, its value, its entry, its block, and so on to the file. */
import type { CstNode, LangiumDocument } from 'langium';
import { CstUtils } from 'langium';
import type { Position, Range, SelectionRange } from 'vscode-languageserver-types';

export function selectionRanges(document: LangiumDocument, positions: readonly Position[]): SelectionRange[] {
  return positions.map((position) => rangesAt(document, position));
}

function rangesAt(document: LangiumDocument, position: Position): SelectionRange {
  const { textDocument, parseResult } = document;
  const end = textDocument.positionAt(textDocument.getText().length);
  let selection: SelectionRange = { range: { start: { line: 0, character: 0 }, end } };
  const root = parseResult.value.$cstNode;
  const offset = textDocument.offsetAt(position);
  const leaf =
    root && (CstUtils.findLeafNodeAtOffset(root, offset) ?? CstUtils.findLeafNodeAtOffset(root, offset - 1));
  const chain: Range[] = [];
  for (let node: CstNode | undefined = leaf; node && node !== root; node = node.container)
    chain.push(node.range);
  for (const range of chain.reverse()) {
    // Wrapper rules span the same text; a selection grows with each step.
    if (!isSame(range, selection.range)) selection = { range, parent: selection };
  }
  return selection;
}

function isSame(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}

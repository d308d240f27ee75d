/** What a name, a property or a number means: documentation, values in other units, defaults, derived facts. */
import type { AstNode, CstNode, LangiumDocument, LangiumDocuments } from 'langium';
import { AstUtils, CstUtils } from 'langium';
import type { HoverProvider, LangiumServices } from 'langium/lsp';
import type { Hover, HoverParams } from 'vscode-languageserver';
import * as ast from '../generated/ast.js';
import { intervalCount, intervalIndex, isWhole } from '../horizon.js';
import type { ProgramDocument } from '../program.js';
import { formatTime, parseTime } from '../time.js';
import { describeDeclaration } from './hover-declaration.js';
import { describeKeyword, describeProperty } from './hover-property.js';
import { describeQuantity } from './hover-quantity.js';
import type { EntryProgram } from './entry-program.js';
import { entryProgram } from './entry-program.js';

export class V2gHoverProvider implements HoverProvider {
  private readonly references: LangiumServices['references']['References'];
  private readonly comments: LangiumServices['documentation']['DocumentationProvider'];
  private readonly documents: LangiumDocuments;

  constructor(services: LangiumServices) {
    this.references = services.references.References;
    this.comments = services.documentation.DocumentationProvider;
    this.documents = services.shared.workspace.LangiumDocuments;
  }

  getHoverContent(document: LangiumDocument, { position }: HoverParams): Hover | undefined {
    const root = document.parseResult.value.$cstNode;
    const offset = document.textDocument.offsetAt(position);
    const leaf = root && CstUtils.findLeafNodeAtOffset(root, offset);
    if (!leaf || leaf.hidden) return undefined;
    const program = entryProgram(document as ProgramDocument, this.documents);
    const parts = this.describe(leaf, program);
    if (!parts || parts.length === 0) return undefined;
    return { contents: { kind: 'markdown', value: parts.join('\n\n') }, range: leaf.range };
  }

  private describe(leaf: CstNode, program: EntryProgram): string[] | undefined {
    const [declared] = this.references.findDeclarations(leaf);
    if (declared) return [...describeDeclaration(declared, program), ...this.documentation(declared)];
    const node = leaf.astNode;
    if (ast.isQuantity(node)) return describeQuantity(node, program);
    if (/^\d{1,2}:\d{2}$/.test(leaf.text)) return describeTime(leaf.text, program);
    const described = describeProperty(leaf) ?? describeKeyword(leaf);
    // The word that opens a declaration without a name, such as a link, stands for all of it.
    const opens = ast.isRoadLink(node) || ast.isDemand(node) || ast.isLine(node) || ast.isService(node);
    if (!opens || leaf.offset !== node.$cstNode?.offset) return described;
    return [...describeDeclaration(node, program), ...this.documentation(node), ...(described ?? [])];
  }

  private documentation(node: AstNode): string[] {
    const list = AstUtils.getContainerOfType(node, ast.isNodeList);
    const text = this.comments.getDocumentation(node) ?? (list && this.comments.getDocumentation(list));
    return text ? [text] : [];
  }
}

function describeTime(text: string, { grid }: EntryProgram): string[] | undefined {
  const minutes = parseTime(text);
  if (minutes === undefined || !grid) return undefined;
  const index = intervalIndex(grid, minutes);
  const inside = minutes >= grid.startMinutes && minutes <= grid.endMinutes;
  if (!inside) return [`**${text}** is outside the horizon, ${span(grid.startMinutes, grid.endMinutes)}.`];
  if (!isWhole(index))
    return [`**${text}** is not on the grid of the horizon: steps of ${grid.stepMinutes} min.`];
  const count = intervalCount(grid);
  if (index === count) return [`**${text}** is the end of the horizon.`];
  return [`Interval ${index} of ${Math.floor(count)}: ${span(minutes, minutes + grid.stepMinutes)}.`];
}

function span(from: number, to: number): string {
  return `${formatTime(from)} to ${formatTime(to)}`;
}

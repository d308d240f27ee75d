/** Derived values in the text: a station's capability, the interval of a time, impedances in per unit. */
import type { AstNode, CstNode, LangiumDocument, LangiumDocuments } from 'langium';
import { CstUtils, GrammarUtils } from 'langium';
import type { InlayHintProvider, LangiumServices } from 'langium/lsp';
import type { InlayHint, InlayHintParams } from 'vscode-languageserver';
import * as ast from '../generated/ast.js';
import { walk } from '../build/walk.js';
import { intervalIndex, isWhole } from '../horizon.js';
import type { ProgramDocument } from '../program.js';
import { parseTime } from '../time.js';
import type { EditorSettings } from './editor-settings.js';
import type { EntryProgram } from './entry-program.js';
import { entryProgram } from './entry-program.js';
import { capabilityMw, impedancePu } from './facts.js';
import { readable } from './numbers.js';

export class V2gInlayHints implements InlayHintProvider {
  private readonly documents: LangiumDocuments;

  constructor(
    services: LangiumServices,
    private readonly settings: EditorSettings,
  ) {
    this.documents = services.shared.workspace.LangiumDocuments;
  }

  async getInlayHints(document: LangiumDocument, { range }: InlayHintParams): Promise<InlayHint[]> {
    if (!(await this.settings.inlayHints())) return [];
    const program = entryProgram(document as ProgramDocument, this.documents);
    const { textDocument, parseResult } = document;
    const [start, end] = [textDocument.offsetAt(range.start), textDocument.offsetAt(range.end)];
    const hints: InlayHint[] = [];
    const visible = (cst: CstNode | undefined) => cst !== undefined && cst.offset <= end && cst.end >= start;
    for (const element of (parseResult.value as ast.Program).elements) {
      if (!visible(element.$cstNode)) continue;
      for (const part of partsOf(element)) {
        if (visible(part.$cstNode)) walk(part, (node) => hints.push(...hintsOf(node, program)));
      }
    }
    return hints.filter(({ position }) => {
      const offset = textDocument.offsetAt(position);
      return offset >= start && offset <= end;
    });
  }
}

/** The members of a long block one by one, so that only those on the screen are looked at. */
function partsOf(element: AstNode): readonly AstNode[] {
  return ast.isRoads(element) || ast.isFeeder(element) ? element.members : [element];
}

function hintsOf(node: AstNode, program: EntryProgram): InlayHint[] {
  if (ast.isService(node)) return capabilityHint(node);
  if (ast.isLine(node)) return impedanceHints(node);
  if (ast.isAxis(node)) return [...intervalHint(node, program), ...intervalHint(node, program, 'until')];
  const timed = [ast.isStep, ast.isReserve, ast.isExpectRange, ast.isExpectVolume].some((is) => is(node));
  return timed ? intervalHint(node, program) : [];
}

function capabilityHint(service: ast.Service): InlayHint[] {
  const megawatts = capabilityMw(service);
  const kind = service.$cstNode && GrammarUtils.findNodeForProperty(service.$cstNode, 'kind');
  return megawatts === undefined
    ? []
    : after(kind, `${readable(megawatts)} MW`, 'Load with every port taken');
}

function impedanceHints(line: ast.Line): InlayHint[] {
  const impedance = impedancePu(line);
  if (!impedance) return [];
  return line.entries.filter(ast.isProperty).flatMap((property) => {
    if (property.key !== 'r' && property.key !== 'x') return [];
    return after(
      property.$cstNode,
      `${readable(impedance[property.key], 3)} pu`,
      'Per unit of 1 MVA and the base voltage',
    );
  });
}

type Timed = AstNode & { time?: string; until?: string };

function intervalHint(node: Timed, { grid }: EntryProgram, property: 'time' | 'until' = 'time'): InlayHint[] {
  const minutes = parseTime(node[property]);
  if (!grid || minutes === undefined || minutes < grid.startMinutes || minutes >= grid.endMinutes) return [];
  const index = intervalIndex(grid, minutes);
  const time = node.$cstNode && GrammarUtils.findNodeForProperty(node.$cstNode, property);
  return isWhole(index) ? after(time, `[${index}]`, 'Interval of the horizon, counted from 0') : [];
}

function after(cst: CstNode | undefined, label: string, tooltip: string): InlayHint[] {
  if (!cst) return [];
  return [{ position: CstUtils.toDocumentSegment(cst).range.end, label, tooltip, paddingLeft: true }];
}

/** The outline: every declaration with what it holds, also those without a name of their own, such as links. */
import type { AstNode, LangiumDocument } from 'langium';
import { GrammarUtils } from 'langium';
import type { DocumentSymbolProvider, LangiumServices, NodeKindProvider } from 'langium/lsp';
import type { DocumentSymbol } from 'vscode-languageserver-types';
import type { Program } from '../generated/ast.js';
import * as ast from '../generated/ast.js';

export class V2gOutline implements DocumentSymbolProvider {
  private readonly kinds: NodeKindProvider;

  constructor(services: LangiumServices) {
    this.kinds = services.shared.lsp.NodeKindProvider;
  }

  getSymbols(document: LangiumDocument): DocumentSymbol[] {
    return (document.parseResult.value as Program).elements.flatMap((element) => this.symbol(element));
  }

  private symbol(node: AstNode): DocumentSymbol[] {
    const cst = node.$cstNode;
    const name = titleOf(node);
    if (!cst || !name) return [];
    const nameNode =
      GrammarUtils.findNodeForProperty(cst, 'name') ?? GrammarUtils.findNodeForProperty(cst, 'from');
    const range = cst.range;
    return [
      {
        name,
        detail: detailOf(node),
        kind: this.kinds.getSymbolKind(node),
        range,
        selectionRange: (nameNode ?? GrammarUtils.findNodeForProperty(cst, 'kind') ?? cst).range,
        children: childrenOf(node).flatMap((child) => this.symbol(child)),
      },
    ];
  }
}

/** What names a declaration in a list; undefined for what has no place in an outline. */
export function titleOf(node: AstNode): string | undefined {
  if (ast.isTravelers(node)) return 'travelers';
  if (ast.isRoads(node)) return node.name || 'roads';
  if (ast.isHorizon(node)) return `horizon ${node.from ?? ''} to ${node.to ?? ''}`;
  if (ast.isRoadLink(node) || ast.isDemand(node)) return `${node.from?.$refText} → ${node.to?.$refText}`;
  if (ast.isLine(node)) return `${node.from?.$refText} — ${node.to?.$refText}`;
  if (ast.isCoupling(node)) return `couple ${node.station?.$refText}`;
  if (ast.isService(node)) return node.kind;
  return (node as { name?: string }).name?.trim() ? (node as { name?: string }).name : undefined;
}

const DETAILS: Readonly<Record<string, string>> = {
  RoadLink: 'link',
  Demand: 'demand',
  RoadNode: 'node',
  Line: 'line',
  Bus: 'bus',
  Source: 'source',
  GeneratorUnit: 'generator',
  Pv: 'PV system',
  Shape: 'shape',
  Station: 'station',
  Feeder: 'feeder',
  Roads: 'roads',
};

function detailOf(node: AstNode): string | undefined {
  if (ast.isStudy(node)) return node.kind ?? 'study';
  if (ast.isScenarioHeader(node)) return node.title;
  if (ast.isCoupling(node)) {
    return [...node.nodes, ...node.buses].map((reference) => reference.$refText).join(', ');
  }
  return DETAILS[node.$type];
}

function childrenOf(node: AstNode): readonly AstNode[] {
  if (ast.isRoads(node)) {
    return node.members.flatMap((member): AstNode[] => (ast.isNodeList(member) ? member.nodes : [member]));
  }
  if (ast.isFeeder(node)) return node.members;
  return ast.isStation(node) ? node.services : [];
}

/** The feeder as a tree: "callers" of a bus are upstream, towards the source; what it "calls" is downstream. */
import type { LangiumDocument, LangiumDocuments } from 'langium';
import { AstUtils, CstUtils, GrammarUtils, URI } from 'langium';
import type { CallHierarchyProvider, LangiumServices } from 'langium/lsp';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyIncomingCallsParams,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  CallHierarchyOutgoingCallsParams,
  CallHierarchyPrepareParams,
} from 'vscode-languageserver';
import { SymbolKind } from 'vscode-languageserver-types';
import type { Bus, Line } from '../generated/ast.js';
import { isBus } from '../generated/ast.js';
import type { ProgramDocument } from '../program.js';
import { programDocuments, viewProgram } from '../program.js';

interface Neighbour {
  readonly bus: Bus;
  readonly line: Line;
}

export class V2gCallHierarchy implements CallHierarchyProvider {
  private readonly documents: LangiumDocuments;
  private readonly references: LangiumServices['references']['References'];

  constructor(services: LangiumServices) {
    this.documents = services.shared.workspace.LangiumDocuments;
    this.references = services.references.References;
  }

  prepareCallHierarchy(
    document: LangiumDocument,
    params: CallHierarchyPrepareParams,
  ): CallHierarchyItem[] | undefined {
    const root = document.parseResult.value.$cstNode;
    const offset = document.textDocument.offsetAt(params.position);
    const leaf = root && CstUtils.findDeclarationNodeAtOffset(root, offset);
    const [declared] = leaf ? this.references.findDeclarations(leaf) : [];
    const bus = declared ?? (leaf && AstUtils.getContainerOfType(leaf.astNode, isBus));
    return bus && isBus(bus) ? [this.item(bus, document.uri.toString())] : undefined;
  }

  incomingCalls({ item }: CallHierarchyIncomingCallsParams): CallHierarchyIncomingCall[] | undefined {
    const tree = this.treeOf(item);
    const upstream = tree?.upstream.get(item.name);
    if (!upstream) return undefined;
    return [
      { from: this.item(upstream.bus, entryOf(item)), fromRanges: this.rangesIn(upstream, upstream.bus) },
    ];
  }

  outgoingCalls({ item }: CallHierarchyOutgoingCallsParams): CallHierarchyOutgoingCall[] | undefined {
    const downstream = this.treeOf(item)?.downstream.get(item.name) ?? [];
    return downstream.map((neighbour) => ({
      to: this.item(neighbour.bus, entryOf(item)),
      fromRanges: [],
    }));
  }

  private item(bus: Bus, entry: string): CallHierarchyItem {
    const name = GrammarUtils.findNodeForProperty(bus.$cstNode, 'name');
    const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    return {
      kind: SymbolKind.Field,
      name: bus.name,
      detail: 'bus',
      range: bus.$cstNode?.range ?? nowhere,
      selectionRange: name?.range ?? nowhere,
      uri: AstUtils.getDocument(bus).uri.toString(),
      // The file from which the question was asked: its imports make up the feeder.
      data: { entry },
    };
  }

  /** Where the line between two buses names one of them, if that is in the file of that bus. */
  private rangesIn({ line }: Neighbour, bus: Bus) {
    if (AstUtils.getDocument(line) !== AstUtils.getDocument(bus)) return [];
    const property = line.from.ref === bus ? 'from' : 'to';
    const cst = GrammarUtils.findNodeForProperty(line.$cstNode, property);
    return cst ? [cst.range] : [];
  }

  private treeOf(item: CallHierarchyItem): FeederTree | undefined {
    const document = this.documents.getDocument(URI.parse(entryOf(item)));
    return document && feederTree(document as ProgramDocument, this.documents);
  }
}

function entryOf({ data, uri }: CallHierarchyItem): string {
  const entry = (data as { entry?: unknown } | undefined)?.entry;
  return typeof entry === 'string' ? entry : uri;
}

export interface FeederTree {
  readonly upstream: ReadonlyMap<string, Neighbour>;
  readonly downstream: ReadonlyMap<string, readonly Neighbour[]>;
}

/** The feeder of a file and its imports from its sources outwards; a loop is cut where it closes. */
export function feederTree(entry: ProgramDocument, documents: LangiumDocuments): FeederTree {
  const { lines, sources } = viewProgram(programDocuments(entry, documents));
  const neighbours = new Map<string, Neighbour[]>();
  const add = (from: string, bus: Bus, line: Line) => {
    const list = neighbours.get(from);
    if (list) list.push({ bus, line });
    else neighbours.set(from, [{ bus, line }]);
  };
  for (const line of lines) {
    const [from, to] = [line.from?.ref, line.to?.ref];
    if (!from || !to || from === to) continue;
    add(from.name, to, line);
    add(to.name, from, line);
  }
  const upstream = new Map<string, Neighbour>();
  const downstream = new Map<string, Neighbour[]>();
  const reached = new Map(sources.flatMap(({ bus }) => (bus?.ref ? [[bus.ref.name, bus.ref] as const] : [])));
  // A map iterates over what is added to it meanwhile: this is a breadth-first search.
  for (const [name, bus] of reached) {
    for (const neighbour of neighbours.get(name) ?? []) {
      if (reached.has(neighbour.bus.name)) continue;
      reached.set(neighbour.bus.name, neighbour.bus);
      upstream.set(neighbour.bus.name, { bus, line: neighbour.line });
      downstream.set(name, [...(downstream.get(name) ?? []), neighbour]);
    }
  }
  return { upstream, downstream };
}

/**
 * Which names a reference sees: those of its kind in its own file and in the files that this file imports itself.
 * What an imported file imports in turn belongs to the scenario, but is not visible by name.
 */
import type {
  AstNode,
  AstNodeDescription,
  LangiumCoreServices,
  LangiumDocument,
  LangiumDocuments,
  LocalSymbols,
  ReferenceInfo,
  Scope,
  ScopeComputation,
  ScopeProvider,
  AstReflection,
  AstNodeDescriptionProvider,
  IndexManager,
  URI,
} from 'langium';
import { AstUtils, DocumentCache, DocumentState, MultiMap, type Stream, stream } from 'langium';
import type { Program } from './generated/ast.js';
import { isFeeder, isNodeList, isRoads, isScenarioHeader, isStation, isStudy } from './generated/ast.js';
import { importedUris } from './imports.js';

/** All elements of a program that can be referred to by name, in the order of the text. */
export function* namedElements(program: Program): Generator<AstNode & { name: string }> {
  for (const element of program.elements) {
    if (isRoads(element)) {
      for (const member of element.members) {
        if (isNodeList(member)) yield* member.nodes.filter(hasName);
      }
    } else if (isFeeder(element)) {
      if (hasName(element)) yield element;
      for (const member of element.members) if (hasName(member)) yield member;
    } else if ((isStation(element) || isStudy(element) || isScenarioHeader(element)) && hasName(element)) {
      yield element;
    }
  }
}

function hasName(node: AstNode): node is AstNode & { name: string } {
  // A node with an empty name, which names.ts reports, cannot be referred to.
  return Boolean((node as { name?: unknown }).name);
}

/** Everything with a name is exported by its file; nothing is local to a block. */
export class V2gScopeComputation implements ScopeComputation {
  private readonly descriptions: AstNodeDescriptionProvider;

  constructor(services: LangiumCoreServices) {
    this.descriptions = services.workspace.AstNodeDescriptionProvider;
  }

  async collectExportedSymbols(document: LangiumDocument): Promise<AstNodeDescription[]> {
    const program = document.parseResult.value as Program;
    return [...namedElements(program)].map((node) =>
      this.descriptions.createDescription(node, node.name, document),
    );
  }

  async collectLocalSymbols(): Promise<LocalSymbols> {
    return new MultiMap<AstNode, AstNodeDescription>();
  }
}

const NO_NAMES: ReadonlyMap<string, AstNodeDescription> = new Map();

export class V2gScopeProvider implements ScopeProvider {
  private readonly reflection: AstReflection;
  private readonly index: IndexManager;
  private readonly documents: LangiumDocuments;
  /** One table of names for each file and kind, kept until that file changes. */
  private readonly tables: DocumentCache<string, ReadonlyMap<string, AstNodeDescription>>;

  constructor(services: LangiumCoreServices) {
    this.reflection = services.shared.AstReflection;
    this.index = services.shared.workspace.IndexManager;
    this.documents = services.shared.workspace.LangiumDocuments;
    this.tables = new DocumentCache(services.shared);
  }

  getScope(context: ReferenceInfo): Scope {
    const kind = this.reflection.getReferenceType(context);
    const document = AstUtils.getDocument(context.container);
    const uris = [document.uri, ...importedUris(document as LangiumDocument<Program>)];
    return new FileScope(uris.map((uri) => this.table(uri, kind)));
  }

  private table(uri: URI, kind: string): ReadonlyMap<string, AstNodeDescription> {
    // A file that is not there yet may be read later without having been changed.
    if ((this.documents.getDocument(uri)?.state ?? DocumentState.Changed) < DocumentState.IndexedContent) {
      return NO_NAMES;
    }
    return this.tables.get(uri, kind, () => {
      const table = new Map<string, AstNodeDescription>();
      for (const description of this.index.allElements(kind, new Set([uri.toString()]))) {
        if (!table.has(description.name)) table.set(description.name, description);
      }
      return table;
    });
  }
}

/** The tables of a file and its imports, looked up in this order. */
class FileScope implements Scope {
  constructor(private readonly tables: ReadonlyMap<string, AstNodeDescription>[]) {}

  getElement(name: string): AstNodeDescription | undefined {
    for (const table of this.tables) {
      const found = table.get(name);
      if (found) return found;
    }
    return undefined;
  }

  getElements(name: string): Stream<AstNodeDescription> {
    return stream(this.tables.flatMap((table) => table.get(name) ?? []));
  }

  getAllElements(): Stream<AstNodeDescription> {
    return stream(this.tables.flatMap((table) => [...table.values()]));
  }
}

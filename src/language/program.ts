/** All declarations of a file and of what it imports, directly or not, as one list for each kind. */
import type { LangiumDocument, LangiumDocuments } from 'langium';
import type * as ast from './generated/ast.js';
import {
  isBus,
  isCoupling,
  isCurrencyChoice,
  isDemand,
  isFeeder,
  isGeneratorUnit,
  isHorizon,
  isLine,
  isNodeList,
  isPv,
  isRoadLink,
  isRoads,
  isScenarioHeader,
  isShape,
  isSource,
  isStation,
  isStudy,
  isTravelers,
} from './generated/ast.js';
import { importedUris } from './imports.js';

export type ProgramDocument = LangiumDocument<ast.Program>;

export interface ProgramView {
  /** The file itself, then the imported ones in the order in which they are first met. */
  readonly documents: readonly ProgramDocument[];
  readonly scenarios: readonly ast.ScenarioHeader[];
  readonly horizons: readonly ast.Horizon[];
  readonly currencies: readonly ast.CurrencyChoice[];
  readonly travelers: readonly ast.Travelers[];
  readonly roads: readonly ast.Roads[];
  readonly nodes: readonly ast.RoadNode[];
  readonly links: readonly ast.RoadLink[];
  readonly demands: readonly ast.Demand[];
  readonly stations: readonly ast.Station[];
  readonly couplings: readonly ast.Coupling[];
  readonly feeders: readonly ast.Feeder[];
  readonly buses: readonly ast.Bus[];
  readonly lines: readonly ast.Line[];
  readonly sources: readonly ast.Source[];
  readonly generators: readonly ast.GeneratorUnit[];
  readonly pvs: readonly ast.Pv[];
  readonly shapes: readonly ast.Shape[];
  readonly studies: readonly ast.Study[];
}

/** The file and everything it imports, each once; files that are missing or import each other do no harm here. */
export function programDocuments(entry: ProgramDocument, documents: LangiumDocuments): ProgramDocument[] {
  const found = new Map<string, ProgramDocument>([[entry.uri.toString(), entry]]);
  // A map iterates over what is added to it meanwhile: this is a breadth-first search.
  for (const document of found.values()) {
    for (const uri of importedUris(document)) {
      const imported = documents.getDocument(uri) as ProgramDocument | undefined;
      if (imported && !found.has(uri.toString())) found.set(uri.toString(), imported);
    }
  }
  return [...found.values()];
}

/** Declarations that the parser could only read in part, because the text is being typed, are left out. */
export function viewProgram(documents: readonly ProgramDocument[]): ProgramView {
  const elements = documents.flatMap((document) => document.parseResult.value.elements);
  const roads = elements.filter(isRoads);
  const roadMembers = roads.flatMap((block) => block.members);
  const feeders = elements.filter(isFeeder);
  const feederMembers = feeders.flatMap((block) => block.members);
  return {
    documents,
    roads,
    feeders,
    scenarios: elements.filter(isScenarioHeader).filter(isNamed),
    horizons: elements.filter(isHorizon),
    currencies: elements.filter(isCurrencyChoice),
    travelers: elements.filter(isTravelers),
    nodes: roadMembers
      .filter(isNodeList)
      .flatMap((list) => list.nodes)
      .filter(isNamed),
    links: roadMembers.filter(isRoadLink).filter(hasEnds),
    demands: roadMembers.filter(isDemand).filter(hasEnds),
    stations: elements.filter(isStation).filter(isNamed),
    couplings: elements.filter(isCoupling).filter((coupling) => coupling.station !== undefined),
    buses: feederMembers.filter(isBus).filter(isNamed),
    lines: feederMembers.filter(isLine).filter(hasEnds),
    sources: feederMembers.filter(isSource).filter(isNamed),
    generators: feederMembers.filter(isGeneratorUnit).filter(isNamed),
    pvs: feederMembers.filter(isPv).filter(isNamed),
    shapes: feederMembers.filter(isShape).filter(isNamed),
    studies: elements.filter(isStudy).filter(isNamed),
  };
}

function isNamed(node: { name?: string }): boolean {
  return node.name !== undefined;
}

function hasEnds(node: { from?: unknown; to?: unknown }): boolean {
  return node.from !== undefined && node.to !== undefined;
}

/** Identifiers as the scenario and the result use them. */
export function linkId(link: ast.RoadLink | ast.Demand): string {
  return `${link.from.$refText}->${link.to.$refText}`;
}

export function lineId(line: ast.Line): string {
  return `${line.from.$refText}--${line.to.$refText}`;
}

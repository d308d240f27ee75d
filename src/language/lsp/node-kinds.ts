/** The kinds of symbols as editors show them: in the outline, in lists of completions and in the search for symbols. */
import type { AstNode, AstNodeDescription } from 'langium';
import type { NodeKindProvider } from 'langium/lsp';
import { CompletionItemKind, SymbolKind } from 'vscode-languageserver-types';

const SYMBOLS: Readonly<Record<string, SymbolKind>> = {
  ScenarioHeader: SymbolKind.Module,
  Horizon: SymbolKind.Constant,
  Travelers: SymbolKind.Object,
  Roads: SymbolKind.Namespace,
  RoadNode: SymbolKind.Field,
  RoadLink: SymbolKind.Interface,
  Demand: SymbolKind.Event,
  Station: SymbolKind.Class,
  Service: SymbolKind.Property,
  Coupling: SymbolKind.Interface,
  Feeder: SymbolKind.Namespace,
  Bus: SymbolKind.Field,
  Line: SymbolKind.Interface,
  Source: SymbolKind.Constructor,
  GeneratorUnit: SymbolKind.Constructor,
  Pv: SymbolKind.Constructor,
  Shape: SymbolKind.Array,
  Study: SymbolKind.Function,
};

const COMPLETIONS: Readonly<Record<string, CompletionItemKind>> = {
  ScenarioHeader: CompletionItemKind.Module,
  RoadNode: CompletionItemKind.Field,
  Station: CompletionItemKind.Class,
  Feeder: CompletionItemKind.Module,
  Bus: CompletionItemKind.Field,
  Shape: CompletionItemKind.Variable,
  Study: CompletionItemKind.Function,
};

export class V2gNodeKindProvider implements NodeKindProvider {
  getSymbolKind(node: AstNode | AstNodeDescription): SymbolKind {
    return SYMBOLS[typeOf(node)] ?? SymbolKind.Variable;
  }

  getCompletionItemKind(node: AstNode | AstNodeDescription): CompletionItemKind {
    return COMPLETIONS[typeOf(node)] ?? CompletionItemKind.Reference;
  }
}

function typeOf(node: AstNode | AstNodeDescription): string {
  return '$type' in node ? node.$type : node.type;
}

/** Colours by meaning: roads, grid, stations and studies apart, names declared and names used. */
import type { AstNode, CstNode, LangiumDocument } from 'langium';
import { GrammarUtils } from 'langium';
import type { SemanticTokenProvider } from 'langium/lsp';
import type {
  SemanticTokens,
  SemanticTokensDelta,
  SemanticTokensDeltaParams,
  SemanticTokensOptions,
  SemanticTokensParams,
  SemanticTokensRangeParams,
} from 'vscode-languageserver';
import { SemanticTokensBuilder } from 'vscode-languageserver';
import { referencesOf } from '../build/walk.js';
import type { Program } from '../generated/ast.js';
import * as ast from '../generated/ast.js';
import { namedElements } from '../scope.js';

/** Token types of the language; package.json gives each one a colour for themes that do not know it. */
export const TOKEN_TYPES = ['roads', 'grid', 'station', 'study'] as const;
const MODIFIERS = ['declaration'] as const;
const DECLARATION = 1;

type TokenType = (typeof TOKEN_TYPES)[number];

const TYPES: Readonly<Record<string, TokenType>> = {
  RoadNode: 'roads',
  Station: 'station',
  Bus: 'grid',
  Shape: 'grid',
  Feeder: 'grid',
  Source: 'grid',
  GeneratorUnit: 'grid',
  Pv: 'grid',
  Study: 'study',
  ScenarioHeader: 'study',
};

interface Token {
  readonly node: CstNode;
  readonly type: TokenType;
  readonly modifiers: number;
}

export class V2gSemanticTokens implements SemanticTokenProvider {
  private readonly builders = new Map<string, SemanticTokensBuilder>();

  readonly tokenTypes: Record<string, number> = Object.fromEntries(
    TOKEN_TYPES.map((type, index) => [type, index]),
  );
  readonly tokenModifiers: Record<string, number> = { declaration: DECLARATION };
  readonly semanticTokensOptions: SemanticTokensOptions = {
    legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [...MODIFIERS] },
    full: { delta: true },
    range: true,
  };

  semanticHighlight(document: LangiumDocument, params: SemanticTokensParams): SemanticTokens {
    const builder = new SemanticTokensBuilder();
    this.builders.set(params.textDocument.uri, builder);
    return fill(builder, tokensOf(document)).build();
  }

  semanticHighlightRange(document: LangiumDocument, { range }: SemanticTokensRangeParams): SemanticTokens {
    const [start, end] = [
      document.textDocument.offsetAt(range.start),
      document.textDocument.offsetAt(range.end),
    ];
    const inside = tokensOf(document).filter(({ node }) => node.end >= start && node.offset <= end);
    return fill(new SemanticTokensBuilder(), inside).build();
  }

  semanticHighlightDelta(
    document: LangiumDocument,
    params: SemanticTokensDeltaParams,
  ): SemanticTokens | SemanticTokensDelta {
    const builder = this.builders.get(params.textDocument.uri);
    if (!builder) return this.semanticHighlight(document, params);
    builder.previousResult(params.previousResultId);
    return fill(builder, tokensOf(document)).buildEdits();
  }
}

function fill(builder: SemanticTokensBuilder, tokens: readonly Token[]): SemanticTokensBuilder {
  for (const { node, type, modifiers } of tokens) {
    const { start, end } = node.range;
    if (start.line !== end.line) continue;
    builder.push(
      start.line,
      start.character,
      end.character - start.character,
      TOKEN_TYPES.indexOf(type),
      modifiers,
    );
  }
  return builder;
}

function tokensOf(document: LangiumDocument): Token[] {
  const program = document.parseResult.value as Program;
  const tokens: Token[] = [];
  const add = (node: CstNode | undefined, type: TokenType | undefined, modifiers = 0) => {
    if (node && type) tokens.push({ node, type, modifiers });
  };
  for (const named of namedElements(program)) {
    add(GrammarUtils.findNodeForProperty(named.$cstNode, 'name'), TYPES[named.$type], DECLARATION);
  }
  for (const roads of program.elements.filter(ast.isRoads)) {
    add(GrammarUtils.findNodeForProperty(roads.$cstNode, 'name'), 'roads', DECLARATION);
  }
  for (const { reference, container, property } of referencesOf(program)) {
    add(reference.$refNode, kindOfReference(container, property));
  }
  return tokens.sort((a, b) => a.node.offset - b.node.offset);
}

/** By what may stand there, so that a name that is not found keeps its colour while it is typed. */
function kindOfReference(container: AstNode, property: string): TokenType | undefined {
  switch (property) {
    case 'station':
      return 'station';
    case 'study':
      return 'study';
    case 'nodes':
      return 'roads';
    case 'from':
    case 'to':
      return ast.isLine(container) ? 'grid' : 'roads';
    default:
      return 'grid';
  }
}

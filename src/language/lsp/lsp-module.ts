/** Wires the language together with its editor services: the one list of what the language server can do. */
import 'core-js/actual/object/group-by.js'; // Node 20 lacks Object.groupBy, which Langium's parser needs
import type { Module } from 'langium';
import { inject } from 'langium';
import type {
  DefaultSharedModuleContext,
  LangiumServices,
  LangiumSharedServices,
  PartialLangiumServices,
  PartialLangiumSharedServices,
} from 'langium/lsp';
import { createDefaultModule, createDefaultSharedModule } from 'langium/lsp';
import { V2gDocumentBuilder } from '../build/document-builder.js';
import { V2gIndexManager } from '../build/index-manager.js';
import { V2gLinker } from '../build/linker.js';
import { V2gGeneratedModule, V2gGeneratedSharedModule } from '../generated/module.js';
import { V2gModule } from '../v2g-module.js';
import { V2gCallHierarchy } from './call-hierarchy.js';
import { V2gCodeActions } from './code-actions.js';
import { StudyResults, V2gCodeLensProvider } from './code-lens.js';
import { V2gCompletionProvider } from './completion.js';
import { V2gDiagnostics } from './diagnostics.js';
import { V2gDocumentLinks } from './document-links.js';
import { V2gDocumentUpdates } from './document-updates.js';
import { EditorSettings } from './editor-settings.js';
import { V2gFoldingRangeProvider } from './folding.js';
import { V2gFormatter } from './formatter.js';
import { V2gHoverProvider } from './hover.js';
import { V2gInlayHints } from './inlay-hints.js';
import { V2gNodeKindProvider } from './node-kinds.js';
import { V2gOutline } from './outline.js';
import { V2gRenameProvider } from './rename.js';
import { V2gSemanticTokens } from './semantic-tokens.js';
import { V2gLanguageServer } from './server-capabilities.js';

const V2gSharedLspModule: Module<LangiumSharedServices, PartialLangiumSharedServices> = {
  lsp: {
    DocumentUpdateHandler: (services) => new V2gDocumentUpdates(services),
    LanguageServer: (services) => new V2gLanguageServer(services),
    NodeKindProvider: () => new V2gNodeKindProvider(),
  },
  workspace: {
    DocumentBuilder: (services) => new V2gDocumentBuilder(services),
    IndexManager: (services) => new V2gIndexManager(services),
  },
};

function lspModule(results: StudyResults): Module<LangiumServices, PartialLangiumServices> {
  return {
    references: {
      Linker: (services) => new V2gLinker(services),
    },
    validation: {
      DocumentValidator: (services) => new V2gDiagnostics(services),
    },
    lsp: {
      CallHierarchyProvider: (services) => new V2gCallHierarchy(services),
      CodeActionProvider: (services) => new V2gCodeActions(services),
      CodeLensProvider: (services) => new V2gCodeLensProvider(results, new EditorSettings(services.shared)),
      CompletionProvider: (services) => new V2gCompletionProvider(services),
      DocumentLinkProvider: () => new V2gDocumentLinks(),
      DocumentSymbolProvider: (services) => new V2gOutline(services),
      FoldingRangeProvider: (services) => new V2gFoldingRangeProvider(services),
      Formatter: (services) => new V2gFormatter(services),
      HoverProvider: (services) => new V2gHoverProvider(services),
      InlayHintProvider: (services) => new V2gInlayHints(services, new EditorSettings(services.shared)),
      RenameProvider: (services) => new V2gRenameProvider(services),
      SemanticTokenProvider: () => new V2gSemanticTokens(),
    },
  };
}

export interface V2gLsp {
  readonly shared: LangiumSharedServices;
  readonly V2g: LangiumServices;
  /** Last results of studies, shown by their lenses. */
  readonly results: StudyResults;
}

/** The language as an editor uses it. */
export function createV2gLspServices(context: DefaultSharedModuleContext): V2gLsp {
  const results = new StudyResults();
  const shared = inject(createDefaultSharedModule(context), V2gGeneratedSharedModule, V2gSharedLspModule);
  const V2g = inject(createDefaultModule({ shared }), V2gGeneratedModule, V2gModule, lspModule(results));
  shared.ServiceRegistry.register(V2g);
  return { shared, V2g, results };
}

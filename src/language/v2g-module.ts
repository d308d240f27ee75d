/** Wires the services of the language; the editor's services are added on top in lsp/. */
import 'core-js/actual/object/group-by.js'; // Node 20 lacks Object.groupBy, which Langium's parser needs
import type {
  DefaultSharedCoreModuleContext,
  LangiumCoreServices,
  LangiumSharedCoreServices,
  Module,
  PartialLangiumCoreServices,
} from 'langium';
import { createDefaultCoreModule, createDefaultSharedCoreModule, inject } from 'langium';
import { V2gGeneratedModule, V2gGeneratedSharedModule } from './generated/module.js';
import { createBoundedParser } from './bounded-parser.js';
import { V2gLexer } from './lexer.js';
import { V2gLexerMessages, V2gParserMessages } from './parser-messages.js';
import { PARSER_CONFIG, V2gTokenBuilder, V2gValueConverter } from './parser.js';
import { V2gScopeComputation, V2gScopeProvider } from './scope.js';
import { V2gDocumentValidator } from './validation/validator.js';

export type V2gServices = LangiumCoreServices;

export const V2gModule: Module<V2gServices, PartialLangiumCoreServices> = {
  parser: {
    LangiumParser: (services) => createBoundedParser(services),
    LexerErrorMessageProvider: () => new V2gLexerMessages(),
    Lexer: (services) => new V2gLexer(services),
    ParserConfig: () => PARSER_CONFIG,
    ParserErrorMessageProvider: () => new V2gParserMessages(),
    TokenBuilder: () => new V2gTokenBuilder(),
    ValueConverter: () => new V2gValueConverter(),
  },
  references: {
    ScopeComputation: (services) => new V2gScopeComputation(services),
    ScopeProvider: (services) => new V2gScopeProvider(services),
  },
  validation: {
    DocumentValidator: (services) => new V2gDocumentValidator(services),
  },
};

/** The language without an editor, as the command line and the tests use it. */
export function createV2gServices(context: DefaultSharedCoreModuleContext): {
  shared: LangiumSharedCoreServices;
  V2g: V2gServices;
} {
  const shared = inject(createDefaultSharedCoreModule(context), V2gGeneratedSharedModule);
  const V2g = inject(createDefaultCoreModule({ shared }), V2gGeneratedModule, V2gModule);
  shared.ServiceRegistry.register(V2g);
  return { shared, V2g };
}

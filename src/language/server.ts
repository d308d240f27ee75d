/** The language server as a process: over IPC from VS Code, over stdio from any other editor. */
import 'core-js/actual/object/group-by.js'; // Node 20 lacks Object.groupBy, which Langium's parser needs
import { inject } from 'langium';
import { createDefaultModule, createDefaultSharedModule, startLanguageServer } from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { V2gGeneratedModule, V2gGeneratedSharedModule } from './generated/module.js';
import { V2gModule } from './v2g-module.js';

const connection = createConnection(ProposedFeatures.all);
const shared = inject(createDefaultSharedModule({ connection, ...NodeFileSystem }), V2gGeneratedSharedModule);
shared.ServiceRegistry.register(inject(createDefaultModule({ shared }), V2gGeneratedModule, V2gModule));
startLanguageServer(shared);

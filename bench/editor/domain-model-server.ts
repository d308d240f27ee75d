/** Stock Langium on its domain model: parser, linker and server as they come, over standard input and output. */
import 'core-js/actual/object/group-by.js'; // Node 20 lacks Object.groupBy, which Langium's parser needs
import { readFileSync } from 'node:fs';
import { createServicesForGrammar } from 'langium/grammar';
import { startLanguageServer } from 'langium/lsp';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';

const connection = createConnection(ProposedFeatures.all);
const { shared } = await createServicesForGrammar({
  grammar: readFileSync('bench/editor/domain-model.langium', 'utf8'),
  languageMetaData: {
    languageId: 'domain-model',
    fileExtensions: ['.dmodel'],
    caseInsensitive: false,
    mode: 'production',
  },
  sharedModule: { lsp: { Connection: () => connection } },
});
startLanguageServer(shared);

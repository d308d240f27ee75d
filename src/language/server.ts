#!/usr/bin/env node
/** The language server as a process: over IPC from VS Code, over stdio from any other editor. */
import { setFlagsFromString } from 'node:v8';
import { DocumentState } from 'langium';
import { startLanguageServer } from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { EditorFiles } from './lsp/editor-files.js';
import { createV2gLspServices } from './lsp/lsp-module.js';
import { addProtocolHandlers } from './lsp/protocol-handlers.js';
import { refreshEditor } from './lsp/refresh.js';
import { addSelectionRanges } from './lsp/server-capabilities.js';
import { reportServerState } from './lsp/server-state.js';

const USAGE = `Language server for .v2g files; editors start it and talk to it.

  v2g-language-server --stdio          over standard input and output
  v2g-language-server --socket=PORT    over a TCP socket
  v2g-language-server --node-ipc       over Node's IPC, as VS Code does

Settings for editors: docs/editors.md`;

/**
 * Each keystroke in a long file leaves a syntax tree of 50 MB behind. On a machine with much memory V8 would let them
 * pile up to half a gigabyte; collecting when the heap has grown by this share holds 10,000 lines below 300 MB.
 */
const HEAP_GROWTH_PERCENT = 30;

const transports = ['--stdio', '--socket', '--node-ipc', '--pipe'];
if (process.argv.slice(2).some((argument) => transports.some((name) => argument.startsWith(name)))) serve();
else {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = process.argv.some((argument) => argument === '--help' || argument === '-h') ? 0 : 2;
}

function serve(): void {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
  const connection = createConnection(ProposedFeatures.all);
  const files = new EditorFiles(NodeFileSystem.fileSystemProvider(), connection);
  const { shared, results } = createV2gLspServices({ connection, fileSystemProvider: () => files });
  files.listen(shared);
  addProtocolHandlers(connection, shared, results, refreshEditor(connection, shared));
  addSelectionRanges(connection, shared);
  reportServerState(connection, shared);
  // Names are enough for completion: it does not wait for the checks of a long file.
  startLanguageServer(shared, { CompletionProvider: DocumentState.ComputedScopes });
}

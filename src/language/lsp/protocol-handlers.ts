/** Answers the messages of protocol.ts. */
import { DocumentState, URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';
import { CodeLensRefreshRequest } from 'vscode-languageserver';
import { loadDocument } from '../load-imports.js';
import type { ProgramDocument } from '../program.js';
import { programDocuments } from '../program.js';
import {
  DocumentParams,
  PROTOCOL_VERSION,
  SCENARIO_REQUEST,
  STUDIES_REQUEST,
  STUDY_RESULT_NOTIFICATION,
  StudyResultParams,
  type ScenarioAnswer,
  type StudiesAnswer,
} from '../protocol.js';
import { readProgram } from '../study-host.js';
import type { StudyResults } from './code-lens.js';
import { ALL_CHECKS } from './document-updates.js';
import { studyOutlines } from './study-outline.js';

export function addProtocolHandlers(
  connection: Connection,
  shared: LangiumSharedServices,
  results: StudyResults,
): void {
  const { DocumentBuilder, LangiumDocuments, WorkspaceLock, WorkspaceManager } = shared.workspace;
  let refreshesLenses = false;
  shared.lsp.LanguageServer.onInitialize(({ capabilities }) => {
    refreshesLenses = capabilities.workspace?.codeLens?.refreshSupport ?? false;
  });

  connection.onRequest(STUDIES_REQUEST, async (message: unknown, token): Promise<StudiesAnswer> => {
    const uri = URI.parse(DocumentParams.parse(message).uri);
    // The workspace's own files are loaded first: a file loaded meanwhile would end that with an error.
    await WorkspaceManager.ready;
    if (LangiumDocuments.hasDocument(uri)) await DocumentBuilder.waitUntil(DocumentState.Parsed, uri, token);
    const { document } = await loadDocument(uri, shared);
    return { version: PROTOCOL_VERSION, studies: document ? studyOutlines(document.parseResult.value) : [] };
  });

  connection.onRequest(SCENARIO_REQUEST, async (message: unknown): Promise<ScenarioAnswer> => {
    await WorkspaceManager.ready;
    const { document, error } = await loadDocument(URI.parse(DocumentParams.parse(message).uri), shared);
    if (!document) return { version: PROTOCOL_VERSION, scenario: null, studies: [], errors: [error] };
    const parts = programDocuments(document, LangiumDocuments);
    // In the queue of all changes, so that nothing is read between two of them.
    await WorkspaceLock.write((token) => DocumentBuilder.build(parts, ALL_CHECKS, token));
    return scenarioAnswer(document, shared);
  });

  connection.onNotification(STUDY_RESULT_NOTIFICATION, async (message: unknown) => {
    const { uri, study, summary } = StudyResultParams.parse(message);
    results.set(URI.parse(uri).toString(), study, summary);
    if (refreshesLenses) await connection.sendRequest(CodeLensRefreshRequest.type);
  });
}

function scenarioAnswer(document: ProgramDocument, shared: LangiumSharedServices): ScenarioAnswer {
  const { scenario, studies, diagnostics, sources } = readProgram(document, shared);
  const errors = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ file, line, column, message, code }) => `${file}:${line}:${column} ${message} [${code}]`);
  return { version: PROTOCOL_VERSION, scenario, studies, errors, sources: Object.fromEntries(sources) };
}

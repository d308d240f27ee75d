/** Answers the messages of protocol.ts. */
import { Cancellation, DocumentState, URI } from 'langium';
import type { LangiumSharedServices } from 'langium/lsp';
import type { Connection } from 'vscode-languageserver';
import { loadDocument } from '../load-imports.js';
import type { ProgramDocument } from '../program.js';
import { programDocuments } from '../program.js';
import {
  DocumentParams,
  InitializationOptions,
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
import type { EditorRefresh } from './refresh.js';
import { studyOutlines } from './study-outline.js';

/** A scenario that is asked for while somebody types gives way this often; then the keystrokes wait for it. */
const GIVES_WAY = 2;

export function addProtocolHandlers(
  connection: Connection,
  shared: LangiumSharedServices,
  results: StudyResults,
  refresh: EditorRefresh,
): void {
  const { DocumentBuilder, LangiumDocuments, TextDocuments, WorkspaceLock, WorkspaceManager } =
    shared.workspace;

  shared.lsp.LanguageServer.onInitialize(({ initializationOptions }) => {
    const { data } = InitializationOptions.safeParse(initializationOptions);
    for (const { uri, study, summary } of data?.lastResults ?? []) {
      results.set(URI.parse(uri).toString(), study, summary);
    }
  });

  const load = async (uri: URI, token: Cancellation.CancellationToken) => {
    // The workspace's own files are loaded first: a file loaded meanwhile would end that with an error.
    await WorkspaceManager.ready;
    const isOpen = TextDocuments.get(uri) !== undefined;
    if (isOpen || LangiumDocuments.hasDocument(uri)) {
      await DocumentBuilder.waitUntil(DocumentState.Parsed, uri, token);
    }
    return loadDocument(uri, shared);
  };

  connection.onRequest(STUDIES_REQUEST, async (message: unknown, token): Promise<StudiesAnswer> => {
    const uri = URI.parse(DocumentParams.parse(message).uri);
    const { document } = await load(uri, token);
    return { version: PROTOCOL_VERSION, studies: document ? studyOutlines(document.parseResult.value) : [] };
  });

  connection.onRequest(SCENARIO_REQUEST, async (message: unknown, token): Promise<ScenarioAnswer> => {
    const { document, error } = await load(URI.parse(DocumentParams.parse(message).uri), token);
    if (!document) return { version: PROTOCOL_VERSION, scenario: null, studies: [], errors: [error] };
    let answer: ScenarioAnswer | undefined;
    for (let attempt = 0; !answer; attempt++) {
      // In the queue of all changes, so that nothing is read between two of them. One that arrives cuts the build short.
      await WorkspaceLock.write(async (token) => {
        const parts = programDocuments(document, LangiumDocuments);
        const patience = attempt < GIVES_WAY ? token : Cancellation.CancellationToken.None;
        await DocumentBuilder.build(parts, ALL_CHECKS, patience);
        answer = scenarioAnswer(document, shared);
      });
    }
    return answer;
  });

  connection.onNotification(STUDY_RESULT_NOTIFICATION, async (message: unknown) => {
    const { uri, study, summary } = StudyResultParams.parse(message);
    results.set(URI.parse(uri).toString(), study, summary);
    await refresh.lenses();
  });
}

function scenarioAnswer(document: ProgramDocument, shared: LangiumSharedServices): ScenarioAnswer {
  const { scenario, studies, diagnostics, sources } = readProgram(document, shared);
  const errors = diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ file, line, column, message, code }) => `${file}:${line}:${column} ${message} [${code}]`);
  return { version: PROTOCOL_VERSION, scenario, studies, errors, sources: Object.fromEntries(sources) };
}

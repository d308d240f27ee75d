/** From a file to what the solver reads: the one way in for the command line, the language server and the tests. */
import type { DefaultSharedCoreModuleContext, LangiumDocument, LangiumSharedCoreServices } from 'langium';
import { DocumentState, URI } from 'langium';
import type { Scenario } from '../solver/scenario.js';
import type { StudySpec } from '../solver/study-spec.js';
import { displayPath } from './display-path.js';
import { loadDocument } from './load-imports.js';
import type { ProgramDocument } from './program.js';
import { programDocuments, viewProgram } from './program.js';
import { buildScenario } from './scenario-builder.js';
import type { SourceMap, SourceRange } from './source-map.js';
import { buildSourceMap, rangeOf } from './source-map.js';
import { buildStudies } from './study-builder.js';
import { createV2gServices } from './v2g-module.js';

/** A diagnostic as a compiler prints it; lines and columns count from 1, the end is exclusive. */
export interface ProgramDiagnostic extends SourceRange {
  readonly file: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly code: string;
}

export interface LoadedProgram {
  /** Null when there are errors, or when the file is a library: it states no scenario. */
  readonly scenario: Scenario | null;
  readonly studies: StudySpec[];
  /** Of the file and of all it imports, in the order of the files and of the text. */
  readonly diagnostics: ProgramDiagnostic[];
  readonly sources: SourceMap;
  /** The file, then what it imports, directly or not. */
  readonly files: string[];
}

/**
 * Loads a file with its imports, checks all of it, and translates it when there is no error.
 *
 * Never throws for what a file contains; a file that cannot be read is a diagnostic as well.
 *
 * @param entryFile Absolute path or address of the file.
 */
export async function loadProgram(
  entryFile: string | URI,
  fileSystem: DefaultSharedCoreModuleContext,
): Promise<LoadedProgram> {
  const entry = typeof entryFile === 'string' ? URI.file(entryFile) : entryFile;
  const { shared } = createV2gServices(fileSystem);
  const { document, error } = await loadDocument(entry, shared);
  if (!document) {
    const at = { file: displayPath(entry), line: 1, column: 1, endLine: 1, endColumn: 1 };
    const diagnostic = { ...at, severity: 'error', code: 'import-missing', message: error } as const;
    return {
      scenario: null,
      studies: [],
      diagnostics: [diagnostic],
      sources: new Map(),
      files: [displayPath(entry)],
    };
  }
  await shared.workspace.DocumentBuilder.build([...shared.workspace.LangiumDocuments.all], {
    validation: true,
  });
  return readProgram(document, shared);
}

/** Translates a document that is already loaded and checked, as the language server holds it. */
export function readProgram(document: ProgramDocument, shared: LangiumSharedCoreServices): LoadedProgram {
  const documents = programDocuments(document, shared.workspace.LangiumDocuments);
  const diagnostics = documents.flatMap((each) =>
    each.state < DocumentState.Validated
      ? []
      : (each.diagnostics ?? []).map((one) => toProgramDiagnostic(one, each.uri)),
  );
  const view = viewProgram(documents);
  const broken = diagnostics.some(({ severity }) => severity === 'error');
  const scenario = broken ? null : buildScenario(view);
  return {
    scenario,
    studies: scenario ? buildStudies(view) : [],
    diagnostics,
    sources: buildSourceMap(view),
    files: documents.map(({ uri }) => displayPath(uri)),
  };
}

const SEVERITIES = [undefined, 'error', 'warning', 'info', 'info'] as const;

type Diagnostic = NonNullable<LangiumDocument['diagnostics']>[number];

function toProgramDiagnostic(diagnostic: Diagnostic, uri: URI): ProgramDiagnostic {
  return {
    file: displayPath(uri),
    ...rangeOf(diagnostic.range),
    severity: SEVERITIES[diagnostic.severity ?? 1] ?? 'error',
    message: typeof diagnostic.message === 'string' ? diagnostic.message : diagnostic.message.value,
    code: String(diagnostic.code ?? ''),
  };
}

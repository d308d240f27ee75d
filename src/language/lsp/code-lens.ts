/** Above each study: run it, show its region, run its tests, and what the last run found. */
import type { LangiumDocument } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import type { CodeLens } from 'vscode-languageserver-types';
import type { Program, Study } from '../generated/ast.js';
import { isExpect, isStudy } from '../generated/ast.js';
import type { StudyCommandArguments } from '../protocol.js';
import { RUN_STUDY_COMMAND, SHOW_REGION_COMMAND, TEST_STUDY_COMMAND } from '../protocol.js';
import type { EditorSettings } from './editor-settings.js';

/** The last result of each study, as the client tells them. */
export class StudyResults {
  private readonly summaries = new Map<string, string>();

  set(uri: string, study: string, summary: string | null): void {
    const key = JSON.stringify([uri, study]);
    if (summary === null) this.summaries.delete(key);
    else this.summaries.set(key, summary);
  }

  get(uri: string, study: string): string | undefined {
    return this.summaries.get(JSON.stringify([uri, study]));
  }
}

export class V2gCodeLensProvider implements CodeLensProvider {
  constructor(
    private readonly results: StudyResults,
    private readonly settings: EditorSettings,
  ) {}

  async provideCodeLens(document: LangiumDocument): Promise<CodeLens[]> {
    if (!(await this.settings.codeLens())) return [];
    const { elements } = document.parseResult.value as Program;
    return elements.filter(isStudy).flatMap((study) => this.lensesOf(study, document.uri.toString()));
  }

  private lensesOf(study: Study, uri: string): CodeLens[] {
    const range = study.$cstNode?.range;
    if (!range || !study.name) return [];
    const argument: StudyCommandArguments = { uri, study: study.name };
    const expectations = study.entries.filter(isExpect).length;
    const result = this.results.get(uri, study.name);
    const lens = (title: string, command: string): CodeLens => ({
      range: { start: range.start, end: range.start },
      command: { title, command, arguments: command ? [argument] : [] },
    });
    return [
      lens('▶ Run', RUN_STUDY_COMMAND),
      lens('Show region', SHOW_REGION_COMMAND),
      ...(expectations > 0 ? [lens(`Run tests (${expectations})`, TEST_STUDY_COMMAND)] : []),
      // Without a command a lens is plain text.
      ...(result ? [lens(result, '')] : []),
    ];
  }
}

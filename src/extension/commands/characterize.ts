import * as vscode from 'vscode';
import {
  RUN_STUDY_COMMAND,
  SHOW_REGION_COMMAND,
  type StudyCommandArguments,
  type StudyOutline,
} from '../../language/protocol.js';

export interface CharacterizeDependencies {
  studies(uri: vscode.Uri): Promise<StudyOutline[]>;
  /** @param run even if there is a result that is true of the file */
  open(uri: vscode.Uri, study: string, run: boolean): Promise<void>;
}

/**
 * V2G: Characterize FOR. Opens the panel of the study at the cursor, of the only one, or of the one chosen, and
 * runs it when it has no result yet. The lens "Run" runs it in any case.
 */
export function characterizeCommands(deps: CharacterizeDependencies): vscode.Disposable {
  const command = (id: string, run: boolean) =>
    vscode.commands.registerCommand(id, async (argument?: unknown) => {
      const target = isStudy(argument)
        ? { uri: vscode.Uri.parse(argument.uri), study: argument.study }
        : await askForStudy(deps);
      if (target) await deps.open(target.uri, target.study, run);
    });
  return vscode.Disposable.from(command(SHOW_REGION_COMMAND, false), command(RUN_STUDY_COMMAND, true));
}

/** From a lens; the editor title passes the file's address instead, and the palette nothing. */
function isStudy(argument: unknown): argument is StudyCommandArguments {
  const study = argument as Partial<StudyCommandArguments> | undefined;
  return typeof study?.uri === 'string' && typeof study.study === 'string';
}

async function askForStudy(
  deps: CharacterizeDependencies,
): Promise<{ uri: vscode.Uri; study: string } | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.languageId !== 'v2g') {
    void vscode.window.showInformationMessage('V2G: open a .v2g file with a study first.');
    return undefined;
  }
  const { uri } = editor.document;
  const studies = await deps.studies(uri);
  const study = studyAt(studies, editor.selection.active.line) ?? (await chooseStudy(studies));
  return study === undefined ? undefined : { uri, study };
}

/** Name of the study around a line, counted from 0. */
export function studyAt(studies: readonly StudyOutline[], line: number): string | undefined {
  return studies.find(({ range }) => range.start.line <= line && line <= range.end.line)?.name;
}

async function chooseStudy(studies: readonly StudyOutline[]): Promise<string | undefined> {
  if (studies.length === 0) {
    void vscode.window.showInformationMessage('V2G: this file states no study.');
    return undefined;
  }
  if (studies.length === 1) return studies[0].name;
  const items = studies.map(({ name, kind }) => ({ label: name, description: kind }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'Which study?' });
  return chosen?.label;
}

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { GRID, ROADS } from '../../fixtures/language/small-files.js';

export const EXTENSION_ID = 'v2g-flexibility.v2g-flexibility';

/** A scenario without problems, for tests that bring one in. */
export const SMALL = `scenario Small
horizon 17:00 to 19:00 step 10 min
currency CNY
travelers { charging 20 %, v2g 0 %, value of time 30 CNY/h }
${ROADS}${GRID}study Region characterize {
  axes CS1 at 18:00
  subsidy 1000 CNY, 2000 CNY
}
`;

const POLL_MS = 50;
const DEFAULT_TIMEOUT_MS = 15_000;

/** Asks again until the answer is not undefined; fails with `what` in its message when time is up. */
export async function eventually<T>(
  what: string,
  ask: () => T | undefined | Promise<T | undefined>,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) assert.fail(`not within ${timeoutMs / 1000} s: ${what}`);
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

/** A file of the workspace, which is a copy of `examples/`. */
export function workspaceFile(path: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, path);
}

let opened = 0;

/**
 * Opens a new file with this text, in a folder of the workspace that holds nothing else. Each has a name of its own:
 * VS Code keeps the text of a closed file for a while.
 */
export async function openText(name: string, text: string): Promise<vscode.TextEditor> {
  const uri = workspaceFile(`scratch/${++opened}-${name}`);
  await vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  return vscode.window.showTextDocument(uri);
}

/** Waits for the diagnostics of a file until they satisfy `until`. */
export function diagnostics(
  uri: vscode.Uri,
  until: (found: vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> {
  return eventually(`diagnostics of ${uri.path}`, () => {
    const found = vscode.languages.getDiagnostics(uri);
    return until(found) ? found : undefined;
  });
}

export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Code of a diagnostic, with or without a link to the manual. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** Replaces the first place where `from` stands, as typing would. */
export async function replaceText(document: vscode.TextDocument, from: string, to: string): Promise<void> {
  const start = document.getText().indexOf(from);
  assert.notEqual(start, -1, `no "${from}" in ${document.uri.path}`);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, to);
  await vscode.workspace.applyEdit(edit);
}

/** Position right behind `needle`, or at the place of a `|` inside it. */
export function at({ document }: vscode.TextEditor, needle: string): vscode.Position {
  const mark = needle.indexOf('|');
  const text = needle.replace('|', '');
  const start = document.getText().indexOf(text);
  assert.notEqual(start, -1, `no "${text}" in ${document.uri.path}`);
  return document.positionAt(start + (mark < 0 ? text.length : mark));
}

/** What a lens "Run" does; resolves when the study has been run. */
export async function runStudy(uri: vscode.Uri, study: string): Promise<void> {
  await vscode.commands.executeCommand('v2g.runStudy', { uri: uri.toString(), study });
}

export async function lensTitles(uri: vscode.Uri): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[] | undefined>(
    'vscode.executeCodeLensProvider',
    uri,
    50,
  );
  return (lenses ?? []).flatMap(({ command }) => command?.title ?? []);
}

import assert from 'node:assert/strict';
import * as vscode from 'vscode';

export const EXTENSION_ID = 'v2g-flexibility.v2g-flexibility';

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

/** Opens a new file with this text in the workspace. */
export async function openText(name: string, text: string): Promise<vscode.TextEditor> {
  const uri = workspaceFile(name);
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

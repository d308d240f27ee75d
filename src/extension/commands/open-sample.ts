import * as vscode from 'vscode';

const FOLDER_NAME = 'v2g-samples';

/**
 * V2G: Open Sample Workspace. Copies the examples to a folder of the author's choice, so that they may be changed,
 * and opens them; a copy that is there already is opened as it is.
 */
export function openSampleCommand(context: vscode.ExtensionContext): vscode.Disposable {
  return vscode.commands.registerCommand('v2g.openSample', async (parent?: vscode.Uri) => {
    const chosen = parent ?? (await askForFolder());
    if (!chosen) return;
    const samples = vscode.Uri.joinPath(chosen, FOLDER_NAME);
    if (!(await exists(samples))) {
      const examples = vscode.Uri.joinPath(context.extensionUri, 'examples');
      await vscode.workspace.fs.copy(examples, samples);
    }
    await vscode.commands.executeCommand('vscode.openFolder', samples, { forceNewWindow: !isEmptyWindow() });
  });
}

async function askForFolder(): Promise<vscode.Uri | undefined> {
  const folders = await vscode.window.showOpenDialog({
    title: `Folder to put "${FOLDER_NAME}" in`,
    openLabel: 'Put Samples Here',
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return folders?.[0];
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

const isEmptyWindow = (): boolean => !vscode.workspace.workspaceFolders?.length;

import * as vscode from 'vscode';

/** V2G: Show Log. The keyboard stays where it is. */
export function showLogCommand(log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.commands.registerCommand('v2g.showLog', () => log.show(true));
}

import * as vscode from 'vscode';
import { labelOf, type Health } from '../status/health.js';

export const SHOW_MENU_COMMAND = 'v2g.showMenu';

interface MenuItem extends vscode.QuickPickItem {
  readonly command: string;
  readonly args: readonly unknown[];
}

/** V2G: Menu, which a click on the status item opens: the state in words and what can be done about it. */
export function showMenuCommand(extensionId: string, health: () => Health): vscode.Disposable {
  const items: MenuItem[] = [
    { label: '$(play) Characterize FOR', command: 'v2g.characterize', args: [] },
    { label: '$(debug-restart) Restart Language Server', command: 'v2g.restartServer', args: [] },
    { label: '$(output) Show Log', command: 'v2g.showLog', args: [] },
    {
      label: '$(gear) Settings',
      command: 'workbench.action.openSettings',
      args: [`@ext:${extensionId}`],
    },
    { label: '$(folder-library) Open Sample Workspace', command: 'v2g.openSample', args: [] },
    {
      label: '$(book) Walkthrough',
      command: 'workbench.action.openWalkthrough',
      args: [`${extensionId}#start`, false],
    },
  ];
  return vscode.commands.registerCommand(SHOW_MENU_COMMAND, async () => {
    const choice = await vscode.window.showQuickPick(items, { title: labelOf(health()).tooltip });
    if (choice) await vscode.commands.executeCommand(choice.command, ...choice.args);
  });
}

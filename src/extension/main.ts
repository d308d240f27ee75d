import * as vscode from 'vscode';
import { V2gLanguageClient } from './client/language-client.js';
import { openSampleCommand } from './commands/open-sample.js';
import { restartServerCommand } from './commands/restart-server.js';
import { showLogCommand } from './commands/show-log.js';
import { SHOW_MENU_COMMAND, showMenuCommand } from './commands/show-menu.js';
import { StatusItem } from './status/status-item.js';
import { registerTasks } from './tasks/task-provider.js';

let client: V2gLanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('V2G Flexibility', { log: true });
  const status = new StatusItem(SHOW_MENU_COMMAND);
  client = new V2gLanguageClient(context, log);
  context.subscriptions.push(
    log,
    status,
    client,
    client.onHealth((health) => status.setServer(health)),
    restartServerCommand(client),
    showLogCommand(log),
    showMenuCommand(context.extension.id, () => status.health),
    openSampleCommand(context),
    registerTasks(context),
  );
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

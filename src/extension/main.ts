import * as vscode from 'vscode';
import { V2gLanguageClient } from './client/language-client.js';
import { openSampleCommand } from './commands/open-sample.js';
import { restartServerCommand } from './commands/restart-server.js';
import { showLogCommand } from './commands/show-log.js';
import { SHOW_MENU_COMMAND, showMenuCommand } from './commands/show-menu.js';
import { registerRegion, workerCount } from './region/index.js';
import { startRun } from './region/study-process.js';
import { StatusItem } from './status/status-item.js';
import { registerTasks } from './tasks/task-provider.js';
import { registerTesting } from './testing/register.js';
import { testByRunning } from './testing/run-tester.js';

let client: V2gLanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('V2G Flexibility', { log: true });
  const status = new StatusItem(SHOW_MENU_COMMAND);
  const server = new V2gLanguageClient(context, log);
  client = server;
  const studyRunner = context.asAbsolutePath('dist/study-runner.js');
  context.subscriptions.push(
    log,
    status,
    server,
    server.onHealth((health) => status.setServer(health)),
    restartServerCommand(server),
    showLogCommand(log),
    showMenuCommand(context.extension.id, () => status.health),
    openSampleCommand(context),
    registerTasks(context),
    registerRegion(context, { client: server, status, log }),
    registerTesting(
      (uri) => server.studies(uri),
      (uri, study, cancel) =>
        testByRunning(
          {
            scenario: (file) => server.scenario(file),
            start: (request, onMessage) =>
              startRun(studyRunner, request, onMessage, (line) => log.warn(line)),
            workers: workerCount,
            onProgress: (name, progress) =>
              progress === null ? status.studyEnded(name) : status.studyRuns(name, progress),
          },
          uri,
          study,
          cancel,
        ),
    ),
  );
  await server.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

import * as vscode from 'vscode';
import { taskArguments, TaskDefinition, type TaskAction } from './task-definition.js';

const TASK_TYPE = 'v2g';

/** An `expect` line: there is something to test. */
const EXPECTS = /^\s*expect\b/m;

/** Tasks `check`, `run` and `test` on the file in front, the last one where it expects something, and whatever `tasks.json` asks of the same type. */
export function registerTasks(context: vscode.ExtensionContext): vscode.Disposable {
  const cli = context.asAbsolutePath('dist/cli.js');

  const taskFor = (
    definition: vscode.TaskDefinition & TaskDefinition,
    scope: vscode.WorkspaceFolder | vscode.TaskScope,
  ): vscode.Task => {
    const task = new vscode.Task(
      definition,
      scope,
      `${definition.action} ${definition.file}`,
      TASK_TYPE,
      // The Node that runs VS Code itself: none needs to be installed.
      new vscode.ProcessExecution(process.execPath, [cli, ...taskArguments(definition)], {
        env: { ELECTRON_RUN_AS_NODE: '1' },
      }),
      definition.action === 'check' ? '$v2g' : '$v2g-test',
    );
    task.group = definition.action === 'check' ? vscode.TaskGroup.Build : vscode.TaskGroup.Test;
    return task;
  };

  return vscode.tasks.registerTaskProvider(TASK_TYPE, {
    provideTasks() {
      const document = vscode.window.activeTextEditor?.document;
      if (document?.languageId !== 'v2g' || document.uri.scheme !== 'file') return [];
      const scope = vscode.workspace.getWorkspaceFolder(document.uri);
      const file = scope ? vscode.workspace.asRelativePath(document.uri, false) : document.uri.fsPath;
      const actions: TaskAction[] = ['check', 'run'];
      if (EXPECTS.test(document.getText())) actions.push('test');
      return actions.map((action) =>
        taskFor({ type: TASK_TYPE, action, file }, scope ?? vscode.TaskScope.Global),
      );
    },
    resolveTask(task) {
      const definition = TaskDefinition.safeParse(task.definition);
      if (!definition.success) return undefined;
      // VS Code wants the very definition object back.
      const same = Object.assign(task.definition, definition.data);
      return taskFor(same, task.scope ?? vscode.TaskScope.Workspace);
    },
  });
}

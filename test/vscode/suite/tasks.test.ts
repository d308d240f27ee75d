import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  at,
  closeAll,
  codeOf,
  diagnostics,
  eventually,
  openText,
  SMALL,
  workspaceFile,
} from './workspace.js';

/** Runs a task and waits for its end; its exit code. */
async function runTask(task: vscode.Task): Promise<number | undefined> {
  const ended = new Promise<number | undefined>((done) => {
    const listener = vscode.tasks.onDidEndTaskProcess(({ exitCode }) => {
      listener.dispose();
      done(exitCode);
    });
  });
  await vscode.tasks.executeTask(task);
  return ended;
}

/** What a problem matcher found: the language server's own diagnostics have codes with a link. */
const isMatched = ({ code }: vscode.Diagnostic): boolean => typeof code === 'string';

suite('tasks', () => {
  // The oldest build has no terminal here: its native part comes uncompiled.
  setup(function () {
    if (vscode.version.startsWith('1.100.')) this.skip();
  });
  teardown(closeAll);

  test('check and run are offered for the file in front', async () => {
    await openText('offered.v2g', SMALL);
    const tasks = await vscode.tasks.fetchTasks({ type: 'v2g' });
    assert.deepEqual(tasks.map(({ definition }) => String(definition.action)).sort(), ['check', 'run']);
  });

  test('check finds the problems of a file that is not open, at their lines', async () => {
    const file = workspaceFile('scratch/two-problems.v2g');
    const broken = SMALL.replace('time 7 min', 'time 7 MW').replace('bus b2 }', 'bus b99 }');
    await vscode.workspace.fs.writeFile(file, Buffer.from(broken));
    const definition = { type: 'v2g', action: 'check', file: 'scratch/two-problems.v2g' };
    const tasks = {
      version: '2.0.0',
      tasks: [{ ...definition, label: 'two problems', problemMatcher: '$v2g' }],
    };
    await vscode.workspace.fs.writeFile(
      workspaceFile('.vscode/tasks.json'),
      Buffer.from(JSON.stringify(tasks)),
    );
    const task = await eventually('the task of tasks.json', async () =>
      (await vscode.tasks.fetchTasks()).find(({ name }) => name === 'two problems'),
    );
    assert.equal(await runTask(task), 1);
    const found = await diagnostics(file, (all) => all.filter(isMatched).length >= 2);
    const lines = broken.split('\n');
    const errors = found
      .filter((one) => isMatched(one) && one.severity === vscode.DiagnosticSeverity.Error)
      .map((one) => [codeOf(one), one.range.start.line, one.range.start.character]);
    const place = (code: string, text: string, word: string) => {
      const line = lines.findIndex((each) => each.includes(text));
      return [code, line, lines[line].indexOf(word)];
    };
    assert.deepEqual(errors, [
      place('unit-wrong', 'time 7 MW', 'MW'),
      place('name-unknown', 'couple CS1', 'b99'),
    ]);
    await vscode.workspace.fs.delete(workspaceFile('.vscode/tasks.json'));
  });

  test('run marks the problems of the open file', async () => {
    const editor = await openText('run.v2g', SMALL.replace('bus b2 }', 'bus b99 }'));
    const tasks = await vscode.tasks.fetchTasks({ type: 'v2g' });
    assert.equal(await runTask(tasks.find(({ definition }) => definition.action === 'run')!), 1);
    const found = (await diagnostics(editor.document.uri, (all) => all.some(isMatched))).find(isMatched)!;
    assert.deepEqual(found.range.start, at(editor, 'bus |b99'));
    assert.equal(codeOf(found), 'name-unknown');
  });
});

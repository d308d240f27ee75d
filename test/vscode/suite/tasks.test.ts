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

const RUN_TIMEOUT_MS = 120_000;

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

  test('check and run are offered for the file in front, and test where it expects something', async () => {
    const offered = async (text: string) => {
      await openText('offered.v2g', text);
      const tasks = await vscode.tasks.fetchTasks({ type: 'v2g' });
      return tasks.map(({ definition }) => String(definition.action)).sort();
    };
    assert.deepEqual(await offered(SMALL), ['check', 'run']);
    const expecting = SMALL.replace('axes CS1 at 18:00', 'axes CS1 at 18:00\n  expect dimension 1');
    assert.deepEqual(await offered(expecting), ['check', 'run', 'test']);
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

  test('test marks a failed expectation at its line with what was found, and not the one that holds', async function () {
    this.timeout(RUN_TIMEOUT_MS);
    const example = await vscode.workspace.openTextDocument(workspaceFile('one-station.v2g'));
    const holds = 'expect dimension 1';
    assert.ok(example.getText().includes(holds));
    const editor = await openText(
      'expects.v2g',
      example.getText().replace(holds, `${holds}\n  expect volume at 400 CNY in 5 to 6 MW`),
    );
    const tasks = await vscode.tasks.fetchTasks({ type: 'v2g' });
    assert.equal(await runTask(tasks.find(({ definition }) => definition.action === 'test')!), 1);
    const found = (await diagnostics(editor.document.uri, (all) => all.some(isMatched))).filter(isMatched);
    assert.deepEqual(found.map(codeOf), ['expectation-failed']);
    const [failure] = found;
    assert.deepEqual(failure.range.start, at(editor, '|expect volume'));
    assert.equal(failure.severity, vscode.DiagnosticSeverity.Error);
    assert.match(failure.message, /^Range: expected volume at 400 CNY in 5 to 6 MW, found 0\.\d+ MW$/);
  });
});

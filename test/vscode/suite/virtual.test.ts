import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  at,
  codeOf,
  diagnostics,
  EXTENSION_ID,
  eventually,
  lensTitles,
  replaceText,
  runStudy,
  workspaceFile,
} from './workspace.js';

const RUN_TIMEOUT_MS = 120_000;

suite('a virtual workspace', () => {
  let peak: vscode.TextEditor;
  suiteSetup(async () => {
    peak = await vscode.window.showTextDocument(workspaceFile('evening-peak.v2g'));
  });

  test('has no folder on a disk, and the extension works in it', async () => {
    assert.deepEqual(
      vscode.workspace.workspaceFolders!.map(({ uri }) => uri.scheme),
      ['v2g-memory'],
    );
    const extension = vscode.extensions.getExtension(EXTENSION_ID)!;
    await eventually('the extension', () => extension.isActive || undefined);
  });

  test('imports are found, and an error is underlined', async () => {
    const { document } = peak;
    await replaceText(document, 'node n6, bus b22', 'node n6, bus b222');
    const found = await diagnostics(document.uri, (all) => all.length > 0);
    // The buses of the imported feeder are known: nothing but the wrong one is an error.
    assert.deepEqual(found.map(codeOf), ['name-unknown']);
    assert.match(found[0].message, /b22/);
    await replaceText(document, 'node n6, bus b222', 'node n6, bus b22');
    await diagnostics(document.uri, (all) => all.length === 0);
  });

  test('a name leads to the imported file', async () => {
    const [definition] = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      peak.document.uri,
      at(peak, 'node n6, bus b2|2'),
    );
    const target = 'targetUri' in definition ? definition.targetUri : definition.uri;
    assert.equal(target.toString(), workspaceFile('feeders/ieee33-modified.v2g').toString());
  });

  test('paths of the virtual folder complete themselves', async () => {
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      peak.document.uri,
      at(peak, 'import "feeders/'),
    );
    assert.ok(items.some(({ label }) => label === 'feeders/ieee33.v2g'));
  });

  test('studies have their lenses', async () => {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      peak.document.uri,
      20,
    );
    assert.ok(lenses.some(({ command }) => command?.command === 'v2g.runStudy'));
  });

  test('a study is run, and its result stands above it', async function () {
    this.timeout(RUN_TIMEOUT_MS);
    const { document } = await vscode.window.showTextDocument(workspaceFile('one-station.v2g'));
    await runStudy(document.uri, 'Range');
    await eventually('the result in a lens', async () =>
      (await lensTitles(document.uri)).find((title) => title.includes('MW at unlimited')),
    );
  });

  test('tasks, which read a disk, are not offered', async () => {
    await vscode.window.showTextDocument(workspaceFile('one-station.v2g'));
    assert.deepEqual(await vscode.tasks.fetchTasks({ type: 'v2g' }), []);
  });
});

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, diagnostics, EXTENSION_ID, openText } from './workspace.js';

suite('client', () => {
  const extension = vscode.extensions.getExtension(EXTENSION_ID)!;
  teardown(closeAll);

  test('is installed from the packed extension and sleeps until a .v2g file is opened', async () => {
    assert.ok(extension, 'the packed extension is installed');
    assert.equal(extension.isActive, false);
    const uri = vscode.Uri.parse('untitled:notes.txt');
    await vscode.window.showTextDocument(uri);
    assert.equal(extension.isActive, false);
  });

  test('underlines an error once a .v2g file is opened', async () => {
    const editor = await openText('broken.v2g', 'scenario {');
    assert.equal(editor.document.languageId, 'v2g');
    const found = await diagnostics(editor.document.uri, (all) => all.length > 0);
    assert.equal(found[0].severity, vscode.DiagnosticSeverity.Error);
    assert.equal(extension.isActive, true);
  });

  test('finds errors again after the server was restarted', async () => {
    const editor = await openText('broken.v2g', 'scenario {');
    await diagnostics(editor.document.uri, (all) => all.length > 0);
    await vscode.commands.executeCommand('v2g.restartServer');
    await diagnostics(editor.document.uri, (all) => all.length > 0);
  });

  test('has every command that its manifest offers', async () => {
    await openText('empty.v2g', '');
    await extension.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const offered: { command: string }[] = extension.packageJSON.contributes.commands;
    const missing = offered.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});

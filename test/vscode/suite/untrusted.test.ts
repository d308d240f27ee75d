import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, codeOf, diagnostics, EXTENSION_ID, openText, replaceText, SMALL } from './workspace.js';

suite('a workspace that is not trusted', () => {
  teardown(closeAll);

  test('has the extension at work', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const { document } = await openText('untrusted.v2g', SMALL);
    await replaceText(document, 'time 7 min', 'time 7 MW');
    const found = await diagnostics(document.uri, (all) => all.length > 0);
    assert.deepEqual(found.map(codeOf), ['unit-wrong']);
    assert.equal(vscode.extensions.getExtension(EXTENSION_ID)!.isActive, true);
  });

  test('cannot make a study run by itself: what its own settings say is not heeded', () => {
    const settings = vscode.workspace.getConfiguration('v2g');
    // The folder's settings.json, written by the test before VS Code started, says otherwise.
    assert.equal(settings.get('study.runOnSave'), false);
    assert.equal(settings.get('study.workers'), 0);
  });
});

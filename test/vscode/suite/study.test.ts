import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, eventually, lensTitles, runStudy, workspaceFile } from './workspace.js';

const RUN_TIMEOUT_MS = 120_000;

suite('a study', () => {
  suiteTeardown(closeAll);

  test('is run by its lens, and its result stands above it, also after the server was restarted', async function () {
    this.timeout(RUN_TIMEOUT_MS);
    const { document } = await vscode.window.showTextDocument(workspaceFile('one-station.v2g'));
    await runStudy(document.uri, 'Range');
    const result = await eventually('the result in a lens', async () =>
      (await lensTitles(document.uri)).find((title) => title.includes('MW at unlimited')),
    );
    await vscode.commands.executeCommand('v2g.restartServer');
    const titles = await eventually('lenses of the new server', async () => {
      const found = await lensTitles(document.uri);
      return found.length > 0 ? found : undefined;
    });
    assert.ok(titles.includes(result), titles.join(', '));
  });
});

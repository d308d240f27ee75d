import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { closeAll, eventually } from './workspace.js';

suite('workbench', () => {
  teardown(closeAll);

  test('the sample workspace is copied to a folder that its author may change', async () => {
    const parent = mkdtempSync(join(tmpdir(), 'v2g-sample-'));
    // The folder is opened in another window, which a window under test does not follow.
    void vscode.commands.executeCommand('v2g.openSample', vscode.Uri.file(parent));
    await eventually('the samples', () => {
      const [folder] = readdirSync(parent);
      return folder && readdirSync(join(parent, folder)).includes('evening-peak.v2g') ? true : undefined;
    });
  });
});

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { closeAll, diagnostics, eventually, openText } from './workspace.js';

suite('workbench', () => {
  teardown(closeAll);

  test('a task runs the file in front, and its problems arrive by the problem matcher', async function () {
    // The oldest build has no terminal here: its native part comes uncompiled.
    if (vscode.version.startsWith('1.100.')) this.skip();
    const feeder = 'feeder F {\n  base 12.66 kV\n  line b1 -- b2 { r 1 ohm, x 1 ohm }\n}\n';
    const { uri } = (await openText('unknown-bus.v2g', feeder)).document;
    const fromServer = (await diagnostics(uri, (all) => all.length > 0)).length;
    const tasks = await vscode.tasks.fetchTasks({ type: 'v2g' });
    assert.deepEqual(tasks.map(({ definition }) => String(definition.action)).sort(), ['check', 'run']);
    const ended = new Promise<number | undefined>((done) => {
      const listener = vscode.tasks.onDidEndTaskProcess((event) => {
        listener.dispose();
        done(event.exitCode);
      });
    });
    await vscode.tasks.executeTask(tasks.find(({ definition }) => definition.action === 'run')!);
    assert.equal(await ended, 1);
    await diagnostics(uri, (all) => all.length > fromServer);
  });

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

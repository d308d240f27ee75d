import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { at, closeAll, eventually, openText, SMALL, workspaceFile } from './workspace.js';

async function hover(editor: vscode.TextEditor, needle: string): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    editor.document.uri,
    at(editor, needle),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}

suite('hover', () => {
  let peak: vscode.TextEditor;
  setup(async () => {
    peak = await vscode.window.showTextDocument(workspaceFile('evening-peak.v2g'));
    await eventually('the first hover', async () => (await hover(peak, 'station CS|1')) || undefined);
  });
  teardown(closeAll);

  test('shows the documentation comment', async () => {
    const text = SMALL.replace('station CS1', '/** Beside the railway station. */\nstation CS1');
    assert.match(
      await hover(await openText('documented.v2g', text), 'station CS|1'),
      /Beside the railway station\./,
    );
  });

  test('shows a quantity in SI and in the units of the field', async () => {
    const power = await hover(peak, 'power 6|0 kW');
    assert.match(power, /0\.06 MW/);
    assert.match(power, /60000 W \(SI\)/);
  });

  test("shows a station's maximum load", async () => {
    // 60 ports of 60 kW, 40 of 40 kW.
    assert.match(await hover(peak, 'station CS|1'), /from -1\.6 MW to 3\.6 MW/);
    assert.match(await hover(peak, 'charg|ing {'), /3\.6 MW/);
  });

  test("shows a link's free-flow time and speed class", async () => {
    const link = await hover(peak, 'lin|k n1 -> n5');
    assert.match(link, /Free flow \d+ min/);
    assert.match(link, /Free-flow speed class: (slow|typical|fast)/);
  });

  test("shows a pair's free-flow time and number of paths", async () => {
    assert.match(
      await hover(peak, 'deman|d n1 -> n2'),
      /Free-flow time \d+ min on the fastest path\. \d+ paths/,
    );
  });

  test("shows a bus's base-case voltage", async () => {
    assert.match(await hover(peak, 'node n6, bus b2|2'), /Base-case voltage .* 1\.02\d* to 1\.02\d* pu/);
  });

  test('shows what is assumed for a property that is left out', async () => {
    const text = await hover(await openText('left-out.v2g', SMALL), 'charg|ing {');
    assert.match(text, /Left out: wait \(no waiting cost\), coupon \(no cap\)/);
  });
});

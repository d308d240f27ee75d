import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, openText, SMALL } from './workspace.js';

const options = { tabSize: 2, insertSpaces: true };

async function apply(uri: vscode.Uri, edits: vscode.TextEdit[]): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(uri, edits);
  await vscode.workspace.applyEdit(edit);
}

suite('editing', () => {
  teardown(closeAll);

  test('the whole file is formatted: comments stay, columns align, a second time changes nothing', async () => {
    const crooked = SMALL.replace(
      '  link n1 -> n2 { time 7 min, capacity 1800 veh/h }\n',
      '     // towards the town\nlink n1 -> n2 {time 7 min, capacity 1800 veh/h}\n link n2->n1 { time 12 min,capacity 900 veh/h } /* back */\n',
    );
    const { document } = await openText('crooked.v2g', crooked);
    const format = () =>
      vscode.commands.executeCommand<vscode.TextEdit[]>(
        'vscode.executeFormatDocumentProvider',
        document.uri,
        options,
      );
    await apply(document.uri, await format());
    const expected = [
      '  // towards the town',
      '  link n1 -> n2 { time 7 min,  capacity 1800 veh/h }',
      '  link n2 -> n1 { time 12 min, capacity 900 veh/h }  /* back */',
      '',
    ].join('\n');
    assert.ok(document.getText().includes(expected), document.getText());
    assert.deepEqual((await format()) ?? [], []);
  });

  test('a range is formatted and nothing else', async () => {
    const crooked = SMALL.replace('  node n1', '      node n1').replace('  demand', '      demand');
    const { document } = await openText('range.v2g', crooked);
    const line = document.positionAt(crooked.indexOf('demand n1')).line;
    const edits = await vscode.commands.executeCommand<vscode.TextEdit[]>(
      'vscode.executeFormatRangeProvider',
      document.uri,
      document.lineAt(line).range,
      options,
    );
    await apply(document.uri, edits);
    assert.match(document.getText(), /^ {2}demand/m);
    assert.match(document.getText(), /^ {6}node/m);
  });

  test('a line is commented out and in again', async () => {
    const editor = await openText('comments.v2g', SMALL);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    await vscode.commands.executeCommand('editor.action.commentLine');
    assert.equal(editor.document.lineAt(0).text, '// scenario Small');
    await vscode.commands.executeCommand('editor.action.commentLine');
    assert.equal(editor.document.lineAt(0).text, 'scenario Small');
  });

  test('a brace is closed, and the line after it is indented', async () => {
    const editor = await openText('braces.v2g', '');
    await vscode.commands.executeCommand('type', { text: 'roads R {' });
    assert.equal(editor.document.getText(), 'roads R {}');
    await vscode.commands.executeCommand('type', { text: '\n' });
    await vscode.commands.executeCommand('type', { text: 'node n1' });
    assert.equal(editor.document.getText().replaceAll('\r', ''), 'roads R {\n  node n1\n}');
  });
});

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { at, closeAll, openText, SMALL } from './workspace.js';

/** Labels offered at a place of a small file, after a change to it. */
async function offered(
  from: string,
  to: string,
  needle: string,
): Promise<Map<string, vscode.CompletionItem>> {
  const editor = await openText('completed.v2g', SMALL.replace(from, to));
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    editor.document.uri,
    at(editor, needle),
  );
  return new Map(items.map((item) => [typeof item.label === 'string' ? item.label : item.label.label, item]));
}

suite('completion', () => {
  teardown(closeAll);

  test('names by kind: nodes for a link, buses for a coupling, stations for an axis', async () => {
    const nodes = await offered('demand n1 -> n2', 'demand n1 -> ', 'demand n1 -> ');
    assert.deepEqual([...nodes.keys()].sort(), ['n1', 'n2']);
    const buses = await offered('bus b2 }', 'bus  }', 'n1, bus ');
    assert.deepEqual([...buses.keys()].sort(), ['b1', 'b2']);
    const stations = await offered('axes CS1 at 18:00', 'axes ', 'axes ');
    assert.deepEqual([...stations.keys()], ['CS1']);
  });

  test('keywords and properties that fit here, with what they mean', async () => {
    const members = await offered('  node n1', '  \n  node n1', 'roads R {\n  ');
    for (const word of ['node', 'link', 'demand']) assert.ok(members.has(word), word);
    assert.ok(!members.has('bus') && !members.has('study'), [...members.keys()].join(', '));
    const properties = await offered('ports 60, ', '', 'charging { ');
    assert.ok(properties.has('ports') && !properties.has('power'), 'only what is not given yet');
    const { documentation, detail } = properties.get('ports')!;
    assert.equal(detail, 'must be given');
    assert.match((documentation as vscode.MarkdownString).value, /Number of ports/);
  });

  test('units that fit the property', async () => {
    const power = await offered('power 60 kW', 'power 60 ', 'power 60 ');
    assert.deepEqual([...power.keys()].sort(), ['MW', 'W', 'kW']);
    const price = await offered('price 2 CNY/kWh', 'price 2 ', 'price 2 ');
    assert.ok(price.has('CNY/kWh') && !price.has('kW'), [...price.keys()].join(', '));
  });

  test("times on the horizon's grid", async () => {
    const times = [...(await offered('CS1 at 18:00', 'CS1 at ', 'CS1 at ')).keys()];
    const minutes = Array.from({ length: 12 }, (_, index) => 17 * 60 + 10 * index);
    const grid = minutes.map((each) => `${Math.floor(each / 60)}:${String(each % 60).padStart(2, '0')}`);
    assert.deepEqual(times.sort(), grid);
  });

  test('snippets for whole blocks', async () => {
    const items = await offered('scenario Small', '\nscenario Small', '');
    for (const word of ['station', 'feeder', 'study characterize']) {
      const snippet = items.get(`${word} { … }`);
      assert.equal(
        snippet?.kind,
        vscode.CompletionItemKind.Snippet,
        `${word}: ${[...items.keys()].join(', ')}`,
      );
      assert.ok(snippet.insertText instanceof vscode.SnippetString);
    }
  });

  test('a snippet is a block without problems', async () => {
    const editor = await openText('snippet.v2g', SMALL);
    const end = editor.document.positionAt(editor.document.getText().length);
    editor.selection = new vscode.Selection(end, end);
    const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      editor.document.uri,
      end,
    );
    const study = items.find(({ label }) => label === 'study characterize { … }')!;
    await editor.insertSnippet(study.insertText as vscode.SnippetString, end);
    assert.match(editor.document.getText(), /study \S+ characterize \{\n {2}axes CS/);
  });

  test('paths in an import', async () => {
    const files = await offered(
      'scenario Small',
      'import "../feeders/"\nscenario Small',
      'import "../feeders/',
    );
    assert.ok(files.has('../feeders/ieee33.v2g'), [...files.keys()].join(', '));
  });
});

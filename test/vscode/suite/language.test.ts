import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, diagnostics, eventually, openText, workspaceFile } from './workspace.js';

const run = <T>(command: string, ...args: unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(command, ...args);

/** Position right behind `needle`, or at the place of a `|` inside it. */
function at({ document }: vscode.TextEditor, needle: string): vscode.Position {
  const mark = needle.indexOf('|');
  const text = needle.replace('|', '');
  const start = document.getText().indexOf(text);
  assert.notEqual(start, -1, `no "${text}" in ${document.uri.path}`);
  return document.positionAt(start + (mark < 0 ? text.length : mark));
}

const textOf = (markdown: vscode.Hover[]): string =>
  markdown
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');

suite('language services', () => {
  let corridor: vscode.TextEditor;
  let uri: vscode.Uri;

  suiteSetup(async () => {
    corridor = await vscode.window.showTextDocument(workspaceFile('corridor.v2g'));
    uri = corridor.document.uri;
    await eventually('symbols of corridor.v2g', async () => {
      const symbols = await run<unknown[]>('vscode.executeDocumentSymbolProvider', uri);
      return symbols?.length ? symbols : undefined;
    });
  });
  teardown(closeAll);

  test('every example is free of errors', async () => {
    const names = ['braess-station', 'corridor', 'evening-peak', 'one-station', 'feeders/ieee33'];
    for (const file of names.map((name) => workspaceFile(`${name}.v2g`))) {
      await vscode.window.showTextDocument(file);
      const errors = vscode.languages
        .getDiagnostics(file)
        .filter(({ severity }) => severity === vscode.DiagnosticSeverity.Error);
      assert.deepEqual(errors, [], file.path);
    }
  });

  test('a wrong unit has a code with a link, and a quick fix mends it', async () => {
    const text = corridor.document.getText().replace('power 60 kW', 'power 60 min');
    const editor = await openText('wrong-unit.v2g', text);
    const [found] = await diagnostics(editor.document.uri, (all) => all.length > 0);
    const code = found.code as { value: string; target: vscode.Uri };
    assert.equal(typeof code.value, 'string');
    assert.ok(code.target, 'the code links to the manual');
    const actions = await run<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      editor.document.uri,
      found.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ edit }) => edit);
    assert.ok(fix?.edit, 'a quick fix with an edit');
    await vscode.workspace.applyEdit(fix.edit);
    await diagnostics(editor.document.uri, (all) => all.every(({ code: other }) => other !== found.code));
  });

  test('completion offers stations for an axis, and units for a power', async () => {
    const stations = await run<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      at(corridor, 'axes |West at'),
    );
    const labels = stations.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('West') && labels.includes('East'), labels.join(', '));
    assert.ok(!labels.includes('home'), 'a road node is no axis');
    const units = await run<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      at(corridor, 'power 60 |kW'),
    );
    const unitLabels = units.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(unitLabels.includes('kW') && unitLabels.includes('MW'), unitLabels.join(', '));
    assert.ok(!unitLabels.includes('min'), 'a time is no power');
  });

  test('hover shows the documentation comment and derived facts', async () => {
    const scenario = await run<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      at(corridor, 'scenario Corr'),
    );
    assert.match(textOf(scenario), /two stations one after the other/);
    const station = await run<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      uri,
      at(corridor, 'station Wes'),
    );
    // 20 ports of 60 kW.
    assert.match(textOf(station), /1\.2 MW/);
  });

  test('inlay hints show derived values, and a setting turns them off', async () => {
    const whole = new vscode.Range(0, 0, corridor.document.lineCount, 0);
    const hints = (): Thenable<vscode.InlayHint[]> => run('vscode.executeInlayHintProvider', uri, whole);
    assert.ok((await hints()).length > 0);
    const settings = vscode.workspace.getConfiguration('v2g');
    await settings.update('inlayHints.enabled', false, vscode.ConfigurationTarget.Global);
    await eventually('no hints', async () => ((await hints())?.length ? undefined : true));
    await settings.update('inlayHints.enabled', undefined, vscode.ConfigurationTarget.Global);
  });

  test('a study has lenses to run it, to show its region and to run its tests', async () => {
    const lenses = await run<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 20);
    const commands = lenses.map(({ command }) => command?.command);
    assert.deepEqual(new Set(commands), new Set(['v2g.runStudy', 'v2g.characterize', 'v2g.testStudy']));
  });

  test('definition, references, highlight and rename agree on what a name means', async () => {
    const name = at(corridor, 'axes |West');
    const [definition] = await run<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      uri,
      name,
    );
    const range = 'targetRange' in definition ? definition.targetRange : definition.range;
    assert.equal(range.start.line, at(corridor, 'station West').line);
    const references = await run<vscode.Location[]>('vscode.executeReferenceProvider', uri, name);
    // The station, its coupling, its axis.
    assert.equal(references.length, 3);
    const highlights = await run<vscode.DocumentHighlight[]>('vscode.executeDocumentHighlights', uri, name);
    assert.equal(highlights.length, 3);
    const edit = await run<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      uri,
      name,
      'Harbour',
    );
    assert.equal(edit.get(uri).length, 3);
  });

  test('a bus of an imported feeder is found and renamed across files', async () => {
    const peak = await vscode.window.showTextDocument(workspaceFile('evening-peak.v2g'));
    const bus = at(peak, 'node n6, bus b2|2');
    const [definition] = await run<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      peak.document.uri,
      bus,
    );
    const target = 'targetUri' in definition ? definition.targetUri : definition.uri;
    assert.match(target.path, /feeders\/ieee33-modified\.v2g$/);
    const edit = await run<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      peak.document.uri,
      bus,
      'b122',
    );
    assert.equal(edit.entries().length, 2);
  });

  test('outline, workspace symbols, folding, selection ranges and document links', async () => {
    const outline = await run<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri);
    const names = new Set(outline.flatMap((one) => [one, ...one.children]).map(({ name }) => name));
    for (const name of ['West', 'East', 'Shift']) assert.ok(names.has(name), [...names].join(', '));
    const symbols = await run<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'Shift');
    assert.ok(symbols.some(({ name }) => name === 'Shift'));
    const folds = await run<vscode.FoldingRange[]>('vscode.executeFoldingRangeProvider', uri);
    assert.ok(folds.some(({ start }) => start === at(corridor, 'roads Corridor').line));
    const [selection] = await run<vscode.SelectionRange[]>('vscode.executeSelectionRangeProvider', uri, [
      at(corridor, 'capacity 18|00'),
    ]);
    assert.ok(selection.parent?.parent, 'from the number outwards');
    const peak = await vscode.window.showTextDocument(workspaceFile('evening-peak.v2g'));
    const links = await run<vscode.DocumentLink[]>('vscode.executeLinkProvider', peak.document.uri);
    assert.equal(links.length, 1);
  });

  test('semantic tokens tell roads, grid and studies apart', async () => {
    const legend = await run<vscode.SemanticTokensLegend>('vscode.provideDocumentSemanticTokensLegend', uri);
    const tokens = await run<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', uri);
    const used = new Set<string>();
    for (let i = 3; i < tokens.data.length; i += 5) {
      const modifiers = legend.tokenModifiers.filter((_, bit) => tokens.data[i + 1] & (1 << bit));
      used.add([legend.tokenTypes[tokens.data[i]], ...modifiers].join('.'));
    }
    assert.ok(used.size >= 3, [...used].join(', '));
  });

  test('the formatter aligns, and a second time changes nothing', async () => {
    const crooked = corridor.document.getText().replace(/^ {2}link/gm, '      link');
    const editor = await openText('crooked.v2g', crooked);
    const options = { tabSize: 2, insertSpaces: true };
    const format = (): Thenable<vscode.TextEdit[]> =>
      run('vscode.executeFormatDocumentProvider', editor.document.uri, options);
    const edit = new vscode.WorkspaceEdit();
    edit.set(editor.document.uri, await format());
    await vscode.workspace.applyEdit(edit);
    assert.match(editor.document.getText(), /^ {2}link home/m);
    assert.deepEqual((await format()) ?? [], []);
  });

  test('call hierarchy walks the feeder: upstream is incoming, downstream outgoing', async () => {
    const feeder = await vscode.window.showTextDocument(workspaceFile('feeders/ieee33.v2g'));
    const [bus] = await run<vscode.CallHierarchyItem[]>(
      'vscode.prepareCallHierarchy',
      feeder.document.uri,
      at(feeder, 'bus b|3 at'),
    );
    assert.equal(bus.name, 'b3');
    const upstream = await run<vscode.CallHierarchyIncomingCall[]>('vscode.provideIncomingCalls', bus);
    assert.deepEqual(
      upstream.map(({ from }) => from.name),
      ['b2'],
    );
    const downstream = await run<vscode.CallHierarchyOutgoingCall[]>('vscode.provideOutgoingCalls', bus);
    assert.deepEqual(downstream.map(({ to }) => to.name).sort(), ['b23', 'b4']);
  });
});

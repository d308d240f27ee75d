import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { at, closeAll, diagnostics, eventually, workspaceFile } from './workspace.js';

const run = <T>(command: string, ...args: unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(command, ...args);

/** Listed, not searched for: the oldest build comes without the program that searches. */
async function examplesIn(folder: string): Promise<vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  for (const [name, type] of await vscode.workspace.fs.readDirectory(workspaceFile(folder))) {
    const path = `${folder}${name}`;
    if (type === vscode.FileType.File && name.endsWith('.v2g')) found.push(workspaceFile(path));
    else if (type === vscode.FileType.Directory && name !== 'scratch')
      found.push(...(await examplesIn(`${path}/`)));
  }
  return found;
}

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
    const files = await examplesIn('');
    assert.ok(files.length >= 5);
    for (const file of files) {
      const { document } = await vscode.window.showTextDocument(file);
      // An error at the end shows that the rest has been checked.
      const end = document.lineAt(document.lineCount - 1).range.end;
      const edit = new vscode.WorkspaceEdit();
      edit.insert(file, end, '\nstudy Broken charcterize { }');
      await vscode.workspace.applyEdit(edit);
      const isError = ({ severity }: vscode.Diagnostic) => severity === vscode.DiagnosticSeverity.Error;
      const found = await diagnostics(file, (all) => all.some(isError));
      assert.deepEqual(
        found.filter((one) => isError(one) && one.range.start.isBefore(end)),
        [],
        file.path,
      );
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
  });

  test('inlay hints show capability, interval and impedance, and a setting turns them off', async () => {
    const hintsOf = async ({ uri: file, lineCount }: vscode.TextDocument): Promise<string[]> => {
      const whole = new vscode.Range(0, 0, lineCount, 0);
      const hints = await run<vscode.InlayHint[]>('vscode.executeInlayHintProvider', file, whole);
      return (hints ?? []).map(({ label }) => String(label));
    };
    const hints = await hintsOf(corridor.document);
    // 20 ports of 60 kW, and 17:40 on a horizon from 17:00 in steps of 10 min.
    for (const hint of ['1.2 MW', '[4]']) assert.ok(hints.includes(hint), hints.join(', '));
    const feeder = await vscode.workspace.openTextDocument(workspaceFile('feeders/ieee33.v2g'));
    assert.ok((await hintsOf(feeder)).some((hint) => hint.endsWith(' pu')));
    const settings = vscode.workspace.getConfiguration('v2g');
    await settings.update('inlayHints.enabled', false, vscode.ConfigurationTarget.Global);
    await eventually('no hints', async () => ((await hintsOf(corridor.document)).length ? undefined : true));
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
    await vscode.workspace.applyEdit(edit);
    const feeder = await vscode.workspace.openTextDocument(target);
    assert.match(feeder.getText(), /bus b122 /);
    assert.match(peak.document.getText(), /node n6, bus b122/);
    assert.ok(!/(bus|at|--) b22\b/.test(feeder.getText() + peak.document.getText()), 'no old name is left');
    for (const { document } of [peak, await vscode.window.showTextDocument(feeder)]) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
  });

  test('outline, workspace symbols, folding, selection ranges and document links', async () => {
    const outline = await run<vscode.DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', uri);
    const names = new Set(outline.flatMap((one) => [one, ...one.children]).map(({ name }) => name));
    for (const name of ['West', 'East', 'Shift']) assert.ok(names.has(name), [...names].join(', '));
    const kindOf = (wanted: string) => outline.find(({ name }) => name === wanted)?.kind;
    assert.notEqual(kindOf('West'), kindOf('Shift'), 'a station and a study have different icons');
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
    assert.match(links[0].target!.path, /feeders\/ieee33-modified\.v2g$/);
  });

  test('semantic tokens tell roads, grid, stations and studies apart', async () => {
    const { document } = await vscode.window.showTextDocument(workspaceFile('evening-peak.v2g'));
    const legend = await run<vscode.SemanticTokensLegend>(
      'vscode.provideDocumentSemanticTokensLegend',
      document.uri,
    );
    const { data } = await run<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri);
    const types = new Map<string, string>();
    let [line, character] = [0, 0];
    for (let i = 0; i < data.length; i += 5) {
      character = data[i] === 0 ? character + data[i + 1] : data[i + 1];
      line += data[i];
      const word = document.lineAt(line).text.slice(character, character + data[i + 2]);
      types.set(word, legend.tokenTypes[data[i + 3]]);
    }
    const of = (...words: string[]) => words.map((word) => types.get(word));
    assert.deepEqual(of('n6', 'b22', 'CS1', 'Region'), ['roads', 'grid', 'station', 'study']);
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

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, codeOf, diagnostics, openText, replaceText, SMALL, workspaceFile } from './workspace.js';

const LINK = '  link n1 -> n2 { time 7 min, capacity 1800 veh/h }\n';

/** What is done to a good file, the code of the diagnostic, the title of the fix, and what stands there afterwards. */
const CASES: Record<string, [from: string, to: string, code: string, title: string, after: string]> = {
  'did you mean': ['couple CS1', 'couple CS11', 'name-unknown', "Change to 'CS1'", 'couple CS1 {'],
  'add the unit': ['time 7 min', 'time 7', 'unit-missing', "Add the unit 'min'", 'time 7 min,'],
  'correct the unit': ['veh/h }', 'veh/hr }', 'unit-unknown', "Change the unit to 'veh/h'", '1800 veh/h }'],
  'a unit of another kind': ['7 min', '7 MW', 'unit-wrong', "Change the unit to 'min'", 'time 7 min,'],
  'convert MW to kW': ['60 kW', '60 MW', 'unit-implausible', "The number is in 'kW'", 'power 60 kW'],
  'add the missing coupling': [
    'couple CS1 { node n1, bus b2 }\n',
    '',
    'station-uncoupled',
    "Add 'couple CS1 { node n1, bus b2 }'",
    'couple CS1 { node n1, bus b2 }',
  ],
  'create the missing bus': [
    'n1, bus b2',
    'n1, bus b99',
    'name-unknown',
    "Create the bus 'b99'",
    '  bus b99\n',
  ],
  'create the missing node': [
    '{ node n1',
    '{ node n99',
    'name-unknown',
    "Create the node 'n99'",
    '  node n99\n',
  ],
  'add a reverse link': [
    'link n1 -> n2',
    'link n2 -> n1',
    'demand-no-path',
    'Add the reverse link n1 -> n2',
    'link n1 -> n2 { time 7 min',
  ],
  'sort the budgets': [
    '1000 CNY, 2000',
    '2000 CNY, 1000',
    'amounts-order',
    'Sort the budgets',
    '1000 CNY, 2000 CNY',
  ],
  'sort the tiers': [
    'study Region',
    'study Reserve dispatch {\n  region Region\n  tiers 2000 CNY, 1000 CNY\n}\nstudy Region',
    'amounts-order',
    'Sort the tiers',
    'tiers 1000 CNY, 2000 CNY',
  ],
  'remove a duplicate': [LINK, LINK + LINK, 'link-duplicate', 'Remove the repeated link', SMALL],
  'import the file': [
    'demand n1 -> n2',
    'demand n1 -> elsewhere',
    'name-not-imported',
    "Import 'elsewhere.v2g'",
    'import "elsewhere.v2g"\n',
  ],
  'fit the horizon to the step': [
    'step 10 min',
    'step 25 min',
    'horizon-step',
    'Use steps of 24 min',
    'horizon 17:00 to 19:00 step 24 min',
  ],
  'add a missing property': [
    ', capacity 1800 veh/h',
    '',
    'property-missing',
    "Add 'capacity 1800 veh/h'",
    'time 7 min, capacity 1800 veh/h }',
  ],
  'correct a property': ['capacity', 'capcity', 'property-unknown', "Change to 'capacity'", 'capacity 1800'],
  'turn a range round': [
    '0.9 to 1.1 pu',
    '1.1 to 0.9 pu',
    'range-order',
    'Swap the ends of the range',
    '0.9 pu to 1.1 pu',
  ],
};

const actionsAt = (uri: vscode.Uri, range: vscode.Range, kind: vscode.CodeActionKind) =>
  vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    range,
    kind.value,
  );

suite('quick fixes', () => {
  suiteSetup(() =>
    vscode.workspace.fs.writeFile(
      workspaceFile('scratch/elsewhere.v2g'),
      Buffer.from('roads Other { node elsewhere }\n'),
    ),
  );
  teardown(closeAll);

  for (const [name, [from, to, code, title, after]] of Object.entries(CASES)) {
    test(`${name}: ${title}`, async () => {
      const { document } = await openText('fixed.v2g', SMALL);
      await replaceText(document, from, to);
      // Slow checks have fixes as well.
      await document.save();
      const isMeant = (one: vscode.Diagnostic) => codeOf(one) === code;
      const found = (await diagnostics(document.uri, (all) => all.some(isMeant))).find(isMeant)!;
      const actions = await actionsAt(document.uri, found.range, vscode.CodeActionKind.QuickFix);
      const fix = actions.find((action) => action.title === title);
      assert.ok(fix?.edit, `no "${title}" among ${actions.map((action) => action.title).join(', ')}`);
      await vscode.workspace.applyEdit(fix.edit);
      assert.ok(document.getText().includes(after), document.getText());
      await document.save();
      await diagnostics(document.uri, (all) => !all.some(isMeant));
    });
  }

  test('kW and MW are converted into each other anywhere', async () => {
    const { document } = await openText('converted.v2g', SMALL);
    const convert = async (to: string): Promise<void> => {
      const at = document.positionAt(document.getText().indexOf('power ') + 'power '.length);
      const actions = await actionsAt(
        document.uri,
        new vscode.Range(at, at),
        vscode.CodeActionKind.RefactorRewrite,
      );
      const action = actions.find(({ title }) => title === `Convert to ${to}`);
      await vscode.workspace.applyEdit(action!.edit!);
      assert.ok(document.getText().includes(`power ${to},`), document.getText());
    };
    await convert('0.06 MW');
    await convert('60 kW');
  });
});

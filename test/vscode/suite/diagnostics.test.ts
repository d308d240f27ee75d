import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { closeAll, codeOf, diagnostics, openText, replaceText, SMALL } from './workspace.js';

suite('diagnostics', () => {
  teardown(closeAll);

  test('come while typing, with a code that leads to the manual, and go again', async () => {
    const { document } = await openText('typed.v2g', SMALL);
    await replaceText(document, 'time 7 min', 'time 7 MW');
    const [found] = await diagnostics(document.uri, (all) => all.length > 0);
    assert.equal(document.isDirty, true);
    const { value, target } = found.code as { value: string; target: vscode.Uri };
    assert.equal(value, 'unit-wrong');
    assert.match(target.toString(true), /docs\/language\.md#unit-wrong$/);
    assert.equal(document.getText(found.range), 'MW');
    await replaceText(document, 'time 7 MW', 'time 7 min');
    await diagnostics(document.uri, (all) => all.length === 0);
  });

  test('name the other place that has a say', async () => {
    const link = '  link n1 -> n2 { time 7 min, capacity 1800 veh/h }\n';
    const { document } = await openText('related.v2g', SMALL.replace(link, link + link));
    const [found] = await diagnostics(document.uri, (all) =>
      all.some((one) => codeOf(one) === 'link-duplicate'),
    );
    const [related] = found.relatedInformation ?? [];
    assert.equal(related.location.uri.toString(), document.uri.toString());
    assert.equal(related.location.range.start.line, found.range.start.line - 1);
  });

  test('slow checks run when the file is saved', async () => {
    const { document } = await openText('slow.v2g', SMALL);
    await replaceText(document, 'link n1 -> n2', 'link n2 -> n1');
    // Another change that a fast check sees: whatever the fast checks say of the first one is there with it.
    await replaceText(document, 'capacity 1800 veh/h', 'capacity 1800');
    const typed = await diagnostics(document.uri, (all) => all.some((one) => codeOf(one) === 'unit-missing'));
    assert.ok(!typed.some((one) => codeOf(one) === 'demand-no-path'));
    await document.save();
    await diagnostics(document.uri, (all) => all.some((one) => codeOf(one) === 'demand-no-path'));
  });
});

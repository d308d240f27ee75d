import assert from 'node:assert/strict';
import { Workbench } from './workbench.js';

suite('client in the window', () => {
  let workbench: Workbench;
  suiteSetup(async () => (workbench = await Workbench.open({ size: { width: 1600, height: 900 } })));
  suiteTeardown(() => workbench.close());
  teardown(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('client-failure');
  });

  test('shows health in the status bar once a .v2g file is open', async () => {
    assert.equal(await workbench.statusItem.count(), 0);
    await workbench.openFile('one-station.v2g');
    await workbench.statusItem.getByRole('button', { name: 'V2G: ready' }).waitFor();
  });

  test('underlines what is wrong as it is written', async () => {
    await workbench.openFile('one-station.v2g');
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type('nonsense');
    await workbench.squiggles.first().waitFor();
    await workbench.page.keyboard.press('Control+Z');
    await workbench.squiggles.first().waitFor({ state: 'detached' });
  });

  test('colours words, names, numbers and comments apart', async () => {
    await workbench.openFile('one-station.v2g');
    await workbench.goTo('one-station.v2g', '/**');
    await workbench.page.locator('.view-line', { hasText: '/**' }).waitFor();
    const colors = await workbench.page
      .locator('.view-line span[class^="mtk"]')
      .evaluateAll((spans) => spans.map((span) => [span.textContent.trim(), getComputedStyle(span).color]));
    const of = (part: RegExp) => colors.find(([text]) => part.test(text))?.[1];
    const found = [of(/^station$/), of(/^\d+/), of(/^\/?\*/)];
    assert.ok(!found.includes(undefined), `${found.join(', ')} of ${colors.map(([text]) => text).join(' ')}`);
    assert.equal(new Set(found).size, found.length, found.join(', '));
  });

  test('offers a menu on a click, and the log leaves the keyboard where it is', async () => {
    await workbench.openFile('one-station.v2g');
    await workbench.showsLogs();
    await workbench.statusItem.click();
    await workbench.quickPickRows.filter({ hasText: 'Walkthrough' }).waitFor();
    const entries = await workbench.quickPickRows.allInnerTexts();
    assert.equal(entries.length, 6);
    await workbench.quickPickRows.filter({ hasText: 'Show Log' }).click();
    await workbench.panel.waitFor();
    const focused = await workbench.page.evaluate(
      () => document.activeElement?.closest('.part')?.id ?? 'nowhere',
    );
    assert.notEqual(focused, 'workbench.parts.panel');
    await workbench.runCommand('View: Hide Panel');
  });

  test('has a walkthrough of five steps with pictures', async () => {
    await workbench.openFile('one-station.v2g');
    await workbench.statusItem.click();
    await workbench.pick('Walkthrough', 'Walkthrough');
    const steps = workbench.page.locator('.getting-started-step');
    await steps.first().waitFor();
    assert.equal(await steps.count(), 5);
    const picture = workbench.webview.locator('svg');
    await picture.waitFor();
    const paper = picture.locator('rect').first();
    const background = () => paper.evaluate((rect) => getComputedStyle(rect).fill);
    const light = await background();
    assert.equal(light, await colorOf(workbench, '--vscode-editor-background'));
    await workbench.screenshot('walkthrough');
    await workbench.runCommand('Preferences: Color Theme');
    await workbench.pick('Dark Modern', 'Dark Modern');
    await workbench.page.locator('.monaco-workbench.vs-dark').waitFor();
    await workbench.webview.locator('body.vscode-dark').waitFor();
    assert.notEqual(await background(), light);
    assert.equal(await background(), await colorOf(workbench, '--vscode-editor-background'));
  });

  test('asks for nothing outside this machine', () => {
    const asked = [...workbench.window.external].filter((origin) => !origin.includes('vscode-cdn.net'));
    assert.deepEqual(asked, []);
  });
});

/** A colour of the theme as the browser computes it. */
function colorOf({ page }: Workbench, variable: string): Promise<string> {
  return page.evaluate((name) => {
    const probe = document.querySelector('.monaco-workbench')!.appendChild(document.createElement('i'));
    probe.style.color = `var(${name})`;
    const color = getComputedStyle(probe).color;
    probe.remove();
    return color;
  }, variable);
}

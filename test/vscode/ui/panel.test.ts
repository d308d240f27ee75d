import assert from 'node:assert/strict';
import { Workbench } from './workbench.js';

const RUN_TIMEOUT_MS = 80_000;
/** A second for the run to end, and what a busy machine needs to click and to look. */
const CANCEL_SEEN_MS = 2500;

const THEMES = [
  { title: 'Light Modern', body: 'vscode-light', name: 'light' },
  { title: 'Dark Modern', body: 'vscode-dark', name: 'dark' },
  { title: 'Dark High Contrast', body: 'vscode-high-contrast', name: 'high-contrast' },
];

suite('the panel in the window', () => {
  let workbench: Workbench;
  suiteSetup(async () => (workbench = await Workbench.open({ size: { width: 1600, height: 900 } })));
  suiteTeardown(() => workbench.close());
  teardown(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('panel-failure');
  });

  test('runs from the lens', async () => {
    const { page, webview } = workbench;
    await workbench.openFile('corridor.v2g');
    await workbench.goTo('corridor.v2g', 'study Shift');
    await page.locator('.codelens-decoration a', { hasText: /Run$/ }).first().click();
    await webview.getByRole('button', { name: 'Run again' }).waitFor({ timeout: RUN_TIMEOUT_MS });
    const sizes = await webview
      .locator('[data-measure]')
      .evaluateAll((all) => all.map((e) => Number(e.getAttribute('data-measure'))));
    assert.equal(sizes.length, 3);
    assert.ok(sizes[0] > 0 && sizes[0] < sizes[1], `sizes ${sizes.join(', ')}`);
  });

  test('a point chosen in the table shows its certificate and its plan', async () => {
    const { webview } = workbench;
    await webview.getByRole('tab', { name: 'Table' }).click();
    const point = webview.locator('table.points tbody tr', { hasText: 'certified' }).first();
    await point.getByRole('button').click();
    await webview.getByRole('tab', { name: 'Point' }).click();
    await webview.locator('.verdict', { hasText: 'Certified' }).waitFor();
    const gap = await webview
      .locator('.fact', { hasText: 'Equilibrium gap' })
      .locator('dd')
      .first()
      .innerText();
    assert.ok(Number(gap) <= 1e-6, `gap ${gap}`);
    await webview.getByText('Route shares over the horizon').waitFor();
  });

  test('a road clicked in the table of the map selects its line in the file', async () => {
    const { page, webview } = workbench;
    await webview.getByRole('tab', { name: 'Map' }).click();
    await webview.getByText('The map as a table').click();
    const link = webview.locator('table', { hasText: 'Roads' }).locator('tbody button').first();
    const [from, to] = (await link.innerText()).split('->');
    await link.click();
    await page
      .locator('.view-line', { hasText: new RegExp(`link\\s+${from}\\s*->\\s*${to}`) })
      .first()
      .waitFor();
    await page.locator('.monaco-editor .selected-text').first().waitFor();
  });

  test('follows the theme', async () => {
    const { webview } = workbench;
    await webview.getByRole('tab', { name: 'Region' }).click();
    for (const { title, body, name } of THEMES) {
      await workbench.runCommand('Preferences: Color Theme');
      await workbench.pick(title, title);
      await webview.locator(`body.${body}`).waitFor();
      await workbench.screenshot(`panel-${name}`);
    }
  });

  test('a cancelled run ends at once and says so', async () => {
    const { page, webview } = workbench;
    await workbench.runCommand('View: Close All Editors');
    await workbench.openFile('evening-peak.v2g');
    await workbench.goTo('evening-peak.v2g', 'study Region');
    await workbench.runCommand('V2G: Characterize FOR');
    await webview.locator('.banner.running progress').waitFor({ timeout: RUN_TIMEOUT_MS });
    await workbench.screenshot('panel-running');
    const start = Date.now();
    await webview.getByRole('button', { name: 'Cancel' }).click();
    await webview.locator('.banner.cancelled').waitFor();
    const took = Date.now() - start;
    assert.ok(took < CANCEL_SEEN_MS, `seen after ${took} ms`);
    await page.waitForTimeout(300);
    await workbench.screenshot('panel-cancelled');
  });
});

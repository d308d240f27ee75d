import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { cancelWithinASecond } from './cancel.js';
import { picturesOf } from './themes.js';
import { Workbench } from './workbench.js';

const RUN_TIMEOUT_MS = 80_000;

suite('the panel in the window', () => {
  let workbench: Workbench;
  suiteSetup(async () => {
    const settings = { 'v2g.study.runOnSave': true };
    workbench = await Workbench.open({ settings, size: { width: 1600, height: 900 } });
  });
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

  test('a road under the cursor is marked on the map', async () => {
    const { page, webview } = workbench;
    const marked = webview.locator('[aria-label^="Map at"] path[stroke-width="10"]');
    await page.locator('.tab', { hasText: 'corridor.v2g' }).click();
    await workbench.goTo('corridor.v2g', 'station West');
    await marked.waitFor({ state: 'detached' });
    await workbench.goTo('corridor.v2g', 'link west');
    await marked.waitFor();
  });

  test('saves every export as a file', async () => {
    const { page, webview, folder } = workbench;
    const saved = [
      ['svg', 'Shift-map.svg', '<svg'],
      ['png', 'Shift-map.png', 'PNG'],
      ['csv', 'Shift-points.csv', 'budget'],
      ['json', 'Shift-result.json', '"format":"v2g-result"'],
      ['halfspaces', 'Shift-halfspaces.json', '"A"'],
      ['matlab', 'Shift_halfspaces.m', 'A'],
      ['python', 'Shift_halfspaces.py', 'numpy'],
      ['html', 'Shift-report.html', '<!doctype html>'],
    ];
    for (const [kind, name, content] of saved) {
      await webview.getByLabel('Export').selectOption(kind);
      const input = page.locator('.quick-input-widget:visible input[type=text]');
      // The folder stands there first, the name a moment later.
      await expectValue(input, (value) => value.endsWith(name));
      await page.keyboard.press('Enter');
      await page.getByText(`Saved ${name}.`).first().waitFor();
      const text = readFileSync(join(folder, name), 'latin1');
      assert.ok(text.toLowerCase().includes(content.toLowerCase()), `${name}: ${text.slice(0, 80)}`);
    }
    await workbench.runCommand('Notifications: Clear All Notifications');
  });

  test('follows the theme', async () => {
    const { webview } = workbench;
    await webview.getByRole('tab', { name: 'Region' }).click();
    await picturesOf(workbench, 'panel');
  });

  test('finds coupons for an operating point, and says why there are none for another', async () => {
    const { webview } = workbench;
    await webview.getByRole('tab', { name: 'Region' }).click();
    const ask = async (west: string, east: string, budget: string) => {
      await webview.getByLabel('West 17:40 (MW)').fill(west);
      await webview.getByLabel('East 17:40 (MW)').fill(east);
      await webview.locator('.questions .ask select').selectOption(budget);
      await webview.getByRole('button', { name: 'Find coupons' }).click();
    };
    await ask('0.5', '0.3', '400 CNY');
    const answers = webview.locator('.answers li');
    await answers.filter({ hasText: 'Q1 0.50, 0.30 MW within 400 CNY: ✓ reached for' }).waitFor({
      timeout: RUN_TIMEOUT_MS,
    });
    await ask('1.5', '1.2', '100 CNY');
    await answers
      .filter({ hasText: /Q2 .*not reached; the nearest point found is 0\.\d\d MW away\. no coupons can/ })
      .waitFor({
        timeout: RUN_TIMEOUT_MS,
      });
    await workbench.screenshot('panel-questions');
    await answers.first().getByRole('button', { name: 'Coupons and certificate' }).click();
    await webview.locator('.verdict', { hasText: 'Certified' }).waitFor();
    await webview.getByRole('tab', { name: 'Region' }).click();
  });

  test('a click on the polygons fills in an operating point', async () => {
    const { webview } = workbench;
    const place = webview.locator('.picture rect.place');
    await place.click({ position: { x: 40, y: 30 } });
    const west = Number(await webview.getByLabel('West 17:40 (MW)').inputValue());
    assert.ok(Number.isFinite(west) && west !== 1.5, String(west));
  });

  test('maps prices and ranks reinforcements', async () => {
    const { webview } = workbench;
    await webview.getByRole('button', { name: 'Map prices' }).click();
    await webview.locator('.legend', { hasText: 'least subsidy' }).waitFor({ timeout: RUN_TIMEOUT_MS });
    await webview.getByRole('button', { name: 'Rank reinforcements' }).click();
    await webview.getByRole('button', { name: 'Run again' }).waitFor({ timeout: RUN_TIMEOUT_MS });
    await webview.getByRole('tab', { name: 'Table' }).click();
    await webview.getByText('What a reinforcement would add').waitFor();
    await webview.getByRole('tab', { name: 'Region' }).click();
    await picturesOf(workbench, 'panel-prices');
  });

  test('says whether a point is the only equilibrium of its coupons', async () => {
    const { webview } = workbench;
    await webview.getByRole('tab', { name: 'Point' }).click();
    await webview.getByRole('button', { name: 'One equilibrium or several?' }).click();
    const answer = webview.locator('.spread .verdict');
    await answer.waitFor({ timeout: RUN_TIMEOUT_MS });
    assert.match(await answer.innerText(), /One equilibrium|Several equilibria|A range of equilibria/);
    await workbench.screenshot('panel-equilibria');
    await webview.getByRole('tab', { name: 'Region' }).click();
  });

  test('tries random points inside the hull', async () => {
    const { webview } = workbench;
    const form = webview.getByRole('region', { name: 'Random points inside' });
    await form.getByLabel('Inside').selectOption('400 CNY');
    await form.getByLabel('Points').fill('8');
    await form.getByRole('button', { name: 'Ask for random points' }).click();
    await form.getByText(/400 CNY: \d of 8 random points/).waitFor({ timeout: RUN_TIMEOUT_MS });
    await workbench.screenshot('panel-samples');
  });

  test('proves bounds that stand beside the sizes, and keeps what is proven when it is stopped', async () => {
    const { webview } = workbench;
    const bound = webview.locator('[data-testid="bound-0"]');
    assert.match(await bound.innerText(), /any budget/);
    await webview.getByRole('button', { name: 'Compute bounds' }).click();
    await bound.filter({ hasNotText: 'any budget' }).waitFor({ timeout: RUN_TIMEOUT_MS });
    const cancel = webview.getByRole('button', { name: 'Cancel' });
    if (await cancel.isVisible()) await cancel.click();
    await webview.getByRole('button', { name: 'Run again' }).waitFor();
    const [inner, outer] = await Promise.all([
      webview.locator('[data-testid="volume-0"]').getAttribute('data-measure'),
      bound.innerText(),
    ]);
    assert.ok(Number(/at most ([\d.]+)/.exec(outer)![1]) >= Number(inner), `${inner} in ${outer}`);
    // Drawn around the largest region that has one.
    await webview.locator('.legend', { hasText: 'proven: nothing within' }).waitFor();
    await picturesOf(workbench, 'panel-bounds');
  });

  test('a changed file is run when it is saved, where the setting says so', async () => {
    const { page, webview } = workbench;
    await page.locator('.tab', { hasText: 'corridor.v2g' }).click();
    await workbench.goTo('corridor.v2g', 'charging 20 ');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('1 ');
    await webview.locator('.banner.stale').waitFor();
    await workbench.screenshot('panel-stale');
    await page.keyboard.press('Control+S');
    await webview.locator('.banner.stale').waitFor({ state: 'detached', timeout: RUN_TIMEOUT_MS });
    await webview.getByRole('button', { name: 'Run again' }).waitFor({ timeout: RUN_TIMEOUT_MS });
    // The regions of the file as it was stand beside those of now.
    assert.match(
      await webview.locator('[data-testid="before-0"]').innerText(),
      /^was 1\.\d+ MW², now [+−]\d/,
    );
    await workbench.screenshot('panel-before-and-now');
  });

  test('a cancelled run ends at once, says so, and keeps what it has found', async () => {
    const { page, webview } = workbench;
    await workbench.runCommand('View: Close All Editors');
    await workbench.openFile('evening-peak.v2g');
    await workbench.goTo('evening-peak.v2g', 'study Region');
    await workbench.runCommand('V2G: Characterize FOR');
    await webview.locator('.banner.running progress').waitFor({ timeout: RUN_TIMEOUT_MS });
    await workbench.screenshot('panel-running');
    await webview.locator('main:not([data-points="0"])').waitFor({ timeout: RUN_TIMEOUT_MS });
    const points = async () => Number(await webview.locator('main').getAttribute('data-points'));
    const before = await points();
    await cancelWithinASecond(workbench);
    // What the process has still to say has been said by then.
    await page.waitForTimeout(1000);
    assert.ok((await points()) >= before, `${await points()} points after ${before}`);
    await webview.getByRole('button', { name: 'Run again' }).waitFor();
    await workbench.screenshot('panel-cancelled');
  });
});

/** Waits until an input holds what it should. */
async function expectValue(input: Locator, holds: (value: string) => boolean): Promise<void> {
  const end = Date.now() + 10_000;
  for (;;) {
    const value = await input.inputValue();
    if (holds(value)) return;
    if (Date.now() > end) assert.fail(`found ${value}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

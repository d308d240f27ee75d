/**
 * The evening peak itself, from the packed extension: minutes of all cores, hence not among the tests of every run.
 *
 *   npm run test:evening-peak          with 26 directions and no refinement
 *   npm run test:evening-peak -- full  as the example says, to a gap of 2 %
 *
 * Pictures of each step in three themes go to `test-results`, to be looked at.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ResultFile, type CharacterizeResult } from '../../../src/solver/result.js';
import { cancelWithinASecond } from './cancel.js';
import { picturesOf } from './themes.js';
import { Workbench } from './workbench.js';

const root = resolve(import.meta.dirname, '../../..');
const FILE = 'evening-peak.v2g';
const RUN_TIMEOUT_MS = 1_200_000;
/** A cancelled run has said everything by then, and it is drawn. */
const RUN_END_MS = 5000;
const full = process.env.V2G_FULL === '1';

suite('the evening peak in the window', () => {
  let examples: string;
  let workbench: Workbench;

  suiteSetup(async () => {
    examples = join(mkdtempSync(join(tmpdir(), 'v2g-peak-')), 'examples');
    cpSync(join(root, 'examples'), examples, { recursive: true });
    if (!full) {
      const text = readFileSync(join(examples, FILE), 'utf8');
      writeFileSync(
        join(examples, FILE),
        text.replace('directions until gap 2 %', 'directions every 45 deg'),
      );
    }
    const settings = { 'v2g.study.workers': availableParallelism() };
    workbench = await Workbench.open({ folder: examples, settings, size: { width: 1600, height: 950 } });
  });
  suiteTeardown(async () => {
    await workbench.close();
    rmSync(resolve(examples, '..'), { recursive: true, force: true });
  });
  teardown(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('peak-failure');
  });

  /** Volumes of the panel's cards, as exactly as the panel knows them. */
  const shownVolumes = (): Promise<number[]> =>
    workbench.webview
      .locator('[data-measure]')
      .evaluateAll((all) => all.map((e) => Number(e.getAttribute('data-measure'))));
  const finished = (): Promise<void> =>
    workbench.webview.getByRole('button', { name: 'Run again' }).waitFor({ timeout: RUN_TIMEOUT_MS });

  /** Types an operating point and asks for it. */
  async function ask(budget: string, loadsMw: readonly number[]): Promise<void> {
    const form = workbench.webview.locator('.questions form');
    for (const [k, mw] of loadsMw.entries()) await form.locator('input').nth(k).fill(String(mw));
    await form.locator('select').selectOption(budget);
    await form.getByRole('button', { name: 'Find coupons' }).click();
  }

  test('runs from the palette; the hull grows while it runs', async () => {
    await workbench.openFile(FILE);
    await workbench.goTo(FILE, 'study Region');
    await workbench.runCommand('V2G: Characterize FOR');
    const { webview } = workbench;
    await webview.locator('.banner.running progress').waitFor({ timeout: RUN_TIMEOUT_MS });
    await webview.locator('.scene canvas').waitFor({ timeout: RUN_TIMEOUT_MS });
    await workbench.statusItem.getByText(/of|directions|refining/).waitFor();
    await picturesOf(workbench, 'peak-running');
    await finished();
  });

  test('its volumes are those that the command line finds', () => {
    const out = join(examples, '..', 'result.json');
    execFileSync(
      process.execPath,
      [join(root, 'dist/cli.js'), 'run', join(examples, FILE), '--study', 'Region', '--json', out],
      { stdio: 'pipe' },
    );
    const [study] = ResultFile.parse(JSON.parse(readFileSync(out, 'utf8'))).studies;
    const found = (study as CharacterizeResult).regions.map((r) => r.measure);
    return shownVolumes().then((shown) => {
      console.log(`      volumes in MW³: ${shown.map((v) => v.toFixed(4)).join(', ')}`);
      assert.equal(shown.length, 4);
      assert.deepEqual(shown, found);
    });
  });

  test('shows region, dispatch and static model in every theme', async () => {
    await workbench.webview.getByRole('tab', { name: 'Region' }).click();
    await picturesOf(workbench, 'peak-region');
  });

  test('finds coupons for an operating point, and says whether it is the only equilibrium', async () => {
    const { webview } = workbench;
    await ask('2,000 CNY', [1.2, 1.9, 0.9]);
    const answers = webview.locator('.answers li');
    await answers.filter({ hasText: 'Q1' }).waitFor({ timeout: RUN_TIMEOUT_MS });
    const [text] = await answers.allInnerTexts();
    console.log(`      ${text.replaceAll('\n', ' ')}`);
    assert.match(text, /✓ reached for [\d,]+ CNY|nearest point found is/);
    // The second question finds everything set up.
    const start = Date.now();
    await ask('1,000 CNY', [9, 9, 9]);
    await answers.filter({ hasText: /Q2 .*no coupons can/ }).waitFor({ timeout: RUN_TIMEOUT_MS });
    console.log(`      the second answer after ${Date.now() - start} ms`);
    await answers.first().getByRole('button').click();
    await webview.locator('.verdict', { hasText: 'Certified' }).waitFor();
    await webview.getByRole('button', { name: 'One equilibrium or several?' }).click();
    await webview.locator('.spread').waitFor({ timeout: RUN_TIMEOUT_MS });
    console.log(`      ${(await webview.locator('.spread').innerText()).replaceAll('\n', ' ')}`);
    await picturesOf(workbench, 'peak-question');
    await webview.getByRole('tab', { name: 'Region' }).click();
  });

  test('maps prices and tries random points inside the hull', async () => {
    const { webview } = workbench;
    const form = webview.getByRole('region', { name: 'Random points inside' });
    await form.getByLabel('Points').fill('10');
    await form.getByRole('button', { name: 'Ask for random points' }).click();
    const sample = form.getByText(/6,000 CNY: \d+ of 10 random points/);
    await sample.waitFor({ timeout: RUN_TIMEOUT_MS });
    console.log(`      ${await sample.innerText()}`);
    await webview.getByRole('button', { name: 'Map prices' }).click();
    await webview.locator('.legend', { hasText: 'least subsidy' }).waitFor({ timeout: RUN_TIMEOUT_MS });
    await webview.locator('h1').scrollIntoViewIfNeeded();
    await picturesOf(workbench, 'peak-prices');
  });

  test('a point selected in the table shows its certificate', async () => {
    const { webview } = workbench;
    await webview.getByRole('tab', { name: 'Table' }).click();
    await picturesOf(workbench, 'peak-table');
    const row = webview.locator('table.points tbody tr', { hasText: 'certified' }).first();
    await row.getByRole('button').click();
    await webview.getByRole('tab', { name: 'Point' }).click();
    await webview.locator('.verdict', { hasText: 'Certified' }).waitFor();
    for (const name of ['Equilibrium gap', 'Subsidy', 'Voltages', 'Line loading', 'Uniqueness']) {
      await webview.locator('.fact', { hasText: name }).first().waitFor();
    }
    const fact = webview.locator('.fact', { hasText: 'Equilibrium gap' }).locator('dd').first();
    assert.ok(Number(await fact.innerText()) <= 1e-6);
    await webview.getByText('Route shares over the horizon').waitFor();
    await picturesOf(workbench, 'peak-point');
  });

  test('the map shows roads and feeder at a time', async () => {
    const { webview } = workbench;
    await webview.getByRole('tab', { name: 'Map' }).click();
    await webview.getByText('Feeder: voltage').waitFor();
    await picturesOf(workbench, 'peak-map');
    await webview.getByRole('tab', { name: 'Region' }).click();
  });

  test('a reloaded window has the panel again, with the same volumes', async () => {
    const before = await shownVolumes();
    await workbench.reload('pointId');
    await finished();
    // Which part was looked at in the last five seconds is not written down yet.
    await workbench.webview.getByRole('tab', { name: 'Region' }).click();
    assert.deepEqual(await shownVolumes(), before);
    await picturesOf(workbench, 'peak-reloaded');
  });

  test('a run from the lens is cancelled within a second and leaves the whole result in place', async () => {
    const { page, webview } = workbench;
    const before = await shownVolumes();
    await page.locator('.tab', { hasText: FILE }).click();
    await workbench.goTo(FILE, 'study Region');
    await page.locator('.codelens-decoration a', { hasText: /Run$/ }).first().click();
    await webview.locator('.banner.running progress').waitFor({ timeout: RUN_TIMEOUT_MS });
    await cancelWithinASecond(workbench);
    // The whole result takes the place of what the run has shown when its process has ended.
    await page.waitForTimeout(RUN_END_MS);
    assert.deepEqual(await shownVolumes(), before);
    await picturesOf(workbench, 'peak-cancelled');
  });

  test('a changed file marks the picture as stale, with a way to run it', async () => {
    const { page, webview } = workbench;
    await page.locator('.tab', { hasText: FILE }).click();
    await workbench.goTo(FILE, 'charging 20 ');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('1 ');
    await webview.locator('.banner.stale').getByRole('button', { name: 'Run' }).waitFor();
    await picturesOf(workbench, 'peak-stale');
  });
});

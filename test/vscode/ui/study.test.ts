import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { measure } from '../../../src/report/labels.js';
import { ResultFile, type CharacterizeResult } from '../../../src/solver/result.js';
import { Workbench } from './workbench.js';

const root = resolve(import.meta.dirname, '../../..');
const RUN_TIMEOUT_MS = 80_000;
/** A lens that nobody asks for again does not come at all. */
const LENS_TIMEOUT_MS = 10_000;

/** What the command line finds for the same file. */
function regionByCommandLine(folder: string, file: string): CharacterizeResult {
  const result = join(folder, 'result.json');
  execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'run', join(folder, file), '--json', result], {
    stdio: 'pipe',
  });
  return ResultFile.parse(JSON.parse(readFileSync(result, 'utf8'))).studies[0] as CharacterizeResult;
}

suite('a study in the window', () => {
  let workbench: Workbench;
  suiteSetup(async () => (workbench = await Workbench.open({ size: { width: 1600, height: 900 } })));
  suiteTeardown(() => workbench.close());
  teardown(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('study-failure');
  });

  /** Sizes of the regions as the panel's table shows them. */
  async function shownSizes(): Promise<string[]> {
    const { webview } = workbench;
    await webview.getByRole('button', { name: 'Run again' }).waitFor({ timeout: RUN_TIMEOUT_MS });
    await webview.getByRole('tab', { name: 'Table' }).click();
    const table = webview.locator('table', {
      has: workbench.page.locator('caption', { hasText: 'Regions' }),
    });
    await table.locator('tbody tr').first().waitFor();
    return table.locator('tbody tr td:nth-child(3)').allInnerTexts();
  }

  test('Characterize FOR shows the sizes that the command line finds', async () => {
    await workbench.openFile('one-station.v2g');
    await workbench.goTo('one-station.v2g', 'study Range');
    await workbench.runCommand('V2G: Characterize FOR');
    const { regions } = regionByCommandLine(workbench.folder, 'one-station.v2g');
    assert.deepEqual(
      await shownSizes(),
      regions.map((region) => `${measure(region.measure)} ${region.measureUnit}`),
    );
    await workbench.screenshot('study-panel');
  });

  test('the lens shows the last result, and the status item is ready again', async () => {
    await workbench.page.locator('.codelens-decoration', { hasText: 'MW at unlimited' }).waitFor();
    await workbench.statusItem.getByRole('button', { name: 'V2G: ready' }).waitFor();
  });

  test('a reloaded window has the panel with its result again', async () => {
    const before = await shownSizes();
    await workbench.reload('pointId');
    assert.deepEqual(await shownSizes(), before);
  });

  test('a failed expectation is marked at its line with expected and found', async () => {
    const { page } = workbench;
    await page.locator('.tab', { hasText: 'one-station.v2g' }).click();
    await workbench.goTo('one-station.v2g', 'expect dimension 1');
    await page.keyboard.press('Enter');
    await page.keyboard.type('expect volume at 400 CNY in 5 to 6 MW');
    await page.locator('.codelens-decoration a', { hasText: 'Run tests (2)' }).click();
    // VS Code writes a failure with both values as "found != expected" at the end of the line.
    await page
      .getByText(/^0\.\d+ MW != volume at 400 CNY in 5 to 6 MW/)
      .first()
      .waitFor({ timeout: RUN_TIMEOUT_MS });
    await workbench.screenshot('study-test');
  });

  test('a window without the panel still shows the last result above the study', async () => {
    await workbench.runCommand('File: Save');
    await workbench.runCommand('View: Close All Editors');
    await workbench.page.locator('.tab').first().waitFor({ state: 'detached' });
    await workbench.reload('pointId', { closed: true });
    await workbench.openFile('one-station.v2g');
    await workbench.page.locator('.codelens-decoration', { hasText: 'MW at unlimited' }).waitFor();
  });

  test('Characterize FOR asks which study where the cursor is in none', async () => {
    await workbench.openFile('shift.v2g');
    await workbench.goTo('shift.v2g', 'scenario');
    await workbench.runCommand('V2G: Characterize FOR');
    await workbench.page.getByPlaceholder('Which study?').waitFor();
    const studies = workbench.quickPickRows.locator('.label-name');
    assert.deepEqual(await studies.allInnerTexts(), ['When', 'Hour']);
    await studies.filter({ hasText: 'When' }).click();
    await workbench.webview
      .getByRole('heading', { name: 'When' })
      .first()
      .waitFor({ timeout: RUN_TIMEOUT_MS });
    await workbench.webview.getByRole('button', { name: 'Run again' }).waitFor({ timeout: RUN_TIMEOUT_MS });
    await workbench.page.locator('.tab', { hasText: 'shift.v2g' }).click();
    await workbench.page.locator('.tab', { hasText: 'one-station.v2g' }).click();
  });

  test('lenses follow what is typed and saved in one go', async () => {
    const { page } = workbench;
    await workbench.goTo('one-station.v2g', 'expect dimension 1');
    for (let expectations = 3; expectations < 9; expectations++) {
      await page.keyboard.press('Enter');
      await page.keyboard.type('expect dimension 1');
      await page.keyboard.press('Control+S');
      const lens = page.locator('.codelens-decoration a', { hasText: `Run tests (${expectations})` });
      await lens.waitFor({ timeout: LENS_TIMEOUT_MS });
    }
  });
});

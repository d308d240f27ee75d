import { Workbench } from './workbench.js';

const RUN_TIMEOUT_MS = 80_000;

suite('a virtual workspace in the window', () => {
  let workbench: Workbench;
  suiteSetup(async () => {
    workbench = await Workbench.open({ virtual: true, size: { width: 1600, height: 900 } });
  });
  suiteTeardown(() => workbench.close());
  teardown(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('virtual-failure');
  });

  test('a study of a file on no disk is run into its panel', async () => {
    const { page, webview } = workbench;
    // Quick Open finds nothing where the file system has no search.
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'one-station.v2g' }).dblclick();
    await page.locator('.tab.active', { hasText: 'one-station.v2g' }).waitFor();
    await page.locator('.codelens-decoration a', { hasText: 'Run' }).first().waitFor();
    await workbench.goTo('one-station.v2g', 'study Range');
    await workbench.runCommand('V2G: Characterize FOR');
    await webview.getByRole('button', { name: 'Run again' }).waitFor({ timeout: RUN_TIMEOUT_MS });
  });

  test('the panel leads to the lines of that file, and its lines to the panel', async () => {
    const { page, webview } = workbench;
    await webview.getByRole('tab', { name: 'Map' }).click();
    await webview.getByText('The map as a table').click();
    await webview.getByRole('button', { name: 'bend->plaza', exact: true }).click();
    await page.locator('.monaco-editor .selected-text').first().waitFor();
    const marked = webview.locator('[aria-label^="Map at"] path[stroke-width="10"]');
    await page.locator('.tab', { hasText: 'one-station.v2g' }).first().click();
    await workbench.goTo('one-station.v2g', 'station Plaza');
    await marked.waitFor({ state: 'detached' });
    await workbench.goTo('one-station.v2g', 'link home -> bend');
    await marked.waitFor();
  });
});

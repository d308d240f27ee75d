import assert from 'node:assert/strict';
import { readdirSync, readFileSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { largeScenario } from '../../large/large-scenario.js';
import { builds } from '../builds.js';
import { Workbench } from './workbench.js';

/** A check of the long file is begun within this, on a busy machine, too. */
const CHECK_TIMEOUT_MS = 4_000;
const KEYS = 8;
const START_TIMEOUT_MS = 30_000;
/** The client starts a server that ended again this often; then it says that it failed. */
const RESTARTS = 3;

/** Process of the language server of this window, found by the folder that its extension is installed in. */
function serverProcess({ server }: Workbench): number | undefined {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const found = ids.find((id) => {
    try {
      const command = readFileSync(`/proc/${id}/cmdline`, 'utf8');
      return command.includes(server.dataFolder) && command.includes('dist/server.js');
    } catch {
      // It has ended meanwhile.
      return false;
    }
  });
  return found === undefined ? undefined : Number(found);
}

async function otherServerProcess(workbench: Workbench, old: number | undefined): Promise<number> {
  const end = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < end) {
    const id = serverProcess(workbench);
    if (id !== undefined && id !== old) return id;
    await workbench.page.waitForTimeout(100);
  }
  assert.fail('no language server runs');
}

suite('the language server in the window', () => {
  let workbench: Workbench;
  const status = (name: string | RegExp) =>
    workbench.statusItem.getByRole('button', { name }).waitFor({ timeout: START_TIMEOUT_MS });

  suiteSetup(async () => {
    workbench = await Workbench.open();
    writeFileSync(join(workbench.folder, 'large.v2g'), largeScenario(10_000));
  });
  suiteTeardown(() => workbench.close());
  teardown(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('server-failure');
  });

  test('runs on the Node that runs VS Code', async () => {
    await workbench.openFile('one-station.v2g');
    await status('V2G: ready');
    const id = await otherServerProcess(workbench, undefined);
    assert.equal(readlinkSync(`/proc/${id}/exe`), realpathSync(builds.current.nodePath));
  });

  test('the status item says when a long file is checked, and when that is done', async () => {
    await workbench.openFile('large.v2g');
    const checked = workbench.page.locator('.statusbar-item[data-checked]');
    await workbench.page.locator('.monaco-editor.focused').first().waitFor();
    // The state may pass between two pictures of the window: another key asks for another check.
    for (let key = 0; key < KEYS && (await checked.count()) === 0; key++) {
      await workbench.statusItem.evaluate((item) => {
        const checking = '[aria-label="V2G: checking"]';
        new MutationObserver(() => {
          if (item.querySelector(checking)) item.setAttribute('data-checked', '');
        }).observe(item, { subtree: true, attributeFilter: ['aria-label'] });
        // It may be at it since the file was opened.
        if (item.querySelector(checking)) item.setAttribute('data-checked', '');
      });
      await workbench.page.keyboard.type(' ');
      await checked.waitFor({ state: 'attached', timeout: CHECK_TIMEOUT_MS }).catch(() => undefined);
    }
    assert.equal(await checked.count(), 1);
    await status('V2G: ready');
    await workbench.runCommand('File: Revert File');
  });

  test('the status item shows a running study', async () => {
    await workbench.openFile('one-station.v2g');
    await workbench.goTo('one-station.v2g', 'study Range');
    await workbench.runCommand('V2G: Characterize FOR');
    await status(/Range/);
    await status('V2G: ready');
    await workbench.runCommand('View: Close All Editors');
  });

  test('is started again by the command', async () => {
    await workbench.openFile('one-station.v2g');
    const before = await otherServerProcess(workbench, undefined);
    await workbench.runCommand('V2G: Restart Language Server');
    await otherServerProcess(workbench, before);
    await status('V2G: ready');
  });

  test('comes back by itself, says that it failed when it keeps ending, and the menu starts it again', async () => {
    await workbench.openFile('one-station.v2g');
    await status('V2G: ready');
    let id: number | undefined;
    for (let ends = 0; ends <= RESTARTS; ends++) {
      id = await otherServerProcess(workbench, id);
      process.kill(id, 'SIGKILL');
    }
    await status(/the language server keeps stopping/);
    await workbench.screenshot('server-failed');
    await workbench.statusItem.click();
    await workbench.pick('Restart', 'Restart Language Server');
    await status('V2G: ready');
    await workbench.openFile('one-station.v2g');
    await workbench.page.locator('.monaco-editor.focused').first().waitFor();
    await workbench.page.keyboard.press('Control+End');
    await workbench.page.keyboard.type('nonsense');
    await workbench.squiggles.first().waitFor();
  });
});

/**
 * Takes the pictures of `docs/images` in a real VS Code over the packed extension: `npm run screenshots [-- NAME…]`.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { regionSvg } from '../../src/report/region-svg.js';
import { ResultFile } from '../../src/solver/result.js';
import { openWindow } from './browser.js';
import { builds } from './builds.js';
import { install } from './install.js';
import { keepResult } from './kept-result.js';
import { THEMES } from './ui/themes.js';
import { Workbench } from './ui/workbench.js';

const images = resolve(import.meta.dirname, '../../docs/images');
const themes = { light: 'Default Light Modern' };
const RESULT_TIMEOUT_MS = 900_000;
/** Long enough for a fade, a tooltip or a chart to come to rest. */
const REST_MS = 800;

const calm = {
  'breadcrumbs.enabled': false,
  'editor.minimap.enabled': false,
  'editor.cursorBlinking': 'solid',
  'editor.hover.delay': 200,
  'workbench.activityBar.location': 'hidden',
  'workbench.tips.enabled': false,
};

async function save(workbench: Workbench, name: string): Promise<void> {
  await workbench.page.waitForTimeout(REST_MS);
  await workbench.page.screenshot({ path: join(images, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
}

/** A window without side bar, with `file` open. */
async function open(file: string, theme: string, size = { width: 1100, height: 640 }): Promise<Workbench> {
  const workbench = await Workbench.open({ settings: { ...calm, 'workbench.colorTheme': theme }, size });
  await workbench.openFile(file);
  await workbench.statusItem.getByRole('button', { name: 'V2G: ready' }).waitFor();
  await workbench.page.keyboard.press('Control+B');
  return workbench;
}

/** Pictures by name; each takes a window of its own. */
const pictures: Record<string, () => Promise<void>> = {
  async completion() {
    const workbench = await open('corridor.v2g', themes.light);
    await workbench.goTo('corridor.v2g', 'couple West { node west }');
    await workbench.page.keyboard.press('Enter');
    await workbench.page.keyboard.type('station North { charging { ');
    await workbench.page.keyboard.press('Control+Space');
    await workbench.page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
    await workbench.page.keyboard.press('Control+Space');
    await workbench.page.locator('.suggest-details').first().waitFor();
    await save(workbench, 'completion');
    await workbench.close();
  },

  async hover() {
    const workbench = await open('evening-peak.v2g', themes.light);
    await workbench.goTo('evening-peak.v2g', 'station CS');
    await workbench.runCommand('Show or Focus Hover');
    await workbench.page.locator('.monaco-hover:visible').first().waitFor();
    await save(workbench, 'hover');
    await workbench.close();
  },

  async 'quick-fix'() {
    const workbench = await open('corridor.v2g', themes.light);
    await workbench.goTo('corridor.v2g', 'charging { ports 20, power 60 kW');
    await workbench.page.keyboard.press('Backspace');
    await workbench.page.keyboard.type('Wh');
    await workbench.squiggles.first().waitFor();
    await workbench.page.keyboard.press('Control+.');
    await workbench.page.locator('.action-widget').first().waitFor();
    await save(workbench, 'quick-fix');
    await workbench.close();
  },

  async lens() {
    const workbench = await open('corridor.v2g', themes.light, { width: 1500, height: 640 });
    await workbench.goTo('corridor.v2g', 'study Shift');
    await workbench.runCommand('V2G: Characterize FOR');
    const last = workbench.page.locator('.codelens-decoration', { hasText: 'MW² at unlimited' });
    await last.waitFor({ timeout: RESULT_TIMEOUT_MS });
    await workbench.webview.getByRole('button', { name: 'Run again' }).waitFor();
    await save(workbench, 'lens');
    await workbench.close();
  },

  async 'test-explorer'() {
    const workbench = await open('one-station.v2g', themes.light);
    const { page } = workbench;
    await workbench.goTo('one-station.v2g', 'expect dimension 1');
    await page.keyboard.press('Enter');
    await page.keyboard.type('expect volume at 400 CNY in 5 to 6 MW');
    await page.keyboard.press('Control+S');
    await workbench.runCommand('Testing: Focus on Test Explorer View');
    // VS Code finds no tests in a file that it has not yet been told of.
    await page.locator('.testing-run-glyph').first().waitFor();
    await page.getByRole('treeitem', { name: /one-station/ }).waitFor();
    await workbench.runCommand('Test: Run Tests in Current File');
    await page.getByText('Expected volume at 400 CNY').first().waitFor({ timeout: RESULT_TIMEOUT_MS });
    await save(workbench, 'test-explorer');
    await workbench.close();
  },

  /** One run, or the result of one (`V2G_RESULT=FILE`, as `npm start` writes it), in three themes. */
  async panel() {
    const file = 'evening-peak.v2g';
    const workbench = await open(file, themes.light, { width: 1800, height: 1000 });
    if (process.env.V2G_RESULT) await keepResult(workbench, file, 'Region', process.env.V2G_RESULT);
    await workbench.goTo(file, 'study Region');
    await workbench.runCommand('V2G: Characterize FOR');
    const { webview } = workbench;
    await webview.getByRole('button', { name: 'Run again' }).waitFor({ timeout: RESULT_TIMEOUT_MS });
    for (const { title, body, name } of THEMES) {
      await workbench.runCommand('Preferences: Color Theme');
      await workbench.pick(title, title);
      await webview.locator(`body.${body}`).waitFor();
      // Away from the border between the two, which would light up.
      await webview.locator('h1').hover();
      await save(workbench, `panel-${name}`);
    }
    await workbench.close();
  },

  /** What `npm start` draws, or the same of another result (`V2G_RESULT=FILE`). */
  async 'evening-peak'() {
    const path = process.env.V2G_RESULT ?? resolve(images, '../../out/evening-peak.json');
    if (!existsSync(path)) throw new Error(`${path} is missing: run \`npm start\` first, or set V2G_RESULT`);
    const { scenario, studies } = ResultFile.parse(JSON.parse(readFileSync(path, 'utf8')));
    const region = studies.find((study) => study.kind === 'characterize');
    if (!region) throw new Error(`${path} holds no region`);
    const { browser, page } = await openWindow({ width: 1000, height: 1000 });
    await page.setContent(`<body style="margin: 0">${regionSvg(region, scenario)}</body>`);
    await page.locator('body > svg').screenshot({ path: join(images, 'evening-peak.png') });
    console.log('docs/images/evening-peak.png');
    await browser.close();
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in pictures));
if (unknown.length > 0) {
  throw new Error(`no picture ${unknown.join(', ')}: one of ${Object.keys(pictures).join(', ')}`);
}
install(builds.current);
mkdirSync(images, { recursive: true });
for (const name of asked.length > 0 ? asked : Object.keys(pictures)) await pictures[name]();

/**
 * Pictures of the panel in each theme, width and state, to be looked at: `npx tsx test/webview/shots.mts [FOLDER]`.
 * Data are synthetic.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { bundle, launch, openPanel, type PageOptions } from './page.mjs';
import { answers, status, syntheticFile, view } from './stand-in.mjs';

const folder = process.argv[2] ?? 'test-results/panel';
mkdirSync(folder, { recursive: true });
const code = await bundle();
const browser = await launch();
const only = process.argv[3];

async function shoot(
  name: string,
  options: Partial<PageOptions>,
  act?: (page: import('playwright-core').Page) => Promise<void>,
) {
  if (only && !name.includes(only)) return;
  const panel = await openPanel(browser, code, {
    width: 1280,
    height: 900,
    theme: 'dark',
    answer: answers(),
    ...options,
  });
  await panel.page.waitForTimeout(700);
  await act?.(panel.page);
  await panel.page.waitForTimeout(250);
  await panel.page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
  if (panel.errors.length) console.error(name, panel.errors.slice(0, 5));
  await panel.close();
}
const tab = (name: string) => (page: import('playwright-core').Page) =>
  page.getByRole('tab', { name }).click();
const flat = (count: number) =>
  syntheticFile({
    points: 40,
    axes: ['CS1', 'CS2'].slice(0, count).map((station) => ({ station, interval: 6 })),
  });

for (const theme of ['light', 'dark', 'high-contrast'] as const) {
  await shoot(`region-${theme}`, { theme });
  await shoot(`point-${theme}`, { theme }, tab('Point'));
  await shoot(`map-${theme}`, { theme }, async (page) => {
    await tab('Map')(page);
    await page.waitForTimeout(500);
  });
}
await shoot('table-dark', {}, tab('Table'));
await shoot('narrow-region', { width: 500 });
await shoot('narrow-point', { width: 500 }, tab('Point'));
await shoot('narrow-map', { width: 500 }, async (page) => {
  await tab('Map')(page);
  await page.waitForTimeout(500);
});
await shoot('plane-light', { theme: 'light' }, async (page) => {
  await page.getByRole('button', { name: 'CS1 × CS2' }).click();
});
await shoot('two-axes-light', { theme: 'light', answer: answers(flat(2)) });
await shoot('one-axis-light', { theme: 'light', answer: answers(flat(1)) });
await shoot('markup-dark', {
  answer: answers(syntheticFile({ points: 40, stationName: '<img onerror=alert(1)>' })),
});
const states: [string, unknown[]][] = [
  ['empty', [status({})]],
  ['running-first', [status({ run: { kind: 'running', progress: null } })]],
  [
    'running',
    [
      status({
        run: {
          kind: 'running',
          progress: {
            phase: 'refining',
            done: 118,
            total: 200,
            subsidyCap: 4000,
            budget: '4,000 CNY',
            direction: [0.58, -0.58, 0.58],
            elapsedSeconds: 14,
            remainingSeconds: 11,
          },
        },
      }),
      view(syntheticFile({ points: 60, partial: true })),
    ],
  ],
  ['stale', [status({ stale: true }), view()]],
  [
    'failed',
    [
      status({
        run: {
          kind: 'failed',
          message: 'The solver stopped twice. “V2G: Show Log” has the details; a smaller study may fit.',
        },
      }),
    ],
  ],
  ['cancelled', [status({ run: { kind: 'cancelled' } }), view(syntheticFile({ points: 60, partial: true }))]],
  ['partial', [status({}), view(syntheticFile({ points: 60, partial: true }))]],
];
for (const [name, messages] of states) {
  await shoot(`state-${name}`, {
    theme: 'light',
    width: 700,
    height: 700,
    answer: answers(undefined, messages),
  });
}
await browser.close();

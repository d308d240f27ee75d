/**
 * Measures the panel in its page and checks its accessibility; fails when it is too slow, too large or not accessible.
 * `npx tsx test/webview/measure.mts`
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { reportHtml } from '../../src/report/html.js';
import { bundle, launch, openPanel } from './page.mjs';
import type { themes } from './themes.mjs';
import { answers, status, syntheticFile, view } from './stand-in.mjs';

const FIRST_FRAME_MS = 300;
const FRAMES_PER_SECOND = 30;
const BUNDLE_BYTES = 900_000;

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const failures: string[] = [];
const check = (name: string, ok: boolean, found: string) => {
  console.log(`${ok ? '✓' : '✗'} ${name}: ${found}`);
  if (!ok) failures.push(name);
};

const code = await bundle();
check(
  `bundle below ${BUNDLE_BYTES / 1000} kB`,
  code.script.length < BUNDLE_BYTES,
  `${Math.round(code.script.length / 1000)} kB`,
);
const browser = await launch();
await firstFrame();
await orbit();
for (const theme of ['light', 'dark', 'high-contrast'] as const) await accessiblePanel(theme);
await accessibleReport();
await browser.close();
process.exitCode = failures.length ? 1 : 0;

/** From the arrival of the message to the first picture of 4 hulls with 200 points. */
async function firstFrame() {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const { page, close } = await openPanel(browser, code, {
      width: 1000,
      height: 800,
      theme: 'dark',
      answer: answers(undefined, [status({})]),
    });
    await page.waitForTimeout(300);
    times.push(
      await page.evaluate(async (message) => {
        const start = performance.now();
        window.postMessage(message, '*');
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 1));
          const [mark] = performance.getEntriesByName('v2g-first-frame');
          if (mark) return mark.startTime - start;
        }
      }, view()),
    );
    await close();
  }
  times.sort((a, b) => a - b);
  check(
    `first frame within ${FIRST_FRAME_MS} ms`,
    times[2] <= FIRST_FRAME_MS,
    `median ${times[2].toFixed(0)} ms of ${times.map((t) => t.toFixed(0)).join(', ')}`,
  );
}

/** Turning with the mouse, as a person does, in a picture of 1000 × 800 and more. */
async function orbit() {
  const { page, close } = await openPanel(browser, code, {
    width: 1000,
    height: 1100,
    theme: 'dark',
    answer: answers(),
  });
  await page.addStyleTag({ content: '.picture { position: fixed; inset: 0; width: 1000px; z-index: 9; }' });
  await page.waitForTimeout(1000);
  const canvas = page.locator('.scene canvas');
  const box = (await canvas.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const frames = await page.evaluate(
    async ([fromX, fromY]) => {
      let start = performance.now();
      let count = 0;
      let settled = false;
      while (performance.now() - start < 3000) {
        // The first half second goes into finding the resolution that this machine turns smoothly.
        if (!settled && performance.now() - start > 500)
          [settled, start, count] = [true, performance.now(), 0];
        document.dispatchEvent(
          new PointerEvent('pointermove', {
            pointerId: 1,
            clientX: fromX + count * 3,
            clientY: fromY,
            bubbles: true,
          }),
        );
        await new Promise((resolve) => requestAnimationFrame(resolve));
        count++;
      }
      return count / ((performance.now() - start) / 1000);
    },
    [x, y],
  );
  await page.mouse.up();
  const { width, height } = (await canvas.boundingBox())!;
  const size = `${width} × ${height}`;
  const found = `${frames.toFixed(0)} at ${size}, software rendering`;
  check(`orbit at ${FRAMES_PER_SECOND} frames a second`, frames >= FRAMES_PER_SECOND, found);
  await close();
}

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as {
      axe: {
        run(): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
    };
    const { violations: found } = await checker.run();
    return found.map(
      (v) =>
        `${v.id}: ${v.nodes
          .slice(0, 2)
          .map((n) => `${n.html.slice(0, 120)} ${n.failureSummary}`)
          .join(' | ')}`,
    );
  });
}

async function accessiblePanel(theme: keyof typeof themes) {
  const { page, errors, close } = await openPanel(browser, code, {
    width: 900,
    height: 900,
    theme,
    answer: answers(syntheticFile({ points: 40 })),
  });
  await page.waitForTimeout(600);
  for (const tab of ['Region', 'Point', 'Map', 'Table']) {
    await page.getByRole('tab', { name: tab }).click();
    await page.waitForTimeout(300);
    const found = await violations(page);
    check(`${tab} in ${theme} is accessible (axe)`, found.length === 0, found.join('\n  ') || 'no violation');
  }
  check(`no errors on the console in ${theme}`, errors.length === 0, errors.join('\n  ') || 'none');
  await close();
}

/** From disk, with the network cut off, and on paper. */
async function accessibleReport() {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'v2g-report-')), 'report.html');
  writeFileSync(file, await reportHtml(syntheticFile({ points: 40 })));
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, bypassCSP: true });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`file://${file}`);
  const found = await violations(page);
  check('report is accessible (axe)', found.length === 0, found.join('\n  ') || 'no violation');
  check('report asks for nothing', asked.length === 1, `${asked.length} request`);
  const pdf = await page.pdf({ format: 'A4', path: path.join(path.dirname(file), 'report.pdf') });
  check('report prints', pdf.length > 50_000, `${Math.round(pdf.length / 1000)} kB of PDF`);
  if (process.argv[2]) {
    await page.screenshot({ path: path.join(process.argv[2], 'report.png'), fullPage: true });
    writeFileSync(path.join(process.argv[2], 'report.pdf'), pdf);
  }
  await context.close();
}

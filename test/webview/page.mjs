/**
 * The panel's page outside VS Code: the real bundle with a stand-in for VS Code's API and for the variables of its
 * themes, in Debian's or any other Chromium (CHROMIUM names its executable).
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { webview } from '../../scripts/bundles.mjs';
import { themes } from './themes.mjs';

/** Software rendering, no network: what passes here passes anywhere. */
const FLAGS = [
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

export async function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/** @returns the text of the bundle and of its style sheet, as the build makes them */
export async function bundle() {
  const outdir = mkdtempSync(path.join(tmpdir(), 'v2g-webview-'));
  await build({ ...webview, outdir });
  return {
    script: readFileSync(path.join(outdir, 'webview.js'), 'utf8'),
    style: readFileSync(path.join(outdir, 'webview.css'), 'utf8'),
  };
}

/**
 * Opens the panel in a page of the given size and theme.
 * @param {{ width: number, height: number, theme: string, answer?: Function, state?: unknown, reduced?: boolean }} options
 * `answer` is called with each message of the page; what it returns is sent back
 */
export async function openPanel(
  browser,
  { script, style },
  { width, height, theme, answer, state, reduced },
) {
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: reduced ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.exposeFunction('toPanel', (message) => answer?.(message) ?? []);
  const { kind, variables } = themes[theme];
  const css = Object.entries(variables)
    .map(([name, value]) => `--vscode-${name}: ${value};`)
    .join('');
  await page.setContent(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Panel</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'nonce-n'">
<style>:root{${css}}</style><style>${style}</style></head>
<body class="${kind}"><div id="root" data-uri="file:///evening-peak.v2g"></div>
<script nonce="n">
  let state = ${JSON.stringify(state ?? null)};
  window.sent = [];
  window.acquireVsCodeApi = () => ({
    postMessage(message) { window.sent.push(message); window.toPanel(message).then((all) => all.forEach((m) => window.postMessage(m, '*'))); },
    getState: () => state,
    setState: (s) => { state = s; window.state = s; },
  });
</script>
<script nonce="n">${script.replaceAll('</script', '<\\/script')}</script></body></html>`,
  );
  return { page, errors, close: () => context.close() };
}

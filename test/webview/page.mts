/**
 * The panel's page outside VS Code: the real bundle with a stand-in for VS Code's API and for the variables of its
 * themes, in Debian's or any other Chromium (CHROMIUM names its executable).
 */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page } from 'playwright-core';
import { webview } from '../../scripts/bundles.mjs';
import type { ToPanel } from '../../src/extension/region/protocol.js';
import { themes } from './themes.mjs';

/**
 * Chromium as it comes, on a machine without a graphics card: WebGL is drawn by SwiftShader, which newer versions want
 * to be allowed, and the page is put together in software. Not `--use-angle=swiftshader`: with it Chromium takes
 * SwiftShader for a graphics card and puts the whole page together with it, several times slower. No network.
 */
const FLAGS = [
  '--no-sandbox',
  '--enable-unsafe-swiftshader',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

export async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

export interface Code {
  script: string;
  style: string;
}

/** The bundle and its style sheet, as the build makes them. */
export async function bundle(): Promise<Code> {
  const outdir = mkdtempSync(path.join(tmpdir(), 'v2g-webview-'));
  await build({ ...webview, outdir });
  return {
    script: readFileSync(path.join(outdir, 'webview.js'), 'utf8'),
    style: readFileSync(path.join(outdir, 'webview.css'), 'utf8'),
  };
}

export interface PageOptions {
  width: number;
  height: number;
  theme: keyof typeof themes;
  /** Called with each message of the page; what it returns is sent back. */
  answer?: (message: ToPanel) => unknown[];
  /** What the page kept before it was loaded. */
  state?: unknown;
  reducedMotion?: boolean;
}

export interface OpenPage {
  page: Page;
  /** What the page reported on its console, and what was thrown in it. */
  errors: string[];
  /** What the page has said to the panel. */
  said: ToPanel[];
  /** What the page keeps for the next time. */
  state(): Promise<unknown>;
  close(): Promise<void>;
}

/** Opens the panel in a page of the given size and theme. */
export async function openPanel(
  browser: Browser,
  { script, style }: Code,
  options: PageOptions,
): Promise<OpenPage> {
  const { width, height, theme, answer, state = null, reducedMotion } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const said: ToPanel[] = [];
  await page.exposeFunction('toPanel', (message: ToPanel) => {
    said.push(message);
    return answer?.(message) ?? [];
  });
  const { kind, variables } = themes[theme];
  const css = Object.entries(variables)
    .map(([name, value]) => `--vscode-${name}: ${value};`)
    .join('');
  await page.setContent(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Panel</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'nonce-n'">
<style>:root{${css}}</style><style>${style}</style></head>
<body class="${kind}"><div id="root" data-uri="file:///evening-peak.v2g" data-study="Region"></div>
<script nonce="n">
  let state = ${JSON.stringify(state)};
  window.keptState = () => state;
  window.acquireVsCodeApi = () => ({
    postMessage(message) { window.toPanel(message).then((all) => all.forEach((m) => window.postMessage(m, '*'))); },
    getState: () => state,
    setState: (s) => { state = s; },
  });
</script>
<script nonce="n">${script.replaceAll('</script', '<\\/script')}</script></body></html>`,
  );
  const kept = () => page.evaluate(() => (window as unknown as { keptState(): unknown }).keptState());
  return { page, errors, said, state: kept, close: () => context.close() };
}

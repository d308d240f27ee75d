/** The panel's page for a suite: one browser, a page per test, and nothing on its console. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { PanelState, ToPanel } from '../../src/extension/region/protocol.js';
import { bundle, launch, openPanel, type Code, type OpenPage, type PageOptions } from './page.mjs';
import { answers, syntheticFile } from './stand-in.mjs';

/** Between an input and the state that is kept, on a busy machine. */
export const SETTLE_MS = 150;
export const file = syntheticFile({ points: 40 });

export interface PanelTools {
  /** Opens the page of the test, with `file` unless it is told otherwise. */
  open(options?: Partial<PageOptions>): Promise<OpenPage['page']>;
  /** The page that was opened last. */
  current(): OpenPage;
  state(): Promise<PanelState>;
  /** What the page has sent, of one kind. */
  said<T extends ToPanel['type']>(type: T): Extract<ToPanel, { type: T }>[];
}

export function panelSuite(name: string, define: (tools: PanelTools) => void): void {
  suite(name, () => {
    let browser: Browser;
    let code: Code;
    let panel: OpenPage;
    suiteSetup(async () => {
      [code, browser] = [await bundle(), await launch()];
    });
    suiteTeardown(() => browser.close());
    teardown(async () => {
      assert.deepEqual(panel.errors, []);
      await panel.close();
    });
    define({
      async open(options = {}) {
        const common = { width: 1000, height: 900, theme: 'dark' as const, answer: answers(file) };
        panel = await openPanel(browser, code, { ...common, ...options });
        await panel.page.locator('main[data-run]').waitFor();
        return panel.page;
      },
      current: () => panel,
      state: async () => (await panel.state()) as PanelState,
      said: <T extends ToPanel['type']>(type: T) =>
        panel.said.filter((m): m is Extract<ToPanel, { type: T }> => m.type === type),
    });
  });
}

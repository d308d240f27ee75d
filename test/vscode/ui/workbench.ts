import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { openWindow, type Window } from '../browser.js';
import { builds } from '../builds.js';
import { packedExtension } from '../packed.js';
import { copyWorkspace, remoteUri, startServer, workbenchUrl, type Server } from '../server.js';

const root = resolve(import.meta.dirname, '../../..');
const START_TIMEOUT_MS = 60_000;
/** Between two looks at what VS Code has written down. */
const STORED_POLL_MS = 250;
/** How long VS Code may take to show a log before it is asked again. */
const LOGS_POLL_MS = 500;

export interface WorkbenchOptions {
  /** Folder to open a copy of; `examples` without it. */
  folder?: string;
  settings?: Record<string, unknown>;
  size?: { width: number; height: number };
  /** Open the examples in memory instead, behind a `FileSystemProvider`: `npm run test:vscode` has bundled it. */
  virtual?: boolean;
}

/** A VS Code with the packed extension installed, driven through its user interface as a person would. */
export class Workbench {
  private constructor(
    readonly server: Server,
    readonly window: Window,
    /** The copy of the folder that is open, or what is open in memory as it is on the disk. */
    readonly folder: string,
    private readonly virtual: boolean,
  ) {}

  static async open({
    folder = join(root, 'examples'),
    settings,
    size,
    virtual = false,
  }: WorkbenchOptions = {}): Promise<Workbench> {
    // Without this flag a built VS Code ignores the extension under development in the page's address.
    const args = virtual ? ['--enable-smoke-test-driver'] : [];
    const server = await startServer({ build: builds.current, vsix: [packedExtension()], settings, args });
    const window = await openWindow(size);
    const open = virtual ? folder : copyWorkspace(server, folder);
    const workbench = new Workbench(server, window, open, virtual);
    await workbench.load();
    return workbench;
  }

  get page(): Page {
    return this.window.page;
  }

  /** Loads the window, or loads it again. */
  async load(): Promise<void> {
    const driver = remoteUri(this.server, join(root, 'test/vscode/driver'));
    const address = this.virtual
      ? workbenchUrl(this.server, 'v2g-memory:/examples', [['extensionDevelopmentPath', driver]])
      : workbenchUrl(this.server, this.folder);
    await this.page.goto(address, { waitUntil: 'domcontentloaded' });
    await this.page.locator('.explorer-folders-view').waitFor({ timeout: START_TIMEOUT_MS });
  }

  /**
   * Loads the window again once VS Code has written down a panel and what it keeps, or that it was closed. In a browser it
   * does so every five seconds when it is idle, and not on leaving: what was opened after the last time is lost, and what
   * was closed is there again, whoever did it.
   */
  async reload(kept: string, { closed = false } = {}): Promise<void> {
    // `waitForFunction` takes the promise of an asynchronous function for an answer.
    const until = Date.now() + START_TIMEOUT_MS;
    while ((await this.page.evaluate(storesPanel, kept)) === closed) {
      if (Date.now() > until)
        throw new Error(
          `VS Code has not written down that what holds "${kept}" is ${closed ? 'closed' : 'open'}`,
        );
      await this.page.waitForTimeout(STORED_POLL_MS);
    }
    await this.load();
  }

  async close(): Promise<void> {
    await this.window.browser.close();
    await this.server.stop();
  }

  /** Opens a file by its name and waits for its tab. */
  async openFile(name: string): Promise<void> {
    await this.page.keyboard.press('Control+P');
    await this.pick(name, name);
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
  }

  /** Runs a command by its title from the palette. */
  async runCommand(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.pick(`>${title}`, title);
  }

  /**
   * Waits until VS Code shows logs of extensions. It takes them up some moments after a window has opened, when it is
   * idle, and until then does nothing, and says nothing, when it is asked for one.
   */
  async showsLogs(): Promise<void> {
    const until = Date.now() + START_TIMEOUT_MS;
    while (!(await this.panel.isVisible())) {
      if (Date.now() > until) throw new Error('VS Code does not show the log of the extension');
      await this.runCommand('V2G: Show Log');
      await this.page.waitForTimeout(LOGS_POLL_MS);
    }
    await this.runCommand('View: Hide Panel');
    await this.panel.waitFor({ state: 'hidden' });
  }

  /** Chooses an entry of the quick input that is open or opening. */
  async pick(text: string, row: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget:visible input[type=text]');
    await input.waitFor();
    await input.fill(text);
    const found = this.quickPickRows.filter({ hasText: row }).first();
    await found.waitFor();
    await found.click();
  }

  /** Puts the cursor right behind the first place in a file of the folder where `text` stands; the file is in front. */
  async goTo(file: string, text: string): Promise<void> {
    const before = readFileSync(join(this.folder, file), 'utf8').split(text, 1)[0] + text;
    const lines = before.split('\n');
    // A click on a tab gives the editor the keyboard a moment later, which would close the box again.
    await this.page.locator('.monaco-editor.focused').first().waitFor();
    await this.page.keyboard.press('Control+G');
    const input = this.page.locator('.quick-input-widget:visible input[type=text]');
    await input.fill(`:${lines.length}:${lines.at(-1)!.length + 1}`);
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  get quickPickRows(): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row');
  }

  get statusItem(): Locator {
    return this.page.locator('.statusbar-item[id="v2g-flexibility.v2g-flexibility.v2g.status"]');
  }

  /** Where VS Code shows terminals and logs. */
  get panel(): Locator {
    return this.page.locator('.part.panel');
  }

  get squiggles(): Locator {
    return this.page.locator('.squiggly-error');
  }

  /** The document inside the webview that is shown. */
  get webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** A picture of the window, for people to look at. */
  async screenshot(name: string): Promise<void> {
    const folder = join(root, 'test-results');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }
}

/**
 * Runs in the page: whether that stands in what VS Code's own storage holds of the open editors. It is sent there
 * as text, hence no helper of its own: what tsx adds to named functions does not go with it.
 */
async function storesPanel(kept: string): Promise<boolean> {
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith('vscode-web-state-db')) continue;
    const layout = await new Promise<unknown>((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onerror = () => reject(opening.error!);
      opening.onsuccess = () => {
        const database = opening.result;
        const store = database.transaction('ItemTable', 'readonly').objectStore('ItemTable');
        const reading = store.get('memento/workbench.parts.editor');
        reading.onerror = () => reject(reading.error!);
        reading.onsuccess = () => {
          database.close();
          resolve(reading.result);
        };
      };
    });
    if (String(layout).includes(kept)) return true;
  }
  return false;
}

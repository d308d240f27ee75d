import type { Workbench } from './workbench.js';

export interface Theme {
  /** In VS Code's list of themes. */
  title: string;
  /** Class of the webview's body. */
  body: string;
  /** In the names of pictures. */
  name: string;
}

export const THEMES: readonly Theme[] = [
  { title: 'Light Modern', body: 'vscode-light', name: 'light' },
  { title: 'Dark Modern', body: 'vscode-dark', name: 'dark' },
  { title: 'Dark High Contrast', body: 'vscode-high-contrast', name: 'high-contrast' },
];

/** Long enough for a picture to be drawn at its full resolution. */
const REST_MS = 600;

/** A picture of the window in each theme: "peak-region" becomes "peak-region-light" and so on. */
export async function picturesOf(workbench: Workbench, name: string): Promise<void> {
  for (const theme of THEMES) {
    await workbench.runCommand('Preferences: Color Theme');
    await workbench.pick(theme.title, theme.title);
    await workbench.webview.locator(`body.${theme.body}`).waitFor();
    await workbench.page.waitForTimeout(REST_MS);
    await workbench.screenshot(`${name}-${theme.name}`);
  }
}

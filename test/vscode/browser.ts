import { chromium, type Browser, type Page } from 'playwright-core';

export interface Window {
  readonly browser: Browser;
  readonly page: Page;
  /** Origins outside 127.0.0.1 that the page asked for; every such request is refused. */
  readonly external: ReadonlySet<string>;
}

/**
 * Chromium with everything that is not 127.0.0.1 refused, so that no test leans on a network. Without a graphics card
 * it draws WebGL by SwiftShader, which has to be allowed, and everything else in software.
 */
export async function openWindow(size = { width: 1280, height: 800 }): Promise<Window> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--enable-unsafe-swiftshader',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
  const context = await browser.newContext({ viewport: size, locale: 'en-US' });
  const external = new Set<string>();
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(http|ws)/.test(url.protocol) && url.hostname !== '127.0.0.1') external.add(url.origin);
  });
  return { browser, page: await context.newPage(), external };
}

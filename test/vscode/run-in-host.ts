/**
 * Runs the mocha suite inside the extension host of a real VS Code in which the packed extension is installed:
 * what `@vscode/test-electron` does with a desktop VS Code, here with the server build.
 *
 *   tsx test/vscode/run-in-host.ts VSIX [current|floor] [index|virtual|untrusted]
 *
 * Exit code: that of the suite, 2 when the page crashed, 3 when no answer came in time.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openWindow } from './browser.js';
import { builds } from './builds.js';
import { install } from './install.js';
import { copyWorkspace, remoteUri, startServer, workbenchUrl, type Server } from './server.js';

const TIMEOUT_MS = 240_000;
const CRASHED = 2;
const NO_ANSWER = 3;

/** What VS Code says of itself at every start here; V2G_TEST_VERBOSE shows it. */
const chatter = new RegExp(
  [
    '^(Resolving|Resolved) connection token',
    '^Creating a socket',
    '^\\[reconnection-grace-time\\]',
    '^(Updating|Ignoring fetching) additional builtin',
    '^\\[Service Worker\\] registration',
    '^\\[(AgentHost|AccountPolicyGate)',
    'Could not locate the bindings file',
    './build/Release/watchdog',
    '^getaddrinfo ENOTFOUND',
    "authentication provider 'github'",
  ].join('|'),
);

const root = resolve(import.meta.dirname, '../..');

/** Suites, each with the folder that it runs in and the settings that it needs. */
const suites = {
  index: { settings: {}, folder: (server: Server) => copyWorkspace(server, join(root, 'examples')) },
  virtual: { settings: {}, folder: () => 'v2g-memory:/examples' },
  untrusted: {
    settings: { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' },
    folder(server: Server) {
      const folder = copyWorkspace(server, join(root, 'examples'));
      const wishes = { 'v2g.study.runOnSave': true, 'v2g.study.workers': 64 };
      mkdirSync(join(folder, '.vscode'));
      writeFileSync(join(folder, '.vscode/settings.json'), JSON.stringify(wishes));
      return folder;
    },
  },
};

const [vsix, name = 'current', suite = 'index'] = process.argv.slice(2);
const { settings, folder } = suites[suite as keyof typeof suites];
const build = builds[name as keyof typeof builds];
const verbose = Boolean(process.env.V2G_TEST_VERBOSE);
install(build);
// Without this flag a built VS Code ignores the paths of the test in the page's address.
const server = await startServer({
  build,
  vsix: [vsix],
  verbose,
  settings,
  args: ['--enable-smoke-test-driver'],
});
const { browser, page, external } = await openWindow();
try {
  let end!: (code: number) => void;
  const ended = new Promise<number>((done) => (end = done));
  // Both must be there before the page loads.
  await page.exposeFunction('codeAutomationLog', (type: 'log' | 'warn' | 'error', args: unknown[]) => {
    if (verbose || !chatter.test(args.join(' '))) (console[type] ?? console.log)(...args);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => end(code));
  page.on('crash', () => end(CRASHED));
  await page.goto(
    workbenchUrl(server, folder(server), [
      ['extensionDevelopmentPath', remoteUri(server, join(root, 'test/vscode/driver'))],
      ['extensionTestsPath', remoteUri(server, join(root, 'out-test/suite', `${suite}.cjs`))],
      ['skipWelcome', 'true'],
    ]),
    { waitUntil: 'domcontentloaded' },
  );
  const timer = setTimeout(() => end(NO_ANSWER), TIMEOUT_MS);
  const code = await ended;
  clearTimeout(timer);
  if (code === CRASHED) console.error('the page crashed');
  if (code === NO_ANSWER) console.error(`no answer in ${TIMEOUT_MS / 1000} s\n${server.log().slice(-4000)}`);
  if (code) {
    await page.screenshot({ path: join(root, 'test-results/in-host-failure.png') });
    cpSync(join(server.dataFolder, 'data/logs'), join(root, 'test-results/logs'), { recursive: true });
  }
  if (external.size > 0) console.log('the page asked for', [...external].join(', '));
  process.exitCode = code;
} finally {
  await browser.close();
  await server.stop();
}

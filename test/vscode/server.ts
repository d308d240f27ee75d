import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { serverMain, type Build } from './builds.js';

export interface ServerOptions {
  build: Build;
  /** Packed extensions to install. */
  vsix?: string[];
  /** User settings on top of the ones below. */
  settings?: Record<string, unknown>;
  args?: string[];
  /** Zero for a free one. */
  port?: number;
  verbose?: boolean;
}

export interface Server {
  readonly port: number;
  readonly origin: string;
  /** A folder of this server's own, removed when it stops. */
  readonly dataFolder: string;
  log(): string;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;
const STOP_GRACE_MS = 3_000;

/** Nothing that moves by itself, asks the network, or differs between two runs. */
const quietSettings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'update.mode': 'none',
  'git.openRepositoryInParentFolders': 'never',
  // VS Code in a browser saves by itself otherwise.
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
  'window.dialogStyle': 'custom',
};

/**
 * Starts a VS Code server on 127.0.0.1 with a profile of its own.
 * @throws Error when it is not installed or does not listen within a minute.
 */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { build, vsix = [], settings = {}, args = [], port = 0, verbose = false } = options;
  const main = serverMain(build);
  if (!existsSync(main)) throw new Error(`no VS Code in ${build.folder}: run "npm run vscode:install"`);
  const dataFolder = mkdtempSync(join(tmpdir(), 'v2g-vscode-'));
  const user = join(dataFolder, 'data/User');
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: dataFolder,
    XDG_RUNTIME_DIR: dataFolder,
    // code-server's switch for no marketplace.
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    NODE_OPTIONS: undefined,
    VSCODE_IPC_HOOK_CLI: undefined,
    ELECTRON_RUN_AS_NODE: undefined,
  };
  const common = [
    '--server-data-dir',
    dataFolder,
    '--accept-server-license-terms',
    '--telemetry-level',
    'off',
  ];
  for (const file of vsix) {
    execFileSync(build.nodePath, [main, ...common, '--install-extension', resolve(file)], {
      env,
      stdio: verbose ? 'inherit' : 'pipe',
    });
  }
  let text = '';
  const child = spawn(
    build.nodePath,
    [main, ...common, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token', ...args],
    { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  /** Signals the server's own process group only. */
  const signal = (name: NodeJS.Signals): void => {
    try {
      process.kill(-child.pid!, name);
    } catch {
      // It has ended already.
    }
  };
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((done) => child.once('exit', done));
      signal('SIGTERM');
      const timer = setTimeout(() => signal('SIGKILL'), STOP_GRACE_MS);
      await ended;
      clearTimeout(timer);
    }
    signal('SIGKILL');
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const listening = await new Promise<number>((started, failed) => {
      const timer = setTimeout(() => failed(new Error(`VS Code did not start\n${text}`)), START_TIMEOUT_MS);
      const read = (data: Buffer): void => {
        text += data.toString();
        if (verbose) process.stderr.write(data);
        const match = /Extension host agent listening on (\d+)/.exec(text);
        if (match) {
          clearTimeout(timer);
          started(Number(match[1]));
        }
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code) => failed(new Error(`VS Code ended with ${code}\n${text}`)));
    });
    const origin = `http://127.0.0.1:${listening}`;
    return { port: listening, origin, dataFolder, log: () => text, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A copy of `folder` that tests may write to; it goes when the server stops. */
export function copyWorkspace(server: Server, folder: string): string {
  const to = join(server.dataFolder, 'workspaces', basename(resolve(folder)));
  cpSync(folder, to, { recursive: true });
  return to;
}

/**
 * Address of the workbench with `folder` open, a path or the address of a virtual folder; `payload` as VS Code's own test
 * driver reads it.
 */
export function workbenchUrl(server: Server, folder: string, payload: [string, string][] = []): string {
  const query = new URLSearchParams({ folder: /^[\w-]{2,}:/.test(folder) ? folder : resolve(folder) });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${server.origin}/?${query}`;
}

export const remoteUri = (server: Server, path: string): string =>
  `vscode-remote://127.0.0.1:${server.port}${resolve(path)}`;

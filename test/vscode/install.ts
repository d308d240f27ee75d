/**
 * Installs VS Code's server build with its real Node extension host from npm packages: no install script runs,
 * nothing is compiled, nothing but the npm registry is contacted.
 *
 *   tsx test/vscode/install.ts [current|floor]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builds, serverMain, type Build } from './builds.js';

/** Built-in extensions and packages that need an account or a network, and that no test uses. */
const unused = [
  'node_modules/@github',
  'node_modules/@microsoft/mxc-sdk',
  ...[
    'copilot',
    'github-authentication',
    'microsoft-authentication',
    'mermaid-markdown-features',
    'ms-vscode.js-debug',
    'ms-vscode.js-debug-companion',
    'ms-vscode.vscode-js-profile-table',
    'notebook-renderers',
    'tunnel-forwarding',
    'simple-browser',
  ].map((name) => `extensions/${name}`),
];

const npmInstall = (folder: string, ...args: string[]): void => {
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...args];
  execFileSync('npm', ['install', ...options], { cwd: folder, stdio: 'inherit' });
};

/** Installs `build` unless this very version is there already; an interrupted installation starts anew. */
export function install(build: Build): void {
  const mark = join(build.folder, '.installed');
  const version = [build.codeServer, build.node].join(' ');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === version) return;
  rmSync(build.folder, { recursive: true, force: true });
  mkdirSync(build.folder, { recursive: true });
  writeFileSync(join(build.folder, 'package.json'), '{"private":true}');
  npmInstall(build.folder, '--save-exact', build.codeServer, ...(build.node ? [build.node] : []));
  const vscode = join(build.folder, 'node_modules/code-server/lib/vscode');
  // Not `npm ci`: the shrinkwrap in there is out of step with its package.json.
  npmInstall(vscode, '--omit=dev');
  for (const path of unused) rmSync(join(vscode, path), { recursive: true, force: true });
  execFileSync(build.nodePath, [serverMain(build), '--version'], { stdio: 'inherit' });
  writeFileSync(mark, version);
}

if (process.argv[1] === import.meta.filename) {
  const name = process.argv[2] ?? 'current';
  if (!(name in builds)) throw new Error(`unknown build "${name}": one of ${Object.keys(builds).join(', ')}`);
  install(builds[name as keyof typeof builds]);
}

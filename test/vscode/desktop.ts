/**
 * Runs the mocha suite in a desktop VS Code, by `@vscode/test-electron`: the one named by VSCODE_EXECUTABLE, or the
 * newest stable one, which is downloaded.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from '@vscode/test-electron';
import { packedExtension } from './packed.js';

const NO_VSCODE = 3;

const root = resolve(import.meta.dirname, '../..');
const executable = process.env.VSCODE_EXECUTABLE ?? (await download());
const scratch = mkdtempSync(join(tmpdir(), 'v2g-desktop-'));
const profile = [
  `--extensions-dir=${join(scratch, 'extensions')}`,
  `--user-data-dir=${join(scratch, 'user')}`,
];
try {
  const [cli] = resolveCliArgsFromVSCodeExecutablePath(executable);
  const installed = spawnSync(cli, [...profile, '--install-extension', packedExtension()], {
    stdio: 'inherit',
  });
  if (installed.status !== 0) throw new Error(`${cli} could not install ${packedExtension()}`);
  const workspace = join(scratch, 'examples');
  cpSync(join(root, 'examples'), workspace, { recursive: true });
  process.exitCode = await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: join(root, 'test/vscode/driver'),
    extensionTestsPath: join(root, 'out-test/suite/index.cjs'),
    launchArgs: [workspace, ...profile, '--skip-welcome', '--disable-workspace-trust'],
  });
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** The newest stable VS Code; where it cannot be had, says what to do instead. */
async function download(): Promise<string> {
  try {
    return await downloadAndUnzipVSCode('stable');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(
      `No desktop VS Code could be downloaded (${reason}). Name one that is installed, VSCODE_EXECUTABLE=/usr/share/code/code npm run test:desktop, or run the same suite in VS Code's server build: npm run test:vscode.`,
    );
    process.exit(NO_VSCODE);
  }
}

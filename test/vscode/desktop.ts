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

const root = resolve(import.meta.dirname, '../..');
const executable = process.env.VSCODE_EXECUTABLE ?? (await downloadAndUnzipVSCode('stable'));
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

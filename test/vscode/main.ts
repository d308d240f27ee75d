/** Everything that is tested in a real VS Code, over the packed extension. */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packedExtension } from './packed.js';

const root = resolve(import.meta.dirname, '../..');
mkdirSync(join(root, 'test-results'), { recursive: true });

/** Runs one script with its arguments and says whether it passed. */
function passes(script: string, ...args: string[]): boolean {
  console.log(`\n${script} ${args.slice(1).join(' ')}`);
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const file = join(import.meta.dirname, script);
  return spawnSync(process.execPath, [tsx, file, ...args], { stdio: 'inherit' }).status === 0;
}

const vsix = packedExtension();
const mocha = join(root, 'node_modules/mocha/bin/mocha.js');

/** Tests through the user interface, in this process's own mocha. */
function uiPasses(): boolean {
  console.log('\nthrough the user interface');
  const args = ['--import', 'tsx', mocha, '--ui', 'tdd', '--timeout', '180000', 'test/vscode/ui/*.test.ts'];
  return spawnSync(process.execPath, args, { stdio: 'inherit', cwd: root }).status === 0;
}

const results = [
  passes('run-in-host.ts', vsix, 'current'),
  passes('run-in-host.ts', vsix, 'floor'),
  passes('run-in-host.ts', vsix, 'current', 'virtual'),
  passes('run-in-host.ts', vsix, 'current', 'untrusted'),
  uiPasses(),
];
process.exitCode = results.every(Boolean) ? 0 : 1;

/** The evening peak through the user interface, in a mocha of its own: `npm run test:evening-peak [-- full]`. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { builds } from './builds.js';
import { install } from './install.js';

const root = resolve(import.meta.dirname, '../..');
install(builds.current);
const { status } = spawnSync(
  process.execPath,
  [
    ...['--import', 'tsx', join(root, 'node_modules/mocha/bin/mocha.js'), '--ui', 'tdd'],
    ...['--timeout', '1800000', 'test/vscode/ui/evening-peak.long.ts'],
  ],
  {
    stdio: 'inherit',
    cwd: root,
    env: { ...process.env, V2G_FULL: process.argv.includes('full') ? '1' : '0' },
  },
);
process.exitCode = status ?? 1;

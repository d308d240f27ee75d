/** Checks, runs and verifies every example by the command line, as its users do; the results go to out/. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import manifest from '../package.json' with { type: 'json' };

const cli = manifest.bin.v2g;
const examples = readdirSync('examples', { recursive: true })
  .map((name) => join('examples', String(name)))
  .filter((name) => name.endsWith('.v2g'))
  .sort();
let passed = 0;
let failed = 0;

function v2g(...args) {
  const start = Date.now();
  const { status, signal } = spawnSync(process.execPath, [cli, ...args], { stdio: 'inherit' });
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(
    `v2g ${args.join(' ')}: ${status === 0 ? 'ok' : `failed (${status ?? signal})`}, ${seconds} s\n`,
  );
  if (status === 0) passed++;
  else failed++;
}

mkdirSync('out', { recursive: true });
v2g('check', ...examples);
v2g('format', '--check', ...examples);
for (const file of examples.filter((name) => !name.includes('feeders'))) {
  const result = join('out', `${basename(file, '.v2g')}.json`);
  v2g('run', file, '--json', result, '--svg', result.replace('.json', '.svg'));
  v2g('verify', result);
}
console.log(`${passed} passing\n${failed} failing`);
process.exitCode = failed > 0 ? 1 : 0;

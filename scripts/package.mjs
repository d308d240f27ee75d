/** Packs the extension; a warning of `vsce`, a file too much or a package too large is an error. */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';

const LARGEST_BYTES = 2.5e6;
const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');

function run(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [vsce, ...args], { encoding: 'utf8' });
  process.stderr.write(stderr);
  if (status !== 0) process.exit(status ?? 1);
  return { stdout, all: stdout + stderr };
}

const problems = [];
const { stdout, all } = run('package', '--no-dependencies');
process.stdout.write(stdout);
if (/warn/i.test(all)) problems.push('vsce warns: see above.');

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const { size } = statSync(`${name}-${version}.vsix`);
if (size > LARGEST_BYTES) problems.push(`${size} bytes are more than ${LARGEST_BYTES}.`);

/** What .vscodeignore lets in, said a second time: sources, maps and tests never belong to the package. */
const allowed =
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|language-configuration\.json|dist\/[\w.-]+\.(js|css|wasm)|examples\/[\w/-]+\.v2g|media\/[\w/-]+\.(png|svg)|schemas\/[\w.]+\.json|syntaxes\/v2g\.tmLanguage\.json)$/;
const files = run('ls', '--no-dependencies').stdout.trim().split('\n');
for (const file of files) if (!allowed.test(file)) problems.push(`${file} does not belong to the package.`);

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

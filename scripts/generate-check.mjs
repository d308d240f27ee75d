/** Fails when a generated file in git differs from what its generator writes now. */
import { execFileSync } from 'node:child_process';

const generated = ['src/language/generated', 'syntaxes', 'schemas'];
const status = execFileSync('git', ['status', '--porcelain', '--', ...generated], { encoding: 'utf8' });
if (status) {
  console.error(`Generated files are out of date; run "npm run generate" and commit:\n${status}`);
  process.exitCode = 1;
}

import { execFileSync } from 'node:child_process';
import { constants, getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';

const entry = fileURLToPath(new URL('./background.ts', import.meta.url));

/** Nice values of a process that works in the background and of a thread that it starts then. */
function priorities(): number[] {
  const { outputFiles } = buildSync({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
  });
  // A thread asks by its own number: process and thread are "1234/task/1240".
  const thread = `const { readlinkSync } = require('node:fs');
    require('node:worker_threads').parentPort.postMessage(
      require('node:os').getPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1))))`;
  const program = `${outputFiles[0].text}; module.exports.workInBackground();
    const own = require('node:os').getPriority();
    new (require('node:worker_threads').Worker)(${JSON.stringify(thread)}, { eval: true })
      .on('message', (its) => console.log(JSON.stringify([own, its])));`;
  return JSON.parse(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' })) as number[];
}

describe.runIf(process.platform === 'linux')('a study in the background', () => {
  it('has a lower priority than the editor, in its workers, too', () => {
    const lower = Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL);
    expect(priorities()).toEqual([lower, lower]);
  });
});

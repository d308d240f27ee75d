import { constants, getPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const entry = fileURLToPath(new URL('./background.ts', import.meta.url));

/** Nice values of a thread that works in the background and of one that it starts. */
async function priorities(): Promise<number[]> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
  });
  const ask = `const { readlinkSync } = require('node:fs'); const { getPriority } = require('node:os');
    const mine = () => getPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)));
    const { parentPort, Worker } = require('node:worker_threads');`;
  const child = `${ask} parentPort.postMessage([mine()]);`;
  const parent = `${outputFiles[0].text}; module.exports.workInBackground(); ${ask}
    new Worker(${JSON.stringify(child)}, { eval: true }).on('message', (m) => parentPort.postMessage([mine(), ...m]));`;
  return new Promise((resolve, reject) => {
    new Worker(parent, { eval: true }).on('message', resolve).on('error', reject);
  });
}

describe.runIf(process.platform === 'linux')('a study in the background', () => {
  it('has a lower priority than the process, in its workers, too', async () => {
    const own = getPriority();
    const found = await priorities();
    const lower = Math.max(own, constants.priority.PRIORITY_BELOW_NORMAL);
    expect(found).toEqual([lower, lower]);
    expect(getPriority()).toBe(own);
  });
});

import { describe, expect, it } from 'vitest';
import { twoStations } from '../../../test/fixtures/two-stations.js';
import type { CharacterizeResult } from '../../solver/result.js';
import type { WarmStart } from '../../solver/study-run.js';
import type { CharacterizeSpec } from '../../solver/study-spec.js';
import { HeldResults } from './held-results.js';
import { runFamily, type StudyRunner } from './run-family.js';
import type { EarlierResults, FromRunner } from './runner-protocol.js';

const file = twoStations(2);
const region = file.studies[0] as CharacterizeResult;
const spec: CharacterizeSpec = {
  ...{ kind: 'characterize', name: region.name, axes: region.axes, subsidyCaps: [1], expectations: [] },
  directions: region.directions,
};

/** @returns the process's last word, and what the run started from. */
async function run(held: HeldResults, key: string, earlier?: EarlierResults, runner?: StudyRunner) {
  const said: FromRunner[] = [];
  let warm: WarmStart | undefined;
  await runFamily(
    { scenario: file.scenario, studies: [spec], workers: 1, key, ...(earlier ? { earlier } : {}) },
    runner ??
      (async (_, __, options) => {
        warm = options.warm;
        return region;
      }),
    { run: async () => [], dispose: async () => {} },
    new AbortController().signal,
    (message) => said.push(message),
    held,
  );
  return { end: said.at(-1), warm };
}

describe('what a process holds of its last run', () => {
  it('is what the next one starts from, as it would from the text', async () => {
    const held = new HeldResults();
    expect((await run(held, '1')).end).toEqual({ type: 'end', holds: '1' });
    const { warm, end } = await run(held, '2', { key: '1' });
    expect(warm).toEqual({ scenario: file.scenario, result: region });
    expect(end).toEqual({ type: 'end', holds: '2' });
    const text = JSON.stringify({ ...file, studies: [region] });
    expect((await run(held, '3', { text })).warm).toEqual(JSON.parse(JSON.stringify(warm)));
  });

  it('stays that of the last run which came to its end', async () => {
    const held = new HeldResults();
    await run(held, '1');
    const partial: CharacterizeResult = { ...region, partial: true };
    expect((await run(held, '2', undefined, async () => partial)).end).toEqual({ type: 'end', holds: '1' });
    const failing: StudyRunner = async () => Promise.reject(new Error('no'));
    expect((await run(held, '3', undefined, failing)).end).toEqual({ type: 'end', holds: '1' });
  });

  it('is not taken for that of another run', async () => {
    await expect(run(new HeldResults(), '2', { key: '1' })).rejects.toThrow(/not here/);
  });
});

import { describe, expect, it, vi } from 'vitest';
import { twoStations } from '../../../test/fixtures/two-stations.js';
import type { ScenarioAnswer } from '../../language/protocol.js';
import type { CharacterizeResult } from '../../solver/result.js';
import type { CharacterizeSpec } from '../../solver/study-spec.js';
import type { RunEnd, RunMessage } from '../region/study-process.js';
import { testByRunning, type RunTesterDependencies } from './run-tester.js';

const file = twoStations(2);
const result = file.studies[0] as CharacterizeResult;
const spec: CharacterizeSpec = {
  kind: 'characterize',
  name: result.name,
  axes: result.axes,
  subsidyCaps: result.regions.map(({ subsidyCap }) => subsidyCap),
  directions: result.directions,
  expectations: [
    { kind: 'dimension', value: 2, text: 'expect dimension 2' },
    { kind: 'dimension', value: 3, text: 'expect dimension 3' },
  ],
};
const answer: ScenarioAnswer = { version: 1, scenario: file.scenario, studies: [spec], errors: [] };
const never = { onCancellationRequested: () => ({ dispose: () => {} }) };

function dependencies(
  messages: RunMessage[],
  { end = { kind: 'done' }, scenario = answer }: { end?: RunEnd; scenario?: ScenarioAnswer } = {},
) {
  const cancel = vi.fn();
  const start = vi.fn((_request, onMessage: (message: RunMessage) => void) => {
    for (const message of messages) onMessage(message);
    return { end: Promise.resolve(end), cancel };
  });
  const onProgress = vi.fn();
  const deps: RunTesterDependencies<string> = {
    scenario: () => Promise.resolve(scenario),
    start,
    workers: () => 2,
    onProgress,
  };
  return { deps, start, cancel, onProgress };
}

describe('testing a study by running it', () => {
  it('gives one outcome per expectation, with what was found', async () => {
    const { deps, start, onProgress } = dependencies([{ type: 'result', plans: [], result }]);
    const outcomes = await testByRunning(deps, 'file:///a.v2g', spec.name, never);
    expect(outcomes.map(({ passed }) => passed)).toEqual([true, false]);
    expect(outcomes[1]).toMatchObject({ expected: 'dimension 3', found: 'dimension 2' });
    expect(start.mock.calls[0][0]).toMatchObject({ workers: 2, studies: [{ name: spec.name }] });
    expect(onProgress).toHaveBeenLastCalledWith(spec.name, null);
  });

  it('runs the region before a study that builds on it', async () => {
    const compare = {
      kind: 'compare' as const,
      name: 'C',
      region: spec.name,
      staticIntervalH: 0.5,
      expectations: [],
    };
    const { deps, start } = dependencies([], { scenario: { ...answer, studies: [compare, spec] } });
    await testByRunning(deps, 'file:///a.v2g', 'C', never);
    expect(start.mock.calls[0][0].studies.map(({ name }: { name: string }) => name)).toEqual([
      spec.name,
      'C',
    ]);
  });

  it('says why a study could not be run', async () => {
    const skipped = dependencies([{ type: 'skipped', study: spec.name, message: 'no path from a to b' }]);
    await expect(testByRunning(skipped.deps, 'a', spec.name, never)).rejects.toThrow('no path from a to b');
    const failed = dependencies([], { end: { kind: 'failed', message: 'its process stopped' } });
    await expect(testByRunning(failed.deps, 'a', spec.name, never)).rejects.toThrow('its process stopped');
    const broken = dependencies([], { scenario: { ...answer, scenario: null, errors: ['a.v2g:1:1 wrong'] } });
    await expect(testByRunning(broken.deps, 'a', spec.name, never)).rejects.toThrow('a.v2g:1:1 wrong');
    expect(broken.start).not.toHaveBeenCalled();
  });

  it('cancels the run', async () => {
    const { deps, cancel } = dependencies([]);
    const now = {
      onCancellationRequested(listener: () => void) {
        listener();
        return { dispose: () => {} };
      },
    };
    await testByRunning(deps, 'a', spec.name, now);
    expect(cancel).toHaveBeenCalledOnce();
  });
});

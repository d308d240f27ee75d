import { serialize } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { syntheticResult } from '../../../test/fixtures/synthetic-result.js';
import { findPoint } from '../../report/derive.js';
import type { CharacterizeResult } from '../../solver/result.js';
import { NO_PLAN, planOf, recordOf, textOf, withStudy } from './plans.js';
import { runFamily } from './run-family.js';
import type { FromRunner, Parcel } from './runner-protocol.js';

const file = syntheticResult({ points: 16, stationName: '"plan":{"coupons":[],"flows":[]' });
const region = file.studies[0] as CharacterizeResult;

describe('a result without its plans', () => {
  const record = recordOf(file);

  it('is whole again as text', () => {
    // Sixteen on the boundary, one without coupons, one of the dispatch.
    expect(record.plans).toHaveLength(18);
    expect(JSON.stringify(record.result)).not.toContain('"departures"');
    expect(textOf(record)).toBe(JSON.stringify(file));
  });

  it('finds the plan of each point', () => {
    for (const id of ['free', '0/0', '1/3']) {
      const bare = findPoint(record.result, 'Region', id)!;
      expect(bare.plan).toBe(NO_PLAN);
      expect(planOf(record, bare)).toEqual(findPoint(file, 'Region', id)!.plan);
    }
    expect(planOf(record, { ...region.couponFree! })).toBeNull();
  });
});

describe('a study that was asked about', () => {
  it('takes the place of what it was, with its plans', () => {
    const query = {
      targetMw: [1, 1, 1],
      subsidyCap: 1,
      status: 'reached' as const,
      point: region.regions[0].points[1],
      distanceMw: 0,
      requiredSubsidy: 1,
      reason: null,
      seconds: 0,
    };
    const asked = { ...region, queries: [query] };
    const bare = recordOf({ ...file, studies: [asked] });
    const record = withStudy(recordOf(file), bare.result.studies[0], bare.plans);
    const whole = { ...file, studies: [asked, ...file.studies.slice(1)] };
    expect(textOf(record)).toBe(JSON.stringify(whole));
  });
});

describe('plans on their way', () => {
  it('are sent once, however often a region grows', async () => {
    const messages: FromRunner[] = [];
    const request = {
      scenario: file.scenario,
      workers: 1,
      studies: [
        {
          kind: 'characterize' as const,
          name: 'Region',
          axes: region.axes,
          subsidyCaps: [1],
          directions: region.directions,
          expectations: [],
        },
      ],
    };
    await runFamily(
      request,
      async (_, __, { onPartial }) => {
        onPartial?.(() => region);
        return region;
      },
      { run: async () => [], dispose: async () => {} },
      new AbortController().signal,
      (message) => messages.push(message),
    );
    const [partial, result] = messages as unknown as Parcel<CharacterizeResult>[];
    expect(partial.newPlans).toHaveLength(17);
    expect(result.newPlans).toEqual([]);
    expect(result.plans).toEqual(partial.plans);
    expect(serialize(result).length).toBeLessThan(serialize(partial).length / 10);
  });
});

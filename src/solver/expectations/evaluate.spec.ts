import { describe, expect, it } from 'vitest';
import { twoStations } from '../../../test/fixtures/two-stations.js';
import type { CharacterizeResult, CompareResult, DispatchResult, Region } from '../result.js';
import type { Expectation, StudySpec } from '../study-spec.js';
import { evaluateExpectations, regionAxes } from './evaluate.js';

// Boxes of side 1 MW without a budget and half of it with 30 CNY, worked out in the fixture.
const result = twoStations(2).studies[0] as CharacterizeResult;
const spec: StudySpec = {
  kind: 'characterize',
  name: 'Region',
  axes: result.axes,
  subsidyCaps: [30, null],
  directions: result.directions,
  expectations: [],
};

function judge(expectation: Expectation, found: Parameters<typeof evaluateExpectations>[1] = result) {
  const study: StudySpec =
    found?.kind === 'dispatch'
      ? {
          kind: 'dispatch',
          name: 'D',
          region: 'Region',
          reserve: null,
          tiers: [],
          expectations: [expectation],
        }
      : found?.kind === 'compare'
        ? { kind: 'compare', name: 'C', region: 'Region', staticIntervalH: 0.5, expectations: [expectation] }
        : { ...spec, expectations: [expectation] };
  const [outcome] = evaluateExpectations(study, found, regionAxes(study, [spec]), 'CNY');
  return outcome;
}

const volume = (subsidyCap: number | null, min: number, max: number): Expectation => ({
  kind: 'volume',
  subsidyCap,
  min,
  max,
  text: `expect volume at ${subsidyCap} CNY in ${min} to ${max} MW^2`,
});

describe('expectations of a study over a range of times', () => {
  // The same boxes an interval later, but half as large without a budget.
  const [first] = result.axes;
  const later: CharacterizeResult = {
    ...result,
    interval: first.interval,
    laterIntervals: [
      {
        ...result,
        interval: first.interval + 1,
        axes: result.axes.map((axis) => ({ ...axis, interval: axis.interval + 1 })),
        regions: result.regions.map((region) => ({ ...region, measure: 0.5 })),
      },
    ],
  };
  const at = (interval: number): Expectation => ({
    ...(volume(null, 0.4, 0.6) as Extract<Expectation, { kind: 'volume' }>),
    interval,
  });

  it('hold at each interval where no time is named, and say which one they miss', () => {
    expect(judge(volume(30, 0.4, 0.6), later).passed).toBe(true);
    expect(judge(volume(null, 0.4, 0.6), later)).toMatchObject({
      passed: false,
      found: `1 MW^2 at interval ${first.interval}, 0.5 MW^2 at interval ${first.interval + 1}`,
    });
  });

  it('hold at the interval that is named', () => {
    expect(judge(at(first.interval), later).passed).toBe(false);
    expect(judge(at(first.interval + 1), later)).toMatchObject({ passed: true, found: '0.5 MW^2' });
    expect(judge(at(first.interval + 2), later)).toMatchObject({ passed: false });
  });
});

describe('expectations of a region', () => {
  it('holds the measure against its bounds, both inclusive, and says what was found in the same unit', () => {
    expect(judge(volume(30, 0.4, 0.6))).toEqual({
      passed: true,
      expected: 'volume at 30 CNY in 0.4 to 0.6 MW^2',
      found: '0.5 MW^2',
    });
    expect(judge(volume(null, 0.4, 0.6))).toMatchObject({ passed: false, found: '1 MW^2' });
    expect(judge(volume(30, 0.51, 0.6)).passed).toBe(false);
  });

  it('holds the whole range of the axis that is named, also where a station has several', () => {
    const [first, second] = result.axes;
    const range = (minMw: number, maxMw: number, interval: number): Expectation => ({
      kind: 'range',
      station: first.station,
      interval,
      subsidyCap: 30,
      minMw,
      maxMw,
      text: 'expect range',
    });
    const moved: CharacterizeResult = {
      ...result,
      regions: result.regions.map((region) => ({
        ...region,
        ranges: [region.ranges[0], { min: 5, max: 6 }],
      })),
    };
    expect(judge(range(-0.2, 0.8, first.interval), moved)).toMatchObject({
      passed: true,
      found: '-0.2 to 0.8 MW',
    });
    expect(judge(range(-0.19, 0.8, first.interval), moved).passed).toBe(false);
    expect(judge(range(-0.2, 0.8, second.interval), moved)).toMatchObject({
      passed: false,
      found: '5 to 6 MW',
    });
  });

  it('asks the dimension of every budget, and says where it differs', () => {
    const flat: CharacterizeResult = {
      ...result,
      regions: result.regions.map((region, index) => (index === 0 ? { ...region, dimension: 1 } : region)),
    };
    const dimension: Expectation = { kind: 'dimension', value: 2, text: 'expect dimension 2' };
    expect(judge(dimension)).toMatchObject({ passed: true, found: 'dimension 2' });
    expect(judge(dimension, flat)).toMatchObject({
      passed: false,
      found: 'dimension 1 at 30 CNY, dimension 2 at unlimited subsidy',
    });
  });

  it('wants a gap that was computed, and strictly below', () => {
    const gap: Expectation = { kind: 'gap', below: 0.03, text: 'expect gap below 3 %' };
    const withGap = (estimatedGap: number | null): CharacterizeResult => ({
      ...result,
      regions: result.regions.map((region) => ({ ...region, estimatedGap })),
    });
    expect(judge(gap, withGap(0.0299))).toMatchObject({ passed: true, found: 'gap 2.99 %' });
    expect(judge(gap, withGap(0.03)).passed).toBe(false);
    expect(judge(gap, withGap(null))).toMatchObject({ passed: false, found: 'no gap computed' });
  });

  it('finds nothing true of a budget without a region, of a partial study, and of no study', () => {
    expect(judge(volume(77, 0, 9))).toMatchObject({ passed: false, found: 'no region at 77 CNY' });
    const empty: Region = { ...result.regions[0], points: [], measure: 0 };
    expect(judge(volume(30, 0, 9), { ...result, regions: [empty] }).passed).toBe(false);
    expect(judge(volume(30, 0, 9), { ...result, partial: true })).toMatchObject({
      passed: false,
      found: 'a study that did not end',
    });
    expect(judge(volume(30, 0, 9), undefined)).toMatchObject({ passed: true });
    expect(evaluateExpectations({ ...spec, expectations: [volume(30, 0, 9)] }, undefined, [], 'CNY')).toEqual(
      [{ passed: false, expected: 'volume at 30 CNY in 0 to 9 MW^2', found: 'no result' }],
    );
  });

  it('means the static regions of a comparison', () => {
    const compare: CompareResult = {
      kind: 'compare',
      name: 'C',
      dynamic: 'Region',
      static: [{ ...result.regions[0], measure: 3, dimension: 1 }],
    };
    expect(judge(volume(30, 2, 4), compare)).toMatchObject({ passed: true, found: '3 MW^2' });
    expect(judge({ kind: 'dimension', value: 1, text: 'expect dimension 1' }, compare).passed).toBe(true);
  });
});

describe('expectations of a dispatch', () => {
  const dispatch: DispatchResult = {
    kind: 'dispatch',
    name: 'D',
    region: 'Region',
    reserve: null,
    tier: 2000,
    subsidy: 1500,
    averageChargingPricePerKwh: 1,
    costs: null,
    point: result.regions[0].points[0],
    regions: [
      { subsidyCap: 1000, inside: false, distanceMw: -0.25 },
      { subsidyCap: 2000, inside: true, distanceMw: 0 },
    ],
    tiers: [],
  };
  const tier = (subsidyCap: number): Expectation => ({ kind: 'tier', subsidyCap, text: 'expect tier' });
  const side = (kind: 'inside' | 'outside', subsidyCap: number): Expectation => ({
    kind,
    subsidyCap,
    text: `expect ${kind}`,
  });

  it('holds the tier that was chosen', () => {
    expect(judge(tier(2000), dispatch)).toMatchObject({ passed: true, found: 'tier 2000 CNY' });
    expect(judge(tier(1000), dispatch).passed).toBe(false);
    const none: DispatchResult = { ...dispatch, tier: null, point: null, regions: [] };
    expect(judge(tier(2000), none)).toMatchObject({ passed: false, found: 'no feasible operating point' });
    expect(judge(side('outside', 1000), none).passed).toBe(false);
  });

  it('holds the side of the boundary on which the operating point lies; the boundary is inside', () => {
    expect(judge(side('inside', 2000), dispatch)).toMatchObject({ passed: true });
    expect(judge(side('outside', 1000), dispatch)).toMatchObject({
      passed: true,
      found: 'outside, 0.25 MW from the boundary',
    });
    expect(judge(side('inside', 1000), dispatch).passed).toBe(false);
    const beyond = { ...dispatch, regions: [{ subsidyCap: 2000, inside: true, distanceMw: -0.003 }] };
    expect(judge(side('inside', 2000), beyond)).toMatchObject({
      passed: true,
      found: 'inside, 0.003 MW beyond what was found of the region',
    });
    expect(judge(side('outside', 2000), dispatch).passed).toBe(false);
    expect(judge(side('inside', 5), dispatch)).toMatchObject({ passed: false, found: 'no region at 5 CNY' });
  });
});

import { expect, it } from 'vitest';
import { syntheticResult } from '../../../test/fixtures/synthetic-result.js';
import type { CharacterizeResult, DispatchResult, LoadSpread } from '../../solver/result.js';
import { withSpread } from './with-spread.js';

const spread: LoadSpread = {
  ...{ verdict: 'one', ranges: [], starts: 3, settled: 3, equilibria: [] },
  ...{ midwayGap: null, margin: null, marginReason: null },
};
const file = syntheticResult({ points: 16 });
const region = file.studies[0] as CharacterizeResult;
const dispatch = file.studies.find((s): s is DispatchResult => s.kind === 'dispatch')!;

it('stands at every copy of a point, whatever budget lists it', () => {
  const [point] = region.regions[0].points;
  const copied = {
    ...region,
    regions: region.regions.map((r, i) => (i === 2 ? { ...r, points: [...r.points, { ...point }] } : r)),
  };
  const added = withSpread(file, copied, point, spread) as CharacterizeResult;
  const known = added.regions.map((r) => r.points.map((p) => p.spread === spread));
  expect(known.map((all) => all.filter(Boolean).length)).toEqual([1, 0, 1, 0]);
  expect([known[0][0], known[2].at(-1)]).toEqual([true, true]);
  expect(added.couponFree?.spread).toBeUndefined();
});

it('stands at the answer of a dispatch', () => {
  const added = withSpread(file, region, dispatch.point!, spread) as DispatchResult;
  expect([added.name, added.point?.spread]).toEqual(['Reserve', spread]);
});

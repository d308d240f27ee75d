import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eveningPeak } from '../../../test/fixtures/evening-peak.js';
import { AXIS, DRIVERS, POWER_MW, twoSided } from '../../../test/fixtures/two-sided.js';
import { loadHighs } from '../highs/load.js';
import type { LoadSpread } from '../result.js';
import type { KnownPlan } from './known-states.js';
import { answerQuery } from './point-query.js';
import { QueryContext } from './query-context.js';
import { spreadOf } from './spread.js';

describe('a point of the evening peak with several equilibria', () => {
  let context: QueryContext;
  let plan: KnownPlan & { positionMw: number[] };
  let spread: LoadSpread | null;
  beforeAll(async () => {
    const text = await readFile('test/fixtures/several-equilibria.json', 'utf8');
    plan = JSON.parse(text) as typeof plan;
    const axes = ['CS1', 'CS2', 'CS3'].map((station) => ({ station, interval: 6 }));
    const input = { scenario: eveningPeak(), axes, feeder: null, known: [], states: [[], []] };
    context = new QueryContext(await loadHighs(), input);
    spread = spreadOf(context, plan);
  }, 60_000);
  afterAll(() => context.dispose());

  it('has another one, tenths of a megawatt away, and it is separate', () => {
    expect(spread?.verdict).toBe('several');
    expect(spread?.midwayGap).toBeGreaterThan(1e-6);
    for (const { equilibriumGap, positionMw } of spread?.equilibria ?? []) {
      expect(equilibriumGap).toBeLessThan(1e-11);
      expect(Math.hypot(...positionMw.map((mw, k) => mw - plan.positionMw[k]))).toBeGreaterThan(0.1);
    }
    spread?.ranges.forEach(({ min, max }, axis) => {
      expect(min).toBeLessThanOrEqual(plan.positionMw[axis] + 1e-6);
      expect(max).toBeGreaterThanOrEqual(plan.positionMw[axis] - 1e-6);
    });
  });

  it('has coupons with a margin that leave only the point, and they cost a little more', () => {
    const margin = spread?.margin;
    expect(margin?.extraSubsidy).toBeGreaterThan(0);
    expect(margin?.extraSubsidy).toBeLessThan(200);
    expect(margin?.equilibriumGap).toBeLessThanOrEqual(1e-6);
    const again = spreadOf(context, { coupons: margin?.coupons ?? [], flows: plan.flows });
    expect(again?.verdict).toBe('one');
    again?.ranges.forEach(({ min, max }, axis) => {
      expect(min).toBeCloseTo(plan.positionMw[axis], 5);
      expect(max).toBeCloseTo(plan.positionMw[axis], 5);
    });
  });
});

it('one group of drivers and two stations have one equilibrium for any coupons', async () => {
  const context = new QueryContext(await loadHighs(), {
    scenario: twoSided(),
    axes: [AXIS],
    feeder: null,
    known: [],
    states: [[]],
  });
  for (const share of [0.2, 0.5, 0.9]) {
    const { point } = answerQuery(context, [share * DRIVERS * POWER_MW], null);
    expect(point && spreadOf(context, point.plan)?.verdict).toBe('one');
  }
  context.dispose();
});

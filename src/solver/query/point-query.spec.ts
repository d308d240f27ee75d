import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AXIS,
  costDifference,
  DRIVERS,
  leastSubsidy,
  POWER_MW,
  twoSided,
} from '../../../test/fixtures/two-sided.js';
import { loadHighs } from '../highs/load.js';
import type { Scenario } from '../scenario.js';
import { answerQuery } from './point-query.js';
import { QueryContext } from './query-context.js';
import { REACHED_MW } from './reach-point.js';

/** The last restoration is held to a watt; what a watt costs here is far below this, money. */
const MONEY = 0.02;

const contexts: QueryContext[] = [];
afterAll(() => contexts.forEach((context) => context.dispose()));

async function contextOf(scenario: Scenario): Promise<QueryContext> {
  const highs = await loadHighs();
  const context = new QueryContext(highs, {
    scenario,
    axes: [AXIS],
    feeder: null,
    known: [],
    states: [[]],
  });
  contexts.push(context);
  return context;
}

describe('a point query with a closed form', () => {
  let free: QueryContext;
  let capped: QueryContext;
  const CAP = 12;
  beforeAll(async () => {
    free = await contextOf(twoSided());
    capped = await contextOf(twoSided(CAP));
  });

  it('finds the least subsidy for any load', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: DRIVERS - 1, noNaN: true }), (x) => {
        const { status, point, requiredSubsidy } = answerQuery(free, [x * POWER_MW], null);
        expect(status).toBe('reached');
        expect(point?.certificate.status).toBe('certified');
        expect(Math.abs((point?.positionMw[0] ?? NaN) - x * POWER_MW)).toBeLessThanOrEqual(REACHED_MW);
        expect(Math.abs((requiredSubsidy ?? NaN) - leastSubsidy(x))).toBeLessThanOrEqual(MONEY);
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  it('costs nothing at the equilibrium without coupons', () => {
    const x = bisect(costDifference, 0, DRIVERS);
    const { status, requiredSubsidy } = answerQuery(free, [x * POWER_MW], 0.01);
    expect(status).toBe('reached');
    expect(requiredSubsidy).toBeLessThanOrEqual(0.01);
  });

  it('beyond the budget: what it takes, and the nearest point that spends the budget', () => {
    const budget = 200;
    const x = 32;
    const answer = answerQuery(free, [x * POWER_MW], budget);
    expect(answer.status).toBe('nearest');
    expect(Math.abs((answer.requiredSubsidy ?? NaN) - leastSubsidy(x))).toBeLessThanOrEqual(MONEY);
    expect(answer.beyondBudget?.certificate.status).toBe('certified');
    expect(answer.reason?.limits).toEqual([
      {
        kind: 'subsidy',
        element: 'budget',
        interval: null,
        relaxation: (answer.requiredSubsidy ?? NaN) - budget,
        unit: 'CNY',
      },
    ]);
    const balance = bisect(costDifference, 0, DRIVERS);
    const farthest = bisect((drivers) => leastSubsidy(drivers) - budget, balance, x);
    expect(answer.point?.certificate.subsidy).toBeLessThanOrEqual(budget * (1 + 1e-7));
    expect(answer.point?.positionMw[0]).toBeLessThanOrEqual(farthest * POWER_MW + 1e-6);
    expect(answer.point?.positionMw[0]).toBeGreaterThanOrEqual(farthest * POWER_MW - 2e-3);
  });

  it('beyond a coupon cap: by how much the cap is too low', () => {
    const x = 33;
    const answer = answerQuery(capped, [x * POWER_MW], null);
    expect(answer.status).toBe('nearest');
    expect(answer.requiredSubsidy).toBeNull();
    expect(answer.reason?.limits).toHaveLength(1);
    const [{ kind, element, relaxation }] = answer.reason?.limits ?? [];
    expect({ kind, element }).toEqual({ kind: 'coupon cap', element: 'S.charging' });
    expect(Math.abs(relaxation - (costDifference(x) - CAP))).toBeLessThanOrEqual(MONEY);
    const farthest = bisect((drivers) => costDifference(drivers) - CAP, 20, x);
    expect(Math.abs((answer.point?.positionMw[0] ?? NaN) - farthest * POWER_MW)).toBeLessThanOrEqual(5e-3);
  });

  it('beyond what travellers can do: proven, whatever is paid', () => {
    const answer = answerQuery(free, [DRIVERS * POWER_MW + 0.3], null);
    expect(answer.status).toBe('nearest');
    expect(answer.requiredSubsidy).toBeNull();
    expect(answer.reason?.limits).toHaveLength(1);
    const [limit] = answer.reason?.limits ?? [];
    expect(limit).toMatchObject({ kind: 'travellers', element: 'S', interval: AXIS.interval, unit: 'MW' });
    expect(limit.relaxation).toBeCloseTo(-0.3, 9);
    expect(answer.distanceMw).toBeCloseTo(0.3, 2);
  });

  it('answers the same whatever was asked before', () => {
    const strip = (answer: ReturnType<typeof answerQuery>) => ({ ...answer, seconds: 0 });
    const first = strip(answerQuery(free, [30 * POWER_MW], 100));
    answerQuery(free, [3 * POWER_MW], null);
    expect(strip(answerQuery(free, [30 * POWER_MW], 100))).toEqual(first);
  });
});

/** Root of a rising function. */
function bisect(f: (x: number) => number, low: number, high: number): number {
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return low;
}

import { beforeAll, describe, expect, it } from 'vitest';
import { eveningPeak } from '../../../test/fixtures/evening-peak.js';
import type { Highs } from '../highs/load.js';
import { loadHighs } from '../highs/load.js';
import { boundaryPoint } from './boundary-point.js';
import type { ClassState } from './class-model.js';
import { sweepDirections } from './directions.js';
import { couponsOf, patternsFor } from './pool.js';
import { RegionContext } from './region-context.js';

const AXES = ['CS1', 'CS2', 'CS3'].map((station) => ({ station, interval: 6 }));
/** Some of them leave a station empty: coefficients of its waiting are zero then. */
const DIRECTIONS = sweepDirections(AXES.length, 45).filter((_, k) => k % 2 === 0);
const EVERY_NTH_PATTERN = 3;
const BUDGET = 4000;

let highs: Highs;
beforeAll(async () => (highs = await loadHighs()));

describe('a search for a boundary point', () => {
  it('gives the same answer, bit for bit, whatever its thread searched before', () => {
    const context = new RegionContext(highs, { scenario: eveningPeak(), axes: AXES, feeder: null });
    try {
      const starts = DIRECTIONS.map((direction) => startOf(context, direction));
      const search = (k: number): unknown => boundaryPoint(context, starts[k], DIRECTIONS[k], BUDGET);
      const forwards = DIRECTIONS.map((_, k) => search(k));
      const backwards = DIRECTIONS.map((_, k) => search(DIRECTIONS.length - 1 - k)).reverse();
      expect(backwards).toEqual(forwards);
      expect(forwards.some((answer) => (answer as { point: unknown }).point !== null)).toBe(true);
    } finally {
      context.dispose();
    }
  }, 60_000);
});

/** Per class the response that goes farthest along a direction for half of the budget. */
function startOf(context: RegionContext, direction: readonly number[]): ClassState[] {
  context.reset();
  return context.classes.map((model, index) => {
    let best = context.couponFree[index];
    const along = ({ loadMw }: ClassState): number =>
      loadMw.reduce((sum, load, axis) => sum + direction[axis] * load, 0);
    patternsFor(context.model, model, [direction]).forEach((pattern, at) => {
      const state = at % EVERY_NTH_PATTERN === 0 ? model.respond(couponsOf(model, pattern)) : null;
      if (state && state.subsidy <= BUDGET / 2 && along(state) < along(best)) best = state;
    });
    return best;
  });
}

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { randomRadialFeeder, withStations } from '../../../test/fixtures/feeders/feeders.js';
import type { Highs } from '../highs/load.js';
import { loadHighs } from '../highs/load.js';
import { LIMIT_TOLERANCE, largestViolation, limitsOf } from './limits.js';
import { flowOf } from './operating-case.js';
import { FeederRegion, buildIntervalRegion } from './region.js';

const BOX = { minMw: [-3, -3], maxMw: [3, 3] };
const load = fc.tuple(
  fc.double({ min: -3, max: 3, noNaN: true }),
  fc.double({ min: -3, max: 3, noNaN: true }),
);
/** What the slight non-convexity of an AC region may hold beyond a tangent of it, MW. */
const NON_CONVEXITY_MW = 0.05;

let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

describe('regions of random radial feeders without controls', () => {
  it('agree with a power flow on every load, and their cuts spare what a power flow allows', () => {
    fc.assert(
      fc.property(
        randomRadialFeeder,
        fc.nat(),
        fc.nat(),
        fc.array(load, { minLength: 4, maxLength: 4 }),
        (feeder, a, b, loads) => {
          const model = withStations(
            feeder,
            [a, b].map((pick) => feeder.buses[pick % feeder.buses.length].id),
          );
          const operation = { interval: 0, reserve: null };
          const allowed = (loadsMw: number[]) =>
            largestViolation(
              model.network,
              flowOf(model, operation, Float64Array.from(loadsMw)),
              limitsOf(model.network),
            ) <= LIMIT_TOLERANCE;
          const region = new FeederRegion(highs, model, [
            buildIntervalRegion(highs, model, 0, null, BOX, { maxSolves: 20 }),
          ]);
          for (const asked of loads) {
            const answer = region.check(0, asked);
            expect(answer.feasible).toBe(allowed(asked));
            if (answer.feasible || !answer.cut) continue;
            const { normal, offsetMw } = answer.cut;
            for (const other of loads.filter(allowed)) {
              expect(normal[0] * other[0] + normal[1] * other[1]).toBeLessThanOrEqual(
                offsetMw + NON_CONVEXITY_MW,
              );
            }
          }
        },
      ),
      { numRuns: 12 },
    );
  });
});

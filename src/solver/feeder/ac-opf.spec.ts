import { beforeAll, describe, expect, it } from 'vitest';
import { modifiedIeee33, withStations } from '../../../test/fixtures/feeders/feeders.js';
import type { Highs } from '../highs/load.js';
import { loadHighs } from '../highs/load.js';
import { AcOptimiser } from './ac-opf.js';
import { LIMIT_TOLERANCE } from './limits.js';
import { controlBounds, controlCount, firstStation, idleControls } from './operating-case.js';

const OPERATION = { interval: 6, reserve: null };
const BOX = { minMw: [-1.6, -1.6, -1.6], maxMw: [6, 6, 6] };
const GAIN_MW = 1e-3;
/** Steps of the slowest support of all were 25 before steps kept a margin to curved limits. */
const MOST_ITERATIONS = 14;
const model = withStations(modifiedIeee33(), ['b22', 'b16', 'b30']);
const bounds = controlBounds(model, OPERATION.interval, BOX);

let highs: Highs;
beforeAll(async () => (highs = await loadHighs()));

/** Facets of what the feeder can serve are flat along curved limits: Kelley's cuts alone creep along them. */
const DIRECTIONS = [
  [1, 0, 0],
  [0.01, 0.99, 0.15],
  [0.01, 1, 0.09],
  [0.01, 0.98, 0.22],
  [-0.58, -0.58, 0.58],
  [0.58, -0.58, -0.58],
  [0.58, 0.58, 0.58],
  [1, 0.004, 0.003],
];

function problemAlong(direction: readonly number[]) {
  const cost = new Float64Array(controlCount(model));
  cost.set(
    direction.map((d) => -d),
    firstStation(model),
  );
  return { bounds, cost, sourceCost: 0 };
}

describe('AC optimal power flow in the space of the controls', () => {
  it('ends at feasible points that lose no more than asked against an exact solve, in few steps', () => {
    for (const direction of DIRECTIONS) {
      const problem = problemAlong(direction);
      const once = (objectiveTolerance: number) => {
        const optimiser = new AcOptimiser(highs, model, OPERATION);
        try {
          return optimiser.solve(problem, idleControls(bounds), { objectiveTolerance });
        } finally {
          optimiser.dispose();
        }
      };
      const [quick, exact] = [once(GAIN_MW), once(1e-6)];
      expect(quick.violation).toBeLessThanOrEqual(LIMIT_TOLERANCE);
      expect(exact.violation).toBeLessThanOrEqual(LIMIT_TOLERANCE);
      expect(quick.converged && exact.converged).toBe(true);
      expect(quick.objective).toBeLessThan(exact.objective + GAIN_MW);
      expect(quick.iterations).toBeLessThanOrEqual(MOST_ITERATIONS);
    }
  });

  it('keeps every inverter within its rating, wherever its polygon was cut', () => {
    const optimiser = new AcOptimiser(highs, model, OPERATION);
    try {
      for (const direction of DIRECTIONS) {
        const { controls } = optimiser.solve(problemAlong(direction), idleControls(bounds));
        model.network.devices.forEach(({ ratingMva }, device) => {
          const apparent = Math.hypot(controls[2 * device], controls[2 * device + 1]);
          if (ratingMva !== null) expect(apparent).toBeLessThanOrEqual(ratingMva * (1 + 1e-12));
        });
      }
    } finally {
      optimiser.dispose();
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ieee33, randomRadialFeeder } from '../../../test/fixtures/feeders/feeders.js';
import type { Feeder } from '../scenario.js';
import { solvePowerFlow } from './power-flow.js';
import { toRadialNetwork } from './radial.js';
import { LinearisedFlow } from './sensitivity.js';

const STEP_MW = 1e-4;

function expectDifferencesToMatch(feeder: Feeder, pick: number, reactive: boolean): void {
  const network = toRadialNetwork(feeder, 1);
  const bus = pick % network.parent.length;
  const p = network.loadMw[0].map((load) => -load);
  const q = network.loadMvar[0].map((load) => -load);
  const flow = solvePowerFlow(network, p, q);
  if (!flow.converged || flow.voltagePu[flow.lowestBus] < 0.8) return;
  const shifted = (by: number) => {
    const values = reactive ? [p, q.slice()] : [p.slice(), q];
    values[reactive ? 1 : 0][bus] += by;
    return solvePowerFlow(network, values[0], values[1]);
  };
  const [up, down] = [shifted(STEP_MW), shifted(-STEP_MW)];
  const slope = new LinearisedFlow(network, flow).injection(bus, reactive);
  const difference = (pickValue: (each: typeof flow) => number) =>
    (pickValue(up) - pickValue(down)) / (2 * STEP_MW);
  expect(slope.sourceMw).toBeCloseTo(
    difference((each) => each.sourceMw),
    5,
  );
  expect(slope.sourceMvar).toBeCloseTo(
    difference((each) => each.sourceMvar),
    5,
  );
  for (let j = 1; j < network.parent.length; j++) {
    expect(slope.voltagePu[j]).toBeCloseTo(
      difference((each) => each.voltagePu[j]),
      5,
    );
    expect(slope.squaredCurrentPu[j]).toBeCloseTo(
      difference((each) => each.currentPu[j] ** 2),
      5,
    );
  }
}

describe('sensitivities of an AC operating point', () => {
  it.each([0, 5, 17, 24, 32])('match finite differences at bus index %i of the IEEE 33-bus feeder', (bus) => {
    expectDifferencesToMatch(ieee33(), bus, false);
    expectDifferencesToMatch(ieee33(), bus, true);
  });

  it('match finite differences on random feeders', () => {
    fc.assert(fc.property(randomRadialFeeder, fc.nat(), fc.boolean(), expectDifferencesToMatch));
  });
});

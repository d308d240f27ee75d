import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE69_TOTALS } from '../../../test/fixtures/feeders/case69-data.js';
import { case69, ieee33, randomRadialFeeder, twoBus } from '../../../test/fixtures/feeders/feeders.js';
import { IEEE33_SOLUTION, IEEE33_TOTALS } from '../../../test/fixtures/feeders/ieee33-data.js';
import type { Feeder } from '../scenario.js';
import { solvePowerFlow } from './power-flow.js';
import { byBusId, currentsByLineId, toRadialNetwork } from './radial.js';

function baseLoadFlow(feeder: Feeder, scale = 1) {
  const network = toRadialNetwork(feeder, 1);
  const p = network.loadMw[0].map((load) => -scale * load);
  const q = network.loadMvar[0].map((load) => -scale * load);
  return { network, flow: solvePowerFlow(network, p, q), p, q };
}

describe('power flow', () => {
  it('reproduces the published solution of the IEEE 33-bus feeder', () => {
    const { network, flow } = baseLoadFlow(ieee33());
    expect(flow.converged).toBe(true);
    expect(flow.lossMw * 1000).toBeCloseTo(IEEE33_TOTALS.lossKw, 3);
    expect(flow.lossMvar * 1000).toBeCloseTo(IEEE33_TOTALS.lossKvar, 3);
    expect(flow.sourceMw * 1000).toBeCloseTo(IEEE33_TOTALS.sourceKw, 3);
    expect(flow.sourceMvar * 1000).toBeCloseTo(IEEE33_TOTALS.sourceKvar, 3);
    expect(network.busIds[flow.lowestBus]).toBe(IEEE33_TOTALS.lowestBus);
    const voltages = byBusId(network, flow.voltagePu);
    const currents = currentsByLineId(network, flow.currentPu);
    IEEE33_SOLUTION.forEach(([voltagePu, currentA], index) => {
      expect(Math.abs(voltages[`b${index + 1}`] - voltagePu)).toBeLessThan(1e-6);
      const line = network.lineIds.find((id) => id.endsWith(`--b${index + 1}`));
      if (line) expect(Math.abs(currents[line] - currentA)).toBeLessThan(1e-3);
    });
  });

  it('reproduces the published losses and lowest voltage of the 69-bus feeder', () => {
    const { network, flow } = baseLoadFlow(case69());
    expect(flow.lossMw * 1000).toBeCloseTo(CASE69_TOTALS.lossKw, 3);
    expect(network.busIds[flow.lowestBus]).toBe(CASE69_TOTALS.lowestBus);
    expect(flow.voltagePu[flow.lowestBus]).toBeCloseTo(CASE69_TOTALS.lowestVoltagePu, 6);
  });

  it.each([0.5, 2, 4, 6, 6.1])('solves two buses in closed form: a load of %f pu', (load) => {
    const [r, x] = [0.02, 0.03];
    const network = toRadialNetwork(twoBus(r, x), 1);
    const flow = solvePowerFlow(network, Float64Array.of(0, -load), new Float64Array(2));
    // v² + v(2rP − 1) + (r² + x²)P² = 0 for v = |V|² at unity power factor; the upper branch is the larger root.
    const half = 0.5 - r * load;
    const v = half + Math.sqrt(half * half - (r * r + x * x) * load * load);
    expect(flow.voltagePu[1]).toBeCloseTo(Math.sqrt(v), 8);
    expect(flow.lossMw).toBeCloseTo((r * load * load) / v, 7);
  });

  it('says so when no voltage can serve the load', () => {
    const network = toRadialNetwork(twoBus(0.02, 0.03), 1);
    // Nose of the curve: P = 1/(2(r + |z|)).
    const nose = 1 / (2 * (0.02 + Math.hypot(0.02, 0.03)));
    const serve = (load: number) => solvePowerFlow(network, Float64Array.of(0, -load), new Float64Array(2));
    expect(serve(0.999 * nose).converged).toBe(true);
    expect(serve(1.01 * nose).converged).toBe(false);
    expect(serve(100 * nose).converged).toBe(false);
    expect(network.busIds[serve(100 * nose).lowestBus]).toBe('b');
  });

  it('balances power on random feeders: source = loads + losses, to rounding', () => {
    fc.assert(
      fc.property(randomRadialFeeder, (feeder) => {
        const { flow, p, q } = baseLoadFlow(feeder);
        if (!flow.converged) return;
        const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
        expect(flow.sourceMw).toBeCloseTo(flow.lossMw - sum(p), 8);
        expect(flow.sourceMvar).toBeCloseTo(flow.lossMvar - sum(q), 8);
      }),
    );
  });
});

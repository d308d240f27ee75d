import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  ieee33,
  modifiedIeee33,
  randomRadialFeeder,
  twoBus,
  withStations,
} from '../../../test/fixtures/feeders/feeders.js';
import type { Highs } from '../highs/load.js';
import { loadHighs } from '../highs/load.js';
import { BranchFlowProgramme } from './branch-flow.js';
import { LIMIT_TOLERANCE, largestViolation, limitsOf } from './limits.js';
import { losslessTangents } from './lossless.js';
import type { FeederModel } from './operating-case.js';
import { controlBounds, controlCount, firstStation, flowOf } from './operating-case.js';
import { solveOpf } from './opf.js';

const OPERATION = { interval: 0, reserve: null };
/** Weight that rules out fictitious losses and moves a support by less than the closed forms' tolerance. */
const LOSS_COST = 1e-6;

let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

function leastProblem(model: FeederModel, direction: number[], interval = 0, lossCost = LOSS_COST) {
  const box = { minMw: direction.map(() => -20), maxMw: direction.map(() => 20) };
  const cost = new Float64Array(controlCount(model));
  cost.set(direction, firstStation(model));
  const bounds = controlBounds(model, interval, box);
  return { case: { interval, reserve: null }, bounds, cost, sourceCost: 0, lossCost };
}

/** Least direction · load, MW: AC-feasible, and the bound of the relaxation. */
function least(model: FeederModel, direction: number[], interval = 0) {
  const programme = new BranchFlowProgramme(highs, model);
  try {
    const { optimum, bound } = solveOpf(programme, model, leastProblem(model, direction, interval));
    if (!optimum) return { loadsMw: null, bound, exact: false };
    return {
      loadsMw: Array.from(optimum.controls.subarray(firstStation(model))),
      bound,
      exact: optimum.exact,
      optimum,
    };
  } finally {
    programme.dispose();
  }
}

describe('limits of two buses in closed form', () => {
  const [r, x] = [0.02, 0.03];
  const squaredImpedance = r * r + x * x;
  /** Load P at unity power factor that puts bus b at voltage V: P²|z|² + 2rPV² + V⁴ − V² = 0. */
  const loadAtVoltage = (voltage: number) => {
    const v = voltage ** 2;
    return (-r * v + Math.sqrt(r * r * v * v - squaredImpedance * (v * v - v))) / squaredImpedance;
  };

  it('the largest load at the lower voltage limit', () => {
    const { loadsMw, exact } = least(withStations(twoBus(r, x, { minVoltagePu: 0.95 }), ['b']), [-1]);
    expect(exact).toBe(true);
    expect(Math.abs((loadsMw?.[0] ?? NaN) - loadAtVoltage(0.95))).toBeLessThan(1e-6);
  });

  it('the largest export at the upper voltage limit, where the relaxation allows more', () => {
    const { loadsMw, bound, exact } = least(withStations(twoBus(r, x, { maxVoltagePu: 1.04 }), ['b']), [1]);
    expect(exact).toBe(false);
    expect(Math.abs((loadsMw?.[0] ?? NaN) - loadAtVoltage(1.04))).toBeLessThan(1e-6);
    expect(bound).toBeLessThan(2 * loadAtVoltage(1.04));
  });

  it('the largest load and export at a current limit', () => {
    const limitA = 100;
    const current = limitA / (1000 / (Math.sqrt(3) * 10));
    const model = withStations(twoBus(r, x, { limitA, minVoltagePu: 0.5, maxVoltagePu: 1.5 }), ['b']);
    // |V_b| I = P at unity power factor, with 1 = |V_b + zI|: V_b² + 2 r V_b I + |z|² I² = 1.
    const voltage = (sign: number) => -sign * r * current + Math.sqrt(1 - (x * current) ** 2);
    expect(least(model, [-1]).loadsMw?.[0]).toBeCloseTo(voltage(1) * current, 6);
    expect(least(model, [1]).loadsMw?.[0]).toBeCloseTo(-voltage(-1) * current, 6);
  });

  it('proves that no load can be served when the base load alone breaks the limits', () => {
    const feeder = twoBus(r, x, { minVoltagePu: 0.95 });
    feeder.buses[1].loadKw = [9000];
    const { loadsMw, bound } = least(withStations(feeder, [null]), [1]);
    expect(loadsMw).toBeNull();
    expect(bound).toBe(Infinity);
  });
});

describe('bus 16 of the stock IEEE 33-bus feeder, slack 1.0, band 0.9–1.05, 456 A', () => {
  const model = () => withStations(ieee33({ maxVoltagePu: 1.05, limitA: 456 }), ['b16']);

  it('exports 2.46996 MW, AC-feasible; the plain relaxation claims about 9 MW', () => {
    const { loadsMw, bound } = least(model(), [1]);
    expect(loadsMw?.[0]).toBeCloseTo(-2.46996, 4);
    expect(bound).toBeLessThan(-9);
    expect(bound).toBeGreaterThan(-9.5);
  });

  it('exports 2.293 MW under the lossless upper-voltage rows alone', () => {
    const programme = new BranchFlowProgramme(highs, model());
    programme.pose(leastProblem(model(), [1], 0, 1e-3));
    programme.restrict(losslessTangents(model(), OPERATION));
    expect(programme.solve().controls[0]).toBeCloseTo(-2.293, 3);
    programme.dispose();
  });

  it('takes 0.19604 MW more load', () => {
    const { loadsMw, exact } = least(model(), [-1]);
    expect(loadsMw?.[0]).toBeCloseTo(0.19604, 5);
    expect(exact).toBe(true);
  });
});

describe('AC optimal power flow', () => {
  it('is AC-feasible in every direction of the modified feeder, inside the bound of the relaxation', () => {
    const model = withStations(modifiedIeee33(), ['b22', 'b16', 'b30']);
    for (const direction of [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [-1, -1, -1],
      [1, -1, 0],
    ]) {
      const { optimum, bound } = least(model, direction, 6);
      if (!optimum) throw new Error('the modified feeder can serve loads');
      const flow = flowOf(model, { interval: 6, reserve: null }, optimum.controls);
      expect(largestViolation(model.network, flow, limitsOf(model.network))).toBeLessThanOrEqual(
        LIMIT_TOLERANCE,
      );
      expect(optimum.objective).toBeGreaterThanOrEqual(bound - 1e-6);
      model.network.devices.forEach(({ ratingMva, maxMw }, d) => {
        expect(optimum.controls[2 * d]).toBeLessThanOrEqual(maxMw[6] + 1e-9);
        if (ratingMva === null) return;
        expect(Math.hypot(optimum.controls[2 * d], optimum.controls[2 * d + 1])).toBeLessThanOrEqual(
          ratingMva + 1e-9,
        );
      });
    }
  });

  it('claims only what a power flow confirms, on random feeders', () => {
    fc.assert(
      fc.property(randomRadialFeeder, fc.nat(), fc.constantFrom(-1, 1), (feeder, pick, sign) => {
        const model = withStations(feeder, [feeder.buses[pick % feeder.buses.length].id]);
        const { loadsMw, bound, optimum } = least(model, [sign]);
        if (!optimum || !loadsMw) return;
        const flow = flowOf(model, OPERATION, Float64Array.from(loadsMw));
        expect(largestViolation(model.network, flow, limitsOf(model.network))).toBeLessThanOrEqual(
          LIMIT_TOLERANCE,
        );
        expect(sign * loadsMw[0]).toBeGreaterThanOrEqual(bound - 1e-6 * Math.max(1, Math.abs(bound)));
      }),
      { numRuns: 40 },
    );
  });

  it('never cuts off an AC operating point: its P, Q, l, v satisfy every tangent', () => {
    const model = withStations(modifiedIeee33(), ['b22', 'b16', 'b30']);
    const programme = new BranchFlowProgramme(highs, model);
    for (const direction of [
      [1, 0, 0],
      [0, -1, 1],
      [1, 1, 1],
    ])
      solveOpf(programme, model, leastProblem(model, direction, 6));
    const cones = programme.coneList();
    expect(cones.length).toBeGreaterThan(50);
    const { parent } = model.network;
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 15, maxLength: 15 }),
        (controls) => {
          const flow = flowOf(model, { interval: 3, reserve: null }, Float64Array.from(controls));
          for (const [line, P, Q, v] of cones) {
            const j = line + 1;
            const tangent =
              (2 * P * flow.sendingMw[j] + 2 * Q * flow.sendingMvar[j]) / v -
              ((P * P + Q * Q) / (v * v)) * flow.voltagePu[parent[j]] ** 2;
            expect(flow.currentPu[j] ** 2).toBeGreaterThanOrEqual(tangent - 1e-8);
          }
        },
      ),
      { numRuns: 30 },
    );
    programme.dispose();
  });
});

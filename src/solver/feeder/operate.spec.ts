import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ieee33, modifiedIeee33, withStations } from '../../../test/fixtures/feeders/feeders.js';
import { IEEE33_TOTALS } from '../../../test/fixtures/feeders/ieee33-data.js';
import type { Highs } from '../highs/load.js';
import { loadHighs } from '../highs/load.js';
import { FeederOperator } from './operate.js';

const model = withStations(modifiedIeee33(), ['b22', 'b16', 'b30']);
const horizon = (loads: number[]) => Array.from({ length: 12 }, () => loads);

let highs: Highs;
let operator: FeederOperator;
beforeAll(async () => {
  highs = await loadHighs();
  operator = new FeederOperator(highs, model);
});
afterAll(() => operator.dispose());

describe('operation of the modified feeder over the horizon', () => {
  it.each(['loss', 'cost'] as const)('for least %s, within all limits in every interval', (objective) => {
    const { intervals, certificate, infeasibleCase } = operator.operate(horizon([1.5, 1.2, 1.4]), {
      objective,
    });
    expect(infeasibleCase).toBeNull();
    expect(intervals.map((each) => each.state.interval)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    if (!certificate) throw new Error('operated');
    expect(certificate.minVoltagePu).toBeGreaterThanOrEqual(0.93 - 1e-6);
    expect(certificate.maxVoltagePu).toBeLessThanOrEqual(1.07 + 1e-6);
    expect(certificate.maxLineLoading).toBeLessThanOrEqual(1 + 1e-6);
    expect(certificate.acMismatchMw).toBeLessThan(1e-9);
    expect(certificate.fictitiousLossKw).toBeLessThan(0.1);
  });

  it('balances: source, generators and PV feed loads, stations and losses', () => {
    const { intervals } = operator.operate(horizon([1, 1, 1]));
    intervals.forEach(({ state, lossKw }, t) => {
      const fed = Object.values(state.setpoints).reduce((sum, { kw }) => sum + kw, 0);
      const drawn = 3000 + 1000 * model.network.loadMw[t].reduce((sum, load) => sum + load, 0);
      expect(fed).toBeCloseTo(drawn + lossKw, 5);
    });
  });

  it('names the case that cannot be served, with and without the reserve', () => {
    expect(operator.operate(horizon([1, 5, 1])).infeasibleCase).toMatchObject({ interval: 0, reserve: null });
    const reserve = { bus: 'b30', interval: 6, mw: 5 };
    expect(operator.operate(horizon([1.5, 1.5, 1.5]), { reserve }).infeasibleCase).toMatchObject({
      interval: 6,
      reserve: { mw: 5 },
    });
    expect(operator.operate(horizon([1, 1, -0.5]), { reserve }).infeasibleCase).toBeNull();
  });

  it('has nothing to decide on the stock feeder: the published losses', () => {
    const stock = new FeederOperator(highs, withStations(ieee33(), ['b16']));
    const { intervals } = stock.operate([[0]]);
    expect(intervals[0].lossKw).toBeCloseTo(IEEE33_TOTALS.lossKw, 3);
    stock.dispose();
  });
});

describe('dispatch cost', () => {
  it('has the slope of finite differences: 1e-6 in the median, 1e-5 where active limits change nearby', () => {
    const step = 2e-3;
    const costAt = (at: number[]) => operator.dispatchCost(6, at)?.costPerH ?? NaN;
    const errors = [
      [1.5, 1.5, 1.5],
      [0.3, 0.2, 0.5],
      [0, 0, 0],
      [-1, 0.5, 1],
    ].flatMap((loads) => {
      const gradient = operator.dispatchCost(6, loads)?.gradientPerMwh ?? [];
      return gradient.map((slope, k) => {
        const moved = (by: number) => costAt(loads.map((load, other) => (other === k ? load + by : load)));
        return Math.abs((slope * 2 * step) / (moved(step) - moved(-step)) - 1);
      });
    });
    errors.sort((x, y) => x - y);
    expect(errors).toHaveLength(12);
    expect(errors[6]).toBeLessThan(1e-6);
    expect(errors[11]).toBeLessThan(1e-5);
  });

  it('is bounded by the relaxation from below and its slope is a cut', () => {
    const [a, b] = [
      [1, 1, 1],
      [2, 0.5, 0.2],
    ];
    const [atA, atB] = [a, b].map((loads) => operator.dispatchCost(6, loads));
    if (!atA || !atB) throw new Error('both can be served');
    expect(atA.costPerH).toBeGreaterThanOrEqual(atA.boundPerH - 1e-3);
    const cut = atA.gradientPerMwh.reduce((sum, slope, k) => sum + slope * (b[k] - a[k]), atA.costPerH);
    expect(atB.costPerH).toBeGreaterThanOrEqual(cut - 1e-3);
  });

  it('is null where the feeder cannot serve the loads', () => {
    expect(operator.dispatchCost(6, [0, 6, 0])).toBeNull();
  });
});

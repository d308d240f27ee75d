import { beforeAll, describe, expect, it } from 'vitest';
import { ieee33, modifiedIeee33, twoBus, withStations } from '../../../test/fixtures/feeders/feeders.js';
import type { Highs } from '../highs/load.js';
import { loadHighs } from '../highs/load.js';
import { explainInfeasibility } from './infeasibility.js';

let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

describe('why the feeder cannot serve a load', () => {
  const [r, x] = [0.02, 0.03];
  const loadAtVoltage = (voltage: number) => {
    const [v, z] = [voltage ** 2, r * r + x * x];
    return (-r * v + Math.sqrt(r * r * v * v - z * (v * v - v))) / z;
  };

  it('names the station and the bus with the least change of each, in closed form', () => {
    const model = withStations(twoBus(r, x, { minVoltagePu: 0.95 }), ['b']);
    const asked = loadAtVoltage(0.94);
    const answer = explainInfeasibility(highs, model, { interval: 0, reserve: null }, [asked], 'at 18:00');
    const less = asked - loadAtVoltage(0.95);
    expect(answer?.limits.map(({ kind, element, unit }) => [kind, element, unit])).toEqual([
      ['load', 'CS1', 'MW'],
      ['voltage', 'b', 'pu'],
    ]);
    expect(answer?.limits[0].relaxation).toBeCloseTo(-less, 5);
    expect(answer?.limits[1].relaxation).toBeCloseTo(0.01, 5);
    expect(answer?.message).toBe(
      `at 18:00 the feeder needs ${less.toPrecision(3)} MW less at CS1, or 0.01 pu more room at b`,
    );
  });

  it('asks for more load where an export lifts the voltage', () => {
    const model = withStations(ieee33({ maxVoltagePu: 1.05, limitA: 456 }), ['b16']);
    const answer = explainInfeasibility(highs, model, { interval: 0, reserve: null }, [-3]);
    expect(answer?.limits[0]).toMatchObject({ kind: 'load', element: 'CS1' });
    expect(answer?.limits[0].relaxation).toBeCloseTo(3 - 2.46996, 3);
    expect(answer?.message).toMatch(
      /^in interval 0 the feeder needs 0.53 MW more at CS1, or 0.0\d+ pu more room at b1\d$/,
    );
  });

  it('names a current limit in amperes', () => {
    const model = withStations(twoBus(0.001, 0.001, { limitA: 100 }), ['b']);
    const answer = explainInfeasibility(highs, model, { interval: 0, reserve: null }, [2]);
    const room = answer?.limits.find((limit) => limit.kind === 'current');
    expect(room).toMatchObject({ element: 'a--b', unit: 'A' });
    expect(room?.relaxation).toBeCloseTo((2 * 1000) / (Math.sqrt(3) * 10) - 100, 0);
  });

  it('offers a smaller reserve where the reserve stands in the way', () => {
    const model = withStations(modifiedIeee33(), ['b22', 'b16', 'b30']);
    const reserve = { bus: model.network.busIds.indexOf('b30'), mw: 5 };
    const answer = explainInfeasibility(highs, model, { interval: 6, reserve }, [1.5, 1.5, 1.5], 'at 18:00');
    const kinds = new Set(answer?.limits.map((limit) => limit.kind));
    expect(kinds.has('load') && kinds.has('reserve') && kinds.has('voltage')).toBe(true);
    expect(answer?.message).toMatch(
      /^at 18:00 the reserve of 5 MW at b30 needs .* MW less at CS3.*, or to be .* MW smaller, or /,
    );
    expect(explainInfeasibility(highs, model, { interval: 6, reserve: null }, [1.5, 1.5, 1.5])).toBeNull();
  });

  it('has words for a load that no voltage can serve', () => {
    const feeder = twoBus(r, x);
    feeder.buses[1].loadKw = [20_000];
    const answer = explainInfeasibility(
      highs,
      withStations(feeder, [null]),
      { interval: 0, reserve: null },
      [0],
    );
    expect(answer?.message).toContain('no voltage can carry these loads');
  });
});

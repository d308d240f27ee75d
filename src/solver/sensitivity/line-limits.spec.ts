import { beforeAll, describe, expect, it } from 'vitest';
import { twoBus, withStations } from '../../../test/fixtures/feeders/feeders.js';
import type { Highs } from '../highs/load.js';
import { loadHighs } from '../highs/load.js';
import { offsetPerAmpere } from './line-limits.js';

let highs: Highs;
beforeAll(async () => {
  highs = await loadHighs();
});

const RESISTANCE_PU = 0.01;
const REACTANCE_PU = 0.02;

/** One station at the end of one line whose limit is `limitA`, loads up to `maxMw`. */
function farEnd(limitA: number | null, maxMw: number) {
  const model = withStations(twoBus(RESISTANCE_PU, REACTANCE_PU, { limitA }), ['b']);
  const region = { interval: 0, box: { minMw: [0], maxMw: [maxMw] }, bounded: true, cases: [] };
  return { model, found: offsetPerAmpere(highs, model, region, { normal: [1], offsetMw: 0 }) };
}

describe('what an ampere more is worth', () => {
  it('is the closed form of a line that carries a load at unity power factor', () => {
    const limitA = 100;
    const { model, found } = farEnd(limitA, 20);
    // The source holds 1 pu: P = I (√(1 − x²I²) − rI) in per unit, on 1 MVA.
    const current = limitA / model.network.baseCurrentA;
    const root = Math.sqrt(1 - (REACTANCE_PU * current) ** 2);
    const slope = root - 2 * RESISTANCE_PU * current - (REACTANCE_PU * current) ** 2 / root;
    expect(found.map(([line]) => line)).toEqual(['a--b']);
    // The central difference spans a hundredth of the limit either way.
    expect(found[0][1]).toBeCloseTo(slope / model.network.baseCurrentA, 4);
  });

  it('is nothing where the line is not at its limit, or has none', () => {
    expect(farEnd(100, 0.5).found).toEqual([]);
    expect(farEnd(null, 0.5).found).toEqual([]);
  });
});

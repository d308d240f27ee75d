import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dimension } from './quantities.js';
import { DIMENSIONS, fromBase, parseCurrency, parseUnit, toBase, unitsFor } from './quantities.js';

const dimensions = Object.keys(DIMENSIONS) as Dimension[];
const written = dimensions.flatMap((dimension) =>
  unitsFor(dimension, 'CNY')
    .filter((unit) => unit !== '')
    .map((unit) => [dimension, unit] as const),
);

describe('units', () => {
  it.each(written)('reads %s in %s and back', (dimension, text) => {
    const unit = parseUnit(text)!;
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), (value) => {
        const back = fromBase(toBase(value, unit, dimension)!, unit, dimension)!;
        expect(Math.abs(back - value)).toBeLessThanOrEqual(1e-12 * Math.abs(value) + 1e-300);
      }),
    );
  });

  it.each([
    [30, 'min', 'time', 0.5],
    [90, 's', 'time', 0.025],
    [3.6, 'MW', 'power', 3600],
    [-8, 'Mvar', 'reactivePower', -8000],
    [12.66, 'kV', 'voltage', 12.66],
    [20, '%', 'share', 0.2],
    [1, 'MVA', 'apparentPower', 1000],
    [2, '¥/kWh', 'energyPrice', 2],
    [500, 'CNY/MWh', 'energyPrice', 0.5],
    [45, '°', 'angle', 45],
    [0.5, 'Ω', 'resistance', 0.5],
    [62, 'MW³', 'volume', 62],
  ] as const)('%d %s is a %s of %d in the base unit', (value, text, dimension, expected) => {
    expect(toBase(value, parseUnit(text)!, dimension)).toBe(expected);
  });

  it('keeps a currency in the unit and knows that MVA is not one', () => {
    expect(parseUnit('€/kWh')).toMatchObject({ name: 'EUR/kWh', currency: 'EUR' });
    expect(parseUnit('MVA')).toMatchObject({ currency: null, dimensions: ['apparentPower'] });
    expect([parseCurrency('¥'), parseCurrency('USD'), parseCurrency('kW')]).toEqual([
      'CNY',
      'USD',
      undefined,
    ]);
  });

  it('refuses what measures something else, and what is no unit', () => {
    expect(toBase(1, parseUnit('kW')!, 'time')).toBeUndefined();
    expect(['foo', 'KW', 'kWh/veh', '¤', '', 'constructor'].map((text) => parseUnit(text)?.name)).toEqual([
      ...[undefined, undefined, undefined, undefined],
      '',
      undefined,
    ]);
  });
});

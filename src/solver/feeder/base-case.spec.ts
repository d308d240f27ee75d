import { describe, expect, it } from 'vitest';
import { case69, ieee33, modifiedIeee33, twoBus } from '../../../test/fixtures/feeders/feeders.js';
import { baseCaseViolations } from './base-case.js';
import { toRadialNetwork } from './radial.js';

describe('base case', () => {
  it('of the published feeders is inside their own band', () => {
    expect(baseCaseViolations(toRadialNetwork(ieee33(), 1))).toEqual([]);
    expect(baseCaseViolations(toRadialNetwork(case69(), 1))).toEqual([]);
    expect(baseCaseViolations(toRadialNetwork(modifiedIeee33(), 12))).toEqual([]);
  });

  it('names each bus outside the band with its value, the line and the load behind it', () => {
    const found = baseCaseViolations(toRadialNetwork(ieee33({ minVoltagePu: 0.95, maxVoltagePu: 1.07 }), 1));
    const b18 = found.find((each) => each.element === 'b18');
    expect(b18?.message).toBe('bus b18: 0.913 pu, band 0.95–1.07');
    // Σ r P + x Q over the shared lines: 1.387 for b14 (120 kW, 80 kvar), 1.261 for b30 (200 kW, 600 kvar up to b6).
    expect(b18?.causes.map((cause) => cause.id)).toEqual(['b5--b6', 'b14']);
    expect(found.map((each) => each.element)).not.toContain('b2');
    expect(found).toHaveLength(21);
  });

  it('names a line over its limit and the largest load behind it', () => {
    const found = baseCaseViolations(toRadialNetwork(ieee33({ limitA: 200 }), 1));
    expect(found.map(({ element }) => element)).toEqual(['b1--b2']);
    expect(found[0].message).toBe('line b1--b2: 210.4 A, limit 200 A');
    expect(found[0].causes[0].id).toBe('b30');
  });

  it('names the PV that lifts a bus, in its worst interval', () => {
    const feeder = modifiedIeee33();
    feeder.pvs[0] = {
      ...feeder.pvs[0],
      ratingKva: 9000,
      availableKw: feeder.pvs[0].availableKw.map((kw) => 12 * kw),
    };
    const [first] = baseCaseViolations(toRadialNetwork(feeder, 12)).filter(({ kind }) => kind === 'voltage');
    expect(first.interval).toBe(0);
    expect(first.causes).toEqual([{ kind: 'pv', id: 'PV14', message: 'PV14 feeds in 3360 kW' }]);
  });

  it('says when no voltage can serve the loads, and how much of them could be served', () => {
    const feeder = twoBus(0.02, 0.03);
    feeder.buses[1].loadKw = [20_000];
    const [found] = baseCaseViolations(toRadialNetwork(feeder, 1));
    expect(found).toMatchObject({ kind: 'collapse', element: 'b' });
    // The nose is at 1/(2(r + |z|)) = 8.92 MW.
    expect(found.value).toBeCloseTo(8.92 / 20, 2);
    expect(found.causes[0].id).toBe('b');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ieee33,
  modifiedIeee33,
  randomRadialFeeder,
  twoBus,
} from '../../../test/fixtures/feeders/feeders.js';
import type { Feeder } from '../scenario.js';
import { FeederModelError, findFeederProblems } from './radial-problems.js';
import { baseCurrentA, baseImpedanceOhm, lineLimitA, toRadialNetwork } from './radial.js';

describe('radial network', () => {
  it('puts parents before children and keeps every quantity through the transformation and back', () => {
    fc.assert(
      fc.property(randomRadialFeeder, (feeder) => {
        const network = toRadialNetwork(feeder, 1);
        expect(network.busIds).toHaveLength(feeder.buses.length);
        for (let bus = 1; bus < network.parent.length; bus++) {
          expect(network.parent[bus]).toBeLessThan(bus);
          const line = feeder.lines.find((each) => each.id === network.lineIds[bus]);
          const ends = [network.busIds[bus], network.busIds[network.parent[bus]]];
          expect(ends.sort()).toEqual([line?.from, line?.to].sort());
          expect(network.resistancePu[bus] * baseImpedanceOhm(feeder.baseKv)).toBeCloseTo(
            line?.resistanceOhm ?? NaN,
            12,
          );
          expect(lineLimitA(network, bus)).toBeCloseTo(line?.limitA ?? NaN, 9);
        }
        for (const { id, loadKw } of feeder.buses) {
          expect(network.loadMw[0][network.busIds.indexOf(id)] * 1000).toBeCloseTo(loadKw[0], 9);
        }
      }),
    );
  });

  it('is per unit on 1 MVA', () => {
    expect(baseImpedanceOhm(12.66)).toBeCloseTo(160.2756, 10);
    expect(baseCurrentA(12.66)).toBeCloseTo(45.6043, 4);
    const network = toRadialNetwork(ieee33(), 1);
    // case33bw states 0.0922 ohm as 0.00575259 pu on 10 MVA.
    expect(network.resistancePu[1] * 10).toBeCloseTo(0.00575259, 8);
  });

  it('survives structured cloning and accepts every published feeder', () => {
    const network = toRadialNetwork(modifiedIeee33(), 12);
    expect(structuredClone(network)).toEqual(network);
    expect(network.devices.map((device) => device.id)).toEqual([
      'DG18',
      'DG22',
      'DG33',
      'PV14',
      'PV24',
      'PV31',
    ]);
  });
});

describe('feeder problems', () => {
  const line = (from: string, to: string, resistanceOhm = 1) => ({
    id: `${from}--${to}`,
    from,
    to,
    resistanceOhm,
    reactanceOhm: 0,
    limitA: null,
  });
  const base = twoBus(0.01, 0.01);
  const bus = (id: string) => ({ id, loadKw: [0], loadKvar: [0] });
  const cases: [string, Partial<Feeder>, string, string[]][] = [
    [
      'a loop',
      { buses: ['a', 'b', 'c'].map(bus), lines: [line('a', 'b'), line('b', 'c'), line('c', 'a')] },
      'loop',
      ['c--a'],
    ],
    ['a doubled line', { lines: [line('a', 'b'), line('b', 'a')] }, 'loop', ['b--a']],
    [
      'two sources',
      { sources: [base.sources[0], { ...base.sources[0], id: 'Other', bus: 'b' }] },
      'two-sources',
      ['Other'],
    ],
    ['no source', { sources: [] }, 'no-source', ['TwoBus']],
    [
      'an island',
      { buses: ['a', 'b', 'c', 'd'].map(bus), lines: [line('a', 'b'), line('c', 'd')] },
      'island',
      ['c', 'd'],
    ],
    ['zero impedance', { lines: [line('a', 'b', 0)] }, 'impedance', ['a--b']],
    ['negative resistance', { lines: [line('a', 'b', -1)] }, 'impedance', ['a--b']],
    ['a limit of zero', { lines: [{ ...base.lines[0], limitA: 0 }] }, 'limit', ['a--b']],
    ['a line to nowhere', { lines: [line('a', 'z'), line('a', 'b')] }, 'unknown-bus', ['a--z']],
    ['a source outside the band', { minVoltagePu: 1.02 }, 'source-voltage', ['Grid']],
    ['an empty band', { minVoltagePu: 1.1, maxVoltagePu: 0.9 }, 'empty-range', ['TwoBus']],
    ['a short profile', { buses: [bus('a'), { ...bus('b'), loadKw: [] }] }, 'length', ['b']],
    ['two buses of one name', { buses: [bus('a'), bus('b'), bus('b')] }, 'duplicate-id', ['b']],
    ['a load that is no number', { buses: [bus('a'), { ...bus('b'), loadKw: [NaN] }] }, 'not-finite', ['b']],
  ];

  it.each(cases)('names %s', (_, change, code, elements) => {
    const feeder = { ...base, ...change };
    const problem = findFeederProblems(feeder, 1).find((each) => each.code === code);
    expect(problem?.elements).toEqual(elements);
    expect(problem?.message).toContain(elements[0]);
    expect(() => toRadialNetwork(feeder, 1)).toThrow(FeederModelError);
  });

  it('finds nothing wrong with random trees', () => {
    fc.assert(
      fc.property(randomRadialFeeder, (feeder) => {
        expect(findFeederProblems(feeder, 1)).toEqual([]);
      }),
    );
  });
});

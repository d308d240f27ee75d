import { describe, expect, it } from 'vitest';
import { Scenario } from '../solver/scenario.js';
import { StudySpec } from '../solver/study-spec.js';
import { loadFile } from './node-file-system.js';
import { FEEDER, load, scenario } from './validation/fixture.js';

const couple = 'couple CS { node b, bus b2 }';

describe('the scenario', () => {
  it('holds what the border type asks for, in SI-based units', async () => {
    const { scenario: loaded, diagnostics } = await load(scenario({ feeder: FEEDER, couple }));
    expect(diagnostics).toEqual([]);
    expect(Scenario.parse(loaded)).toEqual(loaded);
    expect(loaded).toMatchObject({
      name: 'S',
      startMinutes: 1020,
      intervalHours: 1 / 6,
      intervals: 6,
      currency: 'CNY',
      valueOfTimePerH: 30,
      chargingShare: 0.2,
      v2gShare: 0.1,
      roads: {
        nodes: ['a', 'b', 'c'],
        links: [
          { id: 'a->b', from: 'a', to: 'b', freeFlowTimeH: 7 / 60, capacityVehPerH: 1200 },
          { id: 'b->c', from: 'b', to: 'c', freeFlowTimeH: 7 / 60, capacityVehPerH: 1200 },
        ],
        demands: [{ id: 'a->c', from: 'a', to: 'c', vehPerH: [300, 300, 300, 300, 300, 300] }],
      },
      stations: [
        {
          id: 'CS',
          node: 'b',
          bus: 'b2',
          charging: { ports: 60, powerKw: 60, serviceH: 1 / 6, maxWaitH: 0, couponCapPerVehicle: null },
        },
      ],
      feeder: {
        id: 'F',
        baseKv: 12.66,
        minVoltagePu: 0.9,
        maxVoltagePu: 1.1,
        buses: [{ id: 'b1' }, { id: 'b2', loadKw: Array(6).fill(100), loadKvar: Array(6).fill(60) }],
        lines: [{ id: 'b1--b2', resistanceOhm: 0.1, reactanceOhm: 0.1, limitA: null }],
        sources: [{ id: 'Grid', voltagePu: 1, minKw: -5000, maxKw: 12000, minKvar: -8000, maxKvar: 8000 }],
      },
    });
    expect(loaded).not.toHaveProperty('positions');
  });

  it('turns steps into one value per interval', async () => {
    const text = scenario()
      .replace('300 veh/h', '17:00 300 veh/h, 17:20 400 veh/h, 17:50 0 veh/h')
      .replace('price 2 CNY/kWh', 'price 16:00 1 CNY/kWh, 17:30 2 CNY/kWh');
    // A price before the horizon is an error of its own, so this text only steps from its start.
    const { scenario: loaded } = await load(text.replace('16:00', '17:00'));
    expect(loaded?.roads.demands[0].vehPerH).toEqual([300, 300, 400, 400, 400, 0]);
    expect(loaded?.stations[0].charging?.pricePerKwh).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it('multiplies loads and PV by their shapes, which may have begun before', async () => {
    const feeder = FEEDER.replace('60 kvar }', '60 kvar, shape Evening }').replace(
      'bus b1',
      'shape Evening { 16:00 0.5, 17:25 1, 17:30 80 % } pv P at b2 { rating 1 MVA, output 0.8 MW, shape Evening } bus b1',
    );
    const { scenario: loaded } = await load(scenario({ feeder, couple }));
    expect(loaded?.feeder?.buses[1].loadKw).toEqual([50, 50, 50, 80, 80, 80]);
    expect(loaded?.feeder?.pvs[0]).toMatchObject({
      bus: 'b2',
      ratingKva: 1000,
      availableKw: [400, 400, 400, 640, 640, 640],
    });
  });

  it('reads ranges of generators', async () => {
    const feeder = FEEDER.replace(
      'bus b1',
      'generator A at b2 { up to 1.5 MW, 0.8 Mvar, cost 900 CNY/MWh } generator B at b2 { 0.2 MW to 2.5 MW } bus b1',
    );
    const { scenario: loaded } = await load(scenario({ feeder, couple }));
    expect(loaded?.feeder?.generators).toEqual([
      { id: 'A', bus: 'b2', minKw: 0, maxKw: 1500, minKvar: -800, maxKvar: 800, costPerKwh: 0.9 },
      { id: 'B', bus: 'b2', minKw: 200, maxKw: 2500, minKvar: 0, maxKvar: 0, costPerKwh: 0 },
    ]);
  });

  it('turns a cap on a discount into money per vehicle by the energy that a vehicle takes', async () => {
    const text = scenario()
      .replace('price 2 CNY/kWh', 'price 2 CNY/kWh, coupon up to 1.5 CNY/kWh')
      .replace('price 3 CNY/kWh', 'price 3 CNY/kWh, coupon up to 45 CNY');
    const { scenario: loaded } = await load(text);
    // 60 kW for 10 minutes are 10 kWh.
    expect(loaded?.stations[0].charging?.couponCapPerVehicle).toBeCloseTo(15, 12);
    expect(loaded?.stations[0].v2g?.couponCapPerVehicle).toBe(45);
  });

  it('lets the tail last for the longest way to a station and the longest service', async () => {
    // 7 min to b are one interval, the service another.
    expect((await load(scenario())).scenario?.tailIntervals).toBe(2);
    const circular = scenario().replace('demand', 'link c -> a { time 7 min, capacity 1200 veh/h } demand');
    // With a cycle the bound is twice the two longest links: 28 min are three intervals.
    expect((await load(circular)).scenario?.tailIntervals).toBe(4);
  });

  it('keeps positions', async () => {
    const text = scenario({ feeder: FEEDER.replace('bus b1', 'bus b1 at 3 4'), couple }).replace(
      'node a,',
      'node a at 1 2,',
    );
    expect((await load(text)).scenario?.positions).toEqual({ nodes: { a: [1, 2] }, buses: { b1: [3, 4] } });
  });
});

describe('the studies', () => {
  it('hold what the border type asks for', async () => {
    const studies = `
      study R characterize { axes CS at 17:30, CS at 17:50 subsidy 1000 CNY, unlimited directions until gap 2 %
        expect volume at 1000 CNY in 0.5 to 2 MW^2  expect range CS at 17:50 at unlimited in -500 kW to 3000 kW
        expect gap below 3 %  expect dimension 2 }
      study D dispatch { region R reserve 5 MW at b2 at 17:10 tiers 1000 CNY, 2000 CNY expect tier 1000 CNY
        expect inside 1000 CNY expect outside unlimited }
      study C compare { region R static interval 30 min }
      study S characterize { axes CS at 17:00 directions every 30 deg }
      study T characterize { axes CS at 17:40, CS at 17:10 to 17:20 expect volume at 17:20 at unlimited in 1 to 2 MW^2 }`;
    const loaded = await load(scenario({ feeder: FEEDER, couple, studies }));
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.studies.map((study) => StudySpec.parse(study))).toEqual(loaded.studies);
    expect(loaded.studies).toEqual([
      {
        kind: 'characterize',
        name: 'R',
        axes: [
          { station: 'CS', interval: 3 },
          { station: 'CS', interval: 5 },
        ],
        subsidyCaps: [1000, null],
        directions: { kind: 'until-gap', gap: 0.02 },
        expectations: [
          {
            kind: 'volume',
            subsidyCap: 1000,
            min: 0.5,
            max: 2,
            text: 'expect volume at 1000 CNY in 0.5 to 2 MW^2',
          },
          {
            ...{ kind: 'range', station: 'CS', interval: 5, subsidyCap: null, minMw: -0.5, maxMw: 3 },
            text: 'expect range CS at 17:50 at unlimited in -500 kW to 3000 kW',
          },
          { kind: 'gap', below: 0.03, text: 'expect gap below 3 %' },
          { kind: 'dimension', value: 2, text: 'expect dimension 2' },
        ],
      },
      {
        kind: 'dispatch',
        name: 'D',
        region: 'R',
        reserve: { bus: 'b2', interval: 1, mw: 5 },
        tiers: [1000, 2000],
        expectations: [
          { kind: 'tier', subsidyCap: 1000, text: 'expect tier 1000 CNY' },
          { kind: 'inside', subsidyCap: 1000, text: 'expect inside 1000 CNY' },
          { kind: 'outside', subsidyCap: null, text: 'expect outside unlimited' },
        ],
      },
      { kind: 'compare', name: 'C', region: 'R', staticIntervalH: 0.5, expectations: [] },
      {
        ...{ kind: 'characterize', name: 'S', axes: [{ station: 'CS', interval: 0 }], subsidyCaps: [null] },
        ...{ directions: { kind: 'every', degrees: 30 }, expectations: [] },
      },
      {
        ...{ kind: 'characterize', name: 'T', subsidyCaps: [null] },
        axes: [
          { station: 'CS', interval: 4 },
          { station: 'CS', interval: 1 },
        ],
        laterAxes: [
          [
            { station: 'CS', interval: 4 },
            { station: 'CS', interval: 2 },
          ],
        ],
        directions: { kind: 'every', degrees: 45 },
        expectations: [
          {
            ...{ kind: 'volume', interval: 2, subsidyCap: null, min: 1, max: 2 },
            text: 'expect volume at 17:20 at unlimited in 1 to 2 MW^2',
          },
        ],
      },
    ]);
  });
});

describe('the source map', () => {
  it('names the line of each part', async () => {
    const studies =
      'study R characterize { axes CS at 17:30\n  subsidy 1 CNY,\n  unlimited\n  expect dimension 1 }';
    const text = scenario({ feeder: FEEDER.replace('x 0.1 ohm', 'x 0.1 ohm, limit 400 A'), couple, studies });
    const { sources } = await load(text);
    const at = (key: string) => {
      const { line, column, endLine, endColumn } = sources.get(key)!.range;
      const lines = text.split('\n').slice(line - 1, endLine);
      return lines.length === 1
        ? lines[0].slice(column - 1, endColumn - 1)
        : `${lines[0].slice(column - 1)}…`;
    };
    expect(at('station:CS.charging.ports')).toBe('ports 60');
    expect(at('station:CS')).toBe('CS');
    expect(at('couple:CS')).toBe(couple);
    expect(at('link:a->b.capacity')).toBe('capacity 1200 veh/h');
    expect(at('demand:a->c')).toBe('demand a -> c { 300 veh/h }');
    expect(at('bus:b2.load')).toBe('load 100 kW');
    expect(at('line:b1--b2.limit')).toBe('limit 400 A');
    expect(at('source:Grid.power')).toBe('-5 MW to 12 MW');
    expect(at('feeder.voltage')).toBe('voltage 0.9 to 1.1 pu');
    expect(at('study:R.subsidy.1')).toBe('unlimited');
    expect(at('study:R.expect.0')).toBe('expect dimension 1');
    expect(at('node:b')).toBe('b');
  });
});

describe('the examples', () => {
  it.each(['evening-peak', 'corridor', 'one-station', 'braess-station'])('%s is clean', async (name) => {
    const { scenario: loaded, diagnostics, studies } = await loadFile(`examples/${name}.v2g`);
    expect(diagnostics).toEqual([]);
    expect(Scenario.parse(loaded)).toEqual(loaded);
    expect(studies.length).toBeGreaterThan(0);
  });

  it.each(['ieee33', 'ieee33-modified'])('feeders/%s is clean', async (name) => {
    expect((await loadFile(`examples/feeders/${name}.v2g`)).diagnostics).toEqual([]);
  });

  it('hold the case study', async () => {
    const { scenario: loaded } = await loadFile('examples/evening-peak.v2g');
    expect(loaded?.roads.links.map(({ freeFlowTimeH }) => Math.round(freeFlowTimeH * 60))).toEqual([
      ...[7, 9, 9, 12, 3, 9, 5, 13, 5, 9, 9, 10, 9, 6, 9, 8, 7, 14, 11],
    ]);
    expect(loaded?.stations.map(({ id, node, bus }) => [id, node, bus])).toEqual([
      ['CS1', 'n6', 'b22'],
      ['CS2', 'n9', 'b16'],
      ['CS3', 'n12', 'b30'],
    ]);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    const { feeder } = (await loadFile('examples/evening-peak.v2g')).scenario!;
    // Baran and Wu: 3.715 MW and 2.3 Mvar in all, here at 18:10, when the shape is 1.
    expect(sum(feeder!.buses.map(({ loadKw }) => loadKw[7]))).toBeCloseTo(3715, 9);
    expect(sum(feeder!.buses.map(({ loadKvar }) => loadKvar[7]))).toBeCloseTo(2300, 9);
    expect([feeder!.buses.length, feeder!.lines.length]).toEqual([33, 32]);
  });
});

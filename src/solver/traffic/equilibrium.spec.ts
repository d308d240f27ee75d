import { describe, expect, it } from 'vitest';
import { eveningPeak } from '../../../test/fixtures/evening-peak.js';
import { smallScenario } from '../../../test/fixtures/small-scenario.js';
import { FullNetwork } from './full-network.js';
import { buildTrafficModel } from './network.js';

/** Nguyen and Dupuis (1984) with the linear costs t = t0 + α w of the literature's first variant: t0, α per link. */
const NGUYEN_DUPUIS_ALPHA = [
  0.0125, 0.01, 0.01, 0.005, 0.0075, 0.0075, 0.0125, 0.005, 0.0125, 0.0125, 0.0125, 0.005, 0.005, 0.0025,
  0.005, 0.01, 0.0025, 0.01, 0.01,
];
const linear = (freeFlow: number, slope: number) => ({ coefficient: slope / freeFlow, power: 1 });

describe('equilibrium', () => {
  it('two parallel routes with linear costs split as the closed form says', () => {
    // 10 + 0.1 x = 20 + 0.05 (300 − x)  →  x = 166.67; the route by node c has a second link of no time.
    const scenario = smallScenario({
      links: [
        ['a', 'b', 10, 1],
        ['a', 'c', 20, 1],
        ['c', 'b', 0, 1],
      ],
      demands: [['a', 'b', 300]],
    });
    const slopes = [linear(10, 0.1), linear(20, 0.05), { coefficient: 0, power: 1 }];
    const network = new FullNetwork(
      buildTrafficModel(scenario, { propagation: 'instantaneous', volumeDelay: (index) => slopes[index] }),
    );
    expect(network.solve(network.noCoupons(), 1e-12)).toBeLessThanOrEqual(1e-12);
    expect(network.equilibrium.flow[0]).toBeCloseTo(500 / 3, 6);
    expect(network.equilibrium.cells.columnCost(0)).toBeCloseTo(10 + 50 / 3, 6);
  });

  it('Braess: 2-2-2 at cost 92', () => {
    const scenario = smallScenario({
      links: [
        ['1', '3', 1e-8, 1],
        ['1', '4', 50, 1],
        ['3', '2', 50, 1],
        ['3', '4', 10, 1],
        ['4', '2', 1e-8, 1],
      ],
      demands: [['1', '2', 6]],
    });
    const slopes = [10, 1, 1, 1, 10];
    const network = new FullNetwork(
      buildTrafficModel(scenario, {
        propagation: 'instantaneous',
        volumeDelay: (index) => linear(scenario.roads.links[index].freeFlowTimeH, slopes[index]),
      }),
    );
    network.solve(network.noCoupons(), 1e-12);
    [...network.equilibrium.flow].forEach((vehicles) => expect(vehicles).toBeCloseTo(2, 6));
    for (let path = 0; path < 3; path++)
      expect(network.equilibrium.cells.columnCost(path)).toBeCloseTo(92, 6);
  });

  it('Nguyen and Dupuis, static with linear costs: published O-D costs to 1e-5', () => {
    const base = eveningPeak();
    const demands = [400, 800, 600, 200];
    const scenario = {
      ...base,
      intervals: 1,
      intervalHours: 1,
      valueOfTimePerH: 60,
      chargingShare: 0,
      v2gShare: 0,
      stations: [],
      roads: {
        ...base.roads,
        links: base.roads.links.map((link) => ({ ...link, capacityVehPerH: 1 })),
        demands: base.roads.demands.map((demand, index) => ({ ...demand, vehPerH: [demands[index]] })),
      },
    };
    const network = new FullNetwork(
      buildTrafficModel(scenario, {
        propagation: 'instantaneous',
        volumeDelay: (index) =>
          linear(base.roads.links[index].freeFlowTimeH * 60, NGUYEN_DUPUIS_ALPHA[index]),
      }),
    );
    const gap = network.solve(network.noCoupons(), 1e-12);
    expect(gap).toBeLessThanOrEqual(1e-12);
    const { groupStart } = network.columns;
    [47.530694, 55.573687, 47.166578, 43.91007].forEach((published, group) => {
      let least = Infinity;
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
        least = Math.min(least, network.equilibrium.cells.columnCost(column));
      }
      expect(Math.abs(least - published)).toBeLessThan(1e-5);
    });
    expect(network.equilibrium.cells.totalTimeCost()).toBeCloseTo(100553.1877, 3);
  });

  it('a single station with a fixed arrival profile: nothing to choose, waiting as by hand', () => {
    const scenario = smallScenario({
      intervals: 2,
      chargingShare: 1,
      links: [
        ['a', 's', 1, 1000],
        ['s', 'b', 1, 1000],
      ],
      demands: [['a', 'b', [6, 3]]],
      stations: [
        { id: 'S', node: 's', charging: { serviceH: 2, ports: 9, maxWaitH: 3, pricePerKwh: [0.01, 0.01] } },
      ],
    });
    const network = new FullNetwork(buildTrafficModel(scenario));
    expect(network.solve(network.noCoupons(), 1e-12)).toBe(0);
    // Arrivals at t = 1, 2: occupancy 6, 9, so waiting 3 · (6/9)^3 and 3; energy 60 kW · 2 h · 0.01 = 1.2.
    const cost = (column: number): number => network.equilibrium.cells.columnCost(column);
    expect(cost(0)).toBeCloseTo(2 * (1 + 0) + 2 + 3 * (2 / 3) ** 3 + 1.2, 6);
    expect(cost(1)).toBeCloseTo(2 * (1 + 0) + 2 + 3 + 1.2, 6);
  });

  it('two stations in parallel: occupancies balance waiting against the longer way', () => {
    // Station T lies 0.25 h farther; per vehicle waiting (h/10)^3 · 0.5. 30 drivers: x at S, 30 − x at T.
    const scenario = smallScenario({
      chargingShare: 1,
      links: [
        ['a', 's', 0.25, 1e6],
        ['s', 'b', 0.25, 1e6],
        ['a', 't', 0.5, 1e6],
        ['t', 'b', 0.25, 1e6],
      ],
      demands: [['a', 'b', 30]],
      stations: [
        { id: 'S', node: 's', charging: { serviceH: 1 } },
        { id: 'T', node: 't', charging: { serviceH: 1 } },
      ],
    });
    const network = new FullNetwork(buildTrafficModel(scenario, { propagation: 'instantaneous' }));
    network.solve(network.noCoupons(), 1e-12);
    const x = network.equilibrium.flow[0];
    expect(0.5 * (x / 10) ** 3).toBeCloseTo(0.25 + 0.5 * ((30 - x) / 10) ** 3, 8);
  });

  it('the evening peak settles to 1e-8 and below, cold and warm, at the same loads', () => {
    const network = new FullNetwork(buildTrafficModel(eveningPeak()));
    const coupons = network.noCoupons();
    expect(network.solve(coupons, 1e-11)).toBeLessThanOrEqual(1e-11);
    const loads = network.stationLoadMw().map((load) => load.slice());
    const warm = network.equilibrium.flow.slice();
    coupons[3] = 5;
    network.solve(coupons, 1e-8);
    coupons[3] = 0;
    expect(network.solve(coupons, 1e-11, warm)).toBeLessThanOrEqual(1e-11);
    network.stationLoadMw().forEach((load, station) => {
      load.forEach((mw, t) => expect(Math.abs(mw - loads[station][t])).toBeLessThan(1e-6));
    });
  });

  it('zero demand leaves an empty network with gap 0', () => {
    const scenario = smallScenario({ links: [['a', 'b', 1, 10]], demands: [['a', 'b', 0]] });
    const network = new FullNetwork(buildTrafficModel(scenario));
    expect(network.solve(network.noCoupons(), 1e-8)).toBe(0);
  });
});

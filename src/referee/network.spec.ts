import { describe, expect, it } from 'vitest';
import type { Scenario } from '../solver/scenario.js';
import { listAlternatives } from './alternatives.js';
import { linkCosts } from './costs.js';
import { Alternatives, equilibrium, type GroupFlow } from './equilibrium.js';
import { load, stationLoadMw } from './loading.js';
import { buildNetwork, resolvePath, timePath, type Link, type Network } from './network.js';
import { pathSearch } from './cheapest-path.js';

interface RoadSpec {
  from: string;
  to: string;
  minutes: number;
  capacity?: number;
}

function network(roads: RoadSpec[], options: Partial<Scenario> = {}): Network {
  return buildNetwork({
    name: 'Test',
    startMinutes: 0,
    intervalHours: 1 / 6,
    intervals: 6,
    tailIntervals: 6,
    currency: 'CNY',
    valueOfTimePerH: 30,
    chargingShare: 0,
    v2gShare: 0,
    roads: {
      nodes: [...new Set(roads.flatMap(({ from, to }) => [from, to]))],
      links: roads.map(({ from, to, minutes, capacity }) => ({
        id: `${from}->${to}`,
        from,
        to,
        freeFlowTimeH: minutes / 60,
        capacityVehPerH: capacity ?? 1e9,
      })),
      demands: [{ id: 'o->d', from: 'o', to: 'd', vehPerH: Array<number>(6).fill(60) }],
    },
    stations: [],
    feeder: null,
    ...options,
  });
}

const station = (node: string, serviceH: number, maxWaitH = 0): Scenario['stations'][number] => ({
  id: 'S',
  node,
  bus: null,
  charging: {
    ports: 10,
    powerKw: 60,
    serviceH,
    maxWaitH,
    pricePerKwh: [2, 2, 2, 2, 2, 4],
    couponCapPerVehicle: null,
  },
  v2g: null,
});

const links = (net: Network, ...ids: string[]): Link[] => ids.map((id) => net.links.get(id)!);

describe('loading', () => {
  it('sends 60 % of a delay of 1.4 intervals to the next and 40 % to the one after', () => {
    const net = network([
      { from: 'o', to: 'a', minutes: 14 },
      { from: 'a', to: 'd', minutes: 5 },
    ]);
    const [first, second] = links(net, 'o->a', 'a->d');
    const { inflow } = load([{ path: timePath([first, second]), departures: [10, 0, 20] }]);
    expect([0, 1, 2, 3, 4, 5].map((t) => inflow(second, t))).toEqual([
      0,
      expect.closeTo(6, 12),
      expect.closeTo(4, 12),
      expect.closeTo(12, 12),
      expect.closeTo(8, 12),
      0,
    ]);
  });

  it('interpolates the cumulative delay, so that two times 0.7 is 1.4 and not smeared over three intervals', () => {
    const net = network([
      { from: 'o', to: 'a', minutes: 7 },
      { from: 'a', to: 'b', minutes: 7 },
      { from: 'b', to: 'd', minutes: 5 },
    ]);
    const path = links(net, 'o->a', 'a->b', 'b->d');
    const { inflow } = load([{ path: timePath(path), departures: [10] }]);
    expect([0, 1, 2, 3].map((t) => inflow(path[2], t))).toEqual([
      0,
      expect.closeTo(6, 12),
      expect.closeTo(4, 12),
      0,
    ]);
  });

  it('counts who enters a station in t at the starts of t+1 … t+D, D the service in whole intervals', () => {
    // 25 min of service are three intervals; 10 vehicles enter in 1 and 10 in 2.
    const net = network(
      [
        { from: 'o', to: 'a', minutes: 10 },
        { from: 'a', to: 'd', minutes: 10 },
      ],
      { stations: [station('a', 25 / 60, 0.5)] },
    );
    const path = links(net, 'o->a', 'S.charging', 'a->d');
    const loading = load([{ path: timePath(path), departures: [10, 10] }]);
    expect([0, 1, 2, 3, 4, 5, 6].map((t) => loading.occupancy(path[1], t))).toEqual([
      0, 0, 10, 20, 20, 10, 0,
    ]);
    expect([2, 3, 6].map((t) => stationLoadMw(net, loading, 'S', t))).toEqual([
      expect.closeTo(0.6, 12),
      expect.closeTo(1.2, 12),
      0,
    ]);
    expect([4, 5].map((t) => loading.inflow(path[2], t))).toEqual([10, 10]);

    // Who enters in t waits by the occupancy at the end of that interval: 10 of 10 ports, then 20 of 10.
    const costs = linkCosts(net, loading, [
      { station: 'S', service: 'charging', interval: 2, perVehicle: 7 },
    ]);
    const energyMoney = 60 * (25 / 60) * 2;
    expect(costs.cost(path[1], 1)).toBeCloseTo(30 * (25 / 60 + 0.5) + energyMoney, 10);
    expect(costs.cost(path[1], 2)).toBeCloseTo(30 * (25 / 60 + 0.5 * 8) + energyMoney - 7, 10);
    // After the horizon the last price holds.
    expect(costs.cost(path[1], 30)).toBeCloseTo(30 * (25 / 60) + 2 * energyMoney, 10);
  });
});

describe('equilibrium on two parallel routes', () => {
  // U takes 6 min and fills up, L 12 min and never: U carries x with 0.1(1 + 0.15(x/100)⁴) = 0.2 h.
  const net = network(
    [
      { from: 'o', to: 'u', minutes: 6, capacity: 100 },
      { from: 'u', to: 'd', minutes: 0 },
      { from: 'o', to: 'l', minutes: 12 },
      { from: 'l', to: 'd', minutes: 0 },
    ],
    { intervalHours: 1, intervals: 1 },
  );
  net.scenario.roads.demands[0].vehPerH = [300];
  const onU = 100 * (1 / 0.15) ** 0.25;
  const solve = (x: number): ReturnType<typeof equilibrium> => {
    const [demand] = net.scenario.roads.demands;
    const flows: GroupFlow[] = [
      { demand, traveller: 'regular', path: timePath(links(net, 'o->u', 'u->d')), departures: [x] },
      { demand, traveller: 'regular', path: timePath(links(net, 'o->l', 'l->d')), departures: [300 - x] },
    ];
    const loading = load(flows);
    return equilibrium(net, new Alternatives(net), flows, loading, linkCosts(net, loading, []));
  };

  it('has no gap at the closed form', () => {
    expect(solve(onU).relativeGap).toBeLessThan(1e-14);
    expect(solve(onU).maxExcessCost).toBeLessThan(1e-12);
  });

  it('has the gap of the vehicles that are on the dearer route', () => {
    const time = 0.1 * (1 + 0.15 * 1.5 ** 4);
    const { relativeGap, maxExcessCost } = solve(150);
    expect(maxExcessCost).toBeCloseTo(30 * (0.2 - time), 10);
    expect(relativeGap).toBeCloseTo((150 * (0.2 - time)) / (150 * 0.2 + 150 * time), 10);
  });
});

describe("equilibrium on Braess's network", () => {
  // One interval so long that delays vanish in it. Outer routes t(x + y) + 20, bridge 2 t(x + y) + 5, with
  // t(z) = 10(1 + 0.15(z/100)⁴) min: all three cost the same when t(x + y) = 15.
  const net = network(
    [
      { from: 'o', to: 'a', minutes: 10, capacity: 100 },
      { from: 'a', to: 'd', minutes: 20 },
      { from: 'o', to: 'b', minutes: 20 },
      { from: 'b', to: 'd', minutes: 10, capacity: 100 },
      { from: 'a', to: 'b', minutes: 5 },
    ],
    { intervalHours: 1e7, intervals: 1 },
  );
  net.scenario.roads.demands[0].vehPerH = [200];
  const sum = 100 * (0.5 / 0.15) ** 0.25;
  const solve = (outer: number): number => {
    const [demand] = net.scenario.roads.demands;
    const routes: [string[], number][] = [
      [['o->a', 'a->d'], outer],
      [['o->b', 'b->d'], outer],
      [['o->a', 'a->b', 'b->d'], 200 - 2 * outer],
    ];
    const flows = routes.map(([ids, rate]): GroupFlow => ({
      demand,
      traveller: 'regular',
      path: timePath(links(net, ...ids)),
      departures: [rate * 1e7],
    }));
    const loading = load(flows);
    return equilibrium(net, new Alternatives(net), flows, loading, linkCosts(net, loading, [])).relativeGap;
  };

  it('uses the bridge although everybody would be better off without it', () => {
    expect(solve(200 - sum)).toBeLessThan(1e-6);
    expect(solve(100)).toBeGreaterThan(0.01);
  });
});

describe('alternatives', () => {
  const roads = [
    { from: 'o', to: 'a', minutes: 5 },
    { from: 'a', to: 'o', minutes: 5 },
    { from: 'a', to: 'd', minutes: 5 },
    { from: 'd', to: 'a', minutes: 5 },
    { from: 'a', to: 's', minutes: 5 },
    { from: 's', to: 'a', minutes: 5 },
  ];
  const net = network(roads, { stations: [station('s', 1 / 6)], chargingShare: 1 });
  const [demand] = net.scenario.roads.demands;
  const idsOf = (list: ReturnType<typeof listAlternatives>): string[] =>
    list!.map((path) => path.map((step) => step.link.id).join(' '));

  it('are simple paths, and for stations a simple leg there and one from there', () => {
    expect(idsOf(listAlternatives(net, demand, 'regular'))).toEqual(['o->a a->d']);
    expect(idsOf(listAlternatives(net, demand, 'charging'))).toEqual(['o->a a->s S.charging s->a a->d']);
    const flow = { demand: 'o->d', departures: [] };
    const detour = ['o->a', 'a->s', 'S.charging', 's->a', 'a->d'];
    expect(typeof resolvePath(net, { ...flow, traveller: 'charging', path: detour })).toBe('object');
    expect(
      resolvePath(net, { ...flow, traveller: 'regular', path: ['o->a', 'a->s', 's->a', 'a->d'] }),
    ).toMatch(/comes back to a/);
  });

  it('pass a station at the origin and at the destination', () => {
    for (const node of ['o', 'd']) {
      const other = network(roads, { stations: [station(node, 1 / 6)] });
      const [direct] = idsOf(listAlternatives(other, demand, 'charging'));
      expect(direct).toBe(node === 'o' ? 'S.charging o->a a->d' : 'o->a a->d S.charging');
    }
  });

  it('are searched as well as listed: the same least cost on a grid, at every departure', () => {
    const size = 4;
    const name = (i: number, j: number): string =>
      i + j === 0 ? 'o' : i + j === 2 * size - 2 ? 'd' : `${i}.${j}`;
    const grid: RoadSpec[] = [];
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        const minutes = 3 + ((7 * i + 5 * j) % 9);
        if (i + 1 < size) grid.push({ from: name(i, j), to: name(i + 1, j), minutes, capacity: 40 });
        if (j + 1 < size)
          grid.push({ from: name(i, j), to: name(i, j + 1), minutes: minutes + 1, capacity: 30 });
        if (i > 0) grid.push({ from: name(i, j), to: name(i - 1, j), minutes: 2 });
      }
    }
    const big = network(grid, { stations: [station('2.1', 0.3, 0.5)], chargingShare: 0.5 });
    const [pair] = big.scenario.roads.demands;
    const flows = (['regular', 'charging'] as const).map((traveller, k): GroupFlow => {
      const paths = listAlternatives(big, pair, traveller)!;
      return { demand: pair, traveller, path: paths[k], departures: [30, 10, 60, 0, 20, 50] };
    });
    const loading = load(flows);
    const coupons = [{ station: 'S', service: 'charging' as const, interval: 5, perVehicle: 9 }];
    const costs = linkCosts(big, loading, coupons);
    const search = pathSearch(big, costs, loading.busyIntervals);
    for (const traveller of ['regular', 'charging'] as const) {
      const listed = listAlternatives(big, pair, traveller)!;
      expect(listed.length).toBeGreaterThan(20);
      for (let t = 0; t < 6; t++) {
        const least = Math.min(
          ...listed.map((path) =>
            path.reduce(
              (sum, { link, whole, fraction }) =>
                sum +
                (1 - fraction) * costs.cost(link, t + whole) +
                fraction * costs.cost(link, t + whole + 1),
              0,
            ),
          ),
        );
        expect(search.cheapest(pair, traveller, t)).toBeCloseTo(least, 9);
      }
    }
  });
});

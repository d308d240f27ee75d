import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eveningPeak } from '../../../test/fixtures/evening-peak.js';
import { smallScenario } from '../../../test/fixtures/small-scenario.js';
import { FullNetwork } from './full-network.js';
import { buildTrafficModel } from './network.js';

const load = (network: FullNetwork, flow: ArrayLike<number>): FullNetwork => {
  network.equilibrium.warmStart(Float64Array.from(flow));
  return network;
};
const inflow = (network: FullNetwork, block: number): number[] => {
  const { intervals } = network.model;
  return [...network.equilibrium.cells.inflow.subarray(block * intervals, (block + 1) * intervals)];
};
const closeTo = (actual: readonly number[], expected: readonly number[]): void => {
  expect(actual.length).toBeGreaterThanOrEqual(expected.length);
  actual.forEach((value, index) => expect(value).toBeCloseTo(expected[index] ?? 0, 9));
};

describe('loading', () => {
  it('a delay of 1.4 intervals sends 60 % to the next interval and 40 % to the one after', () => {
    const network = new FullNetwork(
      buildTrafficModel(
        smallScenario({
          intervals: 2,
          links: [
            ['a', 'b', 1.4, 100],
            ['b', 'c', 0, 100],
          ],
          demands: [['a', 'c', [10, 0]]],
        }),
      ),
    );
    load(network, [10]);
    closeTo(inflow(network, 0), [10]);
    closeTo(inflow(network, 1), [0, 6, 4]);
  });

  it('interpolates the cumulative delay: two links of 0.7 smear no more than one of 1.4', () => {
    const network = new FullNetwork(
      buildTrafficModel(
        smallScenario({
          links: [
            ['a', 'b', 0.7, 100],
            ['b', 'c', 0.7, 100],
            ['c', 'd', 0, 100],
          ],
          demands: [['a', 'd', 10]],
        }),
      ),
    );
    load(network, [10]);
    closeTo(inflow(network, 1), [3, 7]);
    closeTo(inflow(network, 2), [0, 6, 4]);
  });

  it('a station queue by hand: who enters in t is present at t+1 … t+D', () => {
    // Service 1.5 intervals counts as 2. Arrivals 4, 0, 2: present at the ends of the intervals 4, 4, 2, 2.
    const scenario = smallScenario({
      intervals: 3,
      chargingShare: 1,
      links: [['a', 'b', 0, 100]],
      demands: [['a', 'b', [4, 0, 2]]],
      stations: [{ id: 'S', node: 'a', charging: { serviceH: 1.5, ports: 4, maxWaitH: 2, powerKw: 50 } }],
    });
    const network = new FullNetwork(buildTrafficModel(scenario));
    load(network, [4, 2]);
    const { cells } = network.equilibrium;
    const first = network.model.intervals;
    closeTo([...cells.occupancy.subarray(first, first + 5)], [4, 4, 2, 2, 0]);
    // θ (service + maxWait (h / ports)^3): 1.5 + 2 · 1, 1.5 + 2 · 1, 1.5 + 2 / 8.
    closeTo([...cells.cost.subarray(first, first + 3)], [3.5, 3.5, 1.75]);
    closeTo([...network.stationLoadMw()[0].subarray(0, 5)], [0, 0.2, 0.2, 0.1, 0.1]);
    // A vehicle leaves the station two intervals after it entered.
    closeTo(inflow(network, 0), [0, 0, 4, 0, 2]);
  });

  it('conserves vehicles: what enters a node leaves it, and everybody arrives', () => {
    const model = buildTrafficModel(eveningPeak());
    const network = new FullNetwork(model);
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) => {
        const { groupStart, demand } = network.columns;
        const flow = new Float64Array(network.columns.constant.length);
        for (let group = 0; group < demand.length; group++) {
          const raw = Array.from(
            { length: groupStart[group + 1] - groupStart[group] },
            () => 0.01 + (stream.next().value as number),
          );
          const sum = raw.reduce((a, b) => a + b, 0);
          raw.forEach((share, i) => (flow[groupStart[group] + i] = (demand[group] * share) / sum));
        }
        load(network, flow);
        const { inflow: cells } = network.equilibrium.cells;
        const total = (block: number): number => {
          let sum = 0;
          for (let t = 0; t < model.intervals; t++) sum += cells[block * model.intervals + t];
          return sum;
        };
        const trips = demand.reduce((a, b) => a + b, 0);
        const { links, nodes } = model.scenario.roads;
        for (const node of nodes) {
          const into = links.reduce((sum, link, i) => sum + (link.to === node ? total(i) : 0), 0);
          const out = links.reduce((sum, link, i) => sum + (link.from === node ? total(i) : 0), 0);
          const origin = ['n1', 'n4'].includes(node);
          const destination = ['n2', 'n3'].includes(node);
          if (!origin && !destination) expect(into).toBeCloseTo(out, 6);
        }
        const arrived = links.reduce(
          (sum, link, i) => sum + (['n2', 'n3'].includes(link.to) ? total(i) : 0),
          0,
        );
        expect(arrived).toBeCloseTo(trips, 6);
        // Every charging driver charges exactly once, every V2G driver serves exactly once.
        const shares = { charging: 0.2, v2g: 0.1 };
        for (const kind of ['charging', 'v2g'] as const) {
          const served = model.services.reduce(
            (sum, service, i) => sum + (service.kind === kind ? total(links.length + i) : 0),
            0,
          );
          expect(served).toBeCloseTo(trips * shares[kind], 6);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('conserves vehicles at every interval: present = entered so far − left so far', () => {
    const model = buildTrafficModel(eveningPeak());
    const network = new FullNetwork(model);
    network.solve(network.noCoupons(), 1e-8);
    const { occupancy, inflow: cells } = network.equilibrium.cells;
    model.services.forEach((service, index) => {
      const first = (model.links.length + index) * model.intervals;
      let entered = 0;
      for (let t = 0; t < model.intervals; t++) {
        entered += cells[first + t];
        let left = 0;
        for (let s = 0; s + service.dwell <= t; s++) left += cells[first + s];
        expect(occupancy[first + t]).toBeCloseTo(entered - left, 8);
      }
      expect(occupancy[first + model.intervals - 1]).toBeCloseTo(0, 8);
    });
  });

  it('keeps first in, first out: cumulative departures never cross on a path', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (times, rates) => {
          fc.pre(rates.some((rate) => rate > 0));
          const nodes = times.map((_, index) => `n${index}`).concat('end', 'after');
          const network = new FullNetwork(
            buildTrafficModel(
              smallScenario({
                intervals: 4,
                links: [...times, 0].map(
                  (time, index) => [nodes[index], nodes[index + 1], time, 100] as const,
                ),
                demands: [['n0', 'after', rates]],
              }),
            ),
          );
          load(network, Array.from(network.columns.demand));
          // The cumulative inflow of a later link at t is that of an earlier one at t − delay: monotone, no overtaking.
          const last = inflow(network, times.length);
          const firstLink = inflow(network, 0);
          let before = 0;
          let after = 0;
          firstLink.forEach((vehicles, t) => {
            before += vehicles;
            after += last[t] ?? 0;
            expect(after).toBeLessThanOrEqual(before + 1e-9);
            expect(last[t] ?? 0).toBeGreaterThanOrEqual(-1e-12);
          });
          expect(last.reduce((a, b) => a + b, 0)).toBeCloseTo(
            rates.reduce((a, b) => a + b, 0),
            8,
          );
        },
      ),
      { numRuns: 100 },
    );
  });
});

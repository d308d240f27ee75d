import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { COUPON_CAP, crowdedStations } from '../../../test/fixtures/crowded-stations.js';
import { loadHighs } from '../highs/load.js';
import { CERTIFIED_GAP } from '../region/certificate.js';
import { FullNetwork } from '../traffic/full-network.js';
import { buildTrafficModel } from '../traffic/network.js';
import type { StationChoice } from '../traffic/station-choice.js';
import { BoundContext } from './bound-context.js';
import { boxOf, copyOf, serviceOf, waiting, type ClassBox } from './box.js';
import { presentFrom } from './reach.js';
import { Tightening } from './tighten.js';

const highs = await loadHighs();
const scenario = crowdedStations();
const model = buildTrafficModel(scenario);
const full = new FullNetwork(model);
const axes = scenario.stations.map(({ id }) => ({ station: id, interval: 3 }));
const { inputs } = new BoundContext(highs, scenario, axes);

interface State {
  Flow: Float64Array;
  Inflow: Float64Array;
  Present: Float64Array;
  Coupon: Float64Array;
  Net: Float64Array;
}
const QUANTITIES = ['Flow', 'Inflow', 'Present', 'Coupon', 'Net'] as const;

/** The equilibrium that `full` holds, as one class sees it. */
function stateOf(choice: StationChoice, coupons: Float64Array): State {
  const { columns } = choice;
  const flow = full.equilibrium.flow;
  const state: State = {
    Flow: new Float64Array(columns.constant.length),
    Inflow: new Float64Array(choice.price.length),
    Present: new Float64Array(choice.price.length),
    Coupon: new Float64Array(choice.price.length),
    Net: new Float64Array(choice.price.length),
  };
  choice.groups.forEach((group, index) => {
    const { traveller, demand } = model.groups[group];
    const paths = model.pathsOf(traveller, demand);
    for (let column = columns.groupStart[index]; column < columns.groupStart[index + 1]; column++) {
      for (const path of choice.pathsOfColumn[column])
        state.Flow[column] += flow[full.columns.groupStart[group] + paths.indexOf(path)];
      for (let entry = columns.start[column]; entry < columns.start[column + 1]; entry++) {
        const entering = columns.weight[entry] * state.Flow[column];
        state.Inflow[columns.cell[entry]] += entering;
        for (const at of presentFrom(columns.cell[entry], columns.blocks, columns.intervals))
          state.Present[at] += entering;
      }
    }
  });
  state.Net.forEach((_, at) => {
    const block = Math.floor(at / columns.intervals);
    state.Coupon[at] = coupons[choice.services[block] * model.intervals + (at % columns.intervals)];
    state.Net[at] = waiting(serviceOf(choice, at), state.Present[at]) - state.Coupon[at];
  });
  return state;
}

const sides = (box: ClassBox, quantity: (typeof QUANTITIES)[number]): [Float64Array, Float64Array] => [
  box[`least${quantity}`],
  box[`most${quantity}`],
];

/** Some ranges cut down at random, the state always inside. */
function partAround(box: ClassBox, state: State, random: () => number): ClassBox {
  const part = copyOf(box);
  for (const quantity of ['Flow', 'Inflow', 'Present', 'Coupon'] as const) {
    const [least, most] = sides(part, quantity);
    state[quantity].forEach((value, at) => {
      if (random() < 0.6) return;
      least[at] += (value - least[at]) * (0.5 + 0.5 * random());
      most[at] += (value - most[at]) * (0.5 + 0.5 * random());
    });
  }
  return part;
}

function widthOf(box: ClassBox): number {
  const [least, most] = sides(box, 'Flow');
  return most.reduce((sum, value, at) => sum + value - least[at], 0);
}

/** Park and Miller's generator. */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

describe('ranges of a class', () => {
  it('made narrower keep every equilibrium that was in them', () => {
    let [before, after, cases] = [0, 0, 0];
    const coupon = fc.oneof(
      { arbitrary: fc.constant(0), weight: 2 },
      fc.double({ min: 0, max: COUPON_CAP, noNaN: true }),
    );
    const size = full.noCoupons().length;
    fc.assert(
      fc.property(
        fc.array(coupon, { minLength: size, maxLength: size }),
        fc.integer({ min: 1, max: 1e6 }),
        (values, seed) => {
          const coupons = Float64Array.from(values);
          if (!(full.solve(coupons, 1e-9) <= CERTIFIED_GAP)) return;
          const random = generator(seed);
          for (const { choice, roads, excessCost } of inputs) {
            const state = stateOf(choice, coupons);
            const part = partAround(boxOf(choice), state, random);
            before += widthOf(part);
            expect(new Tightening(choice, roads, excessCost).apply(part)).toBe(true);
            after += widthOf(part);
            cases++;
            for (const quantity of QUANTITIES) {
              const [least, most] = sides(part, quantity);
              state[quantity].forEach((value, at) => {
                expect(value).toBeGreaterThan(least[at] - 1e-6);
                expect(value).toBeLessThan(most[at] + 1e-6);
              });
            }
          }
        },
      ),
      { numRuns: 300, seed: 11 },
    );
    expect(cases).toBeGreaterThan(400);
    // Not vacuous: a third of what was left open is ruled out.
    expect(after).toBeLessThan(0.67 * before);
  });

  it('are empty where nobody would go for the coupons that are left', () => {
    const [{ choice, roads, excessCost }] = inputs;
    const box = boxOf(choice);
    // Everybody at the far station, and not a coupon there.
    const { intervals } = choice.columns;
    box.mostInflow.fill(0, 0, intervals);
    box.mostCoupon.fill(0, intervals);
    expect(new Tightening(choice, roads, excessCost).apply(box)).toBe(false);
  });
});

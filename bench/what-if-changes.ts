/** Changes of a file that the benchmarks of what-if make. */
import type { Scenario } from '../src/solver/scenario.js';

/** By what is changed: changes it by a factor, in place. */
const FACTORS = {
  'price of charging at CS1': ({ stations: [{ charging }] }: Scenario, factor: number) => {
    if (charging) charging.pricePerKwh = charging.pricePerKwh.map((price) => factor * price);
  },
  demand: ({ roads }: Scenario, factor: number) => {
    for (const demand of roads.demands) demand.vehPerH = demand.vehPerH.map((flow) => factor * flow);
  },
  'coupon cap of charging at CS1': ({ stations: [{ charging }] }: Scenario, factor: number) => {
    if (charging?.couponCapPerVehicle) charging.couponCapPerVehicle *= factor;
  },
  'capacity of the first link': ({ roads }: Scenario, factor: number) => {
    roads.links[0].capacityVehPerH *= factor;
  },
  "the feeder's loads": ({ feeder }: Scenario, factor: number) => {
    for (const bus of feeder?.buses ?? []) {
      bus.loadKw = bus.loadKw.map((power) => factor * power);
      bus.loadKvar = bus.loadKvar.map((power) => factor * power);
    }
  },
} satisfies Record<string, (scenario: Scenario, factor: number) => void>;

export type Quantity = keyof typeof FACTORS;

/** The scenario with one quantity changed. */
export function changed(base: Scenario, quantity: Quantity, percent: number): Scenario {
  const scenario = structuredClone(base);
  FACTORS[quantity](scenario, 1 + percent / 100);
  return scenario;
}

/**
 * Dynamic user equilibrium: for each demand, class and departure interval, used paths have equal and minimal
 * cost. The relative gap is the sum of f(c − mu) over the total travel-time cost (driving, service and waiting;
 * no money), over all classes, mu being the least cost over the referee's own set of alternatives.
 */
import type { Demand } from '../solver/scenario.js';
import { alongPath, type LinkCosts } from './costs.js';
import { listAlternatives } from './alternatives.js';
import { pathSearch, type PathSearch } from './cheapest-path.js';
import type { Network, Path, Traveller } from './network.js';
import type { Loading, PathFlow } from './loading.js';
import { USED_PATH_FRACTION } from './tolerances.js';

export interface Equilibrium {
  relativeGap: number;
  /** Largest excess cost of a used path, money. */
  maxExcessCost: number;
  /** Groups whose cheapest alternative the referee could not settle. */
  unsettled: string[];
}

export interface GroupFlow extends PathFlow {
  readonly demand: Demand;
  readonly traveller: Traveller;
}

/** Alternatives depend on the scenario alone, and a result has hundreds of points. */
export class Alternatives {
  private readonly known = new Map<string, Path[] | null>();
  constructor(private readonly network: Network) {}

  of(demand: Demand, traveller: Traveller): Path[] | null {
    const key = `${traveller} ${demand.id}`;
    if (!this.known.has(key)) this.known.set(key, listAlternatives(this.network, demand, traveller));
    return this.known.get(key)!;
  }
}

/** Vehicles of a class that depart in an interval [share · q_rs(t) · step]. */
export function groupDemand(
  network: Network,
  demand: Demand,
  traveller: Traveller,
  departure: number,
): number {
  const { chargingShare, v2gShare, intervalHours } = network.scenario;
  const share = { regular: 1 - chargingShare - v2gShare, charging: chargingShare, v2g: v2gShare }[traveller];
  return demand.vehPerH[departure] * intervalHours * share;
}

export function equilibrium(
  network: Network,
  alternatives: Alternatives,
  flows: readonly GroupFlow[],
  loading: Loading,
  costs: LinkCosts,
): Equilibrium {
  let search: PathSearch | undefined;
  const searchCheapest: PathSearch['cheapest'] = (...group) =>
    (search ??= pathSearch(network, costs, loading.busyIntervals)).cheapest(...group);
  const leastCosts = new Map<string, number | null>();
  const leastCost = (demand: Demand, traveller: Traveller, departure: number): number | null => {
    const key = `${traveller} ${demand.id} ${departure}`;
    if (!leastCosts.has(key)) {
      const listed = alternatives.of(demand, traveller);
      leastCosts.set(
        key,
        listed
          ? listed.reduce((least, path) => Math.min(least, alongPath(path, departure, costs.cost)), Infinity)
          : searchCheapest(demand, traveller, departure),
      );
    }
    return leastCosts.get(key)!;
  };

  let excess = 0;
  let travelTimeCost = 0;
  let maxExcessCost = 0;
  const unsettled = new Set<string>();
  for (const { demand, traveller, path, departures } of flows) {
    departures.forEach((vehicles, departure) => {
      if (vehicles === 0) return;
      travelTimeCost += vehicles * alongPath(path, departure, costs.timeCost);
      const least = leastCost(demand, traveller, departure);
      if (least === null) {
        unsettled.add(`${traveller} ${demand.id} departing in ${departure}`);
        return;
      }
      const excessCost = alongPath(path, departure, costs.cost) - least;
      excess += vehicles * excessCost;
      if (vehicles > USED_PATH_FRACTION * groupDemand(network, demand, traveller, departure)) {
        maxExcessCost = Math.max(maxExcessCost, excessCost);
      }
    });
  }
  // Without time costs there is nothing to be relative to; the excess then stands for itself.
  return { relativeGap: excess / (travelTimeCost || 1), maxExcessCost, unsettled: [...unsettled] };
}

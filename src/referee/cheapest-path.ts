/**
 * The cheapest alternative of one departure in a network with too many to list: depth first over the same
 * alternatives, leaving out what cannot beat the best found, because even at each link's lowest cost the rest
 * of the way is too dear. Exact: only simple legs count, as in the listed case.
 */
import type { Demand } from '../solver/scenario.js';
import type { Link, Network, Stop, Traveller } from './network.js';
import type { LinkCosts } from './costs.js';

/** Links tried for one departure before the referee says that it cannot tell. */
const MAX_STEPS = 2_000_000;
const WHOLE_DELAY = 1e-9;

export interface PathSearch {
  /**
   * Lowest cost over all alternatives for who departs in the interval; Infinity when there is none, null when
   * the search had to give up.
   */
  cheapest(demand: Demand, traveller: Traveller, departure: number): number | null;
}

/** @param busyIntervals from this interval on, link costs no longer change */
export function pathSearch(network: Network, costs: LinkCosts, busyIntervals: number): PathSearch {
  const intervals = Math.max(busyIntervals, network.scenario.intervals + network.scenario.tailIntervals) + 1;
  const lowest = new Map<Link, number>();
  for (const link of network.links.values()) {
    let least = Infinity;
    for (let t = 0; t <= intervals; t++) least = Math.min(least, costs.cost(link, t));
    lowest.set(link, least);
  }
  const distances = new Map<string, Map<string, number>>();
  const distanceTo = (target: string): Map<string, number> => {
    let known = distances.get(target);
    if (!known) distances.set(target, (known = lowestCostsTo(network, target, lowest)));
    return known;
  };

  const search = (
    demand: Demand,
    stop: Stop | null,
    departure: number,
    initialBest: number,
  ): number | null => {
    const toTarget = distanceTo(demand.to);
    const toStop = stop && distanceTo(stop.station.node);
    const afterStop = stop ? lowest.get(stop)! + (toTarget.get(stop.station.node) ?? Infinity) : 0;
    const bound = (node: string, stopped: boolean): number =>
      stopped || !toStop ? (toTarget.get(node) ?? Infinity) : (toStop.get(node) ?? Infinity) + afterStop;
    let best = initialBest;
    let steps = 0;
    const visit = (
      node: string,
      stopped: boolean,
      leg: Set<string>,
      delay: number,
      spent: number,
    ): boolean => {
      if (++steps > MAX_STEPS) return false;
      if (stopped && node === demand.to) {
        best = Math.min(best, spent);
        return true;
      }
      const enter = (link: Link): number => spent + costAtDelay(costs, link, departure + delay);
      if (!stopped && node === stop?.station.node) {
        return visit(node, true, new Set([node]), delay + stop.delay, enter(stop));
      }
      const next = (network.leaving.get(node) ?? [])
        .filter((link) => !leg.has(link.road.to))
        .map((link) => ({ link, cost: enter(link) }))
        .map(({ link, cost }) => ({ link, cost, bound: cost + bound(link.road.to, stopped) }))
        .sort((a, b) => a.bound - b.bound);
      for (const { link, cost, bound: least } of next) {
        if (least >= best) break;
        leg.add(link.road.to);
        const goOn = visit(link.road.to, stopped, leg, delay + link.delay, cost);
        leg.delete(link.road.to);
        if (!goOn) return false;
      }
      return true;
    };
    return visit(demand.from, stop === null, new Set([demand.from]), 0, 0) ? best : null;
  };

  return {
    cheapest: (demand, traveller, departure) => {
      if (traveller === 'regular') return search(demand, null, departure, Infinity);
      let best: number | null = Infinity;
      for (const stop of network.stops.filter((candidate) => candidate.traveller === traveller)) {
        if (best !== null) best = search(demand, stop, departure, best);
      }
      return best;
    },
  };
}

/** Cost of a link entered at a moment between two intervals. */
function costAtDelay(costs: LinkCosts, link: Link, moment: number): number {
  const whole = Math.floor(moment + WHOLE_DELAY);
  const fraction = Math.max(0, moment - whole);
  const now = costs.cost(link, whole);
  return fraction < WHOLE_DELAY ? now : (1 - fraction) * now + fraction * costs.cost(link, whole + 1);
}

/** Bellman–Ford from the target backwards at lowest link costs, which are non-negative for roads. */
function lowestCostsTo(network: Network, target: string, lowest: Map<Link, number>): Map<string, number> {
  const distance = new Map<string, number>([[target, 0]]);
  for (let changed = true; changed;) {
    changed = false;
    for (const link of network.links.values()) {
      if (link.kind !== 'road') continue;
      const candidate = (distance.get(link.road.to) ?? Infinity) + lowest.get(link)!;
      if (candidate < (distance.get(link.road.from) ?? Infinity)) {
        distance.set(link.road.from, candidate);
        changed = true;
      }
    }
  }
  return distance;
}

/**
 * What a traveller can choose from, found by the referee itself and not taken from the file: all simple paths
 * for regular travellers; for charging and V2G travellers, at every station that offers the service, a simple
 * leg to its node and a simple leg from there.
 */
import type { Demand } from '../solver/scenario.js';
import { timePath, type Link, type Network, type Path, type Road, type Traveller } from './network.js';

/** More alternatives than this for one demand and class, and each departure is searched instead. */
const LISTED_ALTERNATIVES = 20_000;

/** All alternatives of a demand and class; null when there are too many to list. */
export function listAlternatives(network: Network, demand: Demand, traveller: Traveller): Path[] | null {
  if (traveller === 'regular') {
    return simpleLegs(network, demand.from, demand.to, LISTED_ALTERNATIVES)?.map(timePath) ?? null;
  }
  const paths: Path[] = [];
  for (const stop of network.stops.filter((candidate) => candidate.traveller === traveller)) {
    const toStation = simpleLegs(network, demand.from, stop.station.node, LISTED_ALTERNATIVES);
    const fromStation = simpleLegs(network, stop.station.node, demand.to, LISTED_ALTERNATIVES);
    if (!toStation || !fromStation) return null;
    if (paths.length + toStation.length * fromStation.length > LISTED_ALTERNATIVES) return null;
    for (const before of toStation) {
      for (const after of fromStation) paths.push(timePath([...before, stop, ...after]));
    }
  }
  return paths;
}

/** All simple paths between two nodes, the empty one when they are the same; null when there are more than `limit`. */
function simpleLegs(network: Network, from: string, to: string, limit: number): Link[][] | null {
  const legs: Link[][] = [];
  const leg: Road[] = [];
  const visited = new Set([from]);
  // A dead end is not a leg but takes time all the same; the search gives up on those as well.
  let steps = 0;
  const extend = (node: string): boolean => {
    if (node === to) {
      legs.push([...leg]);
      return legs.length <= limit;
    }
    for (const link of network.leaving.get(node) ?? []) {
      if (visited.has(link.road.to)) continue;
      if (++steps > 50 * limit) return false;
      visited.add(link.road.to);
      leg.push(link);
      const goOn = extend(link.road.to);
      leg.pop();
      visited.delete(link.road.to);
      if (!goOn) return false;
    }
    return true;
  };
  return extend(from) ? legs : null;
}

/** How long a vehicle may be on its way to its last station: a bound for the length of the loading. */
import type { RoadLink, Roads } from '../solver/scenario.js';

/**
 * Longest free-flow time from a demand's origin to a station's node, in hours.
 *
 * Exact on a road network without cycles. With cycles the longest simple path is NP-hard, so the bound is that a way
 * consists of two simple legs (to one station's node and on to the next): twice the sum of the n - 1 longest links.
 */
export function longestApproachH(roads: Roads, stationNodes: ReadonlySet<string>): number {
  const order = topologicalOrder(roads);
  if (!order) {
    const times = roads.links.map(({ freeFlowTimeH }) => freeFlowTimeH).sort((a, b) => b - a);
    return 2 * times.slice(0, Math.max(0, roads.nodes.length - 1)).reduce((sum, time) => sum + time, 0);
  }
  const latest = new Map(roads.demands.map(({ from }) => [from, 0]));
  const outgoing = linksByOrigin(roads);
  for (const node of order) {
    const reached = latest.get(node);
    if (reached === undefined) continue;
    for (const { to, freeFlowTimeH } of outgoing.get(node) ?? []) {
      latest.set(to, Math.max(latest.get(to) ?? 0, reached + freeFlowTimeH));
    }
  }
  return Math.max(0, ...[...stationNodes].map((node) => latest.get(node) ?? 0));
}

/** Nodes so that every link goes forward; undefined when there is a cycle. */
function topologicalOrder(roads: Roads): string[] | undefined {
  const incoming = new Map(roads.nodes.map((node) => [node, 0]));
  for (const { to } of roads.links) incoming.set(to, (incoming.get(to) ?? 0) + 1);
  const order = roads.nodes.filter((node) => incoming.get(node) === 0);
  const outgoing = linksByOrigin(roads);
  for (const node of order) {
    for (const { to } of outgoing.get(node) ?? []) {
      const left = incoming.get(to)! - 1;
      incoming.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  return order.length === roads.nodes.length ? order : undefined;
}

function linksByOrigin(roads: Roads): ReadonlyMap<string, RoadLink[]> {
  const links = new Map<string, RoadLink[]>(roads.nodes.map((node) => [node, []]));
  for (const link of roads.links) links.get(link.from)?.push(link);
  return links;
}

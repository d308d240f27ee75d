/** Slow: whether travellers get to where they want, and past a station if they need one. */
import { readBlock } from '../block-reader.js';
import type { Demand, Station } from '../generated/ast.js';
import type { ProgramView } from '../program.js';
import type { CheckContext } from './context.js';

type Kind = 'charging' | 'v2g';
const KINDS: readonly [Kind, string][] = [
  ['charging', 'charging'],
  ['v2g', 'V2G'],
];

export function checkPaths(context: CheckContext): void {
  const { view, isEntry } = context;
  if (!isEntry || view.links.length === 0) return;
  const reach = new Reachability(view);
  const nodeOf = stationNodes(view);
  const travelling = view.demands
    .filter(({ from, to }) => from.ref && to.ref && from.$refText !== to.$refText)
    .filter((demand) => !isZero(demand));
  // A station that is not coupled, or coupled to a name that means nothing, is reported itself.
  const coupled = view.stations.every((station) => nodeOf.has(station));
  for (const demand of travelling) checkDemand(context, demand, reach, coupled ? nodeOf : undefined);
  if (travelling.length > 0) checkStations(context, travelling, reach, nodeOf);
}

function checkDemand(
  context: CheckContext,
  demand: Demand,
  reach: Reachability,
  nodeOf: ReadonlyMap<Station, string> | undefined,
): void {
  const [from, to] = [demand.from.$refText, demand.to.$refText];
  if (!reach.connects(from, to)) {
    context.error('demand-no-path', demand, `No path leads from '${from}' to '${to}'.`, { property: 'to' });
    return;
  }
  if (!nodeOf) return;
  const travelers = context.view.travelers[0];
  const shares = travelers && readBlock(travelers, 'travelers').values;
  for (const [kind, text] of KINDS) {
    if (!((shares?.get(kind)?.low ?? 0) > 0)) continue;
    const passes = [...nodeOf].some(
      ([station, node]) => offers(station, kind) && reach.passes(from, node, to),
    );
    if (passes) continue;
    const message = `No path from '${from}' to '${to}' passes a coupled station with ${text}, which ${text} travellers need.`;
    context.error('demand-no-station', demand, message, { property: 'to', data: { service: kind } });
  }
}

function checkStations(
  context: CheckContext,
  demands: readonly Demand[],
  reach: Reachability,
  nodeOf: ReadonlyMap<Station, string>,
): void {
  for (const [station, node] of nodeOf) {
    if (demands.some((demand) => reach.passes(demand.from.$refText, node, demand.to.$refText))) continue;
    const message = `No path of any demand passes '${node}', so nobody can use station '${station.name}'.`;
    context.warning('station-unreachable', station, message, { property: 'name' });
  }
}

function stationNodes(view: ProgramView): Map<Station, string> {
  const found = new Map<Station, string>();
  for (const { station, nodes } of view.couplings) {
    if (station.ref && nodes[0]?.ref) found.set(station.ref, nodes[0].$refText);
  }
  return found;
}

function offers(station: Station, kind: Kind): boolean {
  return station.services.some((service) => service.kind === kind);
}

function isZero(demand: Demand): boolean {
  const flow = readBlock(demand, 'demand').values.get('flow');
  return flow !== undefined && flow.low === 0 && flow.high === 0;
}

/** Which nodes can be reached from which, searched once for each node that is asked for. */
class Reachability {
  private readonly outgoing = new Map<string, string[]>();
  private readonly reached = new Map<string, ReadonlySet<string>>();

  constructor({ links }: ProgramView) {
    for (const { from, to } of links) {
      const targets = this.outgoing.get(from.$refText);
      if (targets) targets.push(to.$refText);
      else this.outgoing.set(from.$refText, [to.$refText]);
    }
  }

  connects(from: string, to: string): boolean {
    return this.from(from).has(to);
  }

  /** True when a leg to a node and a leg onward exist; the ends count as passed. */
  passes(from: string, node: string, to: string): boolean {
    return this.connects(from, node) && this.connects(node, to);
  }

  private from(start: string): ReadonlySet<string> {
    let found = this.reached.get(start);
    if (!found) {
      const nodes = new Set([start]);
      // A set iterates over what is added to it meanwhile: this is a breadth-first search.
      for (const node of nodes) for (const next of this.outgoing.get(node) ?? []) nodes.add(next);
      this.reached.set(start, (found = nodes));
    }
    return found;
  }
}

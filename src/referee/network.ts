/**
 * The road network with its stations as the referee sees it: the links of the scenario, the station links
 * "CS1.charging" and "CS1.v2g" that a vehicle may take at the station's node, and paths over them.
 *
 * A vehicle's clock runs on free-flow times: it is D intervals after its departure when it enters a link, D
 * being the sum of the delays of the links before. D = k + fraction sends 1 − fraction of the vehicles that
 * depart in t to interval t + k, and the rest to t + k + 1.
 */
import type { RoadLink, Scenario, Station, StationService } from '../solver/scenario.js';
import type { Flow } from '../solver/result.js';

export type Traveller = Flow['traveller'];

interface LinkBase {
  readonly id: string;
  /** Free-flow delay in intervals. */
  readonly delay: number;
}
export interface Road extends LinkBase {
  readonly kind: 'road';
  readonly road: RoadLink;
}
/** A charging or V2G link of a station; the bypass takes no time and no money and needs no link. */
export interface Stop extends LinkBase {
  readonly kind: 'stop';
  readonly station: Station;
  readonly traveller: 'charging' | 'v2g';
  readonly service: StationService;
  /**
   * In a static assignment, the part of an interval for which a vehicle is present (its service time, which may be
   * longer); null in a dynamic one, where it is present at the starts of whole intervals.
   */
  readonly presence: number | null;
}
export type Link = Road | Stop;

/** A link of a path, with the delay from departure to entry. */
export interface Step {
  readonly link: Link;
  readonly whole: number;
  readonly fraction: number;
}
export type Path = readonly Step[];

export interface Network {
  readonly scenario: Scenario;
  /** Static assignment: who departs in an interval is on all links of the path in it. */
  readonly instantaneous: boolean;
  readonly links: ReadonlyMap<string, Link>;
  readonly stops: readonly Stop[];
  /** Links that leave a road node. */
  readonly leaving: ReadonlyMap<string, readonly Road[]>;
}

/** Sums of minutes over ten-minute intervals miss whole numbers by rounding; a delay this near to one is one. */
const WHOLE_DELAY = 1e-9;

export function buildNetwork(scenario: Scenario, instantaneous = false): Network {
  const roads = scenario.roads.links.map((road): Road => ({
    kind: 'road',
    id: road.id,
    delay: instantaneous ? 0 : road.freeFlowTimeH / scenario.intervalHours,
    road,
  }));
  const stops = scenario.stations.flatMap((station) =>
    (['charging', 'v2g'] as const).flatMap((traveller): Stop[] => {
      const service = station[traveller];
      if (service === null) return [];
      const intervals = service.serviceH / scenario.intervalHours;
      const delay = instantaneous ? 0 : Math.max(1, Math.ceil(intervals - WHOLE_DELAY));
      const presence = instantaneous ? intervals : null;
      return [
        { kind: 'stop', id: `${station.id}.${traveller}`, delay, station, traveller, service, presence },
      ];
    }),
  );
  const leaving = new Map<string, Road[]>(scenario.roads.nodes.map((node) => [node, []]));
  for (const link of roads) leaving.get(link.road.from)?.push(link);
  return {
    scenario,
    instantaneous,
    links: new Map([...roads, ...stops].map((link) => [link.id, link])),
    stops,
    leaving,
  };
}

/** Adds to each link the delay at which it is entered. */
export function timePath(links: readonly Link[]): Path {
  let delay = 0;
  return links.map((link) => {
    const nearest = Math.round(delay);
    const snapped = Math.abs(delay - nearest) < WHOLE_DELAY ? nearest : delay;
    const whole = Math.floor(snapped);
    delay += link.delay;
    return { link, whole, fraction: snapped - whole };
  });
}

/**
 * The path that a flow describes, or what is wrong with it: road links must join up from the origin to the
 * destination; a charging or V2G path stops exactly once, at its own kind of link, and each of its two legs
 * visits no node twice; a regular path stops nowhere and visits no node twice.
 */
export function resolvePath(network: Network, flow: Flow): Path | string {
  const demand = network.scenario.roads.demands.find((candidate) => candidate.id === flow.demand);
  if (!demand) return `unknown demand ${flow.demand}`;
  const links: Link[] = [];
  let node = demand.from;
  let leg = new Set([node]);
  for (const id of flow.path) {
    const link = network.links.get(id);
    if (!link) return `unknown link ${id}`;
    if (link.kind === 'stop') {
      if (link.traveller !== flow.traveller) return `${flow.traveller} travellers do not use ${id}`;
      if (link.station.node !== node) return `${id} is at ${link.station.node}, the path is at ${node}`;
      leg = new Set([node]);
    } else {
      if (link.road.from !== node) return `link ${id} does not leave ${node}`;
      node = link.road.to;
      if (leg.has(node)) return `the path comes back to ${node}`;
      leg.add(node);
    }
    links.push(link);
  }
  if (node !== demand.to) return `the path ends at ${node}, not at ${demand.to}`;
  const stops = links.filter((link) => link.kind === 'stop').length;
  if (stops !== (flow.traveller === 'regular' ? 0 : 1)) return `${stops} stops`;
  return timePath(links);
}

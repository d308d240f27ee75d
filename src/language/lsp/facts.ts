/** What follows from a declaration: shown on hover and as hints in the text. */
import { MAX_PATHS_PER_PAIR, PathFinder, TooManyPathsError } from '../../solver/traffic/paths.js';
import { baseImpedanceOhm } from '../../solver/feeder/radial.js';
import { readBlock } from '../block-reader.js';
import type { Demand, Line, RoadLink, RoadNode, Service, Station } from '../generated/ast.js';
import { linkId } from '../program.js';
import type { EntryProgram } from './entry-program.js';

/** Ports times power in MW: the load when every port is taken; undefined while one of the two is missing. */
export function capabilityMw(service: Service): number | undefined {
  const { values } = readBlock(service, service.kind);
  const megawatts =
    ((values.get('ports')?.low ?? Number.NaN) * (values.get('power')?.low ?? Number.NaN)) / 1000;
  return Number.isFinite(megawatts) ? megawatts : undefined;
}

/** Largest load and largest injection of a station in MW. */
export function stationRangeMw(station: Station): { readonly chargingMw: number; readonly v2gMw: number } {
  const of = (kind: Service['kind']) => {
    const service = station.services.find((candidate) => candidate.kind === kind);
    return (service && capabilityMw(service)) ?? 0;
  };
  return { chargingMw: of('charging'), v2gMw: of('v2g') };
}

/** Free-flow travel time of a link in hours. */
export function freeFlowTimeH(link: RoadLink): number | undefined {
  const hours = readBlock(link, 'link').values.get('time')?.low;
  return hours !== undefined && hours > 0 ? hours : undefined;
}

/** A link compared with the middle one of its network, by free-flow speed in map units per hour. */
export interface SpeedClass {
  readonly name: 'slow' | 'typical' | 'fast';
  /** Map units per hour. */
  readonly speed: number;
  readonly medianSpeed: number;
}

/** Beyond these multiples of the network's median, a link is slow or fast. */
const [SLOW_BELOW, FAST_ABOVE] = [2 / 3, 3 / 2];

/** Undefined where a link's nodes have no positions, because then nobody knows its length. */
export function speedClass(link: RoadLink, { view }: EntryProgram): SpeedClass | undefined {
  const speed = speedOf(link);
  if (speed === undefined) return undefined;
  const speeds = view.links.flatMap((other) => speedOf(other) ?? []).sort((a, b) => a - b);
  const medianSpeed = speeds[Math.floor(speeds.length / 2)];
  const ratio = speed / medianSpeed;
  return { name: ratio < SLOW_BELOW ? 'slow' : ratio > FAST_ABOVE ? 'fast' : 'typical', speed, medianSpeed };
}

function speedOf(link: RoadLink): number | undefined {
  const [from, to]: (RoadNode | undefined)[] = [link.from?.ref, link.to?.ref];
  const hours = freeFlowTimeH(link);
  if (from?.x === undefined || from.y === undefined || to?.x === undefined || to.y === undefined)
    return undefined;
  const distance = Math.hypot(to.x - from.x, to.y - from.y);
  return hours && distance > 0 ? distance / hours : undefined;
}

export interface PairFacts {
  /** Of the fastest path, in hours; undefined when no path leads there. */
  readonly fastestH: number | undefined;
  /** Number of simple paths; undefined when there are too many to count. */
  readonly paths: number | undefined;
}

/** Counting paths takes time that grows faster than the network; a hover has to answer at once. */
const LARGEST_COUNTED_NETWORK = 500;

export function pairFacts(demand: Demand, { view }: EntryProgram): PairFacts {
  const links = view.links.flatMap((link) => {
    const hours = freeFlowTimeH(link);
    if (!hours || !link.from?.ref || !link.to?.ref) return [];
    const [from, to] = [link.from.$refText, link.to.$refText];
    return [{ id: linkId(link), from, to, freeFlowTimeH: hours, capacityVehPerH: 1 }];
  });
  const [from, to] = [demand.from.$refText, demand.to.$refText];
  return {
    fastestH: fastest(links, from, to),
    paths: links.length > LARGEST_COUNTED_NETWORK ? undefined : countPaths(new PathFinder(links), from, to),
  };
}

function countPaths(finder: PathFinder, from: string, to: string): number | undefined {
  try {
    return finder.simplePaths(from, to).length;
  } catch (error) {
    if (error instanceof TooManyPathsError) return undefined;
    throw error;
  }
}

/** What a hover says instead of a number that was not counted. */
export const MANY_PATHS = `more than ${MAX_PATHS_PER_PAIR} or not counted`;

interface TimedLink {
  readonly from: string;
  readonly to: string;
  readonly freeFlowTimeH: number;
}

/** Dijkstra's algorithm with a sorted frontier; networks of an editor are small. */
function fastest(links: readonly TimedLink[], from: string, to: string): number | undefined {
  const outgoing = new Map<string, TimedLink[]>();
  for (const link of links) outgoing.set(link.from, [...(outgoing.get(link.from) ?? []), link]);
  const best = new Map([[from, 0]]);
  const frontier = new Set([from]);
  while (frontier.size > 0) {
    let next: string | undefined;
    for (const node of frontier) if (next === undefined || best.get(node)! < best.get(next)!) next = node;
    frontier.delete(next!);
    if (next === to) return best.get(to);
    for (const link of outgoing.get(next!) ?? []) {
      const time = best.get(next!)! + link.freeFlowTimeH;
      if (time >= (best.get(link.to) ?? Infinity)) continue;
      best.set(link.to, time);
      frontier.add(link.to);
    }
  }
  return undefined;
}

/** Impedance of a line as r + jx in per unit of its feeder's base; undefined without a base voltage. */
export function impedancePu(line: Line): { readonly r: number; readonly x: number } | undefined {
  const baseKv = readBlock(line.$container, 'feeder').values.get('base')?.low;
  const { values } = readBlock(line, 'line');
  const [r, x] = [values.get('r')?.low, values.get('x')?.low];
  if (!baseKv || r === undefined || x === undefined || !(baseKv > 0)) return undefined;
  const base = baseImpedanceOhm(baseKv);
  return Number.isFinite(r + x) ? { r: r / base, x: x / base } : undefined;
}

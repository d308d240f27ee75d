/**
 * Where nodes and buses are drawn: as the file says, or laid out by D3: roads by springs, so that a grid of streets
 * looks like one, the feeder as the tree it is, from its source to the right.
 */
import { forceLink, forceManyBody, forceSimulation, forceX, forceY } from 'd3-force';
import { stratify, tree } from 'd3-hierarchy';
import type { Scenario } from '../solver/scenario.js';
import type { MapView } from './view-model.js';

interface Spot {
  id: string;
  x: number;
  y: number;
}
interface Graph {
  ids: readonly string[];
  edges: readonly { id: string; from: string; to: string }[];
}

/** Lengths on the map, in the units of its symbols: a node is 14 wide. */
const ROAD_LENGTH = 110;
const LINE_LENGTH = 40;
const BRANCH_SPACING = 40;
/** As long as d3-force cools by itself; the start is the same each time, and so is the end. */
const STEPS = 300;
const REPULSION = -600;
/** Keeps parts of a network that no road connects on one map. */
const GRAVITY = 0.03;

export function layOutMap(scenario: Scenario): MapView {
  const { roads, feeder, stations, positions } = scenario;
  const roadGraph: Graph = { ids: roads.nodes, edges: roads.links };
  const feederGraph: Graph = { ids: feeder?.buses.map((b) => b.id) ?? [], edges: feeder?.lines ?? [] };
  const nodes = surveyed(roadGraph.ids, positions?.nodes) ?? springs(roadGraph);
  const buses = surveyed(feederGraph.ids, positions?.buses) ?? branches(feederGraph, feeder?.sources[0]?.bus);
  const at = (place: 'node' | 'bus', id: string) => stations.filter((s) => s[place] === id).map((s) => s.id);
  const bare = ({ id, from, to }: Graph['edges'][number]) => ({ id, from, to });
  return {
    surveyed: surveyed(roadGraph.ids, positions?.nodes) !== undefined,
    nodes: nodes.spots.map((s) => ({ ...s, stations: at('node', s.id) })),
    links: roads.links.map(bare),
    buses: buses.spots.map((s) => ({ ...s, stations: at('bus', s.id) })),
    lines: feederGraph.edges.map(bare),
    roadSize: nodes.size,
    feederSize: buses.size,
  };
}

/** The file's positions, y turned downwards; undefined unless every element has one. */
function surveyed(ids: readonly string[], positions: Record<string, [number, number]> | undefined) {
  if (!positions || ids.length === 0 || !ids.every((id) => positions[id])) return undefined;
  return fromZero(ids.map((id) => ({ id, x: positions[id][0], y: -positions[id][1] })));
}

function springs({ ids, edges }: Graph) {
  const spots: Spot[] = ids.map((id) => ({ id, x: NaN, y: NaN }));
  const links = edges.map(({ from, to }) => ({ source: from, target: to }));
  forceSimulation(spots)
    .force(
      'roads',
      forceLink<Spot, (typeof links)[number]>(links)
        .id(({ id }) => id)
        .distance(ROAD_LENGTH)
        .strength(1),
    )
    .force('apart', forceManyBody().strength(REPULSION))
    .force('x', forceX().strength(GRAVITY))
    .force('y', forceY().strength(GRAVITY))
    .stop()
    .tick(STEPS);
  return fromZero(spots.map(({ id, x, y }) => ({ id, x, y })));
}

function branches({ ids, edges }: Graph, source = ids[0]) {
  if (ids.length === 0) return fromZero([]);
  const neighbours = new Map<string, string[]>(ids.map((id) => [id, []]));
  for (const { from, to } of edges) {
    neighbours.get(from)!.push(to);
    neighbours.get(to)!.push(from);
  }
  const upstream = new Map<string, string | null>([[source, null]]);
  for (const [bus] of upstream) {
    for (const next of neighbours.get(bus)!) if (!upstream.has(next)) upstream.set(next, bus);
  }
  const root = stratify<[string, string | null]>()
    .id(([id]) => id)
    .parentId(([, parent]) => parent)([...upstream]);
  const placed = tree<[string, string | null]>().nodeSize([BRANCH_SPACING, LINE_LENGTH])(root);
  return fromZero(placed.descendants().map((node) => ({ id: node.id!, x: node.y, y: node.x })));
}

function fromZero(spots: Spot[]): { spots: Spot[]; size: { width: number; height: number } } {
  const [xs, ys] = [spots.map((s) => s.x), spots.map((s) => s.y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return {
    spots: spots.map((s) => ({ id: s.id, x: s.x - left, y: s.y - top })),
    size: spots.length
      ? { width: Math.max(...xs) - left, height: Math.max(...ys) - top }
      : { width: 0, height: 0 },
  };
}

/**
 * Where nodes and buses are drawn: as the file says, or laid out by ELK (Eclipse Layout Kernel), roads by stress
 * so that a grid of streets looks like one, the feeder as the tree it is.
 */
import type { ELK, ElkNode } from 'elkjs/lib/elk-api.js';
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

const ROADS = {
  'elk.algorithm': 'stress',
  'elk.stress.desiredEdgeLength': '110',
  'elk.randomSeed': '1',
};
const FEEDER = {
  'elk.algorithm': 'mrtree',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': '26',
};
const NODE_SIZE = 14;

export async function layOutMap(scenario: Scenario): Promise<MapView> {
  const { roads, feeder, stations, positions } = scenario;
  const roadGraph: Graph = { ids: roads.nodes, edges: roads.links };
  const feederGraph: Graph = { ids: feeder?.buses.map((b) => b.id) ?? [], edges: feeder?.lines ?? [] };
  const nodes = surveyed(roadGraph.ids, positions?.nodes) ?? (await layOut(roadGraph, ROADS));
  const buses = surveyed(feederGraph.ids, positions?.buses) ?? (await layOut(feederGraph, FEEDER));
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

async function layOut(graph: Graph, options: Record<string, string>) {
  if (graph.ids.length === 0) return fromZero([]);
  // Large, and needed only when a map is asked for.
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const elk: ELK = new (Elk as unknown as new () => ELK)();
  // ELK takes ids apart at certain characters; numbers are safe.
  const number = new Map(graph.ids.map((id, i) => [id, `n${i}`]));
  const result: ElkNode = await elk.layout({
    id: 'root',
    layoutOptions: options,
    children: graph.ids.map((id) => ({ id: number.get(id)!, width: NODE_SIZE, height: NODE_SIZE })),
    edges: graph.edges.map((e, i) => ({
      id: `e${i}`,
      sources: [number.get(e.from)!],
      targets: [number.get(e.to)!],
    })),
  });
  return fromZero((result.children ?? []).map((c, i) => ({ id: graph.ids[i], x: c.x ?? 0, y: c.y ?? 0 })));
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

/**
 * The least subsidy over a region: of each vertex of its hull what its points cost, and inside a lattice with an estimate
 * everywhere and certified subsidies where they were asked for.
 */
import { dot } from '../geometry/vector.js';
import type { CharacterizeResult, PriceMap, Region } from '../result.js';
import type { QuerySession } from './query-session.js';
import { answersSoFar } from './sample.js';

/** Nodes per axis by number of axes: a few hundred in all, of which a fifth may be inside: to certify them takes about a minute. */
const NODES_PER_AXIS = [1, 41, 15, 9];
const NODES_PER_FURTHER_AXIS = 4;
/** A node this far beyond a facet is still in the hull, MW: corners of the lattice touch it. */
const ON_HULL_MW = 1e-6;
/** Positions closer than this are one, MW: loads are certified to it. */
const SAME_POSITION_MW = 1e-6;

export interface PriceMapOptions {
  /** Nodes per axis; a default by the number of axes. */
  nodes?: number;
  /** Ask for every node, not only estimate. */
  certify: boolean;
  /** Aborting keeps what was answered. */
  signal?: AbortSignal;
  onAnswer?: (done: number, total: number) => void;
}

/** Null for a result without a region. */
export async function priceMap(
  session: QuerySession,
  result: CharacterizeResult,
  { nodes, certify, signal, onAnswer }: PriceMapOptions,
): Promise<PriceMap | null> {
  const region = widest(result.regions);
  if (!region) return null;
  const axes = result.axes.length;
  const perAxis = nodes ?? NODES_PER_AXIS[axes] ?? NODES_PER_FURTHER_AXIS;
  const { originMw, stepMw, counts, positionsMw } = lattice(region, perAxis);
  const inside = positionsMw.map((positionMw) => isInside(region, positionMw));
  const targets = positionsMw.filter((_, node) => inside[node]);
  const estimates = await session.estimate(targets, { signal });
  const answers = certify
    ? await answersSoFar(
        session,
        targets.map((targetMw) => ({ targetMw, subsidyCap: region.subsidyCap })),
        { signal, onAnswer },
      )
    : [];
  let next = 0;
  const nodeOf = inside.map((is) => (is ? next++ : null));
  return {
    subsidyCap: region.subsidyCap,
    vertices: result.regions.map(({ subsidyCap, hull }) => ({
      subsidyCap,
      subsidy: hull.vertices.map((vertex) => leastSubsidyAt(result, vertex)),
    })),
    grid: {
      originMw,
      stepMw,
      counts,
      estimate: nodeOf.map((node) => (node === null ? null : estimates[node])),
      certified: nodeOf.map((node) => {
        const answer = node === null ? undefined : answers[node];
        return answer?.requiredSubsidy ?? null;
      }),
    },
    queries: answers.filter((answer) => answer !== undefined),
  };
}

/** The region of the largest budget that has a point. */
function widest(regions: readonly Region[]): Region | undefined {
  const cap = ({ subsidyCap }: Region): number => subsidyCap ?? Infinity;
  return regions
    .filter(({ hull }) => hull.vertices.length > 0)
    .reduce<Region | undefined>((best, one) => (!best || cap(one) > cap(best) ? one : best), undefined);
}

interface Lattice {
  originMw: number[];
  stepMw: number[];
  counts: number[];
  positionsMw: number[][];
}

/** All nodes, the last axis running fastest. */
function lattice({ ranges }: Region, perAxis: number): Lattice {
  const isFlat = ranges.map(({ min, max }) => max - min <= SAME_POSITION_MW);
  const counts = isFlat.map((flat) => (flat ? 1 : perAxis));
  const originMw = ranges.map(({ min }) => min);
  const stepMw = ranges.map(({ min, max }, axis) =>
    counts[axis] > 1 ? (max - min) / (counts[axis] - 1) : 0,
  );
  const total = counts.reduce((product, count) => product * count, 1);
  const positionsMw = Array.from({ length: total }, (_, index) => {
    const positionMw = new Array<number>(counts.length);
    let rest = index;
    for (let axis = counts.length - 1; axis >= 0; axis--) {
      positionMw[axis] = originMw[axis] + (rest % counts[axis]) * stepMw[axis];
      rest = Math.floor(rest / counts[axis]);
    }
    return positionMw;
  });
  return { originMw, stepMw, counts, positionsMw };
}

function isInside({ hull }: Region, positionMw: readonly number[]): boolean {
  return hull.halfspaces.every(({ normal, offset }) => dot(normal, positionMw) <= offset + ON_HULL_MW);
}

/** What the cheapest certified point at a position costs. */
function leastSubsidyAt({ regions }: CharacterizeResult, positionMw: readonly number[]): number {
  let least = Infinity;
  for (const { points } of regions) {
    for (const { positionMw: at, certificate } of points) {
      if (certificate.status !== 'certified') continue;
      if (at.every((mw, axis) => Math.abs(mw - positionMw[axis]) <= SAME_POSITION_MW))
        least = Math.min(least, certificate.subsidy);
    }
  }
  return least;
}

/**
 * Which points of an earlier region are worth moving one by one: those without which its hull would be smaller by more
 * than a share of its measure. What the others added, combinations of the moved points' states bring back for less.
 */
import { gainBeyond } from '../geometry/gain-beyond.js';
import { convexHull, type ConvexHull } from '../geometry/hull.js';

/** Share of the hull's measure: a moved point takes about twice the time of a corner that is combined. */
const LEAST_LOSS_SHARE = 2e-3;
/** Looks at the hull: points that are left out between two of them are no neighbours of each other. */
const ROUNDS = 4;

/**
 * @param positions n × d, MW.
 * @param aimed indices of the points that might be moved; those of the others are what the region has without them.
 * @returns those of them that should be, in their order.
 */
export function worthMoving(
  positions: readonly (readonly number[])[],
  aimed: readonly number[],
  absoluteTolerance: number,
): number[] {
  if (aimed.length === 0) return [];
  let kept = positions.map((_, index) => index);
  let leastLoss: number | null = null;
  const losses = new Map<string, number>();
  const isAimed = new Set(aimed);
  for (let round = 0; round < ROUNDS; round++) {
    const hull = convexHull(
      kept.map((index) => positions[index]),
      { absoluteTolerance },
    );
    // Of a flat region every corner may be one that raises its dimension, and of an interval both ends are all there is.
    if (hull.dimension < Math.max(2, positions[0].length)) return [...aimed];
    leastLoss ??= LEAST_LOSS_SHARE * hull.measure;
    const corners = hull.vertices.map((vertex) => kept[vertex]);
    const links = linksOf(hull);
    const candidates = corners.flatMap((index, corner) => {
      if (!isAimed.has(index)) return [];
      const link = links[corner].map((each) => corners[each]);
      const key = [index, ...link].join();
      const loss =
        losses.get(key) ??
        lossOf(
          positions[index],
          link.map((each) => positions[each]),
        );
      losses.set(key, loss);
      return [{ corner, loss }];
    });
    candidates.sort((a, b) => a.loss - b.loss || a.corner - b.corner);
    const left = new Set<number>();
    for (const { corner, loss } of candidates) {
      if (loss >= leastLoss) break;
      if (!links[corner].some((neighbour) => left.has(neighbour))) left.add(corner);
    }
    kept = corners.filter((_, corner) => !left.has(corner));
    if (left.size === 0) break;
  }
  const worth = new Set(kept);
  return aimed.filter((index) => worth.has(index));
}

/** Per vertex of the hull, the vertices that it shares a facet with. */
function linksOf({ vertices, facets }: ConvexHull): number[][] {
  const links = vertices.map(() => new Set<number>());
  for (const facet of facets)
    for (const corner of facet) for (const other of facet) if (other !== corner) links[corner].add(other);
  return links.map((link) => [...link].sort((a, b) => a - b));
}

/** Measure between a corner and its neighbours: without the corner its facets give way to facets of these. */
function lossOf(corner: readonly number[], link: readonly (readonly number[])[]): number {
  const base = convexHull(link);
  if (base.dimension < corner.length) return convexHull([corner, ...link]).measure;
  return gainBeyond(base, link)(corner).gain;
}

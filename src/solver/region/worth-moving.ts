/**
 * Which points of an earlier region are worth moving one by one: those without which its hull would be smaller by more
 * than a share of its measure. What the others added, combinations of the moved points' states bring back for less.
 */
import { convexHull, type ConvexHull } from '../geometry/hull.js';
import { edgeDeterminant, factorial } from '../geometry/vector.js';

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
    const around = facetsAround(hull);
    const candidates = corners.flatMap((index, corner) =>
      isAimed.has(index)
        ? [{ corner, loss: lossOf(around[corner], corner, (each) => positions[corners[each]]) }]
        : [],
    );
    candidates.sort((a, b) => a.loss - b.loss || a.corner - b.corner);
    const left = new Set<number>();
    for (const { corner, loss } of candidates) {
      if (loss >= leastLoss) break;
      if (!around[corner].some((facet) => facet.some((neighbour) => left.has(neighbour)))) left.add(corner);
    }
    kept = corners.filter((_, corner) => !left.has(corner));
    if (left.size === 0) break;
  }
  const worth = new Set(kept);
  return aimed.filter((index) => worth.has(index));
}

/** Per vertex of the hull, the facets that it is a corner of. */
function facetsAround({ vertices, facets }: ConvexHull): (readonly number[])[][] {
  const around = vertices.map((): (readonly number[])[] => []);
  for (const facet of facets) for (const corner of facet) around[corner].push(facet);
  return around;
}

/**
 * What a hull measures less without a corner, at most: the least of what lies between its facets and those that join their
 * other corners to one of these, which is inside of what is left. In space, with up to five neighbours, it is the loss.
 * @param around the corner's facets, simplices.
 * @param at position of a corner.
 */
function lossOf(
  around: readonly (readonly number[])[],
  corner: number,
  at: (corner: number) => readonly number[],
): number {
  let least = Infinity;
  for (const apex of new Set(around.flat())) {
    if (apex === corner) continue;
    let total = 0;
    for (const facet of around)
      if (!facet.includes(apex)) total += Math.abs(edgeDeterminant(facet.map(at), at(apex)));
    least = Math.min(least, total);
  }
  return least / factorial(at(corner).length);
}

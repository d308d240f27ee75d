/** Facets of the hull of points that span their space, dimension by dimension, none taken on trust. */
import { beneathBeyond } from './beneath-beyond.js';
import { mergePlanes, trueCorners, type Plane } from './planes.js';
import { PointSet } from './point-set.js';
import { ridgeKey } from './ridges.js';
import { CHECK_FACTOR, TOLERANCE_STEPS } from './tolerances.js';
import { centroid, compareVectors, edgeDeterminant } from './vector.js';

export interface FacetList {
  /** Simplices of d indices into the points; in 3D counter-clockwise seen from outside. */
  facets: number[][];
  planes: Plane[];
}

/** Finds simplicial facets of n × d points, scaled to about the unit box. */
export type HullMethod = (points: readonly number[][], tolerance: number) => number[][];

/**
 * @param points n × d, distinct and in a fixed order, spanning d ≥ 1 dimensions, scaled to about the unit box
 * @param tolerance distance within which points are in a plane
 * @returns undefined when no hull within the tolerance is closed and holds all points: the body is too thin for it
 */
export function hullFacets(points: readonly number[][], tolerance: number): FacetList | undefined {
  const dimension = points[0].length;
  const method = methodFor(dimension);
  for (const factor of TOLERANCE_STEPS) {
    const wider = factor * tolerance;
    const all = checkedFacets(method, points, points.keys(), wider);
    if (!all) continue;
    // Corners within an edge or a facet (nearly coplanar input) only make slivers: leave them out if that holds.
    const used = [...new Set(all.facets.flat())].sort((a, b) => a - b);
    const corners = trueCorners(points, used, all.planes, wider);
    return (corners.length < used.length && checkedFacets(method, points, corners, wider)) || all;
  }
  return undefined;
}

/** quickhull3d is not used: it loops for ever on some nearly coplanar points (noise of 1e-11), which no caller can
 * interrupt. The specs compare with it where it is safe. */
function methodFor(dimension: number): HullMethod {
  if (dimension === 1) return hull1d;
  return dimension === 2 ? monotoneChain : beneathBeyond;
}

/** The hull of the chosen points by `method`; undefined when it is no closed body with all points inside. */
export function checkedFacets(
  method: HullMethod,
  points: readonly number[][],
  chosen: Iterable<number>,
  tolerance: number,
): FacetList | undefined {
  const indices = [...chosen];
  const dimension = points[0].length;
  if (indices.length <= dimension) return undefined;
  const local = method(
    indices.map((index) => points[index]),
    tolerance,
  );
  const facets = local.map((facet) => facet.map((corner) => indices[corner]));
  if (!isClosed(facets, points.length)) return undefined;
  const interior = centroid([...new Set(facets.flat())].sort((a, b) => a - b).map((index) => points[index]));
  const planes = mergePlanes(points, facets, interior, tolerance);
  const all = new PointSet(points);
  const holdsAll = planes.every(
    ({ normal, offset }) => all.greatest(normal) <= offset + CHECK_FACTOR * tolerance,
  );
  if (!holdsAll) return undefined;
  return { facets: facets.map((facet) => outward(facet, points, interior)).sort(compareVectors), planes };
}

/**
 * Whether every ridge (facet without one corner) belongs to exactly two facets.
 * @param count of the points.
 */
function isClosed(facets: readonly number[][], count: number): boolean {
  const uses = new Map<number | string, number>();
  for (const facet of facets) {
    for (let skipped = 0; skipped < facet.length; skipped++) {
      const ridge = ridgeKey(facet, skipped, count);
      uses.set(ridge, (uses.get(ridge) ?? 0) + 1);
    }
  }
  return facets.length > 0 && [...uses.values()].every((count) => count === 2);
}

/** The facet starting at its least corner, turned so that its corners and the interior make a positive volume. */
function outward(
  facet: readonly number[],
  points: readonly number[][],
  interior: readonly number[],
): number[] {
  const least = facet.indexOf(Math.min(...facet));
  const rotated = [...facet.slice(least), ...facet.slice(0, least)];
  const volume = edgeDeterminant(
    rotated.map((corner) => points[corner]),
    interior,
  );
  if (volume < 0 && rotated.length > 2) {
    const last = rotated.length - 1;
    [rotated[last - 1], rotated[last]] = [rotated[last], rotated[last - 1]];
  } else if (volume < 0 && rotated.length === 2) {
    rotated.reverse();
  }
  return rotated;
}

function hull1d(points: readonly number[][]): number[][] {
  const values = points.map((point) => point[0]);
  return [[values.indexOf(Math.min(...values))], [values.indexOf(Math.max(...values))]];
}

/** Andrew's monotone chain over points in lexicographic order; edges counter-clockwise. */
function monotoneChain(points: readonly number[][]): number[][] {
  const order = points.map((_, index) => index).sort((a, b) => compareVectors(points[a], points[b]));
  const half = (indices: readonly number[]): number[] => {
    const chain: number[] = [];
    for (const index of indices) {
      while (chain.length >= 2 && !turnsLeft(points, chain.at(-2)!, chain.at(-1)!, index)) chain.pop();
      chain.push(index);
    }
    return chain.slice(0, -1);
  };
  const ring = [...half(order), ...half([...order].reverse())];
  return ring.map((index, k) => [index, ring[(k + 1) % ring.length]]);
}

function turnsLeft(points: readonly number[][], a: number, b: number, c: number): boolean {
  return edgeDeterminant([points[b], points[c]], points[a]) > 0;
}

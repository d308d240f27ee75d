/** The proven outside of a region: what its half-spaces enclose, as a body to be drawn. */
import { depthOf, polytopeAround } from '../solver/geometry/polar.js';
import { centroid } from '../solver/geometry/vector.js';
import type { HalfSpace, Hull, Region } from '../solver/result.js';

/** What encloses a region that is thinner than this, MW, has no body to be drawn. */
const LEAST_DEPTH_MW = 1e-4;

/** Bounds stay what they are while everything around them is shown again and again. */
const known = new WeakMap<readonly HalfSpace[], Hull | null>();

/** @returns corners in MW; null where nothing is proven for this budget, or nothing that encloses a body */
export function outerHull({
  outerHalfspaces,
  hull: { vertices },
}: Pick<Region, 'outerHalfspaces' | 'hull'>): Hull | null {
  if (!outerHalfspaces?.length || vertices.length === 0) return null;
  let hull = known.get(outerHalfspaces);
  if (hull === undefined) known.set(outerHalfspaces, (hull = enclosed(outerHalfspaces, centroid(vertices))));
  return hull;
}

/** Null where they leave a way to infinity: such half-spaces are proven as well, but have no corners. */
function enclosed(halfspaces: readonly HalfSpace[], inside: readonly number[]): Hull | null {
  if (depthOf(halfspaces, inside) < LEAST_DEPTH_MW) return null;
  const polytope = polytopeAround(halfspaces, inside);
  if (!polytope) return null;
  const { corners, hull } = polytope;
  const vertices = hull.vertices.map((index) => corners[index]);
  // The half-spaces as they were proven, not as the corners would have them.
  return { vertices, facets: hull.facets, halfspaces: [...halfspaces] };
}

/** Least and largest load of each axis, MW. */
export function rangesOf({ vertices }: Hull): { min: number; max: number }[] {
  return (vertices[0] ?? []).map((_, k) => {
    const values = vertices.map((vertex) => vertex[k]);
    return { min: Math.min(...values), max: Math.max(...values) };
  });
}

/** The outside of one of the regions, in the coordinates of a drawing. */
export interface OuterOutline {
  region: number;
  hull: Hull;
}

/**
 * @param choice a region; null for none, undefined for the largest budget that has one
 * @param hidden regions that are not drawn, and whose outside is not either
 * @param projected of the regions on the axes of the drawing, where these are not those of the study
 */
export function outerOutline(
  regions: readonly { outer: { hull: Hull } | null }[],
  choice: number | null | undefined,
  hidden: readonly number[] = [],
  projected?: readonly (Hull | null)[],
): OuterOutline | null {
  const all = regions.flatMap(({ outer }, region): OuterOutline[] => {
    const hull = projected ? projected[region] : outer?.hull;
    return hull && !hidden.includes(region) ? [{ region, hull }] : [];
  });
  return (choice === undefined ? all.at(-1) : all.find(({ region }) => region === choice)) ?? null;
}

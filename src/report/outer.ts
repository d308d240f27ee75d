/** The proven outside of a region: what its half-spaces enclose, as a body to be drawn. */
import { GeometryError } from '../solver/geometry/geometry-error.js';
import { intersectHalfspaces, polytopeHull } from '../solver/geometry/polytope.js';
import type { HalfSpace, Hull, Region } from '../solver/result.js';

/** Nothing thinner is drawn, MW: half-spaces that all but meet in a corner would each cut a sliver off. */
const DRAWN_TO_MW = 1e-5;

/** Bounds stay what they are while everything around them is shown again and again. */
const known = new WeakMap<readonly HalfSpace[], Hull | null>();

/** @returns corners in MW; null where nothing is proven for this budget, or nothing that encloses a body */
export function outerHull({ outerHalfspaces }: Pick<Region, 'outerHalfspaces'>): Hull | null {
  if (!outerHalfspaces?.length) return null;
  let hull = known.get(outerHalfspaces);
  if (hull === undefined) known.set(outerHalfspaces, (hull = enclosed(outerHalfspaces)));
  return hull;
}

function enclosed(halfspaces: readonly HalfSpace[]): Hull | null {
  try {
    const polytope = intersectHalfspaces(halfspaces, DRAWN_TO_MW);
    const hull = polytopeHull(polytope);
    if (!hull) return null;
    const vertices = hull.vertices.map((index) => polytope.corners[index].position);
    // The half-spaces as they were proven, not as the corners would have them.
    return { vertices, facets: hull.facets, halfspaces: [...halfspaces] };
  } catch (error) {
    // Half-spaces that leave a way to infinity are proven as well, but have no corners.
    if (error instanceof GeometryError) return null;
    throw error;
  }
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

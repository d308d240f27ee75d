/** Regions of more than three axes as seen along some of them. */
import { convexHull } from '../solver/geometry/hull.js';
import type { Hull } from '../solver/result.js';
import type { Projection, StudyView } from './view-model.js';

/** The shadow of each region on the chosen axes (1, 2 or 3 of them, by position in the study's axes). */
export function projectRegions(view: StudyView, axes: readonly number[]): Projection {
  return {
    axes: [...axes],
    hulls: view.regions.map((r) => projectHull(r.hull, axes)),
    outerHulls: view.regions.map((r) => r.outer && projectHull(r.outer.hull, axes)),
  };
}

function projectHull(hull: Hull, axes: readonly number[]): Hull {
  const points = hull.vertices.map((v) => axes.map((a) => v[a]));
  if (points.length === 0) return { vertices: [], facets: [], halfspaces: [] };
  const { vertices, facets, halfspaces } = convexHull(points);
  return { vertices: vertices.map((i) => points[i]), facets, halfspaces };
}

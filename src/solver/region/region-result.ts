/** What was found under a budget, as the result file lists it. */
import type { Hull, Infeasibility, Point, Region } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import { convexHull } from '../geometry/hull.js';
import { pooledPoints } from './pooled-points.js';

/** Coordinates are certified to this, MW: closer points are one. */
export const COORDINATE_MW = 1e-6;

/** A certified point and the budget it was found under. */
export interface Found {
  point: Point;
  positionMw: readonly number[];
  subsidyCap: SubsidyCap;
  subsidy: number;
}

/** How far the search under one budget has come. */
export interface BudgetState {
  cap: SubsidyCap;
  directions: number[][];
  solves: number;
  seconds: number;
  gap: number | null;
  infeasible: Infeasibility | null;
}

/** The region of a budget: pooled points, their hull and its measure. */
export function regionOf(
  budget: BudgetState,
  found: readonly Found[],
  axisCount: number,
  outer: number | null,
): Region {
  const { cap, directions, solves, seconds } = budget;
  const points = pooledPoints(
    found,
    { subsidyCap: cap, directions },
    { absoluteTolerance: COORDINATE_MW },
  ).map(({ point: { point } }) => listed(point, cap));
  const positions = points.map(({ positionMw }) => positionMw);
  const hull = convexHull(positions, { absoluteTolerance: COORDINATE_MW });
  return {
    subsidyCap: cap,
    dimension: hull.dimension,
    measure: hull.measure,
    measureUnit: hull.measureUnit,
    // Of a flat region the bound has another unit than the measure.
    outerMeasure: hull.dimension === axisCount ? outer : null,
    estimatedGap: budget.gap,
    ranges: Array.from({ length: axisCount }, (_, axis) => ({
      min: Math.min(...points.map(({ positionMw }) => positionMw[axis])),
      max: Math.max(...points.map(({ positionMw }) => positionMw[axis])),
    })),
    points,
    hull: hullOf(positions),
    solves,
    seconds,
  };
}

/** A point as the region of a budget lists it: without direction when it was found for another budget. */
function listed(point: Point, cap: SubsidyCap): Point {
  const foundHere = point.certificate.subsidyCap === cap;
  if (foundHere) return point;
  const smaller =
    point.certificate.subsidyCap !== null && (cap === null || point.certificate.subsidyCap < cap);
  return {
    ...point,
    direction: null,
    supportMw: null,
    certificate: { ...point.certificate, subsidyCap: smaller ? point.certificate.subsidyCap : cap },
  };
}

export function hullOf(positions: readonly number[][]): Hull {
  const hull = convexHull(positions, { absoluteTolerance: COORDINATE_MW });
  return {
    vertices: hull.vertices.map((index) => positions[index]),
    facets: hull.facets,
    halfspaces: hull.halfspaces,
  };
}

/** A budget without a point, and why. */
export function emptyRegion({ cap, solves, seconds }: BudgetState, infeasible: Infeasibility): Region {
  return {
    subsidyCap: cap,
    dimension: 0,
    measure: 0,
    measureUnit: '1',
    outerMeasure: null,
    estimatedGap: null,
    ranges: [],
    points: [],
    hull: { vertices: [], facets: [], halfspaces: [] },
    solves,
    seconds,
    infeasible,
  };
}

/** What was found under a budget, as the result file lists it. */
import type { Hull, Infeasibility, Point, Region } from '../result.js';
import type { Axis, SubsidyCap } from '../study-spec.js';
import type { IntervalRegion } from '../feeder/region.js';
import { convexHull, type ConvexHull } from '../geometry/hull.js';
import { PointSet } from '../geometry/point-set.js';
import { pooledPoints } from './pooled-points.js';
import { refine, type Refinement } from './refine.js';

/** Coordinates are certified to this, MW: closer points are one. */
export const COORDINATE_MW = 1e-6;

/** A certified point and the budget it was found under. */
export interface Found {
  point: Point;
  positionMw: readonly number[];
  subsidyCap: SubsidyCap;
  subsidy: number;
}

/** @param subsidyCap the budget that it was found under. */
export function asFound(point: Point, subsidyCap: SubsidyCap): Found {
  return { point, positionMw: point.positionMw, subsidyCap, subsidy: point.certificate.subsidy };
}

/** How far the search under one budget has come. */
export interface BudgetState {
  cap: SubsidyCap;
  directions: number[][];
  solves: number;
  seconds: number;
  gap: number | null;
  infeasible: Infeasibility | null;
  /** It has moved points of an earlier run: searches start close to an optimum. */
  moved: boolean;
  /** Along directions that were searched again, what the states they started from had promised, MW. */
  promisedMw: Map<string, number>;
  /** The last look at hull and gap, and what was known then: points and directions only ever join. */
  lastLook: (Look & { points: number; directions: number }) | null;
  /** Corners of the hull of its first so many points, from the latest look. */
  corners: { of: number; among: readonly Found[] };
}

/** How far the points of a budget fill what its solved directions leave room for, and where to look next. */
export type Look = Pick<Refinement, 'estimatedGap' | 'outerMeasure' | 'next'>;

/** A budget before the first search. */
export function unsolved(cap: SubsidyCap): BudgetState {
  return {
    cap,
    directions: [],
    solves: 0,
    seconds: 0,
    gap: null,
    infeasible: null,
    moved: false,
    promisedMw: new Map(),
    lastLook: null,
    corners: { of: 0, among: [] },
  };
}

/** Notes a direction as solved, once. */
export function addDirection({ directions }: BudgetState, direction: number[]): void {
  if (!directions.some((known) => known.every((value, axis) => value === direction[axis])))
    directions.push(direction);
}

export function pointsWithin(found: readonly Found[], cap: SubsidyCap): Found[] {
  return found.filter(({ subsidy }) => cap === null || subsidy <= cap);
}

/**
 * The regions of all budgets that have points, or a reason why they have none.
 * @param outerOf a budget's proven measure, in the unit of the axes; null where nothing is proven.
 */
export function regionsOf(
  budgets: readonly BudgetState[],
  found: readonly Found[],
  axisCount: number,
  outerOf: (cap: SubsidyCap) => number | null,
): Region[] {
  return budgets.flatMap((budget) => {
    if (pointsWithin(found, budget.cap).length > 0)
      return [regionOf(budget, found, axisCount, outerOf(budget.cap))];
    return budget.infeasible ? [emptyRegion(budget, budget.infeasible)] : [];
  });
}

/** The region of a budget: pooled points, their hull and its measure. */
function regionOf(
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
    hull: drawn(hull, positions),
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
  return drawn(convexHull(positions, { absoluteTolerance: COORDINATE_MW }), positions);
}

function drawn({ vertices, facets, halfspaces }: ConvexHull, positions: readonly number[][]): Hull {
  return { vertices: vertices.map((index) => positions[index]), facets, halfspaces };
}

/**
 * Directions taken from one look at hull and gap, which costs half as much as a search: with more the last of them add
 * little, with less there are no searches for all workers.
 */
const DIRECTIONS_PER_LOOK = { least: 4, most: 12 };
/** Searches leave a part of the room before them: so many times the room that is too much takes about all that are needed. */
const ROOM_PER_EXCESS = 1.5;

/** @returns the directions with most room, as many as it may take until the gap is closed to `gap`. */
export function worthLookingAlong({ estimatedGap, outerMeasure, next }: Look, gap: number): number[][] {
  const enough = outerMeasure === null ? Infinity : ROOM_PER_EXCESS * (estimatedGap - gap) * outerMeasure;
  const { least, most } = DIRECTIONS_PER_LOOK;
  let room = 0;
  let count = 0;
  while (count < Math.min(most, next.length) && (count < least || room < enough)) room += next[count++].gain;
  return next.slice(0, count).map(({ direction }) => direction);
}

/** @param underWay directions whose answers are still to come */
export function refinementOf(
  budget: BudgetState,
  points: readonly Found[],
  underWay: readonly (readonly number[])[] = [],
): Look {
  const { directions, lastLook } = budget;
  if (underWay.length > 0) return lookAt(budget, points, underWay);
  const known = { points: points.length, directions: directions.length };
  if (lastLook?.points === known.points && lastLook.directions === known.directions) return lastLook;
  return (budget.lastLook = { ...known, ...lookAt(budget, points, []) });
}

function lookAt(
  budget: BudgetState,
  points: readonly Found[],
  underWay: readonly (readonly number[])[],
): Look {
  // What was inside of the hull stays there.
  const relevant = [...budget.corners.among, ...points.slice(budget.corners.of)];
  const positions = relevant.map(({ positionMw }) => positionMw);
  const set = new PointSet(positions);
  const solved = budget.directions.map((direction) => ({ direction, supportMw: set.least(direction) }));
  const awaited = underWay.map((direction) => ({ direction, supportMw: null }));
  const known = [...solved, ...awaited];
  const { hull, ...look } = refine(positions, known, { absoluteTolerance: COORDINATE_MW });
  budget.corners = { of: points.length, among: hull.vertices.map((vertex) => relevant[vertex]) };
  return look;
}

/** Null without points. */
export function gapOf(budget: BudgetState, points: readonly Found[]): number | null {
  return points.length > 0 ? refinementOf(budget, points).estimatedGap : null;
}

/** A budget without a point, and why. */
function emptyRegion({ cap, solves, seconds }: BudgetState, infeasible: Infeasibility): Region {
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

/** What the feeder alone could serve, where all axes are of one interval; for drawing. */
export function servedHull(
  feeder: readonly IntervalRegion[],
  axes: readonly Axis[],
  stations: readonly { id: string }[],
): Hull | null {
  if (axes.some(({ interval }) => interval !== axes[0].interval)) return null;
  const [operation] = feeder.find(({ interval }) => interval === axes[0].interval)?.cases ?? [];
  const stationOf = axes.map(({ station }) => stations.findIndex(({ id }) => id === station));
  const served = (operation?.served ?? []).map(({ loadsMw }) => stationOf.map((station) => loadsMw[station]));
  return served.length > 0 ? hullOf(served) : null;
}

/**
 * Proven lower bounds on direction · load, for any budget and any caps: without them every group takes the column
 * that serves the direction best (closed form: delays are constant, so who can be where is known), and no load
 * leaves the feeder's relaxed region. The larger of both holds.
 */
import type { IntervalRegion } from '../feeder/region.js';
import { UnboundedError } from '../geometry/geometry-error.js';
import { depthOf, polytopeAround } from '../geometry/polar.js';
import { boxHalfspaces, intersectHalfspaces, polytopeHull } from '../geometry/polytope.js';
import type { HalfSpace } from '../geometry/hull.js';
import { centroid, compareVectors, dot, negate } from '../geometry/vector.js';
import type { Axis } from '../study-spec.js';
import type { TrafficModel } from '../traffic/network.js';
import type { ClassModel } from './class-model.js';

/** Half-spaces that cut off less are left out of an outer measure, MW, which is a bound without them, too: hundreds that
 * meet in a corner but for the rounding of their bounds would take minutes. */
const LEAST_CUT_MW = 1e-5;
/** A point of a flat region may lie on the bounds; deeper inside than this, MW, their polar dual is well behaved. */
const LEAST_DEPTH_MW = 1e-4;
/** Taken off every bound, MW: loads are certified to this. */
const ROUNDING_MW = 1e-6;
/** More stations than this make the feeder's corners too many to list. */
const MAX_LISTED_STATIONS = 3;

/** Σ over groups of demand × the least worth of a column. Holds for every equilibrium under any coupons. */
export function freeSupportMw(
  classes: readonly Pick<ClassModel, 'choice' | 'axisLoads'>[],
  direction: ArrayLike<number>,
): number {
  let support = 0;
  for (const { choice, axisLoads } of classes) {
    const { columns } = choice;
    const worth = new Float64Array(choice.price.length);
    axisLoads.forEach((load, axis) => {
      if (!load) return;
      const block = columns.blocks[Math.floor(load.cell / columns.intervals)];
      const dwell = block.kind === 'service' ? block.dwell : 1;
      const first = load.cell - (load.cell % columns.intervals);
      for (let cell = Math.max(first, load.cell - dwell + 1); cell <= load.cell; cell++) {
        worth[cell] += direction[axis] * load.mwPerVehicle;
      }
    });
    for (let group = 0; group < columns.demand.length; group++) {
      let least = Infinity;
      for (let column = columns.groupStart[group]; column < columns.groupStart[group + 1]; column++) {
        let value = 0;
        for (let entry = columns.start[column]; entry < columns.start[column + 1]; entry++) {
          value += columns.weight[entry] * worth[columns.cell[entry]];
        }
        least = Math.min(least, value);
      }
      support += columns.demand[group] * least;
    }
  }
  return support;
}

/** Corners of the feeder's relaxed region in the coordinates of the axes; null where the axes are of several intervals. */
export function feederCorners(
  model: TrafficModel,
  intervals: readonly IntervalRegion[] | null,
  axes: readonly Axis[],
): number[][] | null {
  const region = intervals?.find(({ interval }) => interval === axes[0].interval);
  const { stations } = model.scenario;
  if (!region || stations.length > MAX_LISTED_STATIONS) return null;
  if (axes.some(({ interval }) => interval !== axes[0].interval)) return null;
  const { minMw, maxMw } = region.box;
  // Stations with a fixed load would make the polytope flat.
  if (minMw.some((min, station) => min >= maxMw[station])) return null;
  const halfspaces: HalfSpace[] = [
    ...boxHalfspaces(minMw.map((min, station) => ({ min, max: maxMw[station] }))),
    ...region.cases.flatMap(({ outer }) =>
      outer.map(({ normal, offsetMw }) => ({ normal, offset: offsetMw })),
    ),
  ];
  const stationOf = axes.map(({ station }) => stations.findIndex(({ id }) => id === station));
  return intersectHalfspaces(halfspaces).corners.map(({ position }) =>
    stationOf.map((station) => position[station]),
  );
}

/**
 * Measure of the intersection of proven half-spaces; null while they leave it unbounded or flat.
 * @param points of the region.
 */
export function outerMeasure(
  supports: readonly { direction: readonly number[]; boundMw: number }[],
  points: readonly { positionMw: readonly number[] }[],
): number | null {
  if (supports.length === 0 || points.length === 0) return null;
  const inside = centroid(points.map(({ positionMw }) => positionMw));
  const dimension = inside.length;
  const halfspaces = supports
    .map(({ direction, boundMw }) => ({ normal: negate(direction), offset: -boundMw }))
    // What is left out depends on what has been cut before: the same bounds have the same measure in any order.
    .sort((a, b) => b.offset - a.offset || compareVectors(a.normal, b.normal));
  if (depthOf(halfspaces, inside) > LEAST_DEPTH_MW)
    return polytopeAround(halfspaces, inside)?.hull.measure ?? null;
  try {
    const hull = polytopeHull(intersectHalfspaces(halfspaces, LEAST_CUT_MW));
    return hull?.dimension === dimension ? hull.measure : null;
  } catch (error) {
    if (error instanceof UnboundedError) return null;
    throw error;
  }
}

/** The proven bound of a direction from both sides. */
export function outerSupportMw(
  classes: readonly ClassModel[],
  corners: readonly (readonly number[])[] | null,
  direction: readonly number[],
): number {
  const free = freeSupportMw(classes, direction);
  if (!corners || corners.length === 0) return free - ROUNDING_MW;
  return -ROUNDING_MW + Math.max(free, Math.min(...corners.map((corner) => dot(direction, corner))));
}

/** What became of a region: an earlier result of a study beside a later one, budget by budget. */
import { UnboundedError } from '../solver/geometry/geometry-error.js';
import { depthOf, polytopeAround } from '../solver/geometry/polar.js';
import { intersectHalfspaces, polytopeHull } from '../solver/geometry/polytope.js';
import { centroid } from '../solver/geometry/vector.js';
import type { CharacterizeResult, Region } from '../solver/result.js';
import type { Axis, SubsidyCap } from '../solver/study-spec.js';

/** Of one budget at one interval; a budget that only one side has is told by the other side being null. */
export interface RegionDifference {
  subsidyCap: SubsidyCap;
  /** Of the higher dimension of the two: "MW", "MW^2", "MW^3". */
  measureUnit: string;
  before: number | null;
  after: number | null;
  /** after / before − 1; null where one is missing, nothing, or of another dimension. */
  change: number | null;
  /** Per axis, MW. */
  ranges: { before: { min: number; max: number } | null; after: { min: number; max: number } | null }[];
  /** Measure of what is in both hulls, only in the earlier, only in the later; null where one of them is flat or missing. */
  shared: { both: number; onlyBefore: number; onlyAfter: number } | null;
}

export interface IntervalDifference {
  axes: Axis[];
  regions: RegionDifference[];
}

/**
 * Intervals are held against each other by their axes, budgets by their amount; what only one side has is listed
 * behind. Neither result may be meant to hold for the file of the other.
 */
export function deriveDifference(
  before: CharacterizeResult,
  after: CharacterizeResult,
): IntervalDifference[] {
  const key = (axes: readonly Axis[]): string => JSON.stringify(axes);
  const [old, fresh] = [before, after].map(
    (result) => new Map([result, ...(result.laterIntervals ?? [])].map((each) => [key(each.axes), each])),
  );
  return [...new Set([...fresh.keys(), ...old.keys()])].map((axes) => {
    const [then, now] = [old.get(axes), fresh.get(axes)];
    const caps = [
      ...new Set([...(now?.regions ?? []), ...(then?.regions ?? [])].map(({ subsidyCap }) => subsidyCap)),
    ];
    caps.sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
    const at = (regions: readonly Region[] | undefined, cap: SubsidyCap): Region | undefined =>
      regions?.find(({ subsidyCap }) => subsidyCap === cap);
    const either = now ?? then;
    return {
      axes: either?.axes ?? [],
      regions: caps.map((cap) =>
        differenceOf(cap, either?.axes.length ?? 0, at(then?.regions, cap), at(now?.regions, cap)),
      ),
    };
  });
}

function differenceOf(
  subsidyCap: SubsidyCap,
  axes: number,
  before: Region | undefined,
  after: Region | undefined,
): RegionDifference {
  const comparable = before && after && before.measure > 0 && before.dimension === after.dimension;
  const larger = (before?.dimension ?? -1) > (after?.dimension ?? -1) ? before : after;
  return {
    subsidyCap,
    measureUnit: larger?.measureUnit ?? '1',
    before: before?.measure ?? null,
    after: after?.measure ?? null,
    change: comparable ? after.measure / before.measure - 1 : null,
    ranges: Array.from({ length: axes }, (_, axis) => ({
      before: before?.ranges[axis] ?? null,
      after: after?.ranges[axis] ?? null,
    })),
    shared: before?.dimension === axes && after?.dimension === axes ? sharedOf(before, after) : null,
  };
}

/** Less of a measure than this is the rounding of its corners. */
const ROUNDING_SHARE = 1e-9;

function sharedOf(before: Region, after: Region): RegionDifference['shared'] {
  const both = measureOfIntersection(before, after);
  const beyond = ({ measure }: Region): number =>
    measure - both > ROUNDING_SHARE * measure ? measure - both : 0;
  return { both, onlyBefore: beyond(before), onlyAfter: beyond(after) };
}

/** Of regions that share a body which is thinner, what they share is found by cutting, MW. */
const LEAST_DEPTH_MW = 1e-3;

/** Of two hulls of full dimension; 0 where they share less than that. */
function measureOfIntersection(a: Region, b: Region): number {
  const halfspaces = [...a.hull.halfspaces, ...b.hull.halfspaces];
  const middles = [a, b].map(({ hull }) => centroid(hull.vertices));
  const inside = [...middles, centroid(middles)].find(
    (middle) => depthOf(halfspaces, middle) > LEAST_DEPTH_MW,
  );
  // Of regions before and after a change most planes all but coincide.
  if (inside) return polytopeAround(halfspaces, inside)?.hull.measure ?? 0;
  try {
    const hull = polytopeHull(intersectHalfspaces(halfspaces));
    return hull?.dimension === a.dimension ? hull.measure : 0;
  } catch (error) {
    if (error instanceof UnboundedError) return 0;
    throw error;
  }
}

/** The region that the proven cuts leave to a budget, as half-spaces around it: directions are added until they fit. */
import type { Highs } from '../highs/load.js';
import { convexHull } from '../geometry/hull.js';
import { norm } from '../geometry/vector.js';
import { outerMeasure } from '../region/outer-bound.js';
import { refine } from '../region/refine.js';
import { vertexNormals } from '../sensitivity/measure.js';
import type { SubsidyCap } from '../study-spec.js';
import type { ClassCut, Support } from './cuts.js';
import type { FreeRegion } from './free-region.js';
import { OuterProgram, type OuterSupport } from './outer-program.js';

/** Directions stop being added when the half-spaces enclose at most this share more than the cuts do. */
const FIT = 0.002;
/** … or are this many: each further one makes the measure slower to compute. */
const MAX_DIRECTIONS = 160;
/** Dimensions in which facets are edges or triangles. */
const MOST_DRAWN = 3;
/** Directions added between two looks at the fit. */
const BATCH = 16;

export interface OuterRegionInput {
  cuts: readonly (readonly ClassCut[])[];
  /** Bounds on the loads of all classes together, such as what a feeder can serve. */
  common: readonly Support[];
  budget: SubsidyCap;
  /** Directions to start from. */
  directions: readonly (readonly number[])[];
}

export interface OuterRegion {
  supports: Support[];
  /** Null while the half-spaces leave the region unbounded or flat. */
  measure: number | null;
  /** The bounds of the directions to start from. */
  candidates: Candidate[];
}

export interface Candidate extends OuterSupport {
  /** What the measure loses per MW that the cuts in this direction gain: MW² of a solid. Null where it is not known. */
  surface: number | null;
}

export function outerRegion(
  highs: Highs,
  { cuts, common, budget, directions }: OuterRegionInput,
  free: readonly FreeRegion[],
): OuterRegion {
  const dimension = directions[0].length;
  const program = new OuterProgram(highs, dimension, cuts, common, budget, free);
  try {
    const solved: OuterSupport[] = [];
    const solve = (list: readonly (readonly number[])[]): void => {
      for (const direction of list) {
        const support = program.support(direction);
        if (support) solved.push(support);
      }
    };
    solve(directions);
    const first = [...solved];
    while (solved.length < MAX_DIRECTIONS) {
      const positions = solved.map(({ positionMw }) => positionMw);
      if (convexHull(positions).dimension < dimension) break;
      const { next, estimatedGap } = refine(
        positions,
        solved.map(({ direction, boundMw }) => ({ direction, supportMw: boundMw })),
      );
      if (estimatedGap <= FIT || next.length === 0) break;
      const before = solved.length;
      solve(next.slice(0, BATCH).map(({ direction }) => direction));
      if (solved.length === before) break;
    }
    const supports = solved.map(({ direction, boundMw }): Support => ({ direction, boundMw }));
    const surface = surfaceByDirection(
      program,
      solved.map(({ positionMw }) => positionMw),
    );
    const candidates = first.map((support): Candidate => ({
      ...support,
      surface: surface && (surface.get(support.direction.join()) ?? 0),
    }));
    return { supports, measure: outerMeasure(supports, solved), candidates };
  } finally {
    program.dispose();
  }
}

/**
 * By direction of the cuts, as a text, the part of the surface that they hold: the measure of a hull changes with each vertex
 * by its normal, as long as its share of the surface is large, and the support there with the cuts by their multipliers.
 * Null where the hull is flat or has more than three dimensions.
 */
function surfaceByDirection(
  program: OuterProgram,
  positions: readonly number[][],
): Map<string, number> | null {
  const hull = convexHull(positions);
  const dimension = positions[0]?.length ?? 0;
  if (hull.dimension < dimension || dimension > MOST_DRAWN) return null;
  const surface = new Map<string, number>();
  const vertices = hull.vertices.map((index) => positions[index]);
  for (const normal of vertexNormals({ vertices, facets: hull.facets })) {
    const area = norm(normal);
    if (area === 0) continue;
    const inward = normal.map((component) => 0 - component / area);
    for (const [of, share] of program.reliance(inward))
      surface.set(of, (surface.get(of) ?? 0) + area * share);
  }
  return surface;
}

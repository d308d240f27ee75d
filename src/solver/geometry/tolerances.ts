/**
 * Every tolerance of the geometry, relative to the extent of the points at hand (the longest side of their
 * bounding box), so that a region of watts and one of gigawatts are treated alike. A caller who knows the
 * absolute accuracy of the coordinates raises them with `absoluteTolerance`.
 */

/** Points closer than this are one; facets whose corners lie this close to a plane are in that plane. Above
 * rounding (1e-15 after scaling to the unit box), below any load that matters (5e-8 MW in a region of 5 MW). */
export const POINT_TOLERANCE = 1e-8;

/** Points this close to a subspace lie in it. Ten times the above, so that no body is thinner than its points
 * are merged. */
export const RANK_TOLERANCE = 1e-7;

/** A point this far beyond a facet (in the unit box) sees it while a hull grows: rounding only. */
export const VISIBILITY_TOLERANCE = 1e-13;

/** How many point tolerances an input point may lie beyond a facet before the hull counts as wrong: one for the
 * merged points, one for the merged planes, two in reserve for what both do together at a corner. */
export const CHECK_FACTOR = 4;

/** A hull that fails its check is tried again with so many times the point tolerance: slivers thinner than that
 * vanish. The last step is the rank tolerance, below which no body is that thin. */
export const TOLERANCE_STEPS = [1, 3, 10];

/** Normals whose components orthogonal to the others are shorter than this are dependent. */
export const DEPENDENCE_TOLERANCE = 1e-9;

/** Components of unit normals below this are rounding and written as zero. */
export const ZERO_COMPONENT = 1e-15;

/** A point this far beyond a half-space (relative to the polytope's extent) is still on it. */
export const ON_PLANE_TOLERANCE = 1e-10;

/** Half the side, relative to the largest offset, of the cube from which a polytope is first cut: what reaches it is
 * unbounded. Facets that meet at an angle below 1e-4 would reach it too; a larger one loses
 * the digits that tell the facets of thin bodies apart. */
export const CUT_BOX = 1e4;

/** Accuracy of that first cut relative to the largest offset: rounding at the far corners of the cube. */
export const COARSE_TOLERANCE = 1e-11;

/** More corners than this per half-space, where a solid has at most two: superfluous ones are multiplying. For
 * three dimensions; in more the clean-up only comes earlier than needed. */
export const CROWDED_CORNERS = 3;

/** Ridges of simplicial facets: what a facet shares with its neighbour, its corners but one. */

/**
 * The same for all facets that share a ridge, different for others.
 * @param corners of a facet, indices below `count`.
 * @param skipped position of the corner that is not of the ridge.
 */
export function ridgeKey(corners: readonly number[], skipped: number, count: number): number | string {
  // Of triangles a number: hulls in space look up thousands of ridges, and text takes several times as long.
  if (corners.length === 3) {
    const a = corners[skipped === 0 ? 1 : 0];
    const b = corners[skipped === 2 ? 1 : 2];
    return a < b ? a * count + b : b * count + a;
  }
  return corners
    .filter((_, k) => k !== skipped)
    .sort((a, b) => a - b)
    .join();
}

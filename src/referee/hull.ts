/**
 * The geometry claims of a region, in any dimension: the referee does not build a hull, it checks that the one
 * in the file is one. Facets that form a closed surface, each on a half-space that has every point behind it,
 * bound the convex hull; its measure is the sum of the cones from an inner point to the facets (the divergence
 * theorem for simplices).
 */
import type { HalfSpace, Hull } from '../solver/result.js';
import type { Findings } from './finding.js';
import { LOAD_MW, MEASURE_RELATIVE, UNIT_NORMAL } from './tolerances.js';

type Vector = readonly number[];

const dot = (a: Vector, b: Vector): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
const subtract = (a: Vector, b: Vector): number[] => a.map((value, i) => value - b[i]);

/**
 * Orthonormal directions of the space that the points span around their first, the longest first.
 * @param thickness what counts as flat, MW
 */
export function spannedDirections(points: readonly Vector[], thickness: number): number[][] {
  if (points.length === 0) return [];
  let residuals = points.map((point) => subtract(point, points[0]));
  const directions: number[][] = [];
  while (directions.length < points[0].length) {
    const farthest = residuals.reduce((a, b) => (dot(b, b) > dot(a, a) ? b : a));
    const length = Math.sqrt(dot(farthest, farthest));
    if (length <= thickness) break;
    const direction = farthest.map((value) => value / length);
    directions.push(direction);
    residuals = residuals.map((residual) => {
      const along = dot(residual, direction);
      return residual.map((value, i) => value - along * direction[i]);
    });
  }
  return directions;
}

/** Determinant by elimination with partial pivoting. */
export function determinant(rows: readonly Vector[]): number {
  const matrix = rows.map((row) => [...row]);
  let product = 1;
  for (let column = 0; column < matrix.length; column++) {
    let pivot = column;
    for (let row = column + 1; row < matrix.length; row++) {
      if (Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column])) pivot = row;
    }
    if (matrix[pivot][column] === 0) return 0;
    if (pivot !== column) {
      [matrix[pivot], matrix[column]] = [matrix[column], matrix[pivot]];
      product = -product;
    }
    product *= matrix[column][column];
    for (let row = column + 1; row < matrix.length; row++) {
      const factor = matrix[row][column] / matrix[column][column];
      for (let k = column; k < matrix.length; k++) matrix[row][k] -= factor * matrix[column][k];
    }
  }
  return product;
}

/** Measure of the closed surface of simplices `facets`, seen from the mean of the vertices. */
export function measureOfSurface(
  vertices: readonly Vector[],
  facets: readonly (readonly number[])[],
): number {
  const dimension = vertices[0].length;
  const centre = vertices[0].map(
    (_, i) => vertices.reduce((sum, vertex) => sum + vertex[i], 0) / vertices.length,
  );
  let factorial = 1;
  for (let k = 2; k <= dimension; k++) factorial *= k;
  return facets.reduce((sum, facet) => {
    const edges = facet.map((index) => subtract(vertices[index], centre));
    return sum + Math.abs(determinant(edges)) / factorial;
  }, 0);
}

/** Every ridge (a facet less one vertex) belongs to exactly two facets. */
export function isClosed(facets: readonly (readonly number[])[]): boolean {
  const ridges = new Map<string, number>();
  for (const facet of facets) {
    facet.forEach((_, left) => {
      const ridge = facet
        .filter((__, i) => i !== left)
        .sort((a, b) => a - b)
        .join(' ');
      ridges.set(ridge, (ridges.get(ridge) ?? 0) + 1);
    });
  }
  return [...ridges.values()].every((count) => count === 2);
}

export interface HullClaims {
  hull: Hull;
  dimension: number;
  measure: number;
  /** Positions of the region's certified points, MW. */
  certified: readonly Vector[];
}

/** Vertices are certified points, every point lies behind every half-space, facets bound the hull, the measure is its own. */
export function verifyHull({ hull, dimension, measure, certified }: HullClaims, findings: Findings): void {
  const { vertices, facets, halfspaces } = hull;
  const strangers = vertices.filter(
    (vertex) => !certified.some((point) => distance(point, vertex) <= LOAD_MW),
  );
  findings.holds(
    'every hull vertex is a certified point',
    strangers.length === 0,
    'certified',
    `${strangers.length} of ${vertices.length} are not, e.g. (${strangers[0]?.join(', ')})`,
  );
  verifyHalfSpaces(hull, certified, findings);

  const directions = spannedDirections(certified, LOAD_MW);
  findings.equal('dimension', dimension, directions.length, 0);
  if (dimension !== directions.length) return;
  findings.atLeast('hull has vertices for its dimension', dimension + 1, vertices.length, 0);
  if (vertices.length === 0) return;
  if (dimension === 0) {
    findings.equal('measure of a point', measure, 0, 0);
    return;
  }
  const bad = facets.some(
    (facet) => facet.length !== dimension || facet.some((index) => index >= vertices.length),
  );
  if (bad || !isClosed(facets)) {
    findings.holds('facets form a closed surface', false, 'closed', 'open, or not simplices');
    return;
  }
  const flat = vertices.map((vertex) => {
    const offset = subtract(vertex, vertices[0]);
    return directions.map((direction) => dot(offset, direction));
  });
  const own = measureOfSurface(flat, facets);
  findings.equal(`measure, MW^${dimension}`, measure, own, MEASURE_RELATIVE * Math.max(1, own));
  // The equations of a flat region's subspace carry everything and bound nothing.
  const bounding = halfspaces.filter((half) =>
    vertices.some((_, index) => !carries(half, [index], vertices)),
  );
  const inner = facets.filter((facet) => !bounding.some((half) => carries(half, facet, vertices))).length;
  findings.holds('every facet lies on a half-space', inner === 0, 'all', `${inner} do not`);
}

function verifyHalfSpaces(
  { vertices, halfspaces }: Hull,
  certified: readonly Vector[],
  findings: Findings,
): void {
  let worst = 0;
  let loosest = 0;
  let normalError = 0;
  for (const { normal, offset } of halfspaces) {
    normalError = Math.max(normalError, Math.abs(Math.sqrt(dot(normal, normal)) - 1));
    for (const point of certified) worst = Math.max(worst, dot(normal, point) - offset);
    const slack = Math.min(...vertices.map((vertex) => offset - dot(normal, vertex)));
    if (vertices.length > 0) loosest = Math.max(loosest, slack);
  }
  findings.atMost('half-space normals have length 1', 0, normalError, UNIT_NORMAL);
  findings.atMost('every certified point lies behind every half-space, MW', 0, worst, LOAD_MW);
  findings.atMost('every half-space touches the hull, MW', 0, loosest, LOAD_MW);
}

function carries(
  { normal, offset }: HalfSpace,
  facet: readonly number[],
  vertices: readonly Vector[],
): boolean {
  return facet.every((index) => Math.abs(dot(normal, vertices[index]) - offset) <= LOAD_MW);
}

function distance(a: Vector, b: Vector): number {
  return Math.hypot(...subtract(a, b));
}

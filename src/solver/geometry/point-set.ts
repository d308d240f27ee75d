/** Points whose products with many directions are asked for: one flat array of coordinates. */
import type { Vector } from './vector.js';

export class PointSet {
  private readonly coordinates: Float64Array;

  constructor(points: readonly Vector[]) {
    this.coordinates = new Float64Array(points.flat());
  }

  /** The least direction · point; Infinity of no points. */
  least(direction: Vector): number {
    return 0 - this.greatest(direction.map((value) => 0 - value));
  }

  /** Index of the first point of least direction · point; −1 of no points. */
  indexOfLeast(direction: Vector): number {
    const { coordinates } = this;
    let first = -1;
    let least = Infinity;
    for (let k = 0, index = 0; k < coordinates.length; index++) {
      let product = 0;
      for (let axis = 0; axis < direction.length; axis++) product += direction[axis] * coordinates[k++];
      if (product < least) [first, least] = [index, product];
    }
    return first;
  }

  /** The greatest direction · point; −Infinity of no points. */
  greatest(direction: Vector): number {
    const { coordinates } = this;
    if (direction.length === 3) return greatestInSpace(coordinates, direction);
    let greatest = -Infinity;
    for (let k = 0; k < coordinates.length;) {
      let product = 0;
      for (let axis = 0; axis < direction.length; axis++) product += direction[axis] * coordinates[k++];
      if (product > greatest) greatest = product;
    }
    return greatest;
  }
}

/** Regions have three axes more often than not, and a hull asks this of every plane: several times as fast. */
function greatestInSpace(coordinates: Float64Array, [x, y, z]: Vector): number {
  let greatest = -Infinity;
  for (let k = 0; k < coordinates.length; k += 3) {
    const product = x * coordinates[k] + y * coordinates[k + 1] + z * coordinates[k + 2];
    if (product > greatest) greatest = product;
  }
  // As `dot` has no negative zero.
  return 0 + greatest;
}

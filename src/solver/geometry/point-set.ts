/** Points whose products with many directions are asked for: one flat array of coordinates. */
import type { Vector } from './vector.js';

export class PointSet {
  private readonly coordinates: Float64Array;

  constructor(points: readonly Vector[]) {
    this.coordinates = new Float64Array(points.flat());
  }

  /** The least direction · point; Infinity of no points. */
  least(direction: Vector): number {
    const { coordinates } = this;
    let least = Infinity;
    for (let k = 0; k < coordinates.length;) {
      let product = 0;
      for (let axis = 0; axis < direction.length; axis++) product += direction[axis] * coordinates[k++];
      if (product < least) least = product;
    }
    return least;
  }

  /** The greatest direction · point; −Infinity of no points. */
  greatest(direction: Vector): number {
    const { coordinates } = this;
    let greatest = -Infinity;
    for (let k = 0; k < coordinates.length;) {
      let product = 0;
      for (let axis = 0; axis < direction.length; axis++) product += direction[axis] * coordinates[k++];
      if (product > greatest) greatest = product;
    }
    return greatest;
  }
}

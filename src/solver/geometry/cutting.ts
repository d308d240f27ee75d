/**
 * Corners of a polytope that is cut by one half-space after the other: the double description method [Motzkin, Raiffa,
 * Thompson and Thrall 1953; Fukuda and Prodon 1996]. Every half-space asks every corner how far beyond it is; all else is
 * done around the corners that it cuts off.
 */
import { convexHull, largestSide, type HalfSpace } from './hull.js';
import { CROWDED_CORNERS, POINT_TOLERANCE } from './tolerances.js';
import { addScaled, dot, isWithin, norm, subtract, type Vector } from './vector.js';

/** A corner and the half-spaces, by position in the polytope's list, on whose boundary it lies. */
export interface Corner {
  position: number[];
  on: number[];
}

export interface CutTolerances {
  /** Distance within which a corner is on a half-space's boundary. */
  tolerance: number;
  /** Half-spaces that would cut off no corner farther out than this are left out. */
  leastCut: number;
}

/** Corners of the half-spaces' intersection with a cube; those on the cube have a negative number among `on`. */
export function cutBox(
  halfspaces: readonly HalfSpace[],
  middle: Vector,
  halfSide: number,
  tolerances: CutTolerances,
): Corner[] {
  const box: Corner[] = [];
  for (let code = 0; code < 2 ** middle.length; code++) {
    const signs = middle.map((_, axis) => ((code >> axis) & 1 ? 1 : -1));
    box.push({
      // Relative to the middle until the end, to keep the digits of a small polytope far from zero.
      position: signs.map((sign) => sign * halfSide),
      on: signs.map((sign, axis) => -1 - (2 * axis + (sign > 0 ? 1 : 0))),
    });
  }
  const cutting = new Cutting(box, middle.length, tolerances);
  halfspaces.forEach(({ normal, offset }, plane) =>
    cutting.cut({ normal, offset: offset - dot(normal, middle) }, plane),
  );
  return cutting.corners().map(({ position, on }) => ({ position: addScaled(position, 1, middle), on }));
}

/** Corners in the order in which they came up, with what is asked of all of them in flat arrays. */
class Cutting {
  private all: Corner[] = [];
  private positions = new Float64Array(0);
  /** By corner, how far beyond the half-space at hand. */
  private heights = new Float64Array(0);
  /** By corner, the planes that it shares with the one at hand; zero between two. */
  private shared = new Int32Array(0);
  /** Indices of the corners that are left, ascending. */
  private left: number[] = [];
  /** By plane, the corners on it. */
  private on = new Map<number, number[]>();

  constructor(
    corners: readonly Corner[],
    private readonly dimension: number,
    private readonly tolerances: CutTolerances,
  ) {
    this.startFrom(corners);
  }

  corners(): Corner[] {
    return this.left.map((index) => this.all[index]);
  }

  /** Cuts off the corners beyond a half-space; where an edge crosses its boundary there is a new one. */
  cut(halfspace: HalfSpace, plane: number): void {
    const { tolerance, leastCut } = this.tolerances;
    const greatest = this.measureHeights(halfspace);
    if (leastCut > 0 && greatest <= leastCut) return;
    const { heights } = this;
    const beyond: number[] = [];
    const kept: number[] = [];
    for (const index of this.left) {
      if (heights[index] > tolerance) beyond.push(index);
      else kept.push(index);
      if (Math.abs(heights[index]) <= tolerance) this.put(index, plane);
    }
    this.left = kept;
    if (beyond.length === 0 || kept.length === 0) return;
    const created = new Crossings(halfspace, plane, tolerance);
    for (const [near, far] of this.edgesAcross(beyond))
      created.add(this.all[near], heights[near], this.all[far], heights[far]);
    for (const index of beyond) this.take(index);
    if (kept.length + created.corners.length > CROWDED_CORNERS * (2 * this.dimension + plane))
      this.startFrom(withoutSuperfluous([...this.corners(), ...created.corners]));
    else for (const corner of created.corners) this.add(corner);
  }

  private startFrom(corners: readonly Corner[]): void {
    this.all = [];
    this.left = [];
    this.on = new Map();
    for (const corner of corners) this.add(corner);
  }

  private add({ position, on }: Corner): void {
    const index = this.all.length;
    this.all.push({ position, on: [] });
    this.left.push(index);
    if (this.shared.length <= index) this.makeRoom(2 * (index + 1));
    this.positions.set(position, index * this.dimension);
    for (const plane of on) this.put(index, plane);
  }

  private put(index: number, plane: number): void {
    this.all[index].on.push(plane);
    const corners = this.on.get(plane);
    if (corners) corners.push(index);
    else this.on.set(plane, [index]);
  }

  private take(index: number): void {
    for (const plane of this.all[index].on) {
      const corners = this.on.get(plane)!;
      corners.splice(corners.indexOf(index), 1);
    }
  }

  private makeRoom(count: number): void {
    const { positions } = this;
    this.positions = new Float64Array(count * this.dimension);
    this.positions.set(positions);
    // What these hold is of one half-space; corners join between two.
    this.heights = new Float64Array(count);
    this.shared = new Int32Array(count);
  }

  /** @returns the greatest. */
  private measureHeights(halfspace: HalfSpace): number {
    const { positions, heights } = this;
    let greatest = -Infinity;
    for (const index of this.left) {
      heights[index] = heightOver(halfspace, positions, index);
      if (heights[index] > greatest) greatest = heights[index];
    }
    return greatest;
  }

  /**
   * Edges between corners inside and those that are cut off, as [inside, cut off], in ascending order. The ends of an edge
   * share d − 1 planes. A pair that is no edge does no harm: its crossing is in the polytope.
   */
  private edgesAcross(beyond: readonly number[]): [number, number][] {
    const { heights, shared, dimension } = this;
    const isNear = (index: number): boolean => heights[index] < -this.tolerances.tolerance;
    const found: [number, number][] = [];
    for (const far of beyond) {
      // In one dimension the ends share no plane.
      if (dimension === 1) for (const near of this.left) if (isNear(near)) found.push([near, far]);
      const around = this.all[far].on.map((plane) => this.on.get(plane)!);
      for (const corners of around)
        for (const near of corners)
          if (isNear(near) && ++shared[near] === dimension - 1) found.push([near, far]);
      for (const corners of around) for (const near of corners) shared[near] = 0;
    }
    return found.sort(([nearA, farA], [nearB, farB]) => nearA - nearB || farA - farB);
  }
}

/** The corners that a half-space makes of the edges that cross its boundary: one where edges meet there. */
class Crossings {
  readonly corners: Corner[] = [];

  constructor(
    private readonly halfspace: HalfSpace,
    private readonly plane: number,
    private readonly tolerance: number,
  ) {}

  /** Of an edge from a corner inside to one beyond, whose heights have different signs. */
  add(near: Corner, nearHeight: number, far: Corner, farHeight: number): void {
    const { normal, offset } = this.halfspace;
    const share = nearHeight / (nearHeight - farHeight);
    const crossing = addScaled(near.position, share, subtract(far.position, near.position));
    const position = addScaled(crossing, offset - dot(normal, crossing), normal);
    const shared = near.on.filter((plane) => far.on.includes(plane));
    const twin = this.corners.find((other) => isWithin(other.position, position, this.tolerance));
    if (twin) twin.on = [...new Set([...twin.on, ...shared])];
    else this.corners.push({ position, on: [...shared, this.plane] });
  }
}

/** Cuts the same corners by many half-spaces, each for itself. */
export class Clipper {
  private readonly positions: Float64Array;
  private readonly heights: Float64Array;
  /** By corner, those at the other ends of its edges. */
  private readonly neighbours: readonly (readonly number[])[];

  /** @param planes how many half-spaces the corners may be on. */
  constructor(
    private readonly corners: readonly Corner[],
    private readonly dimension: number,
    private readonly planes: number,
    private readonly tolerance: number,
  ) {
    this.positions = new Float64Array(corners.flatMap(({ position }) => position));
    this.heights = new Float64Array(corners.length);
    this.neighbours = edgesBetween(corners, dimension);
  }

  /** The corners of the part that also satisfies a half-space with a unit normal. */
  clip(halfspace: HalfSpace): Corner[] {
    const { corners, positions, heights, planes, tolerance } = this;
    const inside: number[] = [];
    const kept: Corner[] = [];
    for (let k = 0; k < heights.length; k++) {
      heights[k] = heightOver(halfspace, positions, k);
      if (heights[k] > tolerance) continue;
      if (heights[k] >= -tolerance)
        kept.push({ position: corners[k].position, on: [...corners[k].on, planes] });
      else {
        kept.push(corners[k]);
        inside.push(k);
      }
    }
    if (kept.length === 0 || kept.length === corners.length) return kept;
    const created = new Crossings(halfspace, planes, tolerance);
    for (const near of inside)
      for (const far of this.neighbours[near])
        if (heights[far] > tolerance) created.add(corners[near], heights[near], corners[far], heights[far]);
    const all = [...kept, ...created.corners];
    return all.length > CROWDED_CORNERS * (2 * this.dimension + planes) ? withoutSuperfluous(all) : all;
  }
}

/** How far a corner is beyond a half-space; its position is one of many in a flat array. */
function heightOver({ normal, offset }: HalfSpace, positions: Float64Array, corner: number): number {
  const first = corner * normal.length;
  let product = 0;
  for (let axis = 0; axis < normal.length; axis++) product += normal[axis] * positions[first + axis];
  return product - offset;
}

/** By corner, the others with which it shares d − 1 planes: the ends of its edges, in ascending order. */
function edgesBetween(corners: readonly Corner[], dimension: number): number[][] {
  if (dimension === 1) return corners.map((_, k) => [...corners.keys()].filter((other) => other !== k));
  const cornersOn = new Map<number, number[]>();
  corners.forEach(({ on }, k) => {
    for (const plane of on) {
      const known = cornersOn.get(plane);
      if (known) known.push(k);
      else cornersOn.set(plane, [k]);
    }
  });
  const shared = new Int32Array(corners.length);
  return corners.map(({ on }, k) => {
    const found: number[] = [];
    for (const plane of on)
      for (const other of cornersOn.get(plane)!)
        if (other !== k && ++shared[other] === dimension - 1) found.push(other);
    for (const plane of on) for (const other of cornersOn.get(plane)!) shared[other] = 0;
    return found.sort((a, b) => a - b);
  });
}

/** Where many planes all but coincide, crossings of pairs that are no edges multiply: keep the hull's corners only,
 * each on all the planes of those merged into it. */
function withoutSuperfluous(corners: readonly Corner[]): Corner[] {
  const positions = corners.map((corner) => corner.position);
  const merged = POINT_TOLERANCE * largestSide(positions);
  return convexHull(positions).vertices.map((vertex) => {
    const close = corners.filter(({ position }) => norm(subtract(position, positions[vertex])) <= merged);
    return { position: positions[vertex], on: [...new Set(close.flatMap(({ on }) => on))] };
  });
}

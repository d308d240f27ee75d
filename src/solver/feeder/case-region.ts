/**
 * The station loads that the feeder can serve in one case, as half-spaces: computed once by support solves along
 * the facet normals of the hull of AC-feasible loads, until no facet can be pushed out by more than a tolerance.
 */
import { convexHull } from '../geometry/hull.js';
import type { Highs } from '../highs/load.js';
import { AcPoint } from './ac-linearisation.js';
import type { ConePoint } from './branch-flow.js';
import { BranchFlowProgramme } from './branch-flow.js';
import type { FeederModel, OperatingCase, StationBox } from './operating-case.js';
import { controlBounds, controlCount, firstStation, fixedLoads } from './operating-case.js';
import type { OpfResult } from './opf.js';
import { solveOpf } from './opf.js';

/** normal · load ≤ offset, loads in MW in the order of the model's stations. */
export interface LoadHalfSpace {
  normal: number[];
  offsetMw: number;
}

/** AC-feasible loads with the controls that serve them. */
export interface ServedLoads {
  loadsMw: number[];
  controls: Float64Array;
}

/** Plain and cloneable; all half-spaces hold inside the box of possible loads. */
export interface CaseRegion {
  case: OperatingCase;
  /** Facets of the hull of AC-feasible loads: inside is AC-feasible but for what the feeder's slight non-convexity takes away. */
  inner: LoadHalfSpace[];
  /** Tangent at the farthest AC-feasible load found in each direction: no more than that was found. */
  supporting: LoadHalfSpace[];
  /** From the relaxation: proven to hold for every load that the feeder can serve. */
  outer: LoadHalfSpace[];
  served: ServedLoads[];
  /** Tangents to start a programme with. */
  cones: ConePoint[];
  solves: number;
}

export interface CaseRegionOptions {
  /** Facets are pushed out until this close to the support, MW. */
  toleranceMw?: number;
  maxSolves?: number;
}

/** Distance by which the region may be described too small, MW: a kilowatt-scale share of loads in megawatts. */
const TOLERANCE_MW = 0.05;
const MAX_SOLVES = 150;
/** AC steps of a support end below this gain, MW: a twentieth of the region's tolerance. */
const SUPPORT_GAIN_MW = 2.5e-3;
/** Weight of the losses in a direction of length one: enough to rule out fictitious ones, little enough to leave the support. */
export const DIRECTION_LOSS_COST = 1e-3;
/** Interior loads that get set points of their own, at most. */
const MAX_INTERIOR = 26;
/** Coordinates of served loads are good to this, MW. */
const LOAD_ACCURACY_MW = 1e-5;

/**
 * @param box possible loads per station, MW; a station with min = max is a fixed load.
 * @returns a region without half-spaces and served loads when no load of the box can be served.
 */
export function buildCaseRegion(
  highs: Highs,
  model: FeederModel,
  operatingCase: OperatingCase,
  box: StationBox,
  options: CaseRegionOptions = {},
): CaseRegion {
  const programme = new BranchFlowProgramme(highs, model);
  try {
    return new CaseRegionBuilder(programme, model, operatingCase, box).build(options);
  } finally {
    programme.dispose();
  }
}

class CaseRegionBuilder {
  private readonly region: CaseRegion;
  private readonly points: AcPoint[] = [];

  constructor(
    private readonly programme: BranchFlowProgramme,
    private readonly model: FeederModel,
    private readonly operatingCase: OperatingCase,
    private readonly box: StationBox,
  ) {
    this.region = {
      case: operatingCase,
      inner: [],
      supporting: [],
      outer: [],
      served: [],
      cones: [],
      solves: 0,
    };
  }

  build({ toleranceMw = TOLERANCE_MW, maxSolves = MAX_SOLVES }: CaseRegionOptions): CaseRegion {
    const { region } = this;
    for (const normal of startingDirections(this.freeStations(), this.box.minMw.length)) {
      if (!this.boxReached(normal)) this.support(normal, true);
    }
    const solved = new Set<string>();
    for (;;) {
      // Loads that cannot vary have no half-spaces: the check alone answers for them.
      if (region.served.length === 0 || this.freeStations().length === 0) break;
      const hull = convexHull(
        region.served.map((each) => each.loadsMw),
        { absoluteTolerance: LOAD_ACCURACY_MW },
      );
      region.inner = hull.halfspaces.map(({ normal, offset }) => ({ normal, offsetMw: offset }));
      const open = region.inner.filter(({ normal }) => !solved.has(keyOf(normal)));
      if (open.length === 0 || region.solves >= maxSolves) break;
      let grown = false;
      for (const { normal, offsetMw } of open) {
        solved.add(keyOf(normal));
        if (this.boxSupport(normal) <= offsetMw + toleranceMw) continue;
        if (region.solves >= maxSolves) break;
        if (this.support(normal, false) > offsetMw + toleranceMw) grown = true;
      }
      if (!grown) break;
    }
    this.serveInterior();
    region.cones = this.programme.coneList();
    return region;
  }

  /**
   * Set points with the least losses at the middle and halfway to the farthest loads: a check tries the set points of
   * nearby loads first, and those at the edge of the region rarely suit its inside.
   */
  private serveInterior(): void {
    const { served } = this.region;
    const edge = served.slice(0, MAX_INTERIOR);
    const middle = this.box.minMw.map(
      (_, k) => edge.reduce((sum, { loadsMw }) => sum + loadsMw[k], 0) / edge.length,
    );
    const halfway = edge.map(({ loadsMw }) => loadsMw.map((load, k) => (load + middle[k]) / 2));
    const seen = new Set<string>();
    for (const loadsMw of edge.length > 0 ? [middle, ...halfway] : []) {
      if (seen.has(keyOf(loadsMw))) continue;
      seen.add(keyOf(loadsMw));
      const { interval } = this.operatingCase;
      const { optimum } = solveOpf(this.programme, this.model, {
        case: this.operatingCase,
        bounds: controlBounds(this.model, interval, fixedLoads(loadsMw)),
        cost: new Float64Array(controlCount(this.model)),
        sourceCost: 0,
        lossCost: 1,
      });
      this.region.solves++;
      if (optimum) served.push({ loadsMw, controls: optimum.controls });
    }
  }

  /** True when a served load already lies where the box ends in this direction. */
  private boxReached(normal: number[]): boolean {
    const along = this.region.served.map(({ loadsMw }) => dot(normal, loadsMw));
    return Math.max(-Infinity, ...along) >= this.boxSupport(normal) - LOAD_ACCURACY_MW;
  }

  private boxSupport(normal: number[]): number {
    return normal.reduce((sum, n, k) => sum + n * (n > 0 ? this.box.maxMw[k] : this.box.minMw[k]), 0);
  }

  private freeStations(): number[] {
    return Array.from(this.box.minMw.keys()).filter(
      (k) => this.box.maxMw[k] - this.box.minMw[k] > LOAD_ACCURACY_MW,
    );
  }

  /** Farthest load along a unit normal. @returns normal · load, −Infinity when no load can be served. */
  private support(normal: number[], bounded: boolean): number {
    const { region, model } = this;
    region.solves++;
    const cost = new Float64Array(controlCount(model));
    cost.set(
      normal.map((n) => -n),
      firstStation(model),
    );
    const problem = {
      case: this.operatingCase,
      bounds: controlBounds(model, this.operatingCase.interval, this.box),
      cost,
      sourceCost: 0,
      lossCost: DIRECTION_LOSS_COST,
    };
    const nearby = bounded ? undefined : this.farthestKnown(normal);
    const result: OpfResult = solveOpf(this.programme, model, problem, {
      nearby,
      gainTolerance: SUPPORT_GAIN_MW,
    });
    if (bounded) this.addOuter(normal, result);
    if (!result.optimum) return -Infinity;
    const loadsMw = Array.from(result.optimum.controls.subarray(firstStation(model)));
    const offsetMw = dot(normal, loadsMw);
    region.supporting.push({ normal, offsetMw });
    region.served.push({ loadsMw, controls: result.optimum.controls });
    this.points.push(new AcPoint(model, this.operatingCase, result.optimum.controls));
    return offsetMw;
  }

  /** The relaxation without loss weight bounds the support of every AC point. */
  private addOuter(normal: number[], result: OpfResult): void {
    if (result.bound === Infinity) return;
    this.programme.restrict([]);
    this.programme.setLossCost(0);
    const relaxed = this.programme.solve();
    this.region.solves++;
    if (relaxed.status === 'optimal') this.region.outer.push({ normal, offsetMw: -relaxed.objective });
  }

  private farthestKnown(normal: number[]): AcPoint | undefined {
    let best: AcPoint | undefined;
    let farthest = -Infinity;
    this.region.served.forEach(({ loadsMw }, k) => {
      const along = dot(normal, loadsMw);
      if (along > farthest) [best, farthest] = [this.points[k], along];
    });
    return best;
  }
}

/**
 * Unit vectors over the stations that can vary: all sign patterns up to three of them; more start with their axes
 * and the common direction. Without any, one solve still tells whether the loads can be served.
 */
function startingDirections(free: readonly number[], stations: number): number[][] {
  if (free.length === 0) return [new Array<number>(stations).fill(0)];
  const axis = (at: number) => free.map((_, k) => (k === at ? 1 : 0));
  const patterns =
    free.length <= 3
      ? signPatterns(free.length).filter((pattern) => pattern.some((sign) => sign !== 0))
      : [...free.map((_, at) => axis(at)), free.map(() => 1)].flatMap((each) => [
          each,
          each.map((sign) => -sign),
        ]);
  // Diagonals first: corners of the box that can be served answer for the directions between them.
  const size = (pattern: readonly number[]) => pattern.reduce((sum, sign) => sum + Math.abs(sign), 0);
  patterns.sort((a, b) => size(b) - size(a));
  return patterns.map((pattern) => {
    const direction = new Array<number>(stations).fill(0);
    free.forEach((station, k) => (direction[station] = pattern[k] / Math.hypot(...pattern)));
    return direction;
  });
}

function signPatterns(length: number): number[][] {
  if (length === 0) return [[]];
  return signPatterns(length - 1).flatMap((pattern) => [-1, 0, 1].map((sign) => [...pattern, sign]));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, k) => sum + value * b[k], 0);
}

function keyOf(normal: readonly number[]): string {
  return normal.map((value) => value.toFixed(6)).join();
}

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
import { controlBounds, controlCount, firstStation } from './operating-case.js';
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
    for (const normal of startingDirections(this.model.stationIds.length)) this.support(normal, true);
    const solved = new Set<string>();
    for (;;) {
      if (region.served.length === 0) break;
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
        if (this.knownSupport(normal, offsetMw, toleranceMw)) continue;
        if (region.solves >= maxSolves) break;
        if (this.support(normal, false) > offsetMw + toleranceMw) grown = true;
      }
      if (!grown) break;
    }
    region.cones = this.programme.coneList();
    return region;
  }

  /** True when the box alone keeps the facet from moving out by more than the tolerance. */
  private knownSupport(normal: number[], offsetMw: number, toleranceMw: number): boolean {
    const farthest = normal.reduce(
      (sum, n, k) => sum + n * (n > 0 ? this.box.maxMw[k] : this.box.minMw[k]),
      0,
    );
    return farthest <= offsetMw + toleranceMw;
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

/** All sign patterns up to three stations; more stations start with their axes and the common direction. */
function startingDirections(stations: number): number[][] {
  const patterns: number[][] =
    stations <= 3
      ? signPatterns(stations).filter((pattern) => pattern.some((sign) => sign !== 0))
      : [-1, 1].flatMap((sign) => [
          ...Array.from({ length: stations }, (_, axis) =>
            Array.from({ length: stations }, (__, k) => (k === axis ? sign : 0)),
          ),
          new Array<number>(stations).fill(sign),
        ]);
  return patterns.map((pattern) => pattern.map((sign) => sign / Math.hypot(...pattern)));
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

/**
 * The station loads that the feeder can serve in one case, as half-spaces: computed once by support solves along
 * the facet normals of the hull of AC-feasible loads, until no facet can be pushed out by more than a tolerance. A
 * facet that the supports found so far keep within the tolerance is not solved for (sandwich approximation of convex
 * bodies, e.g. Rote 1992).
 */
import { convexHull } from '../geometry/hull.js';
import type { Highs } from '../highs/load.js';
import { AcOptimiser } from './ac-opf.js';
import { BranchFlowProgramme } from './branch-flow.js';
import { OuterEstimate } from './outer-estimate.js';
import { LIMIT_TOLERANCE, largestViolation, limitsOf } from './limits.js';
import type { FeederModel, LoadHalfSpace, OperatingCase, StationBox } from './operating-case.js';
import { controlBounds, controlCount, firstStation, flowOf, idleControls } from './operating-case.js';

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
  /** From the relaxation: proven to hold for every load that the feeder can serve. Empty where none was asked for. */
  outer: LoadHalfSpace[];
  served: ServedLoads[];
  solves: number;
}

export interface CaseRegionOptions {
  /** Facets are pushed out until this close to the support, MW. */
  toleranceMw?: number;
  maxSolves?: number;
  /** False leaves out the half-spaces of the relaxation, which take most of the time. */
  outer?: boolean;
  /** Where loads can be at all: facets that lie beyond are left as they are. */
  reach?: readonly LoadHalfSpace[];
}

/** Distance by which the region may be described too small, MW: a thousandth of loads in megawatts. */
const TOLERANCE_MW = 0.005;
const MAX_SOLVES = 150;
/** AC steps of a support end below this gain, MW: a fifth of the least tolerance that a region is asked for. */
const SUPPORT_GAIN_MW = 1e-3;
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
  const optimiser = new AcOptimiser(highs, model, operatingCase);
  const estimate = new OuterEstimate(highs, box);
  for (const { normal, offsetMw } of options.reach ?? []) estimate.cut(normal, offsetMw);
  try {
    const builder = new CaseRegionBuilder(estimate, optimiser, model, operatingCase, box);
    const region = builder.build(options);
    if (options.outer !== false) region.outer = relaxedHalfSpaces(highs, model, region, box);
    return region;
  } finally {
    estimate.dispose();
    optimiser.dispose();
  }
}

/** The supports of the relaxation along the starting directions: no load beyond them can be served. */
function relaxedHalfSpaces(
  highs: Highs,
  model: FeederModel,
  { case: operatingCase, served }: CaseRegion,
  box: StationBox,
): LoadHalfSpace[] {
  const programme = new BranchFlowProgramme(highs, model);
  try {
    return startingDirections(freeStations(box), box.minMw.length).flatMap((normal) => {
      // The relaxation allows what AC allows: where that is all of the box, it cuts nothing off.
      if (reaches(served, box, normal)) return [];
      programme.pose({
        case: operatingCase,
        bounds: controlBounds(model, operatingCase.interval, box),
        cost: directionCost(model, normal),
        sourceCost: 0,
        lossCost: 0,
      });
      const relaxed = programme.solve();
      if (relaxed.status !== 'optimal') return [];
      const offsetMw = -relaxed.objective;
      return offsetMw < boxSupport(box, normal) - LOAD_ACCURACY_MW ? [{ normal, offsetMw }] : [];
    });
  } finally {
    programme.dispose();
  }
}

class CaseRegionBuilder {
  private readonly region: CaseRegion;

  constructor(
    private readonly estimate: OuterEstimate,
    private readonly optimiser: AcOptimiser,
    private readonly model: FeederModel,
    private readonly operatingCase: OperatingCase,
    private readonly box: StationBox,
  ) {
    this.region = {
      case: operatingCase,
      inner: [],
      outer: [],
      served: [],
      solves: 0,
    };
  }

  build({ toleranceMw = TOLERANCE_MW, maxSolves = MAX_SOLVES, reach }: CaseRegionOptions): CaseRegion {
    const { region } = this;
    const free = freeStations(this.box);
    for (const normal of startingDirections(free, this.box.minMw.length, reach !== undefined)) {
      if (!this.isReached(normal)) this.support(normal);
    }
    // Loads that cannot vary have no half-spaces: the check alone answers for them.
    while (region.served.length > 0 && free.length > 0) {
      const hull = convexHull(
        region.served.map((each) => each.loadsMw),
        { absoluteTolerance: LOAD_ACCURACY_MW },
      );
      region.inner = hull.halfspaces.map(({ normal, offset }) => ({ normal, offsetMw: offset }));
      if (!this.pushOut(toleranceMw, maxSolves)) break;
    }
    this.serveInterior();
    return region;
  }

  /** Solves along the facets that may be farthest inside the region first. @returns whether one of them was. */
  private pushOut(toleranceMw: number, maxSolves: number): boolean {
    const { region } = this;
    const room = ({ normal, offsetMw }: LoadHalfSpace) => this.estimate.supportMw(normal) - offsetMw;
    const open = region.inner
      .map((facet) => ({ ...facet, roomMw: room(facet) }))
      .filter(({ roomMw }) => roomMw > toleranceMw)
      .sort((a, b) => b.roomMw - a.roomMw);
    let grown = false;
    for (const facet of open) {
      if (region.solves >= maxSolves) break;
      // What was solved meanwhile may leave no room, or lie beyond this facet.
      if (this.along(facet.normal) > facet.offsetMw + LOAD_ACCURACY_MW) continue;
      if (room(facet) <= toleranceMw) continue;
      if (this.support(facet.normal) > facet.offsetMw + toleranceMw) grown = true;
    }
    return grown;
  }

  /**
   * Set points at the middle and halfway to the farthest loads: a check tries the set points of nearby loads first,
   * and those at the edge of the region rarely suit its inside. Limits are convex but for the upper voltages, so the
   * means of set points that keep them mostly keep them as well; those that do not are left out.
   */
  private serveInterior(): void {
    const { served } = this.region;
    const edge = served.slice(0, MAX_INTERIOR);
    if (edge.length === 0) return;
    const mean = (some: readonly ServedLoads[]): Float64Array =>
      some[0].controls.map((_, k) => some.reduce((sum, { controls }) => sum + controls[k], 0) / some.length);
    const middle = mean(edge);
    const halfway = edge.map(({ controls }) => controls.map((value, k) => (value + middle[k]) / 2));
    const { model, operatingCase } = this;
    const limits = limitsOf(model.network);
    for (const controls of [middle, ...halfway]) {
      const flow = flowOf(model, operatingCase, controls);
      if (largestViolation(model.network, flow, limits) > LIMIT_TOLERANCE) continue;
      served.push({ loadsMw: Array.from(controls.subarray(firstStation(model))), controls });
    }
  }

  /** True when a served load already lies as far in this direction as any load can. */
  private isReached(normal: readonly number[]): boolean {
    return this.along(normal) >= this.estimate.supportMw(normal) - LOAD_ACCURACY_MW;
  }

  /** Largest normal · load of a load that is known to be served; −Infinity without any. */
  private along(normal: readonly number[]): number {
    return farthest(this.region.served, normal);
  }

  /** Farthest load along a unit normal. @returns normal · load, −Infinity when no load can be served. */
  private support(normal: number[]): number {
    const { region, model } = this;
    region.solves++;
    const { controls, violation } = this.optimiser.solve(
      {
        bounds: controlBounds(model, this.operatingCase.interval, this.box),
        cost: directionCost(model, normal),
        sourceCost: 0,
      },
      this.farthestKnown(normal),
      { objectiveTolerance: SUPPORT_GAIN_MW },
    );
    if (violation > LIMIT_TOLERANCE) return -Infinity;
    const loadsMw = Array.from(controls.subarray(firstStation(model)));
    const offsetMw = dot(normal, loadsMw);
    this.estimate.cut(normal, offsetMw + SUPPORT_GAIN_MW);
    region.served.push({ loadsMw, controls });
    return offsetMw;
  }

  /** Controls of the served load that is farthest along a normal; doing nothing before the first. */
  private farthestKnown(normal: readonly number[]): Float64Array {
    let best = idleControls(controlBounds(this.model, this.operatingCase.interval, this.box));
    let farthest = -Infinity;
    for (const { loadsMw, controls } of this.region.served) {
      const along = dot(normal, loadsMw);
      if (along > farthest) [best, farthest] = [controls, along];
    }
    return best;
  }
}

function farthest(served: readonly ServedLoads[], normal: readonly number[]): number {
  return Math.max(-Infinity, ...served.map(({ loadsMw }) => dot(normal, loadsMw)));
}

function reaches(served: readonly ServedLoads[], box: StationBox, normal: readonly number[]): boolean {
  return farthest(served, normal) >= boxSupport(box, normal) - LOAD_ACCURACY_MW;
}

function freeStations(box: StationBox): number[] {
  return Array.from(box.minMw.keys()).filter((k) => box.maxMw[k] - box.minMw[k] > LOAD_ACCURACY_MW);
}

function boxSupport(box: StationBox, normal: readonly number[]): number {
  return normal.reduce((sum, n, k) => sum + n * (n > 0 ? box.maxMw[k] : box.minMw[k]), 0);
}

/** Cost whose minimum is the farthest load along a normal. */
function directionCost(model: FeederModel, normal: readonly number[]): Float64Array {
  const cost = new Float64Array(controlCount(model));
  cost.set(
    normal.map((n) => -n),
    firstStation(model),
  );
  return cost;
}

/**
 * Unit vectors over the stations that can vary: all sign patterns up to three of them; more start with their axes
 * and the common direction. Without any, one solve still tells whether the loads can be served.
 * @param corners of the box only, for a hull that is pushed out where loads can be.
 */
function startingDirections(free: readonly number[], stations: number, corners = false): number[][] {
  if (free.length === 0) return [new Array<number>(stations).fill(0)];
  const axis = (at: number) => free.map((_, k) => (k === at ? 1 : 0));
  const patterns =
    free.length <= 3
      ? signPatterns(free.length, corners ? [-1, 1] : [-1, 0, 1]).filter((pattern) =>
          pattern.some((sign) => sign !== 0),
        )
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

function signPatterns(length: number, signs: readonly number[]): number[][] {
  if (length === 0) return [[]];
  return signPatterns(length - 1, signs).flatMap((pattern) => signs.map((sign) => [...pattern, sign]));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, k) => sum + value * b[k], 0);
}

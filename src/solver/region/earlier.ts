/**
 * What an earlier run found, as a start for this one: its points' coupons and flows are states of the traffic model,
 * whatever prices, demands or limits have changed since, and lie near the new boundary when little has. Of the very
 * same scenario its points hold as they are, also on other axes: a certified point is an equilibrium of the whole
 * horizon, and where it lies on an axis is its station's load at that time.
 */
import type { IntervalRegion } from '../feeder/region.js';
import type { Point } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { Axis, Directions, SubsidyCap } from '../study-spec.js';
import type { EarlierStatesJob } from './region-jobs.js';
import type { Patterns } from './starts.js';

/** The regions of an earlier run on some axes. */
export interface EarlierRegions {
  scenario: Scenario;
  /** Which directions were solved under each budget; absent for a run that did not end, or on other axes. */
  solved?: Directions;
  /** By class, the coupon patterns that were worth a start; absent where that is not known. */
  startingPatterns?: Patterns;
  regions: readonly {
    subsidyCap: SubsidyCap;
    points: readonly Point[];
    outerMeasure: number | null;
  }[];
}

/** A certified point of an earlier run, on the axes of this one. */
export interface EarlierPoint {
  point: Point;
  positionMw: number[];
  /** Directions along which it was the best, under these budgets. */
  directions: { direction: number[]; subsidyCap: SubsidyCap }[];
  /** It was the best of its kind in a run on these axes that ended. */
  solved: boolean;
  /** It was found for a scenario of the same travellers, prices and limits: what its certificate says holds here. */
  holds: boolean;
}

/** What is known before a study starts. */
export interface Beforehand {
  /** Regions of this or another scenario on any axes; their points are starts, and those of this scenario are kept. */
  earlier?: readonly EarlierRegions[];
  /** True when they are of much the same study: moving what they found may take the place of searching from anywhere. */
  replaceStarts?: boolean;
  /** What the same feeder can serve, by interval. */
  feeder?: readonly IntervalRegion[];
  /** Called with what the feeder can serve once it is known. */
  onFeeder?: (feeder: readonly IntervalRegion[]) => void;
}

/** Earlier points per job. */
const EARLIER_PER_JOB = 8;

/** Jobs that make earlier points states of this scenario, in their order. */
export function earlierStatesJobs(points: readonly EarlierPoint[]): EarlierStatesJob[] {
  return Array.from({ length: Math.ceil(points.length / EARLIER_PER_JOB) }, (_, part) => ({
    kind: 'earlier-states',
    plans: points
      .slice(part * EARLIER_PER_JOB, (part + 1) * EARLIER_PER_JOB)
      .map(({ point: { plan, certificate } }) => ({
        coupons: plan.coupons,
        flows: plan.flows,
        subsidyCap: certificate.subsidyCap,
      })),
  }));
}

/** Earlier points whose coordinates differ by less are the same, MW: coordinates are certified to this. */
const SAME_POINT_MW = 1e-6;

/** Each point once, in the order of the regions; points that lack a load on one of the axes are left out. */
export function earlierPoints(
  earlier: readonly EarlierRegions[],
  scenario: Scenario,
  axes: readonly Axis[],
): EarlierPoint[] {
  const found = new Map<string, EarlierPoint>();
  for (const { scenario: theirs, regions, solved } of earlier) {
    const holds = samePoints(theirs, scenario);
    for (const { subsidyCap, points } of regions) {
      for (const point of points) {
        if (point.certificate.status !== 'certified') continue;
        const positionMw = positionOn(point, axes);
        if (!positionMw) continue;
        const key = [...positionMw, point.certificate.subsidy]
          .map((value) => Math.round(value / SAME_POINT_MW))
          .join();
        let known = found.get(key);
        if (!known) {
          known = { point, positionMw, directions: [], solved: solved !== undefined, holds };
          found.set(key, known);
        }
        if (point.direction?.length === axes.length)
          known.directions.push({ direction: point.direction, subsidyCap });
      }
    }
  }
  return [...found.values()];
}

/** Whether points of one scenario are points of another, with their certificates. */
export function samePoints(a: Scenario, b: Scenario): boolean {
  return a === b || whatPointsDependOn(a) === whatPointsDependOn(b);
}

/** Points of this very scenario, on the axes of this study; what they were found for is another question. */
export function pointsThatHold(points: readonly EarlierPoint[]): Point[] {
  return points.flatMap(({ point, positionMw, holds }) =>
    holds ? [{ ...point, positionMw, direction: null, supportMw: null, outerSupportMw: null }] : [],
  );
}

/** The least that is proven of a budget's measure, by this run or by an earlier one of the same points; null where nothing. */
export function provenMeasure(
  proven: number | null,
  earlier: readonly EarlierRegions[],
  scenario: Scenario,
  subsidyCap: SubsidyCap,
): number | null {
  const before = earlier.flatMap(({ scenario: theirs, regions, solved }) =>
    solved && samePoints(theirs, scenario)
      ? regions.flatMap((region) =>
          region.subsidyCap === subsidyCap && region.outerMeasure !== null ? [region.outerMeasure] : [],
        )
      : [],
  );
  const least = Math.min(proven ?? Infinity, ...before);
  return least < Infinity ? least : null;
}

/** A scenario without its names and without what energy costs its operator, as text: neither moves a driver or a limit. */
function whatPointsDependOn(scenario: Scenario): string {
  const { feeder } = scenario;
  const free = feeder && {
    ...feeder,
    sources: feeder.sources.map((source) => ({ ...source, pricePerKwh: [] })),
    generators: feeder.generators.map((generator) => ({ ...generator, costPerKwh: 0 })),
  };
  return JSON.stringify({ ...scenario, name: '', title: '', feeder: free });
}

function positionOn({ plan }: Point, axes: readonly Axis[]): number[] | null {
  const position = axes.map(({ station, interval }) => plan.stationLoadMw[station]?.[interval]);
  return position.every((load) => load !== undefined) ? position : null;
}

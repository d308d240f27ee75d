/**
 * What an earlier run found, as a start for this one: its points' coupons and flows are states of the traffic model,
 * whatever prices, demands or limits have changed since, and lie near the new boundary when little has. Of the very
 * same scenario its points hold as they are, also on other axes: a certified point is an equilibrium of the whole
 * horizon, and where it lies on an axis is its station's load at that time.
 */
import type { Point } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { Axis, SubsidyCap } from '../study-spec.js';

/** The regions of an earlier run on some axes. */
export interface EarlierRegions {
  scenario: Scenario;
  regions: readonly { subsidyCap: SubsidyCap; points: readonly Point[] }[];
}

/** A certified point of an earlier run, on the axes of this one. */
export interface EarlierPoint {
  point: Point;
  positionMw: number[];
  /** Directions along which it was the best, under these budgets. */
  directions: { direction: number[]; subsidyCap: SubsidyCap }[];
  /** It was found for the same scenario: what its certificate says holds here. */
  holds: boolean;
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
  const text = JSON.stringify(scenario);
  for (const { scenario: theirs, regions } of earlier) {
    const holds = theirs === scenario || JSON.stringify(theirs) === text;
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
          known = { point, positionMw, directions: [], holds };
          found.set(key, known);
        }
        if (point.direction?.length === axes.length)
          known.directions.push({ direction: point.direction, subsidyCap });
      }
    }
  }
  return [...found.values()];
}

function positionOn({ plan }: Point, axes: readonly Axis[]): number[] | null {
  const position = axes.map(({ station, interval }) => plan.stationLoadMw[station]?.[interval]);
  return position.every((load) => load !== undefined) ? position : null;
}

/** Directions that an earlier run solved under a budget, in the order of its points, without those in `known`. */
export function earlierDirections(
  points: readonly EarlierPoint[],
  subsidyCap: SubsidyCap,
  known: readonly (readonly number[])[],
): number[][] {
  const seen = new Set(known.map((direction) => direction.join()));
  return points.flatMap(({ directions }) =>
    directions.flatMap(({ direction, subsidyCap: cap }) => {
      if (cap !== subsidyCap || seen.has(direction.join())) return [];
      seen.add(direction.join());
      return [direction];
    }),
  );
}

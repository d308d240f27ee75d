/**
 * The compare study: the region of a static traffic assignment beside the dynamic one, with the same coupons, caps and
 * budgets. The same machinery finds it; only the propagation differs. An axis at 18:00 becomes the static interval that
 * covers 18:00, and its load the average over that interval.
 */
import type { CharacterizeResult, CompareResult, Hull, Point, Region } from '../result.js';
import type { Scenario } from '../scenario.js';
import type { RunOptions } from '../study-run.js';
import type { Axis, CharacterizeSpec, CompareSpec } from '../study-spec.js';
import { characterize } from '../region/characterize.js';
import { buildTrafficModel } from '../traffic/network.js';
import { coveringInterval, staticScenario } from './static-scenario.js';
import type { LoadRange } from './total-range.js';
import { totalRange } from './total-range.js';

/** Totals that differ by less than this are one, MW: rounding of sums of loads. */
export const SAME_TOTAL_MW = 1e-9;
/** Opposite normals cancel to this. */
const OPPOSITE = 1e-9;

/** @param dynamic the result of the study that `spec.region` names. */
export async function compare(
  scenario: Scenario,
  spec: CompareSpec,
  dynamic: CharacterizeResult,
  options: RunOptions,
): Promise<CompareResult> {
  const { staticIntervalH } = spec;
  const model = staticScenario(scenario, staticIntervalH);
  const covering = dynamic.axes.map(({ interval }) => coveringInterval(scenario, staticIntervalH, interval));
  // The machinery takes the load at an interval's start, which is what the interval before left there.
  const axes = dynamic.axes.map(({ station }, axis): Axis => ({ station, interval: covering[axis] + 1 }));
  const study: CharacterizeSpec = {
    kind: 'characterize',
    name: spec.name,
    axes,
    subsidyCaps: dynamic.regions.map(({ subsidyCap }) => subsidyCap),
    directions: dynamic.directions,
    expectations: [],
  };
  // Partial results are those of a characterize study; a comparison has none that could stand alone.
  const { regions, partial } = await characterize(
    model,
    study,
    { ...options, onPartial: undefined },
    'instantaneous',
  );
  const total = {
    static: totalRange(buildTrafficModel(model, { propagation: 'instantaneous' }), axes),
    dynamic: totalRange(buildTrafficModel(scenario), dynamic.axes),
  };
  return {
    kind: 'compare',
    name: spec.name,
    static: regions.map(staticRegion),
    dynamic: spec.region,
    partial: partial || dynamic.partial,
    staticIntervalH,
    axes: dynamic.axes.map(({ station }, axis) => ({ station, interval: covering[axis] })),
    total,
    explanation: explanationOf(dynamic.axes, total, regions),
    dynamicRegions: dynamic.regions.map(({ subsidyCap, dimension, measure, measureUnit, ranges }) => ({
      subsidyCap,
      dimension,
      measure,
      measureUnit,
      ranges,
    })),
  };
}

function staticRegion(region: Region): Region {
  const equations = equationsOf(region.hull);
  // A bound on a volume says nothing of the area of a polygon.
  const outerMeasure = equations.length > 0 ? null : region.outerMeasure;
  return { ...region, outerMeasure, equations, points: region.points.map(staticPoint) };
}

/** Loads listed under the static interval in which they are, as flows and coupons are. */
function staticPoint(point: Point): Point {
  const stationLoadMw = Object.fromEntries(
    Object.entries(point.plan.stationLoadMw).map(([station, loads]) => [station, loads.slice(1)]),
  );
  return { ...point, plan: { ...point.plan, stationLoadMw } };
}

/** Equations normal · P = offset of the subspace that a flat region lies in, from its pairs of opposite half-spaces. */
export function equationsOf({ halfspaces }: Hull): Hull['halfspaces'] {
  return halfspaces.flatMap(({ normal, offset }, index) => {
    const opposite = halfspaces.findIndex(
      (other) =>
        Math.abs(other.offset + offset) <= OPPOSITE * Math.max(1, Math.abs(offset)) &&
        other.normal.every((component, axis) => Math.abs(component + normal[axis]) <= OPPOSITE),
    );
    return opposite > index ? [{ normal, offset }] : [];
  });
}

function explanationOf(
  axes: readonly Axis[],
  total: { static: LoadRange; dynamic: LoadRange },
  regions: readonly Region[],
): string {
  const names = [...new Set(axes.map(({ station }) => station))].join(' + ');
  const { minMw, maxMw } = total.static;
  const dynamic = `Dynamic: arrivals can be shifted in time, and ${names} can draw ${rangeText(total.dynamic)}.`;
  if (maxMw - minMw > SAME_TOTAL_MW) {
    return `Static: ${names} can draw ${rangeText(total.static)}, so coupons change the total as well. ${dynamic}`;
  }
  const dimension = Math.max(0, ...regions.map((region) => region.dimension));
  return (
    `Static: whatever way drivers take, ${names} draw ${rangeText(total.static)} (least and most coincide), since ` +
    `everyone is served within the interval; coupons only move load between stations, and the region has dimension ` +
    `${dimension}. ${dynamic}`
  );
}

function rangeText({ minMw, maxMw }: LoadRange): string {
  const text = (mw: number): string => (Math.round(1000 * mw) / 1000 + 0).toFixed(3);
  const [low, high] = [text(minMw), text(maxMw)];
  return low === high ? `${low} MW` : `${low} to ${high} MW`;
}

/** From a result file to what is shown of one characterize study and of the studies that refer to it. */
import type {
  CharacterizeResult,
  DispatchResult,
  Hull,
  Point,
  Region,
  ResultFile,
} from '../solver/result.js';
import type { Scenario } from '../solver/scenario.js';
import {
  atInterval,
  earlierRegions,
  pricesView,
  queryLabel,
  queryViews,
  sampleViews,
  spreadView,
  timelineOf,
} from './derive-questions.js';
import { closestBoundaryPoint } from '../solver/geometry/distance.js';
import { axisLabel, capLabel, clockTime, unitLabel } from './labels.js';
import { outerHull, rangesOf } from './outer.js';
import type { DispatchView, PointView, RegionView, StudyView } from './view-model.js';

/** The study itself, or the one that a dispatch or compare study is about; undefined if the file lacks it. */
export function characterizeOf(file: ResultFile, study: string): CharacterizeResult | undefined {
  const named = file.studies.find((s) => s.name === study);
  const name = named?.kind === 'dispatch' ? named.region : named?.kind === 'compare' ? named.dynamic : study;
  return file.studies.find((s): s is CharacterizeResult => s.kind === 'characterize' && s.name === name);
}

export interface ViewOptions {
  /** Of a study over a range of times: which of its regions, counted from 0. */
  interval?: number;
  /** The result of the file as it was before, to be shown beside. */
  earlier?: ResultFile | null;
}

export function deriveStudyView(
  file: ResultFile,
  study: string,
  { interval = 0, earlier = null }: ViewOptions = {},
): StudyView | undefined {
  const whole = characterizeOf(file, study);
  if (!whole) return undefined;
  const { scenario } = file;
  const index = Math.min(interval, whole.laterIntervals?.length ?? 0);
  const result = atInterval(whole, index);
  const before = earlier && characterizeOf(earlier, study);
  const dispatches = file.studies.filter(
    (s): s is DispatchResult => s.kind === 'dispatch' && s.region === result.name,
  );
  return {
    study: result.name,
    scenario: scenario.name,
    title: scenario.title ?? scenario.name,
    currency: scenario.currency,
    partial: result.partial,
    axes: result.axes.map((a) => ({
      ...a,
      label: axisLabel(a, scenario.startMinutes, scenario.intervalHours),
    })),
    times: clockTimes(scenario),
    intervals: scenario.intervals,
    stations: scenario.stations.map((s) => s.id),
    regions: result.regions.map((r, i) => regionView(scenario, r, result.regions[i - 1], result)),
    points: pointViews(result, index === 0 ? dispatches : []),
    statics: file.studies.flatMap((s) =>
      s.kind === 'compare' && s.dynamic === result.name && index === 0
        ? s.static.map((r, i) => regionView(scenario, r, s.static[i - 1]))
        : [],
    ),
    dispatches: index === 0 ? dispatches.map((d) => dispatchView(scenario, d, result.regions)) : [],
    feederHull: result.feederHull ?? null,
    queries: queryViews(result, scenario),
    samples: sampleViews(result, scenario),
    prices: pricesView(result),
    earlier: before ? earlierRegions(result, atInterval(before, index), scenario.currency) : null,
    timeline: timelineOf(whole, scenario, index),
  };
}

export function clockTimes(scenario: Scenario): string[] {
  return Array.from({ length: scenario.intervals + scenario.tailIntervals }, (_, i) =>
    clockTime(scenario.startMinutes, scenario.intervalHours, i),
  );
}

function regionView(
  scenario: Scenario,
  region: Region,
  before?: Region,
  study?: CharacterizeResult,
): RegionView {
  const outer = outerHull(region);
  return {
    subsidyCap: region.subsidyCap,
    label: capLabel(region.subsidyCap, scenario.currency),
    dimension: region.dimension,
    measure: region.measure,
    unit: region.dimension === 0 ? 'a single point' : unitLabel(region.measureUnit),
    outerMeasure: region.outerMeasure,
    outerKnowsBudget: region.subsidyCap === null || region.outerHalfspaces !== undefined,
    outer: outer && { hull: outer, ranges: rangesOf(outer) },
    estimatedGap: region.estimatedGap,
    gain:
      before && before.measure > 0 && before.dimension === region.dimension
        ? region.measure / before.measure - 1
        : null,
    measureWithoutFeeder:
      study?.withoutFeeder?.find((w) => w.subsidyCap === region.subsidyCap)?.measure ?? null,
    ranges: region.ranges,
    hull: region.hull,
    solves: region.solves,
    seconds: region.seconds,
    pointCount: region.points.length,
    infeasible: region.infeasible ?? null,
    sensitivities: region.sensitivities ?? [],
  };
}

/** Letters for budgets, numbers for points: "B7". */
export function pointLabel(region: number, index: number): string {
  return `${String.fromCharCode(65 + (region % 26))}${index + 1}`;
}

function pointViews(result: CharacterizeResult, dispatches: readonly DispatchResult[]): PointView[] {
  const boundary = result.regions.flatMap((region, r) => {
    const centre = centroid(region.hull.vertices);
    return region.points.map((p, i) => ({
      ...summary(p, `${r}/${i}`, 'boundary', pointLabel(r, i)),
      region: r,
      outward: p.direction
        ? unit(p.direction.map((x) => 0 - x))
        : unit(p.positionMw.map((x, k) => x - (centre[k] ?? 0))),
    }));
  });
  const free = result.couponFree ? [summary(result.couponFree, 'free', 'coupon-free', 'no coupons')] : [];
  const operating = dispatches.flatMap((d) =>
    d.point ? [summary(d.point, `dispatch:${d.name}`, 'dispatch', d.name)] : [],
  );
  const answers = (result.queries ?? []).flatMap(({ point }, i) =>
    point ? [summary(point, `query:${i}`, 'query', queryLabel(i))] : [],
  );
  return [...boundary, ...free, ...operating, ...answers];
}

function summary(point: Point, id: string, kind: PointView['kind'], label: string): PointView {
  return {
    id,
    kind,
    label,
    region: null,
    direction: point.direction,
    outward: null,
    positionMw: point.positionMw,
    supportMw: point.supportMw,
    outerSupportMw: point.outerSupportMw,
    certificate: point.certificate,
    spread: spreadView(point.spread),
  };
}

/** The point that an id of the view names; undefined if the file has no such point. */
export function findPoint(file: ResultFile, study: string, pointId: string, interval = 0): Point | undefined {
  const whole = characterizeOf(file, study);
  const result = whole && atInterval(whole, interval);
  if (pointId.startsWith('query:'))
    return result?.queries?.[Number(pointId.slice('query:'.length))]?.point ?? undefined;
  if (pointId === 'free') return result?.couponFree ?? undefined;
  if (pointId.startsWith('dispatch:')) {
    const name = pointId.slice('dispatch:'.length);
    const found = file.studies.find((s): s is DispatchResult => s.kind === 'dispatch' && s.name === name);
    return found?.point ?? undefined;
  }
  const [region, index] = pointId.split('/').map(Number);
  return result?.regions[region]?.points[index];
}

function dispatchView(scenario: Scenario, study: DispatchResult, regions: readonly Region[]): DispatchView {
  const { reserve, costs, point } = study;
  return {
    study: study.name,
    pointId: point ? `dispatch:${study.name}` : null,
    reserve: reserve && `${reserve.mw} MW at ${reserve.bus}, ${clockTimes(scenario)[reserve.interval]}`,
    tier: study.tier,
    subsidy: study.subsidy,
    costs: costs
      ? [
          { name: 'Utility energy', money: costs.utility },
          { name: 'Generators', money: costs.generators },
          { name: 'Charging profit', money: costs.chargingProfit },
          { name: 'V2G compensation', money: costs.v2gCompensation },
          { name: 'Subsidy', money: costs.subsidy },
          { name: 'Total', money: costs.total },
        ]
      : [],
    distances: study.regions.map((r) => {
      const region = regions.findIndex((x) => x.subsidyCap === r.subsidyCap);
      return {
        region: region < 0 ? null : region,
        label: capLabel(r.subsidyCap, scenario.currency),
        inside: r.inside,
        distanceMw: r.distanceMw,
        footMw: point && region >= 0 ? nearestOnBoundary(regions[region].hull, point.positionMw) : null,
      };
    }),
    tiers: study.tiers.map((t) => ({
      label: capLabel(t.subsidyCap, scenario.currency),
      feasible: t.feasible,
      total: t.total,
      reason: t.reason,
      limits: t.infeasible?.limits ?? [],
    })),
  };
}

function nearestOnBoundary(hull: Hull, positionMw: readonly number[]): number[] | null {
  return hull.halfspaces.length ? closestBoundaryPoint(positionMw, hull.halfspaces).position : null;
}

function centroid(vertices: readonly number[][]): number[] {
  if (!vertices.length) return [];
  return vertices[0].map((_, k) => vertices.reduce((s, v) => s + v[k], 0) / vertices.length);
}

function unit(v: readonly number[]): number[] | null {
  const length = Math.hypot(...v);
  return length > 0 ? v.map((x) => x / length) : null;
}

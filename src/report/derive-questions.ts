/** What was asked of a region, as it is shown: queries, prices, the file as it was before, further intervals. */
import type { CharacterizeResult, IntervalResult } from '../solver/result.js';
import type { Scenario } from '../solver/scenario.js';
import { deriveDifference } from './difference.js';
import { capLabel, clockTime, unitLabel } from './labels.js';
import type { EarlierRegion, PricesView, QueryView, StudyView } from './view-model.js';

/** The result at one of its intervals; what was asked about belongs to the first. */
export function atInterval(result: CharacterizeResult, index: number): CharacterizeResult {
  const later = index === 0 ? undefined : result.laterIntervals?.[index - 1];
  if (!later) return result;
  const { axes, partial, couponFree, regions, withoutFeeder, feederHull } = later;
  return {
    ...result,
    ...{ axes, partial, couponFree, regions, withoutFeeder, feederHull },
    queries: undefined,
    priceMap: undefined,
    laterIntervals: undefined,
  };
}

export function timelineOf(
  result: CharacterizeResult,
  scenario: Scenario,
  index: number,
): StudyView['timeline'] {
  const { laterIntervals } = result;
  if (!laterIntervals?.length) return null;
  const time = (interval: number) => clockTime(scenario.startMinutes, scenario.intervalHours, interval);
  const first = result.interval ?? result.axes[0].interval;
  const intervals = [first, ...laterIntervals.map((one: IntervalResult) => one.interval)];
  const ranges = [result, ...laterIntervals].flatMap((one) => one.regions.map((region) => region.ranges));
  const extreme = (end: 'min' | 'max') =>
    result.axes.map((_, k) => Math[end](...ranges.flatMap((r) => (r[k] ? [r[k][end]] : []))));
  return { times: intervals.map(time), index, extentMw: [extreme('min'), extreme('max')] };
}

export const queryLabel = (index: number): string => `Q${index + 1}`;

export function queryViews({ queries = [] }: CharacterizeResult, scenario: Scenario): QueryView[] {
  return queries.map((query, i) => ({
    label: queryLabel(i),
    targetMw: query.targetMw,
    budget: capLabel(query.subsidyCap, scenario.currency),
    status: query.status,
    distanceMw: query.distanceMw,
    requiredSubsidy: query.requiredSubsidy,
    pointId: query.point ? `query:${i}` : null,
    reason: query.reason?.message ?? null,
    seconds: query.seconds,
  }));
}

export function pricesView({ priceMap, regions }: CharacterizeResult): PricesView | null {
  if (!priceMap) return null;
  const { originMw, stepMw, counts, estimate, certified } = priceMap.grid;
  const money = estimate.map((value, node) => certified[node] ?? value);
  const known = [...money, ...priceMap.vertices.flatMap((v) => v.subsidy)].filter(
    (value): value is number => value !== null && Number.isFinite(value),
  );
  if (!known.length) return null;
  return {
    least: Math.min(...known),
    most: Math.max(...known),
    vertices: regions.map((region) => {
      const own = priceMap.vertices.find((v) => v.subsidyCap === region.subsidyCap);
      // A corner that no point belongs to has no finite price.
      return region.hull.vertices.map((_, k) => {
        const price = own?.subsidy[k];
        return price !== undefined && Number.isFinite(price) ? price : null;
      });
    }),
    grid: { originMw, stepMw, counts, money },
    certified: certified.filter((value) => value !== null).length,
    nodes: money.filter((value) => value !== null).length,
  };
}

/** @returns for each region of now that of before with the same budget, when its axes are the same */
export function earlierRegions(
  now: CharacterizeResult,
  before: CharacterizeResult,
  currency: string,
): (EarlierRegion | null)[] | null {
  if (JSON.stringify(now.axes) !== JSON.stringify(before.axes)) return null;
  // While points arrive it would be out of date at once.
  const differences = now.partial ? undefined : deriveDifference(before, now)[0];
  return now.regions.map((region) => {
    const old = before.regions.find((r) => r.subsidyCap === region.subsidyCap);
    if (!old) return null;
    const comparable = old.measure > 0 && old.dimension === region.dimension;
    return {
      label: capLabel(old.subsidyCap, currency),
      measure: old.measure,
      unit: unitLabel(old.measureUnit),
      change: comparable ? region.measure / old.measure - 1 : null,
      shared: differences?.regions.find((d) => d.subsidyCap === region.subsidyCap)?.shared ?? null,
      hull: old.hull,
    };
  });
}

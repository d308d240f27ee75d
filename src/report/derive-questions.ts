/** What was asked of a region, as it is shown: queries, prices, the file as it was before, further intervals. */
import type { CharacterizeResult, CouponMargin, IntervalResult, Point } from '../solver/result.js';
import type { Scenario } from '../solver/scenario.js';
import { deriveDifference } from './difference.js';
import { capLabel, clockTime, unitLabel } from './labels.js';
import { quantile } from './quantile.js';
import type {
  EarlierRegion,
  PricesView,
  QueryView,
  SampleView,
  SpreadView,
  StudyView,
} from './view-model.js';

/** The result at one of its intervals; what was asked about belongs to the first. */
export function atInterval(result: CharacterizeResult, index: number): CharacterizeResult {
  const later = index === 0 ? undefined : result.laterIntervals?.[index - 1];
  if (!later) return result;
  const { axes, partial, couponFree, regions, withoutFeeder, feederHull } = later;
  return {
    ...result,
    ...{ axes, partial, couponFree, regions, withoutFeeder, feederHull },
    queries: undefined,
    samples: undefined,
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

export function spreadView(spread: Point['spread']): SpreadView | null {
  if (!spread) return null;
  const { equilibria, margin, ...rest } = spread;
  return {
    ...rest,
    others: equilibria.map(({ positionMw, equilibriumGap }) => ({ positionMw, equilibriumGap })),
    margin: margin && marginView(margin),
  };
}

/** Its coupons stand in the detail of the point. */
function marginView(margin: CouponMargin): SpreadView['margin'] {
  const { perVehicle, subsidy, extraSubsidy, equilibriumGap, ranges, starts, settled } = margin;
  return { perVehicle, subsidy, extraSubsidy, equilibriumGap, ranges, starts, settled };
}

const MS_PER_SECOND = 1000;
/** Nine points in ten are answered within the time that is shown as the most. */
const MOST = 0.9;

export function sampleViews({ samples = [] }: CharacterizeResult, { currency }: Scenario): SampleView[] {
  return samples.map(({ subsidyCap, seed, reached, queries, complete }) => {
    const subsidies = queries.flatMap(({ requiredSubsidy }) => requiredSubsidy ?? []);
    const times = queries.map(({ seconds }) => seconds * MS_PER_SECOND);
    return {
      label: capLabel(subsidyCap, currency),
      ...{ seed, reached, complete, asked: queries.length },
      subsidy: subsidies.length
        ? { median: quantile(subsidies, 0.5), largest: quantile(subsidies, 1) }
        : null,
      milliseconds: times.length ? { median: quantile(times, 0.5), most: quantile(times, MOST) } : null,
      missed: queries
        .filter(({ status }) => status !== 'reached')
        .map(({ targetMw, requiredSubsidy, reason }) => ({
          ...{ targetMw, requiredSubsidy },
          reason: reason?.message ?? null,
        })),
    };
  });
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

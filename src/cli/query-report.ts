/** Answers to point queries, in lines for a terminal. */
import type { LoadSpread, PointQuery, PriceMap, QuerySample, Region } from '../solver/result.js';
import type { Scenario } from '../solver/scenario.js';
import type { Axis } from '../solver/study-spec.js';
import { quantile } from '../report/quantile.js';
import { axisLabel, capLabel, clockTime, money, mw, scientific, short } from '../report/labels.js';

const MS_PER_SECOND = 1000;

/** What was asked for, what came out, and the coupons. */
export function queryLines(query: PointQuery, axes: readonly Axis[], scenario: Scenario): string[] {
  const { point, status, distanceMw, reason } = query;
  const { currency } = scenario;
  const lines = [`${place(query.targetMw, axes, scenario)}, budget ${capLabel(query.subsidyCap, currency)}`];
  const cost = point ? `${money(point.certificate.subsidy)} ${currency}` : '';
  if (status === 'reached') lines.push(`  reached for ${cost}`);
  else lines.push(`  not reached: ${reason?.message ?? 'why is not known'}`);
  if (!point) return [...lines, '  no point nearby could be certified'];
  if (status === 'nearest')
    lines.push(
      `  nearest found: ${place(point.positionMw, axes, scenario)}, ${mw(distanceMw ?? 0)} MW away, for ${cost}`,
    );
  const { equilibriumGap, unique } = point.certificate;
  lines.push(
    `  equilibrium gap ${scientific(equilibriumGap)}; a cold solve from the coupons ${unique ? 'finds the same loads' : 'does not find these loads (--spread shows what else they allow)'}`,
  );
  if (point.spread) lines.push(...spreadLines(point.spread, axes, scenario));
  return [...lines, ...couponLines(query, scenario)];
}

/** What else the coupons can bring about, and what a margin costs. */
function spreadLines(
  { verdict, ranges, starts, settled, margin, marginReason }: LoadSpread,
  axes: readonly Axis[],
  { startMinutes, intervalHours, currency }: Scenario,
): string[] {
  const solves = `${settled} of ${starts} solves settled`;
  if (verdict === 'one')
    return [`  these coupons bring about only these loads, as far as was found (${solves})`];
  const loads = axes
    .map(
      (axis, k) =>
        `${axisLabel(axis, startMinutes, intervalHours)} ${mw(ranges[k].min)} … ${mw(ranges[k].max)}`,
    )
    .join(', ');
  const kind = verdict === 'several' ? 'several equilibria' : 'a range of equilibria';
  return [
    `  these coupons have ${kind}: ${loads} MW (${solves})`,
    margin
      ? `  coupons with a margin of ${short(margin.perVehicle)} ${currency} per vehicle leave only this one: ${money(margin.extraSubsidy)} ${currency} more`
      : `  no margin rules the others out: ${marginReason ?? 'none was found'}`,
  ];
}

/** Over the points of regions whose spread is known. */
export function spreadSummary(
  regions: readonly Region[],
  axes: readonly Axis[],
  { currency, startMinutes, intervalHours }: Scenario,
): string[] {
  return regions.flatMap(({ subsidyCap, points }) => {
    const spreads = points.flatMap(({ spread }) => spread ?? []);
    const several = spreads.filter(({ verdict }) => verdict !== 'one');
    const margins = several.flatMap(({ margin }) => margin?.extraSubsidy ?? []);
    const widest = axes.map((axis, k) => {
      const width = Math.max(0, ...several.map(({ ranges }) => ranges[k].max - ranges[k].min));
      return `${axisLabel(axis, startMinutes, intervalHours)} ${mw(width)}`;
    });
    const head = `${capLabel(subsidyCap, currency)}: ${points.length} points, of which the cold solve differs at ${spreads.length}`;
    if (several.length === 0) return [`${head}; none has another equilibrium`];
    return [
      `${head}; ${several.length} have several equilibria, up to ${widest.join(', ')} MW apart`,
      `  a margin rules the others out at ${margins.length}: median ${money(quantile(margins, 0.5))}, largest ${money(quantile(margins, 1))} ${currency} more`,
    ];
  });
}

/** One line a service: the interval of entry and the coupon of a vehicle. */
function couponLines({ point }: PointQuery, { startMinutes, intervalHours, currency }: Scenario): string[] {
  const byService = new Map<string, string[]>();
  for (const { station, service, interval, perVehicle } of point?.plan.coupons ?? []) {
    const list = byService.get(`${station} ${service}`) ?? [];
    list.push(`${clockTime(startMinutes, intervalHours, interval)} ${short(perVehicle)}`);
    byService.set(`${station} ${service}`, list);
  }
  if (byService.size === 0) return ['  no coupons'];
  return [
    `  coupons, ${currency} per vehicle by time of entry`,
    ...[...byService].map(([name, list]) => `    ${name}: ${list.join(', ')}`),
  ];
}

function place(positionMw: readonly number[], axes: readonly Axis[], scenario: Scenario): string {
  const { startMinutes, intervalHours } = scenario;
  return axes
    .map((axis, k) => `${axisLabel(axis, startMinutes, intervalHours)} ${mw(positionMw[k])} MW`)
    .join(', ');
}

/** Share reached, what it takes, time per query, and what was not reached. */
export function sampleLines(
  { queries, reached, seed, subsidyCap, complete }: QuerySample,
  axes: readonly Axis[],
  scenario: Scenario,
): string[] {
  const { currency } = scenario;
  const share = queries.length === 0 ? 0 : (100 * reached) / queries.length;
  const spent = queries.flatMap(({ requiredSubsidy }) => requiredSubsidy ?? []);
  const times = queries.map(({ seconds }) => seconds * MS_PER_SECOND);
  return [
    `${queries.length} random points inside the hull at ${capLabel(subsidyCap, currency)}, seed ${seed}${complete ? '' : ' (stopped early)'}`,
    `  reached within the budget: ${reached} (${share.toFixed(1)} %)`,
    `  subsidy: median ${money(quantile(spent, 0.5))}, 90 % ${money(quantile(spent, 0.9))}, largest ${money(quantile(spent, 1))} ${currency}`,
    `  time per query: median ${money(quantile(times, 0.5))}, 90 % ${money(quantile(times, 0.9))}, largest ${money(quantile(times, 1))} ms`,
    ...queries
      .filter(({ status }) => status !== 'reached')
      .map(
        ({ targetMw, reason }) =>
          `  not reached: ${place(targetMw, axes, scenario)}: ${reason?.message ?? ''}`,
      ),
  ];
}

/** How many nodes, and how far the estimate is from what was certified. */
export function priceMapLines({ grid, subsidyCap, vertices }: PriceMap, { currency }: Scenario): string[] {
  const pairs = grid.certified.flatMap((certified, node) => {
    const estimate = grid.estimate[node];
    return certified === null || estimate === null ? [] : [{ certified, estimate }];
  });
  const inside = grid.estimate.filter((value) => value !== null).length;
  const corners = vertices.flatMap(({ subsidy }) => subsidy);
  const errors = pairs.map(({ certified, estimate }) => estimate - certified);
  return [
    `price map at ${capLabel(subsidyCap, currency)}: ${corners.length} corners, ${inside} of ${grid.counts.join(' × ')} places inside`,
    ...(pairs.length > 0
      ? [
          `  certified at ${pairs.length} places: median ${money(
            quantile(
              pairs.map(({ certified }) => certified),
              0.5,
            ),
          )} ${currency}`,
          `  estimate less certified: median ${money(quantile(errors, 0.5))}, from ${money(quantile(errors, 0))} to ${money(quantile(errors, 1))} ${currency}`,
        ]
      : []),
  ];
}

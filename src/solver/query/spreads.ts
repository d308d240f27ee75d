/** Answers and points with what else their coupons can bring about. */
import type { Point, PointQuery, Region } from '../result.js';
import type { QuerySession } from './query-session.js';

export async function withSpreads(
  session: QuerySession,
  queries: readonly PointQuery[],
  signal?: AbortSignal,
): Promise<PointQuery[]> {
  const points = queries.flatMap(({ point }) => point ?? []);
  const spreads = await session.spreads(points, { signal });
  let next = 0;
  return queries.map((query) =>
    query.point ? { ...query, point: { ...query.point, spread: spreads[next++] } } : query,
  );
}

/** The points whose cold solve differs are asked for; each once, however many regions list it. */
export async function regionsWithSpreads(
  session: QuerySession,
  regions: readonly Region[],
  options: { signal?: AbortSignal; onSpread?: (done: number, total: number) => void } = {},
): Promise<Region[]> {
  const byPosition = new Map<string, { point: Point; index: number }>();
  for (const { points } of regions) {
    for (const point of points) {
      if (!isAsked(point) || byPosition.has(placeOf(point))) continue;
      byPosition.set(placeOf(point), { point, index: byPosition.size });
    }
  }
  const asked = [...byPosition.values()].map(({ point }) => point);
  let done = 0;
  const spreads = await session.spreads(asked, {
    signal: options.signal,
    onSpread: () => options.onSpread?.(++done, asked.length),
  });
  return regions.map((region) => ({
    ...region,
    points: region.points.map((point) => {
      const known = isAsked(point) ? byPosition.get(placeOf(point)) : undefined;
      return known ? { ...point, spread: spreads[known.index] } : point;
    }),
  }));
}

const isAsked = ({ certificate }: Point): boolean =>
  certificate.status === 'certified' && !certificate.unique;

const placeOf = ({ positionMw, certificate }: Point): string =>
  JSON.stringify([positionMw, certificate.subsidy]);

/** Puts what is known of a point's equilibria wherever a result lists the point. */
import type {
  CharacterizeResult,
  DispatchResult,
  LoadSpread,
  Point,
  ResultFile,
  StudyResult,
} from '../../solver/result.js';

/** @returns the dispatch study that the point is the answer of, or the region with every copy of the point */
export function withSpread(
  { studies }: ResultFile,
  found: CharacterizeResult,
  point: Point,
  spread: LoadSpread,
): StudyResult {
  const dispatch = studies.find((s): s is DispatchResult => s.kind === 'dispatch' && s.point === point);
  if (dispatch) return { ...dispatch, point: { ...point, spread } };
  // A point found under one budget counts for all larger ones, too.
  const added = (one: Point): Point => (placeOf(one) === placeOf(point) ? { ...one, spread } : one);
  return {
    ...found,
    couponFree: found.couponFree && added(found.couponFree),
    regions: found.regions.map((region) => ({ ...region, points: region.points.map(added) })),
    queries: found.queries?.map((query) => ({ ...query, point: query.point && added(query.point) })),
  };
}

const placeOf = ({ positionMw, certificate }: Point): string =>
  JSON.stringify([positionMw, certificate.subsidy]);

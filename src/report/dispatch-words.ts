/** Where an operating point lies among the regions, in words: the same in panel, picture and report. */
import { kw, money, mw } from './labels.js';
import type { DispatchView } from './view-model.js';

export type RegionDistance = DispatchView['distances'][number];

/** So close to a facet a point lies on the boundary, MW: as the dispatch study and the referee have it. */
const BOUNDARY_MW = 1e-3;
/** From here on down two decimals would say too little. */
const CLOSE_MW = 0.1;

/** "0.41", and to the kW where it is little: "0.003". Without its sign. */
export const distance = (distanceMw: number): string =>
  (Math.abs(distanceMw) < CLOSE_MW ? kw : mw)(Math.abs(distanceMw));

/** Of the hull that was found. */
export function sideOf({ distanceMw }: RegionDistance): 'inside' | 'on the boundary' | 'outside' {
  if (Math.abs(distanceMw) <= BOUNDARY_MW) return 'on the boundary';
  return distanceMw > 0 ? 'inside' : 'outside';
}

/** The smallest region that holds the point: within what was found of it, or because its budget pays for the point. */
const holderOf = ({ distances }: DispatchView): RegionDistance | undefined =>
  distances.find(({ inside }) => inside);

/** The one that is shown: to the smallest region that holds the point, else to the nearest. */
export function shownDistance(dispatch: DispatchView): RegionDistance | undefined {
  return (
    holderOf(dispatch) ??
    dispatch.distances.reduce<RegionDistance | undefined>(
      (nearest, d) => (nearest && nearest.distanceMw >= d.distanceMw ? nearest : d),
      undefined,
    )
  );
}

/** "0.41 MW outside 1,000 CNY", "on the boundary of 2,000 CNY", "in 2,000 CNY, 0.003 MW beyond its hull". */
export function shortPlace(d: RegionDistance): string {
  const side = sideOf(d);
  if (side === 'on the boundary') return `${side} of ${d.label}`;
  if (d.inside && side === 'outside') return `in ${d.label}, ${distance(d.distanceMw)} MW beyond its hull`;
  return `${distance(d.distanceMw)} MW ${side} ${d.label}`;
}

/** What follows the name of the study, without a full stop. */
export function placeSentence(dispatch: DispatchView, currency: string): string {
  const { distances, subsidy } = dispatch;
  if (!distances.length) return ' has no region to be compared with';
  const holder = holderOf(dispatch);
  if (!holder) {
    const all = distances.map((d) => `${distance(d.distanceMw)} MW from that of ${d.label}`);
    return ` lies outside the regions found: ${all.join(', ')}`;
  }
  // Those after it hold it as well.
  const outside = distances
    .slice(0, distances.indexOf(holder))
    .map((d) => `; ${distance(d.distanceMw)} MW outside that of ${d.label}`)
    .join('');
  return ` lies ${placeIn(holder, subsidy, currency)}${outside}`;
}

function placeIn(holder: RegionDistance, subsidy: number | null, currency: string): string {
  const { label, distanceMw } = holder;
  if (sideOf(holder) === 'on the boundary') return `on the boundary of the region of ${label}`;
  if (distanceMw > 0) return `${distance(distanceMw)} MW inside the region of ${label}`;
  // What was found of a region is its inside: the point proves that the whole one reaches so far.
  return `in the region of ${label}, which pays for its coupons of ${money(subsidy ?? 0)} ${currency}, ${distance(distanceMw)} MW beyond the hull that was found`;
}

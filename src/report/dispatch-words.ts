/** Where an operating point lies among the regions, in words: the same in panel, picture and report. */
import { kw, money, mw } from './labels.js';
import type { DispatchView, StudyView } from './view-model.js';

export type RegionDistance = DispatchView['distances'][number];

/** So close to a facet a point lies on the boundary, MW: as the dispatch study and the referee have it. */
const BOUNDARY_MW = 1e-3;
/** From here on down two decimals would say too little. */
const CLOSE_MW = 0.1;

/** "0.41", and to the kW where it is little: "0.003". Without its sign. */
export const distance = (distanceMw: number): string =>
  (Math.abs(distanceMw) < CLOSE_MW ? kw : mw)(Math.abs(distanceMw));

export function sideOf({ inside, distanceMw }: RegionDistance): 'inside' | 'on the boundary' | 'outside' {
  if (Math.abs(distanceMw) <= BOUNDARY_MW) return 'on the boundary';
  return inside ? 'inside' : 'outside';
}

/** The one that is shown: to the smallest region that holds the point, else to the nearest. */
export function shownDistance({ distances }: DispatchView): RegionDistance | undefined {
  return (
    distances.find((d) => d.inside) ??
    distances.reduce<RegionDistance | undefined>(
      (nearest, d) => (nearest && nearest.distanceMw >= d.distanceMw ? nearest : d),
      undefined,
    )
  );
}

/** "0.41 MW outside 1,000 CNY", "on the boundary of 2,000 CNY". */
export function shortPlace(d: RegionDistance): string {
  const side = sideOf(d);
  return side === 'on the boundary'
    ? `${side} of ${d.label}`
    : `${distance(d.distanceMw)} MW ${side} ${d.label}`;
}

/** What follows the name of the study, without a full stop. */
export function placeSentence(dispatch: DispatchView, view: StudyView): string {
  const holder = dispatch.distances.find((d) => d.inside);
  const outside = dispatch.distances.filter((d) => !d.inside);
  if (holder) {
    const place =
      sideOf(holder) === 'on the boundary'
        ? 'on the boundary of'
        : `${distance(holder.distanceMw)} MW inside`;
    const rest = outside.map((d) => `${distance(d.distanceMw)} MW outside that of ${d.label}`).join(', ');
    return ` lies ${place} the region of ${holder.label}${rest ? `; ${rest}` : ''}`;
  }
  if (!outside.length) return ' has no region to be compared with';
  const all = outside.map((d) => `${distance(d.distanceMw)} MW from that of ${d.label}`).join(', ');
  const { subsidy } = dispatch;
  const reached = outside.some((d) => {
    const cap = d.region === null ? 0 : view.regions[d.region].subsidyCap;
    return subsidy !== null && (cap === null || subsidy <= cap);
  });
  return ` lies outside the regions found: ${all}${
    reached
      ? `. Its coupons of ${money(subsidy!)} ${view.currency} bring it about all the same: what was found of a region is its inside, up to the gap`
      : ''
  }`;
}

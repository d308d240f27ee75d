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

/** Of the hull that was found. */
export function sideOf({ distanceMw }: RegionDistance): 'inside' | 'on the boundary' | 'outside' {
  if (Math.abs(distanceMw) <= BOUNDARY_MW) return 'on the boundary';
  return distanceMw > 0 ? 'inside' : 'outside';
}

const isHeld = (distance: RegionDistance): boolean => sideOf(distance) !== 'outside';

/** The one that is shown: to the smallest region that holds the point, else to the smallest that should, else to the nearest. */
export function shownDistance(dispatch: DispatchView, view: StudyView): RegionDistance | undefined {
  const { distances } = dispatch;
  return (
    distances.find(isHeld) ??
    distances.find((d) => pays(d, dispatch, view)) ??
    distances.reduce<RegionDistance | undefined>(
      (nearest, d) => (nearest && nearest.distanceMw >= d.distanceMw ? nearest : d),
      undefined,
    )
  );
}

/** The budget of that region is enough for the point's coupons: it is a point of the region, whatever was found of it. */
function pays({ region }: RegionDistance, { subsidy }: DispatchView, view: StudyView): boolean {
  if (region === null || subsidy === null) return false;
  const cap = view.regions[region].subsidyCap;
  return cap === null || subsidy <= cap;
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
  const holder = dispatch.distances.find(isHeld);
  const outside = dispatch.distances.filter((d) => !isHeld(d));
  if (holder) {
    const place =
      sideOf(holder) === 'on the boundary'
        ? 'on the boundary of'
        : `${distance(holder.distanceMw)} MW inside`;
    const rest = outside.map((d) => `${distance(d.distanceMw)} MW outside that of ${d.label}`).join(', ');
    return ` lies ${place} the region of ${holder.label}${rest ? `; ${rest}` : ''}`;
  }
  if (!outside.length) return ' has no region to be compared with';
  const { subsidy } = dispatch;
  const payer = outside.findIndex((d) => pays(d, dispatch, view));
  if (payer < 0) {
    return ` lies outside the regions found: ${outside.map((d) => `${distance(d.distanceMw)} MW from that of ${d.label}`).join(', ')}`;
  }
  // A region that was found is an inner one: the point proves that the whole one reaches so far.
  const before = outside
    .slice(0, payer)
    .map((d) => `; ${distance(d.distanceMw)} MW outside that of ${d.label}`);
  const { label, distanceMw } = outside[payer];
  return ` lies ${distance(distanceMw)} MW outside what was found of the region of ${label}, though ${money(subsidy!)} ${view.currency} of coupons bring it about${before.join('')}`;
}

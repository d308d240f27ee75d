/** What the marks and lines of the region's picture mean. */
import { OUTER_STROKE } from '../../report/drawings/polygon-chart.js';
import type { Palette } from '../../report/drawings/palette.js';
import { money } from '../../report/labels.js';
import type { OuterOutline } from '../../report/outer.js';
import type { StudyView } from '../../report/view-model.js';

interface Props {
  view: StudyView;
  palette: Palette;
  prices: boolean;
  outer: OuterOutline | null;
  /** Number of axes of the picture. */
  axes: number;
}

/** A wire, a line, brackets: how what is proven is drawn, by the number of axes. */
const SWATCHES: Record<number, string> = {
  1: 'M6,1H2V11H6M28,1H32V11H28',
  2: 'M1,6H33',
  3: 'M1,8L12,2L26,3L33,9L20,11ZM12,2L20,11L26,3',
};

export function Legend({ view, palette, prices, outer, axes }: Props) {
  return (
    <ul class="legend" aria-label="Legend">
      {view.statics.length ? (
        <li>
          <svg width="26" height="10" aria-hidden="true">
            <rect
              x="1"
              y="1"
              width="24"
              height="8"
              fill={palette.statics}
              fill-opacity="0.2"
              stroke={palette.statics}
              stroke-dasharray="5 3"
            />
          </svg>
          static model
        </li>
      ) : null}
      {view.feederHull ? (
        <li>
          <svg width="26" height="10" aria-hidden="true">
            <line
              x1="1"
              x2="25"
              y1="5"
              y2="5"
              stroke={palette.feeder}
              stroke-width="2"
              stroke-dasharray="1 3"
            />
          </svg>
          feeder alone
        </li>
      ) : null}
      {outer ? (
        <li>
          <svg width="34" height="12" aria-hidden="true">
            <path
              d={SWATCHES[axes] ?? SWATCHES[3]}
              fill="none"
              stroke={palette.cap(outer.region, view.regions.length)}
              {...(axes === 2 ? OUTER_STROKE : {})}
            />
          </svg>
          {axes === 1
            ? 'proven for each budget: nothing lies beyond'
            : `proven: nothing within ${view.regions[outer.region].label} lies outside`}
        </li>
      ) : null}
      {view.earlier?.some((r) => r !== null) ? (
        <li>
          <svg width="26" height="10" aria-hidden="true">
            <line x1="1" x2="25" y1="5" y2="5" stroke="currentColor" stroke-dasharray="2 3" />
          </svg>
          before the file was changed
        </li>
      ) : null}
      {view.prices && prices ? (
        <li>
          <svg width="62" height="10" aria-hidden="true">
            {[0, 0.25, 0.5, 0.75, 1].map((s, n) => (
              <rect key={s} x={n * 12} y="1" width="12" height="8" fill={palette.loading(s)} />
            ))}
          </svg>
          {`least subsidy, ${money(view.prices.least)} to ${money(view.prices.most)} ${view.currency}; inside, ${view.prices.certified} of ${view.prices.nodes} places are certified`}
        </li>
      ) : null}
      {view.points.some((p) => p.kind === 'coupon-free') ? (
        <li>
          <svg width="12" height="12" aria-hidden="true">
            <circle cx="6" cy="6" r="4" fill="none" stroke={palette.free} stroke-width="2" />
          </svg>
          without coupons
        </li>
      ) : null}
      {view.dispatches.length ? <li class="star">★ dispatch, with its distance to the boundary</li> : null}
    </ul>
  );
}

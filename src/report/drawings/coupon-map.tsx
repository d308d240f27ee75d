/** The coupons of a plan, station by time: a heat map whose cells print their number. */
import { max } from 'd3-array';
import { short } from '../labels.js';
import type { PointDetail, StudyView } from '../view-model.js';
import { Frame } from './frame.js';
import type { Palette } from './palette.js';

const LEFT = 92;
const TOP = 30;
const CELL = 22;

export function CouponMap(props: { view: StudyView; detail: PointDetail; palette: Palette; width: number }) {
  const { view, detail, palette, width } = props;
  const rows = detail.stations.flatMap((s) =>
    (['charging', 'v2g'] as const).flatMap((service) =>
      s[service] ? [{ station: s.id, service, coupons: s[service].couponPerVehicle }] : [],
    ),
  );
  // The tail is shown as far as coupons are paid in it.
  const last = max(rows, (r) => r.coupons.findLastIndex((c) => c > 0)) ?? 0;
  const columns = Math.max(view.intervals, last + 1);
  const largest = max(rows, (r) => max(r.coupons) ?? 0) ?? 0;
  const step = (width - LEFT - 8) / columns;
  const height = TOP + rows.length * CELL + 40;
  const every = Math.ceil(34 / step);
  return (
    <Frame
      width={width}
      height={height}
      label={`Coupons in ${view.currency} per vehicle by station, service and time of arrival; the largest is ${short(largest)}`}
    >
      <text x={LEFT} y="12" font-weight="600">{`Coupon (${view.currency} per vehicle)`}</text>
      {Array.from({ length: columns }, (_, t) =>
        t % every ? null : (
          <text key={t} x={LEFT + t * step} y={TOP - 4} font-size="10">
            {view.times[t]}
          </text>
        ),
      )}
      {rows.map((row, r) => (
        <g key={`${row.station}.${row.service}`} transform={`translate(0,${TOP + r * CELL})`}>
          <text
            x={LEFT - 6}
            y="15"
            text-anchor="end"
          >{`${row.station} ${row.service === 'v2g' ? 'V2G' : 'charging'}`}</text>
          {Array.from({ length: columns }, (_, t) => {
            const coupon = row.coupons[t] ?? 0;
            const { fill, ink } = palette.heat(largest ? coupon / largest : 0);
            return (
              <g key={t} transform={`translate(${LEFT + t * step},0)`}>
                <title>{`${row.station} ${row.service}, ${view.times[t]}: ${short(coupon)} ${view.currency}`}</title>
                <rect
                  width={step - 1}
                  height={CELL - 1}
                  fill={coupon > 0 ? fill : 'none'}
                  stroke="currentColor"
                  stroke-opacity="0.15"
                />
                {coupon > 0 && step > 18 ? (
                  <text x={step / 2} y="15" text-anchor="middle" font-size="9.5" fill={ink}>
                    {cellText(coupon)}
                  </text>
                ) : null}
              </g>
            );
          })}
        </g>
      ))}
      <Legend palette={palette} y={height - 24} largest={largest} currency={view.currency} />
    </Frame>
  );
}

/** As many digits as a cell holds; what is paid never reads as nothing. */
const cellText = (coupon: number) =>
  coupon < 0.05 ? '<0.1' : coupon < 10 ? coupon.toFixed(1) : coupon.toFixed(0);

function Legend({
  palette,
  y,
  largest,
  currency,
}: {
  palette: Palette;
  y: number;
  largest: number;
  currency: string;
}) {
  const steps = 12;
  return (
    <g transform={`translate(${LEFT},${y})`}>
      {Array.from({ length: steps }, (_, i) => (
        <rect key={i} x={i * 9} width="9" height="8" fill={palette.heat(i / (steps - 1)).fill} />
      ))}
      <text y="20" font-size="10">
        0
      </text>
      <text x={steps * 9} y="20" text-anchor="end" font-size="10">{`${short(largest)} ${currency}`}</text>
    </g>
  );
}

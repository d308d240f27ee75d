/** Measure of the region against the budget: each step with its gain, saturation as a flattening line. */
import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { measure, money, signedPercent } from '../labels.js';
import type { RegionView, StudyView } from '../view-model.js';
import { BottomAxis, Frame, LeftAxis } from './frame.js';
import { regionMark } from './marks.js';
import type { Palette } from './palette.js';

const MARGIN = { left: 46, right: 30, top: 34, bottom: 42 };

/** Where an unlimited budget is drawn: this much beyond the largest limited one. */
const UNLIMITED_AT = 1.25;

export function MeasureChart(props: { view: StudyView; palette: Palette; width: number; height?: number }) {
  const { view, palette, width, height = 230 } = props;
  const regions = view.regions;
  if (!regions.length) return null;
  const largest = max(regions, (r) => r.subsidyCap ?? 0) || 1;
  const budget = (r: RegionView) => r.subsidyCap ?? largest * UNLIMITED_AT;
  const x = scaleLinear([0, max(regions, budget) ?? 1], [MARGIN.left, width - MARGIN.right]);
  const top = max(regions, (r) => Math.max(r.measure, r.outerMeasure ?? 0, r.measureWithoutFeeder ?? 0)) || 1;
  const y = scaleLinear([0, top * 1.08], [height - MARGIN.bottom, MARGIN.top]).nice(5);
  const path = line<RegionView>(
    (r) => x(budget(r)),
    (r) => y(r.measure),
  );
  const free = regions.filter((r) => r.measureWithoutFeeder !== null);
  const freePath = line<RegionView>(
    (r) => x(budget(r)),
    (r) => y(r.measureWithoutFeeder ?? 0),
  );
  // Under the line there is room, but not on the axis.
  const below = (r: RegionView) => y(r.measure) < height - MARGIN.bottom - 48;
  // Above there may be a whisker: beside it, then.
  const label = (r: RegionView, y: number) =>
    below(r) || r.outerMeasure === null
      ? ({ y, 'text-anchor': 'middle' } as const)
      : ({ x: -8, y: y + 8, 'text-anchor': 'end' } as const);
  const name = `Size of the region against the subsidy budget: ${regions
    .map(
      (r) =>
        `${r.label} ${measure(r.measure)} ${r.unit}${r.gain === null ? '' : `, ${signedPercent(r.gain)}`}`,
    )
    .join('; ')}`;
  return (
    <Frame width={width} height={height} label={name}>
      <LeftAxis
        scale={y}
        at={MARGIN.left}
        title={regions[0].unit}
        grid={width - MARGIN.left - MARGIN.right}
      />
      <BottomAxis
        scale={x}
        at={height - MARGIN.bottom}
        ticks={width < 360 ? 4 : 6}
        title={`Subsidy budget (${view.currency})`}
        format={money}
      />
      {free.length > 1 ? (
        <g>
          <path d={freePath(free) ?? ''} fill="none" stroke={palette.feeder} stroke-dasharray="4 3" />
          <text
            x={width - MARGIN.right}
            y={y(free.at(-1)!.measureWithoutFeeder!) - 7}
            text-anchor="end"
            fill={palette.feeder}
          >
            without the feeder
          </text>
        </g>
      ) : null}
      <path
        d={path(regions) ?? ''}
        fill="none"
        stroke="currentColor"
        stroke-opacity="0.7"
        stroke-width="1.5"
      />
      {regions.map((r, i) => (
        <g key={i} transform={`translate(${x(budget(r))},${y(r.measure)})`}>
          <title>{`${r.label}: ${measure(r.measure)} ${r.unit}`}</title>
          {r.outerMeasure === null ? null : (
            <path
              d={`M0,0V${y(r.outerMeasure) - y(r.measure)}m-5,0h10`}
              stroke={palette.cap(i, regions.length)}
              fill="none"
            />
          )}
          <path d={regionMark(i, 70)} fill={palette.cap(i, regions.length)} />
          <text {...label(r, below(r) ? 22 : -12)} font-weight="600">
            {measure(r.measure)}
          </text>
          {r.gain === null ? null : (
            <text {...label(r, below(r) ? 35 : -25)} fill-opacity="0.8">
              {signedPercent(r.gain)}
            </text>
          )}
          {r.subsidyCap === null ? (
            <text y="-10" text-anchor="end">
              unlimited
            </text>
          ) : null}
        </g>
      ))}
    </Frame>
  );
}

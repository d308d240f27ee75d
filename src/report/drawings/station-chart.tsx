/** One station over time: arrivals as bars, vehicles present as a line, for charging and V2G. */
import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { short } from '../labels.js';
import type { ServiceSeries, StationDetail, StudyView } from '../view-model.js';
import { Frame, LeftAxis } from './frame.js';
import type { Palette } from './palette.js';

const MARGIN = { left: 36, right: 12, top: 30, bottom: 24 };

export function StationChart(props: {
  view: StudyView;
  station: StationDetail;
  service: 'charging' | 'v2g';
  /** Top of the scale, shared by the charts that stand side by side; vehicles. */
  top: number;
  palette: Palette;
  width: number;
  height?: number;
}) {
  const { view, station, service, palette, width, height = 150 } = props;
  const series = station[service];
  if (!series) return null;
  const colour = service === 'charging' ? palette.cap(0, 2) : palette.dispatch;
  const steps = lastUse(series, view.intervals);
  const x = scaleLinear([0, steps], [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([0, props.top || 1], [height - MARGIN.bottom, MARGIN.top]).nice(4);
  const present = line<number>(
    (_, t) => x(t),
    (h) => y(h),
  )(series.occupancy.slice(0, steps + 1));
  const bar = x(1) - x(0);
  const every = Math.ceil(40 / bar);
  const name = service === 'charging' ? 'charging' : 'V2G';
  return (
    <Frame
      width={width}
      height={height}
      label={`${station.id} ${name}: at most ${short(max(series.occupancy) ?? 0)} vehicles present, at most ${short(
        max(series.arrivals) ?? 0,
      )} arriving in an interval, ${series.ports} ports`}
    >
      <LeftAxis scale={y} at={MARGIN.left} ticks={4} grid={width - MARGIN.left - MARGIN.right} />
      <text x="4" y="14" font-weight="600">{`${station.id} ${name}`}</text>
      {series.arrivals.slice(0, steps).map((vehicles, t) => (
        <rect
          key={t}
          x={x(t) + 1}
          y={y(vehicles)}
          width={Math.max(1, bar - 2)}
          height={y(0) - y(vehicles)}
          fill={colour}
          fill-opacity="0.35"
          stroke={palette.highContrast ? colour : 'none'}
        >
          <title>{`${view.times[t]}: ${short(vehicles)} arrive, ${short(series.occupancy[t])} present`}</title>
        </rect>
      ))}
      <path d={present ?? ''} fill="none" stroke={colour} stroke-width="2" />
      {series.ports <= y.domain()[1] ? (
        <g>
          <line
            x1={MARGIN.left}
            x2={width - MARGIN.right}
            y1={y(series.ports)}
            y2={y(series.ports)}
            stroke="currentColor"
            stroke-dasharray="4 3"
          />
          <text x={width - MARGIN.right} y={y(series.ports) - 4} text-anchor="end" font-size="10">
            {`${series.ports} ports`}
          </text>
        </g>
      ) : null}
      <line
        x1={x(Math.min(view.intervals, steps))}
        x2={x(Math.min(view.intervals, steps))}
        y1={MARGIN.top}
        y2={height - MARGIN.bottom}
        stroke="currentColor"
        stroke-opacity="0.35"
      />
      {Array.from({ length: steps + 1 }, (_, t) =>
        t % every || t >= view.times.length || x(t) > width - 18 ? null : (
          <text key={t} x={x(t)} y={height - 8} text-anchor="middle" font-size="10">
            {view.times[t]}
          </text>
        ),
      )}
    </Frame>
  );
}

/** The horizon, or as far as anybody is still there. */
function lastUse(series: ServiceSeries, intervals: number): number {
  const busy = series.occupancy.findLastIndex((h) => h > 0.05);
  return Math.max(intervals, Math.min(series.occupancy.length, busy + 1));
}

/** The vertical scale that all charts of a plan share. */
export function stationTop(stations: readonly StationDetail[]): number {
  const all = stations.flatMap((s) => [s.charging, s.v2g]).filter((s) => s !== null);
  return max(all, (s) => Math.max(max(s.occupancy) ?? 0, max(s.arrivals) ?? 0)) ?? 1;
}

/** Regions with one axis: a bar for each budget on one line of MW. */
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { mw } from '../labels.js';
import { BottomAxis, Frame } from './frame.js';
import type { RegionView } from '../view-model.js';
import type { Palette } from './palette.js';
import { Marks } from './point-mark.js';
import type { RegionDrawingProps } from './polygon-chart.js';

const BAR = 34;

export interface IntervalChartProps extends Omit<RegionDrawingProps, 'height' | 'outer'> {
  /** Mark how far each region can reach at most, where that is proven. */
  outer?: boolean;
}

export function IntervalChart(props: IntervalChartProps) {
  const { view, palette, width, hidden, selected, onSelect } = props;
  const axis = props.axes?.[0] ?? 0;
  const proven = (region: RegionView) => (props.outer && region.outer?.ranges[axis]) || null;
  const all = [
    ...[...view.regions, ...view.statics].map((r) => r.ranges[axis]),
    ...view.regions.map(proven),
  ].filter((range) => range !== null && range !== undefined);
  const [low, high] = extent([...all.flatMap((r) => [r.min, r.max]), 0]) as [number, number];
  const x = scaleLinear([low, high > low ? high : low + 1], [110, width - 60]).nice(6);
  const rows = view.regions.map((region, i) => ({ region, i })).filter(({ i }) => !hidden?.has(i));
  const bottom = 16 + (rows.length + view.statics.length) * BAR;
  const label = `Range of ${view.axes[axis].label} in MW: ${view.regions
    .map((r) => `${r.label} ${mw(r.ranges[axis].min)} to ${mw(r.ranges[axis].max)}`)
    .join('; ')}`;
  const rowOf = (region: number | null) => rows.findIndex((row) => row.i === region);
  const points = view.points.filter((p) => p.region === null || rowOf(p.region) >= 0);
  const places = points.map((p): [number, number] => [
    x(p.positionMw[axis]),
    p.region === null ? bottom : 12 + rowOf(p.region) * BAR + 11,
  ]);
  return (
    <Frame width={width} height={bottom + 44} label={label} interactive={!!onSelect}>
      <BottomAxis scale={x} at={bottom} title={`${view.axes[axis].label} (MW)`} grid={bottom - 8} />
      {rows.map(({ region, i }, row) => (
        <Bar
          key={i}
          y={12 + row * BAR}
          x1={x(region.ranges[axis].min)}
          x2={x(region.ranges[axis].max)}
          name={region.label}
          colour={palette.cap(i, view.regions.length)}
          text={`${mw(region.ranges[axis].min)} … ${mw(region.ranges[axis].max)}`}
          palette={palette}
        />
      ))}
      {rows.map(({ region, i }, row) => {
        const range = proven(region);
        return range ? (
          <OuterEnds
            key={`o${i}`}
            {...{ range, x }}
            y={12 + row * BAR}
            height={22}
            colour={palette.cap(i, view.regions.length)}
          />
        ) : null;
      })}
      {view.statics.map((region, i) => (
        <Bar
          key={`s${i}`}
          y={12 + (rows.length + i) * BAR}
          x1={x(region.ranges[axis].min)}
          x2={x(region.ranges[axis].max)}
          name="static model"
          colour={palette.statics}
          text={`${mw(region.ranges[axis].min)} … ${mw(region.ranges[axis].max)}`}
          dashed
          palette={palette}
        />
      ))}
      <Marks {...{ points, places, palette, selected, onSelect }} regions={view.regions.length} />
    </Frame>
  );
}

interface OuterEndsProps {
  range: { min: number; max: number };
  x: (mw: number) => number;
  y: number;
  height: number;
  colour: string;
}

/** Brackets at both ends of what is proven: no point lies beyond. */
export function OuterEnds({ range, x, y, height, colour }: OuterEndsProps) {
  const [from, to] = [x(range.min), x(range.max)];
  return (
    <path
      d={`M${from + 4},${y}H${from}V${y + height}h4M${to - 4},${y}H${to}V${y + height}h-4`}
      fill="none"
      stroke={colour}
      stroke-width="1.5"
    >
      <title>{`Proven: nothing below ${mw(range.min)} or above ${mw(range.max)} MW`}</title>
    </path>
  );
}

interface BarProps {
  y: number;
  x1: number;
  x2: number;
  name: string;
  colour: string;
  text: string;
  dashed?: boolean;
  palette: Palette;
}

function Bar({ y, x1, x2, name, colour, text, dashed, palette }: BarProps) {
  return (
    <g>
      <text x="102" y={y + 15} text-anchor="end">
        {name}
      </text>
      <rect
        x={x1}
        y={y}
        width={Math.max(1, x2 - x1)}
        height="22"
        rx="3"
        fill={colour}
        fill-opacity={dashed || palette.highContrast ? 0 : 0.35}
        stroke={colour}
        stroke-width="1.5"
        stroke-dasharray={dashed ? '5 3' : undefined}
      />
      <text x={(x1 + x2) / 2} y={y + 15} text-anchor="middle" font-weight="600">
        {text}
      </text>
    </g>
  );
}

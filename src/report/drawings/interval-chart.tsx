/** Regions with one axis: a bar for each budget on one line of MW. */
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { mw } from '../labels.js';
import { BottomAxis, Frame } from './frame.js';
import type { Palette } from './palette.js';
import { Mark, type RegionDrawingProps } from './polygon-chart.js';

const BAR = 34;

export function IntervalChart(props: Omit<RegionDrawingProps, 'height'>) {
  const { view, palette, width, hidden, selected, onSelect } = props;
  const axis = props.axes?.[0] ?? 0;
  const all = [...view.regions, ...view.statics].map((r) => r.ranges[axis]).filter(Boolean);
  const [low, high] = extent([...all.flatMap((r) => [r.min, r.max]), 0]) as [number, number];
  const x = scaleLinear([low, high > low ? high : low + 1], [110, width - 60]).nice(6);
  const rows = view.regions.map((region, i) => ({ region, i })).filter(({ i }) => !hidden?.has(i));
  const bottom = 16 + (rows.length + view.statics.length) * BAR;
  const label = `Range of ${view.axes[axis].label} in MW: ${view.regions
    .map((r) => `${r.label} ${mw(r.ranges[axis].min)} to ${mw(r.ranges[axis].max)}`)
    .join('; ')}`;
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
      {view.points.map((p) => {
        const row = rows.findIndex(({ i }) => i === p.region);
        if (p.region !== null && row < 0) return null;
        const y = p.region === null ? bottom : 12 + row * BAR + 11;
        return (
          <Mark
            key={p.id}
            point={p}
            palette={palette}
            regions={view.regions.length}
            place={[x(p.positionMw[axis]), y]}
            selected={p.id === selected}
            onSelect={onSelect}
          />
        );
      })}
    </Frame>
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

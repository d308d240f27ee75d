/** What each station can do by itself: its range under every budget, and the static model's beside it. */
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { mw } from '../labels.js';
import type { StudyView } from '../view-model.js';
import { BottomAxis, Frame } from './frame.js';
import { OuterEnds } from './interval-chart.js';
import type { Palette } from './palette.js';

const ROW = 15;
const GROUP_GAP = 24;

interface Row {
  key: string;
  name: string;
  min: number;
  max: number;
  colour: string;
  outline: boolean;
  /** Nothing lies beyond; null where that is not proven. */
  proven: { min: number; max: number } | null;
}

export function RangesChart(props: { view: StudyView; palette: Palette; width: number }) {
  const { view, palette, width } = props;
  const left = 104;
  const groups = view.axes.map((axis, k) => ({
    label: axis.label,
    free: view.points.find((p) => p.kind === 'coupon-free')?.positionMw[k],
    rows: rowsOf(view, palette, k),
  }));
  const values = groups.flatMap((g) => [
    ...g.rows.flatMap((r) => [r.min, r.max, ...(r.proven ? [r.proven.min, r.proven.max] : [])]),
    0,
  ]);
  const [low, high] = extent(values) as [number, number];
  const right = groups.some((g) => g.rows.some((r) => r.proven)) ? 82 : 44;
  const x = scaleLinear([low, high === low ? low + 1 : high], [left, width - right]).nice(6);
  let y = 6;
  const placed = groups.map((g) => {
    const top = y;
    y += GROUP_GAP + g.rows.length * ROW;
    return { ...g, top };
  });
  const height = y + 42;
  const label = `Range of each station in MW: ${groups
    .map((g) => `${g.label}: ${g.rows.map((r) => `${r.name} ${mw(r.min)} to ${mw(r.max)}`).join(', ')}`)
    .join('; ')}`;
  return (
    <Frame width={width} height={height} label={label}>
      <BottomAxis scale={x} at={y + 4} title="Net load (MW)" grid={y} ticks={width < 420 ? 4 : 7} />
      {placed.map((g) => (
        <g key={g.label} transform={`translate(0,${g.top})`}>
          <text x="4" y="14" font-weight="600">
            {g.label}
          </text>
          {g.rows.map((r, i) => (
            <g key={r.key} transform={`translate(0,${20 + i * ROW})`}>
              <title>{`${g.label}, ${r.name}: ${mw(r.min)} to ${mw(r.max)} MW`}</title>
              <text x={left - 8} y="9" text-anchor="end" font-size="10">
                {r.name}
              </text>
              <rect
                x={x(r.min)}
                y="1"
                width={Math.max(1, x(r.max) - x(r.min))}
                height={ROW - 5}
                rx="2"
                fill={r.outline ? 'none' : r.colour}
                stroke={r.colour}
                stroke-width="1.5"
                stroke-dasharray={r.outline ? '4 2' : undefined}
              />
              {r.proven ? (
                <OuterEnds range={r.proven} x={x} y={1} height={ROW - 5} colour={r.colour} />
              ) : null}
              <text x={x(r.proven?.max ?? r.max) + 5} y="9" font-size="10">
                {r.proven ? `${mw(r.max)} ≤ ${mw(r.proven.max)}` : mw(r.max)}
              </text>
            </g>
          ))}
          {g.free === undefined ? null : (
            <g>
              <title>{`${g.label} without coupons: ${mw(g.free)} MW`}</title>
              <line
                x1={x(g.free)}
                x2={x(g.free)}
                y1="17"
                y2={20 + g.rows.length * ROW}
                stroke="currentColor"
                stroke-width="1.5"
                stroke-dasharray="2 2"
              />
            </g>
          )}
        </g>
      ))}
    </Frame>
  );
}

function rowsOf(view: StudyView, palette: Palette, axis: number): Row[] {
  const count = view.regions.length;
  return [
    ...view.regions.map((r, i) => ({
      key: `d${i}`,
      name: r.label,
      ...(r.ranges[axis] ?? { min: 0, max: 0 }),
      colour: palette.cap(i, count),
      outline: false,
      proven: r.outer?.ranges[axis] ?? null,
    })),
    ...view.statics.map((r, i) => ({
      key: `s${i}`,
      name: view.statics.length > 1 ? `static, ${r.label}` : 'static model',
      ...(r.ranges[axis] ?? { min: 0, max: 0 }),
      colour: palette.statics,
      outline: true,
      proven: null,
    })),
  ];
}

/** What lies on top of the 3D picture: ticks, names and the chosen point, as crisp as text. */
import { boxLabels, type Vec3 } from '../../report/drawings/axes-box.js';
import { dispatchMark, regionMark } from '../../report/drawings/marks.js';
import { CROSS } from '../../report/drawings/polygon-chart.js';
import { dash, type Palette } from '../../report/drawings/palette.js';
import { shownFoot } from '../../report/drawings/solid.js';
import { mw } from '../../report/labels.js';
import type { StudyView } from '../../report/view-model.js';
import type { Hull } from '../../solver/result.js';
import type { RegionScene } from './scene.js';

/** Keeps text readable on whatever lies behind it. */
const halo = {
  stroke: 'var(--panel-background)',
  'stroke-width': 3,
  'paint-order': 'stroke',
  'stroke-linejoin': 'round' as const,
};

export interface OverlayProps {
  scene: RegionScene;
  view: StudyView;
  axes: readonly number[];
  hulls: readonly Hull[];
  hidden: readonly number[];
  pointId: string | null;
  palette: Palette;
  target: readonly number[] | null;
  width: number;
}

export function Overlay(props: OverlayProps) {
  const { scene, view, axes, hulls, hidden, pointId, palette, target, width } = props;
  const pick = (p: readonly number[]) => axes.map((a) => p[a]) as unknown as Vec3;
  const at = (p: readonly number[]) => scene.project(pick(p));
  const selected = view.points.find((p) => p.id === pointId);
  const free = view.points.find((p) => p.kind === 'coupon-free');
  return (
    <g font-size="11" fill="currentColor">
      {boxLabels(scene.currentBox(), scene.towards(), (p) => scene.project(p)).map((l, n) => (
        <text key={n} x={l.x} y={l.y} text-anchor={l.anchor} font-weight={l.title ? 600 : 400} {...halo}>
          {l.text}
        </text>
      ))}
      <HullNames {...{ scene, view, hulls, hidden, palette, width }} />
      {view.dispatches.map((d) => {
        const point = view.points.find((p) => p.id === d.pointId);
        if (!point) return null;
        const [x, y] = at(point.positionMw);
        const foot = shownFoot(d);
        const end = foot && at(foot);
        const shown = d.distances.find((r) => r.inside) ?? d.distances.at(-1);
        return (
          <g key={d.study}>
            {end ? (
              <line x1={x} y1={y} x2={end[0]} y2={end[1]} stroke={palette.dispatch} stroke-width="2" />
            ) : null}
            {end ? <circle cx={end[0]} cy={end[1]} r="2.5" fill={palette.dispatch} /> : null}
            <path d={dispatchMark(120)} transform={`translate(${x},${y})`} fill={palette.dispatch} />
            <text x={x - 12} y={y - 4} text-anchor="end" fill={palette.dispatch} font-weight="600" {...halo}>
              {d.study}
            </text>
            {shown ? (
              <text x={x - 12} y={y + 10} text-anchor="end" fill={palette.dispatch} {...halo}>
                {`${mw(Math.abs(shown.distanceMw))} MW ${shown.inside ? 'inside' : 'outside'} ${shown.label}`}
              </text>
            ) : null}
          </g>
        );
      })}
      {free ? (
        <g transform={`translate(${at(free.positionMw).join(',')})`}>
          <circle r="4.5" fill="none" stroke={palette.free} stroke-width="2" />
          <text x="9" y="13" fill={palette.free} {...halo}>
            no coupons
          </text>
        </g>
      ) : null}
      {[
        ...view.points.flatMap((p) => (p.kind === 'query' ? [{ at: p.positionMw, label: p.label }] : [])),
        ...(target ? [{ at: target, label: '' }] : []),
      ].map((mark, n) => (
        <g key={`q${n}`} transform={`translate(${at(mark.at).join(',')})`}>
          <path d={CROSS} stroke={palette.free} stroke-width="2" fill="none" />
          <text x="9" y="-6" font-weight="600" {...halo}>
            {mark.label}
          </text>
        </g>
      ))}
      {selected ? (
        <g transform={`translate(${at(selected.positionMw).join(',')})`}>
          <circle r="10" fill="none" stroke="currentColor" stroke-width="2" />
          {selected.kind === 'boundary' ? (
            <text x="13" y="4" font-weight="600" {...halo}>
              {selected.label}
            </text>
          ) : null}
        </g>
      ) : null}
    </g>
  );
}

const LABEL_HEIGHT = 15;

/** Towards the corner of the picture where neither ticks nor titles stand. */
const upperRight = ([x, y]: readonly [number, number]) => 0.8 * x - 0.6 * y;

/** Each body's name at the right, joined to its upper right corner: the legend without looking it up. */
function HullNames(props: Omit<OverlayProps, 'axes' | 'pointId' | 'target'>) {
  const { scene, view, hulls, hidden, palette, width } = props;
  const named = hulls.flatMap((hull, i) => {
    if (hidden.includes(i) || hull.vertices.length === 0) return [];
    const corners = hull.vertices.map((v) => scene.project(v as unknown as Vec3));
    const tip = corners.reduce((best, c) => (upperRight(c) > upperRight(best) ? c : best));
    return [{ i, tip }];
  });
  if (!named.length) return null;
  const column = Math.min(width - 84, Math.max(...named.map((n) => n.tip[0])) + 56);
  const sorted = [...named].sort((a, b) => a.tip[1] - b.tip[1]);
  let last = -Infinity;
  return (
    <g>
      {sorted.map(({ i, tip }) => {
        const y = Math.max(tip[1] - ((sorted.length - 1) * LABEL_HEIGHT) / 2, last + LABEL_HEIGHT);
        last = y;
        const colour = palette.cap(i, hulls.length);
        return (
          <g key={i}>
            <path
              d={`M${tip[0]},${tip[1]}L${column - 4},${y}`}
              fill="none"
              stroke={colour}
              stroke-opacity="0.7"
              stroke-dasharray={dash(i)}
            />
            <path d={regionMark(i, 34)} transform={`translate(${column + 3},${y})`} fill={colour} />
            <text x={column + 11} y={y + 4} font-weight="600" {...halo}>
              {view.regions[i]?.label}
            </text>
          </g>
        );
      })}
    </g>
  );
}

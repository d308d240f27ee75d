/** What lies on top of the 3D picture: ticks, names and the chosen point, as crisp as text. */
import { boxLabels, type Vec3 } from '../../report/drawings/axes-box.js';
import { dispatchMark, regionMark } from '../../report/drawings/marks.js';
import { LINE_HEIGHT, NAME_PLACES, namePlaces } from '../../report/drawings/name-places.js';
import { dash, type Palette } from '../../report/drawings/palette.js';
import { CROSS } from '../../report/drawings/point-mark.js';
import { shortPlace, shownDistance } from '../../report/dispatch-words.js';
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
  const asked = [
    ...view.points.flatMap((p) => (p.kind === 'query' ? [{ at: at(p.positionMw), lines: [p.label] }] : [])),
    ...(target ? [{ at: at(target), lines: [] }] : []),
  ];
  const dispatches = view.dispatches.flatMap((d) => {
    const point = view.points.find((p) => p.id === d.pointId);
    const shown = shownDistance(d);
    return point
      ? [
          {
            d,
            shown,
            at: at(point.positionMw),
            lines: [d.study, ...(shown ? [shortPlace(shown)] : [])],
          },
        ]
      : [];
  });
  const chosen = selected && {
    at: at(selected.positionMw),
    lines: selected.kind === 'boundary' ? [selected.label] : [],
  };
  // In the order of their weight: who comes later gives way.
  const named = [
    ...dispatches.map((one) => ({ ...one, prefer: NAME_PLACES.upperLeft })),
    ...asked.map((one) => ({ ...one, prefer: NAME_PLACES.upperRight })),
    ...(chosen ? [{ ...chosen, prefer: NAME_PLACES.right }] : []),
    ...(free ? [{ at: at(free.positionMw), lines: ['no coupons'] }] : []),
  ];
  const places = namePlaces(named);
  const name = (index: number, fill?: string) =>
    named[index].lines.map((line, n) => (
      <text
        key={n}
        {...places[index]}
        y={places[index].y + n * LINE_HEIGHT}
        fill={fill}
        font-weight={n === 0 && line !== 'no coupons' ? 600 : 400}
        {...halo}
      >
        {line}
      </text>
    ));
  return (
    <g font-size="11" fill="currentColor">
      {boxLabels(scene.currentBox(), scene.towards(), (p) => scene.project(p)).map((l, n) => (
        <text key={n} x={l.x} y={l.y} text-anchor={l.anchor} font-weight={l.title ? 600 : 400} {...halo}>
          {l.text}
        </text>
      ))}
      <HullNames {...{ scene, view, hulls, hidden, palette, width }} />
      {dispatches.map(({ d, shown, at: [x, y] }, n) => {
        const end = shown?.footMw && at(shown.footMw);
        return (
          <g key={d.study}>
            {end ? (
              <line x1={x} y1={y} x2={end[0]} y2={end[1]} stroke={palette.dispatch} stroke-width="2" />
            ) : null}
            {end ? <circle cx={end[0]} cy={end[1]} r="2.5" fill={palette.dispatch} /> : null}
            <g transform={`translate(${x},${y})`}>
              <path d={dispatchMark(120)} fill={palette.dispatch} />
              {name(n, palette.dispatch)}
            </g>
          </g>
        );
      })}
      {asked.map((mark, n) => (
        <g key={`q${n}`} transform={`translate(${mark.at.join(',')})`}>
          <path d={CROSS} stroke={palette.free} stroke-width="2" fill="none" />
          {name(dispatches.length + n)}
        </g>
      ))}
      {chosen ? (
        <g transform={`translate(${chosen.at.join(',')})`}>
          <circle r="10" fill="none" stroke="currentColor" stroke-width="2" />
          {name(dispatches.length + asked.length)}
        </g>
      ) : null}
      {free ? (
        <g transform={`translate(${at(free.positionMw).join(',')})`}>
          <circle r="4.5" fill="none" stroke={palette.free} stroke-width="2" />
          {name(named.length - 1, palette.free)}
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

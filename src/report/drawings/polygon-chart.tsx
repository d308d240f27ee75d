/** Regions with two axes: nested polygons in a plane with equal scales, so that distances are true. */
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { Hull } from '../../solver/result.js';
import { shownDistance } from '../dispatch-words.js';
import { measure } from '../labels.js';
import type { OuterOutline } from '../outer.js';
import type { StudyView } from '../view-model.js';
import { BottomAxis, Frame, LeftAxis } from './frame.js';
import { CROSS, Marks } from './point-mark.js';
import { PriceContours } from './price-contours.js';
import { dash, type Palette } from './palette.js';

export interface RegionDrawingProps {
  view: StudyView;
  palette: Palette;
  width: number;
  height: number;
  /** Hulls to draw, one per region, when they are projections. */
  hulls?: readonly Hull[];
  /** Positions of the drawing's axes among those of the study. */
  axes?: readonly number[];
  hidden?: ReadonlySet<number>;
  selected?: string | null;
  onSelect?: (pointId: string) => void;
  /** An operating point that is to be asked for, MW for each axis of the study. */
  target?: readonly number[] | null;
  /** A place in the plane of the drawing's axes was clicked, MW. */
  onPlace?: (mw: [number, number]) => void;
  /** Draw what the operating points cost. */
  prices?: boolean;
  /** What is proven to hold one of the regions, in the coordinates of the drawing. */
  outer?: OuterOutline | null;
}

/** Of what is proven: thinner than the regions and in dashes of its own. */
export const OUTER_STROKE = { 'stroke-width': 1, 'stroke-dasharray': '14 4' };

const MARGIN = { left: 52, right: 20, top: 30, bottom: 44 };

export function PolygonChart(props: RegionDrawingProps) {
  const { view, palette, width, height, hidden, selected, onSelect } = props;
  const [h, v] = props.axes ?? [0, 1];
  const hulls = props.hulls ?? view.regions.map((r) => r.hull);
  const shown = (region: number | null) => region === null || !hidden?.has(region);
  const projected = hulls !== undefined && props.hulls !== undefined;
  const corners = hulls.flatMap((hull) => hull.vertices.map((p) => (projected ? p : [p[h], p[v]])));
  const seen = (p: readonly number[]) => [p[h], p[v]];
  const statics = view.statics.map((r) => r.hull.vertices.map(seen));
  const before = (view.earlier ?? []).flatMap((r) => (r ? [r.hull.vertices.map(seen)] : []));
  const positions = [
    ...corners,
    ...statics.flat(),
    ...(props.outer?.hull.vertices ?? []),
    ...(projected ? [] : before.flat()),
    ...(view.timeline?.extentMw ?? []).map(seen),
    ...view.points.map((p) => seen(p.positionMw)),
  ];
  const [x, y] = equalScales(positions, width, height);
  const at = (p: readonly number[]) => `${x(p[0])},${y(p[1])}`;
  const label = `Regions of ${view.axes[h].label} and ${view.axes[v].label}: ${view.regions
    .map((r) => `${r.label} ${measure(r.measure)} ${r.unit}`)
    .join('; ')}`;
  const points = view.points.filter((p) => shown(p.region));
  const places = points.map((p): [number, number] => [x(p.positionMw[h]), y(p.positionMw[v])]);
  const grid = { across: width - MARGIN.left - MARGIN.right, up: height - MARGIN.top - MARGIN.bottom };
  return (
    <Frame width={width} height={height} label={label} interactive={!!onSelect}>
      <LeftAxis scale={y} at={MARGIN.left} title={`${view.axes[v].label} (MW)`} grid={grid.across} />
      <BottomAxis scale={x} at={height - MARGIN.bottom} title={`${view.axes[h].label} (MW)`} grid={grid.up} />
      {hulls
        .map((hull, i) => ({ ring: projected ? hull.vertices : hull.vertices.map((p) => [p[h], p[v]]), i }))
        .reverse()
        .filter(({ i }) => shown(i))
        .map(({ ring, i }) => (
          <polygon
            key={i}
            points={ring.map(at).join(' ')}
            fill={palette.cap(i, hulls.length)}
            fill-opacity={palette.highContrast ? 0.06 : 0.2}
            stroke={palette.cap(i, hulls.length)}
            stroke-width="1.8"
            stroke-dasharray={dash(i)}
            stroke-linejoin="round"
          />
        ))}
      {props.prices && !projected ? <PriceContours {...{ view, palette, x, y }} /> : null}
      {projected
        ? null
        : before.map((ring, i) => (
            <polygon
              key={`b${i}`}
              points={ring.map(at).join(' ')}
              fill="none"
              stroke="currentColor"
              stroke-opacity="0.75"
              stroke-width="1.2"
              stroke-dasharray="2 3"
            />
          ))}
      {props.outer ? (
        <polygon
          points={props.outer.hull.vertices.map(at).join(' ')}
          fill="none"
          stroke={palette.cap(props.outer.region, view.regions.length)}
          {...OUTER_STROKE}
        >
          <title>{outerTitle(view, props.outer)}</title>
        </polygon>
      ) : null}
      {statics.map((ring, i) => (
        <polygon
          key={`s${i}`}
          points={ring.map(at).join(' ')}
          fill="none"
          stroke={palette.statics}
          stroke-width="1.8"
          stroke-dasharray="5 3"
        />
      ))}
      {view.feederHull && !projected ? (
        // It may be far larger than the regions: what lies beyond the picture is cut off, as an inner picture is.
        <svg
          x={MARGIN.left}
          y={MARGIN.top}
          width={grid.across}
          height={grid.up}
          viewBox={`${MARGIN.left} ${MARGIN.top} ${grid.across} ${grid.up}`}
        >
          <polygon
            points={view.feederHull.vertices.map((p) => at([p[h], p[v]])).join(' ')}
            fill="none"
            stroke={palette.feeder}
            stroke-width="1.4"
            stroke-dasharray="1 3"
          />
        </svg>
      ) : null}
      {view.dispatches.map((d) => distanceLine(d, view, palette, (p) => [x(p[h]), y(p[v])]))}
      {props.onPlace ? (
        <rect
          class="place"
          x={MARGIN.left}
          y={MARGIN.top}
          width={grid.across}
          height={grid.up}
          fill="transparent"
          cursor="crosshair"
          onClick={(event) => {
            const place = event.currentTarget.getBoundingClientRect();
            const [right, down] = [
              (event.clientX - place.left) / place.width,
              (event.clientY - place.top) / place.height,
            ];
            props.onPlace!([
              x.invert(MARGIN.left + right * grid.across),
              y.invert(MARGIN.top + down * grid.up),
            ]);
          }}
        />
      ) : null}
      {props.target ? (
        <path
          d={CROSS}
          transform={`translate(${x(props.target[h])},${y(props.target[v])})`}
          stroke="currentColor"
          stroke-width="2"
          fill="none"
        />
      ) : null}
      <Marks {...{ points, places, palette, selected, onSelect }} regions={view.regions.length} />
    </Frame>
  );
}

export const outerTitle = (view: StudyView, { region }: OuterOutline): string =>
  `Proven: nothing within ${view.regions[region].label} lies outside`;

function distanceLine(
  dispatch: StudyView['dispatches'][number],
  view: StudyView,
  palette: Palette,
  place: (p: readonly number[]) => [number, number],
) {
  const from = view.points.find((p) => p.id === dispatch.pointId);
  const foot = shownDistance(dispatch)?.footMw;
  if (!from || !foot) return null;
  const [x1, y1] = place(from.positionMw);
  const [x2, y2] = place(foot);
  return (
    <line key={dispatch.study} x1={x1} y1={y1} x2={x2} y2={y2} stroke={palette.dispatch} stroke-width="1.5" />
  );
}

/** Scales with the same number of pixels per MW on both axes. */
function equalScales(points: readonly (readonly number[])[], width: number, height: number) {
  const range = (k: number) => {
    const [low, high] = extent(points, (p) => p[k]);
    return low === undefined || high === undefined ? [0, 1] : [low, high];
  };
  const [[xl, xh], [yl, yh]] = [range(0), range(1)];
  const wide = width - MARGIN.left - MARGIN.right;
  const tall = height - MARGIN.top - MARGIN.bottom;
  const perPixel = Math.max((xh - xl || 1) / wide, (yh - yl || 1) / tall) * 1.08;
  const span = (low: number, high: number, pixels: number) => {
    const middle = (low + high) / 2;
    return [middle - (perPixel * pixels) / 2, middle + (perPixel * pixels) / 2];
  };
  return [
    scaleLinear(span(xl, xh, wide), [MARGIN.left, width - MARGIN.right]),
    scaleLinear(span(yl, yh, tall), [height - MARGIN.bottom, MARGIN.top]),
  ];
}

/** Regions with three axes as an axonometric picture: the 3D scene from one side, for paper and for SVG. */
import { convexHull } from '../../solver/geometry/hull.js';
import type { Hull } from '../../solver/result.js';
import { shownDistance } from '../dispatch-words.js';
import { measure } from '../labels.js';
import {
  boxAround,
  boxCentre,
  boxLabels,
  gridSegments,
  viewBasis,
  HOME_VIEW,
  type Box,
  type Vec3,
  type ViewAngles,
  type ViewBasis,
} from './axes-box.js';
import { Frame } from './frame.js';
import { dash } from './palette.js';
import { Marks } from './point-mark.js';
import { outerTitle, type RegionDrawingProps } from './polygon-chart.js';
import { shade, solidOf, type Face, type Solid3 } from './solid-faces.js';

type Pixel = [number, number];

export interface SolidProps extends RegionDrawingProps {
  angles?: ViewAngles;
  zoom?: number;
  /** Draw the boundary points, too. */
  points?: boolean;
}

/** Room for ticks and titles beside and below the box. */
const PAD = { across: 118, up: 50 };

export function Solid(props: SolidProps) {
  const { view, palette, width, height, hidden, angles = HOME_VIEW, zoom = 1 } = props;
  const axes = props.axes ?? [0, 1, 2];
  const hulls = props.hulls ?? view.regions.map((r) => r.hull);
  const pick = (p: readonly number[]) => axes.map((a) => p[a]) as unknown as Vec3;
  const box = boxAround(
    sceneExtent(props),
    axes.map((a) => `${view.axes[a].label} (MW)`),
  );
  const basis = viewBasis(angles);
  const scale = zoom * fittingScale(box, basis, width - 2 * PAD.across, height - 2 * PAD.up);
  const centre = boxCentre(box);
  const project = (p: Vec3): Pixel => {
    const d = p.map((c, k) => c - centre[k]);
    return [width / 2 + scale * inner(d, basis.right), height / 2 - scale * inner(d, basis.up)];
  };
  const path = (corners: readonly Vec3[]) =>
    `M${corners
      .map((c) =>
        project(c)
          .map((n) => n.toFixed(1))
          .join(','),
      )
      .join('L')}Z`;
  const visible = hulls.map((hull, i) => ({ solid: solidOf(hull), i })).filter(({ i }) => !hidden?.has(i));
  const faces = (front: boolean) => {
    const order = front ? visible : [...visible].reverse();
    return order.flatMap(({ solid, i }) =>
      solid.faces.filter((f) => inner(f.normal, basis.towards) > 0 === front).map((f) => ({ f, i })),
    );
  };
  const face = ({ f, i }: { f: Face; i: number }, n: number) => (
    <path
      key={n}
      d={path(f.corners)}
      fill={palette.cap(i, hulls.length)}
      fill-opacity={(palette.highContrast ? 0.05 : 0.13) * shade(f.normal, basis)}
    />
  );
  // Edges on the far side stay faint: which face is in front is what a flat picture tells least.
  const edgePath = (solid: Solid3, front: boolean) =>
    solid.edges
      .filter((_, k) => front === solid.sides[k].some((normal) => inner(normal, basis.towards) > 0))
      .map(([a, b]) => segment(project(a), project(b)))
      .join('');
  const edges = ({ solid, i }: (typeof visible)[number], front: boolean) => {
    return (
      <path
        key={`e${i}`}
        d={edgePath(solid, front)}
        fill="none"
        stroke={palette.cap(i, hulls.length)}
        stroke-opacity={front ? 0.5 : 0.16}
        stroke-width={front ? 0.8 : 0.6}
      />
    );
  };
  // Lines inside a glass body say little; its outline, in its budget's dashes, says which body it is.
  const outline = ({ solid, i }: (typeof visible)[number]) => (
    <path
      key={`o${i}`}
      d={outlinePath(solid.edges.flat().map(project))}
      fill="none"
      stroke={palette.cap(i, hulls.length)}
      stroke-width="1.8"
      stroke-dasharray={dash(i)}
      stroke-linejoin="round"
    />
  );
  const outer = props.outer && { ...props.outer, solid: solidOf(props.outer.hull) };
  const marks = view.points.filter(
    (p) => p.kind !== 'boundary' || (props.points && !hidden?.has(p.region ?? -1)),
  );
  const places = marks.map((p) => project(pick(p.positionMw)));
  return (
    <Frame
      width={width}
      height={height}
      label={`Nested regions of ${axes.map((a) => view.axes[a].label).join(', ')}: ${view.regions
        .map((r) => `${r.label} ${measure(r.measure)} ${r.unit}`)
        .join('; ')}`}
    >
      {gridSegments(box, basis.towards).map(([a, b], n) => {
        const [[x1, y1], [x2, y2]] = [project(a), project(b)];
        return <line key={n} x1={x1} y1={y1} x2={x2} y2={y2} stroke="currentColor" stroke-opacity="0.14" />;
      })}
      {faces(false).map(face)}
      {view.statics.map((r, i) => (
        <path
          key={`s${i}`}
          d={path(r.hull.vertices.map(pick))}
          fill={palette.statics}
          fill-opacity={0.25 / view.statics.length}
          stroke={palette.statics}
          stroke-width="1.5"
          stroke-dasharray="5 3"
        />
      ))}
      {visible.map((one) => edges(one, false))}
      {faces(true).map(face)}
      {visible.map((one) => edges(one, true))}
      {[...visible].reverse().map(outline)}
      {outer ? (
        <g fill="none" stroke={palette.cap(outer.region, hulls.length)}>
          <title>{outerTitle(view, outer)}</title>
          <path d={edgePath(outer.solid, false)} stroke-opacity="0.18" stroke-width="0.6" />
          <path d={edgePath(outer.solid, true)} stroke-opacity="0.45" stroke-width="0.7" />
          <path d={outlinePath(outer.hull.vertices.map((v) => project(v as unknown as Vec3)))} />
        </g>
      ) : null}
      {view.feederHull ? (
        <g fill="none" stroke={palette.feeder} stroke-dasharray="1 3">
          {solidOf(projected(view.feederHull, pick)).edges.map(([a, b], n) => (
            <path key={n} d={path([a, b])} />
          ))}
        </g>
      ) : null}
      {view.dispatches.map((d) => {
        const from = view.points.find((p) => p.id === d.pointId);
        const foot = shownDistance(d)?.footMw;
        if (!from || !foot) return null;
        return (
          <path
            key={d.study}
            d={path([pick(from.positionMw), pick(foot)])}
            stroke={palette.dispatch}
            stroke-width="1.5"
          />
        );
      })}
      <Marks
        points={marks}
        {...{ places, palette }}
        regions={view.regions.length}
        selected={props.selected}
        onSelect={props.onSelect}
      />
      {boxLabels(box, basis.towards, project).map((l, n) => (
        <text key={`l${n}`} x={l.x} y={l.y} text-anchor={l.anchor} font-weight={l.title ? 600 : 400}>
          {l.text}
        </text>
      ))}
    </Frame>
  );
}

/** Pixels per MW with which the box, seen from this side, just fits. */
function fittingScale(box: Box, basis: ViewBasis, width: number, height: number): number {
  const sides = box.map((axis) => axis.max - axis.min);
  // The shadow of a box is as long in a direction as those of its three edges together.
  const extent = (direction: Vec3) => sides.reduce((sum, side, k) => sum + side * Math.abs(direction[k]), 0);
  return Math.min(width / extent(basis.right), height / extent(basis.up));
}

const pixel = (n: number) => n.toFixed(1);
const segment = ([x1, y1]: Pixel, [x2, y2]: Pixel) => `M${pixel(x1)},${pixel(y1)}L${pixel(x2)},${pixel(y2)}`;

/** Around the picture of a convex body, given the pictures of its corners. */
function outlinePath(corners: readonly Pixel[]): string {
  if (corners.length === 0) return '';
  const ring = convexHull(corners, { absoluteTolerance: 0.05 }).vertices.map((i) => corners[i]);
  return `M${ring.map(([x, y]) => `${pixel(x)},${pixel(y)}`).join('L')}Z`;
}

/** Everything the picture has to hold, as points along its axes. */
export function sceneExtent(
  props: Pick<RegionDrawingProps, 'view' | 'axes' | 'hulls' | 'outer'>,
): number[][] {
  const { view } = props;
  const axes = props.axes ?? [0, 1, 2];
  const own = [...(props.hulls ?? []), ...(props.outer ? [props.outer.hull] : [])].flatMap((h) => h.vertices);
  const all = [
    ...(view.timeline?.extentMw ?? []),
    ...(props.hulls ? [] : (view.earlier ?? []).flatMap((r) => r?.hull.vertices ?? [])),
    ...view.points.map((p) => p.positionMw),
    ...view.statics.flatMap((r) => r.hull.vertices),
    ...(props.hulls ? [] : view.regions.flatMap((r) => r.hull.vertices)),
  ];
  return [...own, ...all.map((p) => axes.map((a) => p[a]))];
}

export function projected(hull: Hull, pick: (p: readonly number[]) => Vec3): Hull {
  return { ...hull, vertices: hull.vertices.map((v) => [...pick(v)]) };
}

const inner = (a: readonly number[], b: readonly number[]) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

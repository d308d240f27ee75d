/**
 * The box around a solid: which of its walls lie behind, the grid on them, and where its ticks and titles go so
 * that they stay readable from every side. Used by the 3D scene and by the same picture as SVG.
 */
import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';

export type Vec3 = readonly [number, number, number];

/** Where the viewer stands, in radians: azimuth from the first axis towards the second, elevation above both. */
export interface ViewAngles {
  azimuth: number;
  elevation: number;
}

export interface ViewBasis {
  right: Vec3;
  up: Vec3;
  /** Unit vector from the picture to the viewer. */
  towards: Vec3;
}

export interface BoxAxis {
  min: number;
  max: number;
  ticks: number[];
  title: string;
}
export type Box = readonly [BoxAxis, BoxAxis, BoxAxis];

/** A view from which three faces of the box are seen, none of them edge-on. */
export const HOME_VIEW: ViewAngles = { azimuth: (-55 * Math.PI) / 180, elevation: (24 * Math.PI) / 180 };

/** Looking along one axis at the plane of the other two; the first of them points right, the second up. */
export const PLANE_VIEWS: Record<'xy' | 'xz' | 'yz', ViewAngles> = {
  xy: { azimuth: -Math.PI / 2, elevation: Math.PI / 2 },
  xz: { azimuth: -Math.PI / 2, elevation: 0 },
  yz: { azimuth: 0, elevation: 0 },
};

export function viewBasis({ azimuth, elevation }: ViewAngles): ViewBasis {
  const [ca, sa, ce, se] = [Math.cos(azimuth), Math.sin(azimuth), Math.cos(elevation), Math.sin(elevation)];
  return { right: [-sa, ca, 0], up: [-se * ca, -se * sa, ce], towards: [ce * ca, ce * sa, se] };
}

/** Box with round ends around all points; the titles name the axes. */
export function boxAround(points: readonly (readonly number[])[], titles: readonly string[]): Box {
  const axis = (k: number): BoxAxis => {
    const [low, high] = extent(points, (p) => p[k]);
    const scale = scaleLinear(
      low === undefined || high === undefined ? [0, 1] : widen(low, high),
      [0, 1],
    ).nice(16);
    const [min, max] = scale.domain();
    return { min, max, ticks: scale.ticks(5), title: titles[k] ?? '' };
  };
  return [axis(0), axis(1), axis(2)];
}

/** An axis along which nothing extends still needs a length. */
const widen = (low: number, high: number) => (high - low > 1e-6 ? [low, high] : [low - 0.5, high + 0.5]);

export function boxCentre(box: Box): Vec3 {
  return box.map((a) => (a.min + a.max) / 2) as unknown as Vec3;
}

/** Half the diagonal: a sphere of this radius holds the box from whichever side. */
export function boxRadius(box: Box): number {
  return Math.hypot(...box.map((a) => a.max - a.min)) / 2;
}

/** Along each axis, the end whose wall lies behind the body. */
function backEnds(box: Box, towards: Vec3): number[] {
  return box.map((a, k) => (towards[k] > 1e-9 ? a.min : a.max));
}

/** Names the walls that lie behind, to redraw the grid only when they change. */
export function backKey(towards: Vec3): string {
  return towards.map((t) => (t > 1e-9 ? '0' : '1')).join('');
}

/** Grid lines on the three walls behind the body, as pairs of points. */
export function gridSegments(box: Box, towards: Vec3): [Vec3, Vec3][] {
  const back = backEnds(box, towards);
  const segments: [Vec3, Vec3][] = [];
  for (let wall = 0; wall < 3; wall++) {
    const inWall = [0, 1, 2].filter((k) => k !== wall);
    for (const [along, across] of [inWall, [...inWall].reverse()]) {
      for (const value of new Set([box[across].min, ...box[across].ticks, box[across].max])) {
        const end = (at: number): Vec3 => {
          const p = [0, 0, 0];
          p[wall] = back[wall];
          p[across] = value;
          p[along] = at;
          return p as unknown as Vec3;
        };
        segments.push([end(box[along].min), end(box[along].max)]);
      }
    }
  }
  return segments;
}

export interface BoxLabel {
  text: string;
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
  title: boolean;
}

type Projector = (p: Vec3) => readonly [number, number];

/** An axis seen nearly end-on has no room for ticks. */
const SHORTEST_AXIS = 44;
const TICK_SPACING = 26;

/** Ticks and titles along the outline of the box, pushed away from it; in pixels, y downwards. */
export function boxLabels(box: Box, towards: Vec3, project: Projector): BoxLabel[] {
  const back = backEnds(box, towards);
  const centre = project(boxCentre(box));
  return box.flatMap((axis, k) => {
    const [i, j] = [0, 1, 2].filter((n) => n !== k);
    const other = (n: number) => (back[n] === box[n].min ? box[n].max : box[n].min);
    const point = (ends: readonly [number, number], at: number) => {
      const p = [0, 0, 0];
      p[k] = at;
      p[i] = ends[0];
      p[j] = ends[1];
      return project(p as unknown as Vec3);
    };
    // An edge is on the outline where a wall behind meets one in front.
    const outline: [number, number][] = [
      [back[i], other(j)],
      [other(i), back[j]],
    ];
    const middle = (axis.min + axis.max) / 2;
    const rank = (ends: [number, number]) => (k === 2 ? -point(ends, middle)[0] : point(ends, middle)[1]);
    const edge = rank(outline[0]) >= rank(outline[1]) ? outline[0] : outline[1];
    const [from, to] = [point(edge, axis.min), point(edge, axis.max)];
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (length < SHORTEST_AXIS) return [];
    let normal = [(to[1] - from[1]) / length, (from[0] - to[0]) / length];
    const mid = point(edge, middle);
    if (normal[0] * (mid[0] - centre[0]) + normal[1] * (mid[1] - centre[1]) < 0)
      normal = normal.map((n) => -n);
    const anchor = normal[0] > 0.15 ? 'start' : normal[0] < -0.15 ? 'end' : 'middle';
    const place = (at: readonly [number, number], away: number) => ({
      x: at[0] + normal[0] * away,
      y: at[1] + normal[1] * away + 4,
      anchor: anchor as BoxLabel['anchor'],
    });
    const step = Math.max(1, Math.ceil(TICK_SPACING / (length / Math.max(1, axis.ticks.length - 1))));
    const ticks = axis.ticks
      .filter((_, n) => n % step === 0)
      .map((value) => ({ text: tickText(value), ...place(point(edge, value), 13), title: false }));
    // Beside an upright axis there is no room for words: its title stands above it.
    const upright = Math.abs(to[1] - from[1]) > 3 * Math.abs(to[0] - from[0]);
    const top = from[1] < to[1] ? from : to;
    const title = upright
      ? ({ x: top[0], y: top[1] - 16, anchor: 'middle' } as const)
      : place(mid, anchor === 'middle' ? 42 : 44);
    return [...ticks, { text: axis.title, ...title, title: true }];
  });
}

const tickText = (value: number) => String(Number(value.toFixed(6))).replace('-', '−');

/** The 3D picture as a part of the panel: its size, its keys, its mouse. */
import { render } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { HOME_VIEW, PLANE_VIEWS, type Vec3 } from '../../report/drawings/axes-box.js';
import type { Palette } from '../../report/drawings/palette.js';
import { sceneExtent } from '../../report/drawings/solid.js';
import type { StudyView } from '../../report/view-model.js';
import type { Hull } from '../../solver/result.js';
import { Overlay } from './scene-overlay.js';
import { RegionScene, type Camera, type SceneData } from './scene.js';

export interface SceneViewProps {
  view: StudyView;
  /** Positions of the three axes shown among those of the study. */
  axes: readonly number[];
  hulls: readonly Hull[];
  projected: boolean;
  hidden: readonly number[];
  pointId: string | null;
  palette: Palette;
  /** Colour the bodies by what their corners cost. */
  prices: boolean;
  /** An operating point that is to be asked for, MW for each axis of the study. */
  target: readonly number[] | null;
  width: number;
  height: number;
  camera: Camera | null;
  onCamera: (camera: Camera) => void;
  onPoint: (id: string | null) => void;
  /** What the buttons beside the picture, and an export, need of it. */
  control: { current: SceneControl | null };
}

export interface SceneControl {
  reset(): void;
  snap(plane: keyof typeof PLANE_VIEWS): void;
  camera(): Camera;
}

const STEP = Math.PI / 24;
/** Above so many, points are drawn smaller: they would cover the bodies. */
const MANY_POINTS = 240;
/** A mouse that moved less than this between down and up has clicked, not turned. */
const CLICK_REACH = 4;

export function SceneView(props: SceneViewProps) {
  const { view, axes, hulls, hidden, pointId, palette, width, height, camera, control } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<SVGSVGElement>(null);
  const scene = useRef<RegionScene | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const [failure, setFailure] = useState<string | null>(null);

  useLayoutEffect(() => {
    try {
      const created = new RegionScene(
        canvas.current!,
        () => drawOverlay(created, overlay.current!, latest.current),
        (c) => latest.current.onCamera(c),
      );
      scene.current = created;
      control.current = {
        reset: () => moveTo(created, { ...HOME_VIEW, zoom: 1 }, latest.current.onCamera),
        snap: (plane) => moveTo(created, { ...PLANE_VIEWS[plane], zoom: 1 }, latest.current.onCamera),
        camera: () => created.view(),
      };
      return () => {
        scene.current = null;
        control.current = null;
        created.dispose();
      };
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  }, []);

  useLayoutEffect(() => scene.current?.resize(width, height), [width, height]);
  useLayoutEffect(() => {
    scene.current?.setData(sceneData(latest.current), palette);
    if (camera) scene.current?.frame(camera);
    scene.current?.draw();
    performance.mark('v2g-first-frame');
  }, [view, hulls, axes, hidden, palette, props.prices]);
  useEffect(() => scene.current?.invalidate(), [pointId, props.target]);

  const down = useRef<[number, number] | null>(null);
  const key = (event: KeyboardEvent) => {
    const s = scene.current;
    if (!s || event.ctrlKey || event.metaKey || event.altKey) return;
    const handled = keyAction(event.key, s, control.current, latest.current);
    if (handled) event.preventDefault();
  };
  if (failure) {
    return (
      <p class="notice" role="status">
        The 3D picture needs WebGL, which is not available here ({failure}). The table and the charts hold the
        same numbers.
      </p>
    );
  }
  return (
    <div
      class="scene"
      style={{ height: `${height}px` }}
      tabIndex={0}
      role="application"
      aria-label={`Region in three dimensions: ${axes.map((a) => view.axes[a].label).join(', ')}`}
      aria-describedby="scene-keys"
      onKeyDown={key}
      onPointerDown={(e) => (down.current = [e.clientX, e.clientY])}
      onClick={(e) => {
        const [x, y] = down.current ?? [0, 0];
        if (Math.hypot(e.clientX - x, e.clientY - y) > CLICK_REACH) return;
        const bounds = canvas.current!.getBoundingClientRect();
        const hit = scene.current?.pick(e.clientX - bounds.left, e.clientY - bounds.top);
        if (hit) props.onPoint(hit);
      }}
    >
      <canvas ref={canvas} aria-hidden="true" />
      <svg ref={overlay} width={width} height={height} aria-hidden="true" />
    </div>
  );
}

function keyAction(
  key: string,
  s: RegionScene,
  control: SceneControl | null,
  props: SceneViewProps,
): boolean {
  const turns: Record<string, [number, number]> = {
    ArrowLeft: [-STEP, 0],
    ArrowRight: [STEP, 0],
    ArrowUp: [0, STEP],
    ArrowDown: [0, -STEP],
  };
  const planes: Record<string, keyof typeof PLANE_VIEWS> = { '1': 'xy', '2': 'xz', '3': 'yz' };
  if (turns[key]) s.turn(...turns[key]);
  else if (key === '+' || key === '=') s.magnify(1.2);
  else if (key === '-') s.magnify(1 / 1.2);
  else if (key === 'r' || key === 'Home') control?.reset();
  else if (planes[key]) control?.snap(planes[key]);
  else if (key === '[' || key === ']') step(props, key === ']' ? 1 : -1);
  else return false;
  return true;
}

/** The next or the previous point among those shown. */
function step({ view, hidden, pointId, onPoint }: SceneViewProps, by: number): void {
  const shown = view.points.filter((p) => p.region === null || !hidden.includes(p.region));
  if (!shown.length) return;
  const now = shown.findIndex((p) => p.id === pointId);
  onPoint(shown[(now + by + shown.length) % shown.length].id);
}

function moveTo(s: RegionScene, camera: Camera, onCamera: (camera: Camera) => void): void {
  s.frame(camera);
  onCamera(camera);
}

function drawOverlay(s: RegionScene, svg: SVGSVGElement, props: SceneViewProps): void {
  const { view, axes, hulls, hidden, pointId, palette, width, target } = props;
  render(<Overlay {...{ scene: s, view, axes, hulls, hidden, pointId, palette, width, target }} />, svg);
}

/** Where the price of a corner is not known it takes the body's own colour. */
function cornerColours(view: StudyView, region: number, palette: Palette): string[] | null {
  const { prices } = view;
  if (!prices) return null;
  const span = prices.most - prices.least || 1;
  return prices.vertices[region].map((money) =>
    money === null
      ? palette.cap(region, view.regions.length)
      : palette.loading((money - prices.least) / span),
  );
}

function sceneData(props: SceneViewProps): SceneData {
  const { view, axes, hulls, projected, hidden, palette, prices } = props;
  const pick = (p: readonly number[]) => axes.map((a) => p[a]) as unknown as Vec3;
  const count = view.regions.length;
  return {
    bodies: hulls.map((hull, i) => ({
      hull,
      colour: palette.cap(i, count),
      corners: prices && !projected ? cornerColours(view, i, palette) : null,
      hidden: hidden.includes(i),
    })),
    ghosts: projected
      ? []
      : (view.earlier ?? []).flatMap((r, i) => (r && !hidden.includes(i) ? [r.hull] : [])),
    points: view.points
      .filter((p) => p.kind === 'boundary' && !hidden.includes(p.region ?? -1))
      .map((p) => ({
        id: p.id,
        position: pick(p.positionMw),
        outward: p.outward && !projected ? pick(p.outward) : null,
        colour: palette.cap(p.region ?? 0, count),
        shape: (p.region ?? 0) % 4,
        size: (view.points.length > MANY_POINTS ? 6 : 8) * (p.certificate.status === 'certified' ? 1 : 0.75),
      })),
    sheets: view.statics.map((r) => ({
      hull: { ...r.hull, vertices: r.hull.vertices.map((v) => [...pick(v)]) },
      colour: palette.statics,
    })),
    extent: sceneExtent({ view, axes, hulls: projected ? hulls : undefined }),
    titles: axes.map((a) => `${view.axes[a].label} (MW)`),
  };
}

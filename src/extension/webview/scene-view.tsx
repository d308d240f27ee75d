/** The 3D picture as a part of the panel: its size, its keys, its mouse. */
import { render } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { HOME_VIEW, PLANE_VIEWS } from '../../report/drawings/axes-box.js';
import { Overlay } from './scene-overlay.js';
import { RegionScene, type Camera } from './scene.js';
import { sceneData, type SceneContent } from './scene-data.js';

export interface SceneViewProps extends SceneContent {
  pointId: string | null;
  /** An operating point that is to be asked for, MW for each axis of the study. */
  target: readonly number[] | null;
  /** While a study runs. */
  growing: boolean;
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

  useLayoutEffect(() => scene.current?.setGrowing(props.growing), [props.growing]);
  useLayoutEffect(() => scene.current?.resize(width, height), [width, height]);
  useLayoutEffect(() => {
    scene.current?.setData(sceneData(latest.current), palette);
    if (camera) scene.current?.frame(camera);
    scene.current?.drawChanged();
    performance.mark('v2g-first-frame');
  }, [view, hulls, axes, hidden, palette, props.prices, props.outer]);
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

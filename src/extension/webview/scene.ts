/**
 * The region in three dimensions: nested glass bodies with their boundary points, in true proportions (an
 * orthographic camera and one scale for all axes). Drawn only when something changes.
 */
import type { ShaderMaterial } from 'three';
import {
  Color,
  ColorManagement,
  Group,
  Mesh,
  OrthographicCamera,
  Points,
  Scene,
  Vector3,
  type Vector2,
  WebGLRenderer,
  type Object3D,
} from 'three';
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js';
import type { Hull } from '../../solver/result.js';
import {
  backKey,
  boxAround,
  boxCentre,
  boxRadius,
  gridSegments,
  HOME_VIEW,
  viewBasis,
  type Box,
  type Vec3,
  type ViewAngles,
} from '../../report/drawings/axes-box.js';
import type { Palette } from '../../report/drawings/palette.js';
import { solidOf } from '../../report/drawings/solid-faces.js';
import { glass } from './scene-materials.js';
import { faceMesh, pointCloud, tints } from './scene-meshes.js';
import { strokes, type Outline, type Strokes, type StrokeStyle } from './scene-strokes.js';
import { Sharpness } from './sharpness.js';

// The palette's colours are meant as they are written, not as linear light.
ColorManagement.enabled = false;

export interface SceneBody {
  hull: Hull;
  colour: string;
  /** Of each corner of the hull, instead of one for all. */
  corners: string[] | null;
  hidden: boolean;
}

export interface ScenePoint {
  id: string;
  position: Vec3;
  outward: Vec3 | null;
  colour: string;
  /** 0 circle, 1 square, 2 triangle, 3 diamond. */
  shape: number;
  size: number;
}

export interface SceneData {
  /** From the smallest to the largest: each holds the one before it. */
  bodies: SceneBody[];
  points: ScenePoint[];
  /** From the back to the front. */
  outlines: Outline[];
  /** Flat regions of the static model. */
  sheets: { hull: Hull; colour: string }[];
  extent: number[][];
  titles: string[];
}

export type Camera = ViewAngles & { zoom: number };

/** Without a movement for so long, the picture is drawn again as sharp as can be. */
const REST_MS = 160;
/** How far from the middle the camera stands, in radii of the box: only clipping depends on it. */
const DISTANCE = 4;
/** Room for ticks and titles beside and below the box, in pixels. */
const ROOM = { across: 78, up: 46 };

export class RegionScene {
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new OrthographicCamera();
  private readonly controls: OrbitControls;
  private readonly content = new Group();
  private grid: Strokes | null = null;
  private gridKey = '';
  private shaders: ShaderMaterial[] = [];
  /** Of the content before: their programmes serve the new ones, where compiling them again takes longer than drawing. */
  private replaced: ShaderMaterial[] = [];
  private data: SceneData | null = null;
  private palette: Palette | null = null;
  private box: Box = boxAround([], []);
  private width = 1;
  private height = 1;
  private pending = 0;
  /** By the mouse, or a finger. */
  private held = false;
  /** A study is finding more: the next picture comes before anybody looks closely. */
  private growing = false;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private readonly sharpness = new Sharpness(window.devicePixelRatio);

  /**
   * @param onFrame called after each frame, to move what lies on top of the picture
   * @throws Error where the browser has no WebGL
   */
  constructor(
    canvas: HTMLCanvasElement,
    private readonly onFrame: () => void,
    private readonly onCamera: (camera: Camera) => void,
  ) {
    this.renderer = new WebGLRenderer({ canvas, antialias: false, alpha: true });
    this.camera.up.set(0, 0, 1);
    this.controls = new OrbitControls(this.camera, canvas);
    this.controls.enablePan = false;
    this.controls.minZoom = 0.5;
    this.controls.maxZoom = 8;
    this.controls.addEventListener('change', () => this.invalidate());
    this.controls.addEventListener('start', () => (this.held = true));
    this.controls.addEventListener('end', () => {
      this.held = false;
      this.onCamera(this.view());
      this.invalidate();
    });
    // Reading what the compiler says waits for it; the shaders are our own, and tests draw with them.
    this.renderer.debug.checkShaderErrors = false;
    this.scene.add(this.content);
  }

  setData(data: SceneData, palette: Palette): void {
    const first = this.data === null;
    this.data = data;
    this.box = boxAround(data.extent, data.titles);
    this.rebuild(palette);
    this.frame(first ? { ...HOME_VIEW, zoom: 1 } : this.view());
  }

  resize(width: number, height: number): void {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
    this.renderer.setPixelRatio(this.sharpness.ratio);
    this.renderer.setSize(this.width, this.height, false);
    this.frame(this.view());
  }

  view(): Camera {
    const d = this.camera.position.clone().sub(this.controls.target);
    const radius = d.length() || 1;
    return {
      azimuth: Math.atan2(d.y, d.x),
      elevation: Math.asin(Math.min(1, Math.max(-1, d.z / radius))),
      zoom: this.camera.zoom,
    };
  }

  /** Looks from there; keeps the box in the middle. */
  frame({ azimuth, elevation, zoom }: Camera): void {
    const centre = new Vector3(...boxCentre(this.box));
    const radius = boxRadius(this.box);
    // Straight from above the azimuth would be lost: stay a hair's breadth away from the pole.
    const tilt = Math.min(Math.PI / 2 - 1e-4, Math.max(-Math.PI / 2 + 1e-4, elevation));
    const { towards } = viewBasis({ azimuth, elevation: tilt });
    this.controls.target.copy(centre);
    this.camera.position.copy(centre).addScaledVector(new Vector3(...towards), DISTANCE * radius);
    const perPixel = this.unitsPerPixel();
    this.camera.left = (-perPixel * this.width) / 2;
    this.camera.right = (perPixel * this.width) / 2;
    this.camera.top = (perPixel * this.height) / 2;
    this.camera.bottom = (-perPixel * this.height) / 2;
    this.camera.near = 0.01 * radius;
    this.camera.far = 2 * DISTANCE * radius;
    this.camera.zoom = zoom;
    this.camera.updateProjectionMatrix();
    this.controls.update();
    this.invalidate();
  }

  /** MW per pixel with which the box fits however it is turned, at no more than the elevation it starts with. */
  private unitsPerPixel(): number {
    const [x, y, z] = this.box.map((a) => a.max - a.min);
    const floor = Math.hypot(x, y);
    const tall = z * Math.cos(HOME_VIEW.elevation) + floor * Math.sin(HOME_VIEW.elevation);
    const across = Math.max(60, this.width - 2 * ROOM.across);
    const up = Math.max(60, this.height - 2 * ROOM.up);
    return Math.max(floor / across, tall / up);
  }

  turn(byAzimuth: number, byElevation: number): void {
    const view = this.view();
    this.frame({ ...view, azimuth: view.azimuth + byAzimuth, elevation: view.elevation + byElevation });
    this.onCamera(this.view());
  }

  magnify(factor: number): void {
    const view = this.view();
    this.frame({ ...view, zoom: Math.min(8, Math.max(0.5, view.zoom * factor)) });
    this.onCamera(this.view());
  }

  /** Pixels from the upper left corner. */
  project(p: Vec3): [number, number] {
    const v = new Vector3(...p).project(this.camera);
    return [((v.x + 1) / 2) * this.width, ((1 - v.y) / 2) * this.height];
  }

  currentBox(): Box {
    return this.box;
  }

  towards(): Vec3 {
    return viewBasis(this.view()).towards;
  }

  /** The point drawn nearest to a place within reach, those in front before those behind; null if there is none. */
  pick(x: number, y: number, reach = 12): string | null {
    const towards = this.towards();
    let best: string | null = null;
    let least = reach;
    for (const p of this.data?.points ?? []) {
      const [px, py] = this.project(p.position);
      const behind = p.outward !== null && dot(p.outward, towards) < -0.05;
      const distance = Math.hypot(px - x, py - y) + (behind ? reach / 2 : 0);
      if (distance < least) [best, least] = [p.id, distance];
    }
    return best;
  }

  /** Whether there is more to come; what has come to its end is drawn sharply. */
  setGrowing(growing: boolean): void {
    if (growing === this.growing) return;
    this.growing = growing;
    // The picture is as it was: what the panel says about it is not kept waiting for a drawing of it.
    if (!growing) this.rest();
  }

  invalidate(): void {
    this.pending ||= requestAnimationFrame(() => {
      this.pending = 0;
      this.sharpness.moved(performance.now());
      this.draw();
    });
  }

  /** Draws at once what has changed; what is asked for in between is drawn with it. */
  drawChanged(): void {
    cancelAnimationFrame(this.pending);
    this.pending = 0;
    this.sharpness.changed();
    this.draw();
  }

  private draw(): void {
    this.paint();
    this.rest();
  }

  private rest(): void {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      // Where frames take longer than a rest, the picture would be drawn sharp, and slower, in the middle of a turn.
      if (this.held || this.growing) return;
      this.sharpness.rested();
      this.paint();
    }, REST_MS);
  }

  private paint(): void {
    if (this.renderer.getPixelRatio() !== this.sharpness.ratio)
      this.renderer.setPixelRatio(this.sharpness.ratio);
    const { towards, up } = viewBasis(this.view());
    this.drawGrid(towards);
    for (const { uniforms } of this.shaders) {
      if (uniforms.pixelRatio) uniforms.pixelRatio.value = this.sharpness.ratio;
      (uniforms.towards.value as Vector3).set(...towards);
      (uniforms.up?.value as Vector3 | undefined)?.set(...up);
      (uniforms.viewport?.value as Vector2 | undefined)?.set(this.width, this.height);
    }
    this.renderer.render(this.scene, this.camera);
    this.forgetReplaced();
    this.onFrame();
  }

  /** On the walls that lie behind; anew only when these change. */
  private drawGrid(towards: Vec3): void {
    const key = backKey(towards);
    if (key === this.gridKey || !this.palette) return;
    this.gridKey = key;
    if (this.grid) this.remove(this.grid);
    const edges = gridSegments(this.box, towards);
    this.grid = strokes({ edges, sides: edges.map(() => NO_SIDES) }, gridStyle(this.palette));
    this.shader(this.grid.material);
    this.add(this.grid, -1);
  }

  dispose(): void {
    cancelAnimationFrame(this.pending);
    clearTimeout(this.resting);
    this.controls.dispose();
    this.clear();
    this.forgetReplaced();
    this.renderer.dispose();
  }

  private clear(): void {
    this.content.traverse((o: Object3D) => {
      if (o instanceof Mesh || o instanceof Points) o.geometry.dispose();
    });
    this.replaced.push(...this.shaders);
    this.shaders = [];
    this.content.clear();
  }

  private forgetReplaced(): void {
    for (const shader of this.replaced) shader.dispose();
    this.replaced = [];
  }

  private remove(object: Strokes): void {
    this.content.remove(object);
    object.geometry.dispose();
    object.material.dispose();
    this.shaders = this.shaders.filter((shader) => shader !== object.material);
  }

  private rebuild(palette: Palette): void {
    this.clear();
    this.palette = palette;
    this.gridKey = '';
    this.grid = null;
    const { bodies, sheets, points, outlines } = this.data!;
    const visible = bodies.filter((b) => !b.hidden);
    // Convex bodies one inside the other are drawn exactly right by: back sides from the outermost inwards, then
    // front sides from the innermost outwards. No sorting of triangles, no depth buffer.
    visible.forEach((body, i) => {
      const solid = solidOf(body.hull);
      const opacity = palette.highContrast ? 0.05 : 0.15;
      const tint = tints(body);
      // Colours that say something must not shine through each other.
      const dense = body.corners ? 3 * opacity : opacity;
      this.add(faceMesh(solid, 'inside', this.shader(glass(dense)), tint), visible.length - i);
      this.add(faceMesh(solid, 'outside', this.shader(glass(dense)), tint), 200 + i);
      const edges = strokes(solid, {
        colour: body.colour,
        ...{
          width: 1,
          dash: null,
          opacity: palette.highContrast ? 0.7 : 0.4,
          behind: palette.highContrast ? 0.3 : 0.6,
        },
      });
      this.shader(edges.material);
      this.add(edges, 200 + i);
    });
    for (const sheet of sheets) {
      // Sheets of several budgets lie in one plane: together they are as dense as one.
      const opacity = 0.22 / sheets.length;
      const colour = new Color(sheet.colour);
      const mesh = faceMesh(solidOf(sheet.hull), 'outside', this.shader(glass(opacity)), () => colour);
      this.add(mesh, 150);
    }
    outlines.forEach((outline, i) => {
      const mesh = strokes(solidOf(outline.hull), outline);
      this.shader(mesh.material);
      this.add(mesh, 300 + i);
    });
    if (points.length) {
      const cloud = pointCloud(points, palette.dark ? '#101010' : '#ffffff');
      this.shader(cloud.material);
      this.add(cloud, 400);
    }
  }

  private add(object: Object3D, order: number): void {
    object.renderOrder = order;
    this.content.add(object);
  }

  private shader(material: ShaderMaterial): ShaderMaterial {
    this.shaders.push(material);
    return material;
  }
}

/** Seen from wherever one stands. */
const NO_SIDES: [Vec3, Vec3] = [
  [0, 0, 0],
  [0, 0, 0],
];

const gridStyle = ({ dark, highContrast }: Palette): StrokeStyle => ({
  colour: dark ? '#ffffff' : '#000000',
  ...{ width: 1, dash: null, opacity: highContrast ? 0.4 : 0.16, behind: 1 },
});

const dot = (a: Vec3, b: Vec3) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

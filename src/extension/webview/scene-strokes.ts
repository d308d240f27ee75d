/** Lines of the scene with a width and dashes in pixels of the screen, fainter where the body is behind itself. */
import {
  BufferGeometry,
  Color,
  DoubleSide,
  Float32BufferAttribute,
  Mesh,
  ShaderMaterial,
  Vector2,
  Vector3,
} from 'three';
import type { Hull } from '../../solver/result.js';
import type { Solid3 } from '../../report/drawings/solid-faces.js';

export interface StrokeStyle {
  colour: string;
  /** Pixels. */
  width: number;
  /** Pixels drawn and left out; null for a line without gaps. */
  dash: readonly [number, number] | null;
  opacity: number;
  /** Share of the opacity that edges on the far side have. */
  behind: number;
}

/** A body of which only the edges are drawn. */
export interface Outline extends StrokeStyle {
  hull: Hull;
}

/** Each edge is a quadrangle along its picture; the camera is orthographic, so lengths on the screen are linear in it. */
const STROKE_VERTEX = `
attribute vec3 other;
attribute vec2 corner;
attribute vec3 left;
attribute vec3 right;
uniform vec3 towards;
uniform vec2 viewport;
uniform float width;
uniform float pixelRatio;
varying float vAlong;
varying float vFacing;
void main() {
  vec4 here = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  vec4 there = projectionMatrix * modelViewMatrix * vec4(other, 1.0);
  vec2 way = (there.xy - here.xy) * viewport * 0.5 * (1.0 - 2.0 * corner.x);
  float size = length(way);
  vec2 across = size > 0.001 ? vec2(-way.y, way.x) / size : vec2(0.0);
  vAlong = corner.x * size;
  vFacing = max(dot(left, towards), dot(right, towards)) < -0.01 ? 0.0 : 1.0;
  float drawn = max(width, 1.0 / pixelRatio);
  gl_Position = vec4(here.xy + across * corner.y * drawn / viewport, here.z, 1.0);
}`;

const STROKE_FRAGMENT = `
uniform vec3 colour;
uniform vec2 dash;
uniform float opacity;
uniform float behind;
varying float vAlong;
varying float vFacing;
void main() {
  if (dash.y > 0.0 && mod(vAlong, dash.x + dash.y) > dash.x) discard;
  gl_FragColor = vec4(colour, opacity * mix(behind, 1.0, vFacing));
}`;

/** Start and end of an edge (x), and its two sides (y). */
const CORNERS = [
  [0, -1],
  [0, 1],
  [1, -1],
  [1, 1],
] as const;

export type Strokes = Mesh<BufferGeometry, ShaderMaterial>;

export function strokes(
  { edges, sides }: Pick<Solid3, 'edges' | 'sides'>,
  { colour, width, dash, opacity, behind }: StrokeStyle,
): Strokes {
  const [position, other, corner, left, right, index] = Array.from({ length: 6 }, (): number[] => []);
  edges.forEach((ends, edge) => {
    for (const [end, side] of CORNERS) {
      position.push(...ends[end]);
      other.push(...ends[1 - end]);
      corner.push(end, side);
      left.push(...sides[edge][0]);
      right.push(...sides[edge][1]);
    }
    index.push(...[0, 1, 2, 2, 1, 3].map((k) => 4 * edge + k));
  });
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(position, 3));
  geometry.setAttribute('other', new Float32BufferAttribute(other, 3));
  geometry.setAttribute('corner', new Float32BufferAttribute(corner, 2));
  geometry.setAttribute('left', new Float32BufferAttribute(left, 3));
  geometry.setAttribute('right', new Float32BufferAttribute(right, 3));
  geometry.setIndex(index);
  const material = new ShaderMaterial({
    vertexShader: STROKE_VERTEX,
    fragmentShader: STROKE_FRAGMENT,
    uniforms: {
      towards: { value: new Vector3(0, 0, 1) },
      viewport: { value: new Vector2(1, 1) },
      pixelRatio: { value: 1 },
      width: { value: width },
      colour: { value: new Color(colour) },
      dash: { value: new Vector2(...(dash ?? [1, 0])) },
      opacity: { value: opacity },
      behind: { value: behind },
    },
    side: DoubleSide,
    transparent: true,
    depthWrite: false,
    depthTest: false,
  });
  return new Mesh(geometry, material);
}

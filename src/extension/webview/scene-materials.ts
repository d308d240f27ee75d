/** The two shaders of the scene. They write the theme's colours as they are: no lights, no tone mapping. */
import { Color, ShaderMaterial, Vector3 } from 'three';

const GLASS_VERTEX = `
attribute vec3 tint;
varying vec3 vNormal;
varying vec3 vTint;
void main() {
  vNormal = normal;
  vTint = tint;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

/** Denser where the surface turns away from the viewer, as glass is; the upper side a little lighter. */
const GLASS_FRAGMENT = `
uniform float opacity;
uniform vec3 towards;
uniform vec3 up;
varying vec3 vNormal;
varying vec3 vTint;
void main() {
  float facing = abs(dot(vNormal, towards));
  float rim = (1.0 - facing) * (1.0 - facing);
  float light = 0.86 + 0.22 * dot(vNormal, up);
  gl_FragColor = vec4(vTint * light, opacity * (0.75 + 1.3 * rim));
}`;

export function glass(opacity: number): ShaderMaterial {
  return new ShaderMaterial({
    vertexShader: GLASS_VERTEX,
    fragmentShader: GLASS_FRAGMENT,
    uniforms: {
      opacity: { value: opacity },
      towards: { value: new Vector3(0, 0, 1) },
      up: { value: new Vector3(0, 0, 1) },
    },
    transparent: true,
    depthWrite: false,
    depthTest: false,
  });
}

const MARK_VERTEX = `
attribute float shape;
attribute vec3 outward;
attribute vec3 tint;
attribute float size;
uniform vec3 towards;
uniform float pixelRatio;
varying float vShape;
varying vec3 vTint;
varying float vFacing;
void main() {
  vShape = shape;
  vTint = tint;
  float facing = dot(outward, towards);
  vFacing = facing < -0.05 ? 0.0 : 1.0;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  gl_PointSize = size * pixelRatio * (vFacing < 0.5 ? 0.8 : 1.0);
}`;

/** Circle, square, triangle and diamond by their distance functions; an outline keeps them apart from the hull. */
const MARK_FRAGMENT = `
uniform vec3 outline;
uniform float pixelRatio;
varying float vShape;
varying vec3 vTint;
varying float vFacing;
void main() {
  vec2 p = (gl_PointCoord - 0.5) * 2.0;
  float d;
  if (vShape < 0.5) d = length(p) - 0.78;
  else if (vShape < 1.5) d = max(abs(p.x), abs(p.y)) - 0.68;
  else if (vShape < 2.5) d = max(p.y - 0.62, abs(p.x) * 0.894 - p.y * 0.447 - 0.42);
  else d = (abs(p.x) + abs(p.y)) * 0.707 - 0.62;
  float inside = 1.0 - smoothstep(-0.05, 0.05, d);
  if (inside < 0.02) discard;
  float rim = smoothstep(-0.34, -0.24, d);
  gl_FragColor = vec4(mix(vTint, outline, rim * 0.9), inside * (vFacing < 0.5 ? 0.35 : 1.0));
}`;

export function marks(): ShaderMaterial {
  return new ShaderMaterial({
    vertexShader: MARK_VERTEX,
    fragmentShader: MARK_FRAGMENT,
    uniforms: {
      towards: { value: new Vector3(0, 0, 1) },
      outline: { value: new Color() },
      pixelRatio: { value: 1 },
    },
    transparent: true,
    depthWrite: false,
    depthTest: false,
  });
}

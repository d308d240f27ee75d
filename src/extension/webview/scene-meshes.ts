/** Meshes of the scene's bodies and points. */
import { BufferGeometry, Color, Float32BufferAttribute, Mesh, Points, type ShaderMaterial } from 'three';
import type { Vec3 } from '../../report/drawings/axes-box.js';
import type { Solid3 } from '../../report/drawings/solid-faces.js';
import type { SceneBody, ScenePoint } from './scene.js';
import { marks } from './scene-materials.js';

/** The colour of a corner of a body, found by its place. */
export function tints({ hull, colour, corners }: SceneBody): (corner: Vec3) => Color {
  const all = new Color(colour);
  if (!corners) return () => all;
  const byPlace = new Map(hull.vertices.map((v, i) => [v.join(), new Color(corners[i])]));
  return (corner) => byPlace.get(corner.join()) ?? all;
}

/**
 * @param seen from outside, or through the body from inside: by the order of the corners, so that one programme, which
 * takes long to build, draws both
 */
export function faceMesh(
  solid: Solid3,
  seen: 'outside' | 'inside',
  material: ShaderMaterial,
  tintOf: (corner: Vec3) => Color,
): Mesh {
  const position: number[] = [];
  const tint: number[] = [];
  const normal: number[] = [];
  for (const face of solid.faces) {
    // Faces are convex: a fan of triangles.
    for (let k = 1; k + 1 < face.corners.length; k++) {
      const [next, last] = seen === 'outside' ? [k, k + 1] : [k + 1, k];
      for (const corner of [face.corners[0], face.corners[next], face.corners[last]]) {
        position.push(...corner);
        normal.push(...face.normal);
        tint.push(...tintOf(corner).toArray());
      }
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new Float32BufferAttribute(position, 3));
  geometry.setAttribute('normal', new Float32BufferAttribute(normal, 3));
  geometry.setAttribute('tint', new Float32BufferAttribute(tint, 3));
  return new Mesh(geometry, material);
}

/** @param outline colour around each mark, which keeps it apart from the bodies */
export function pointCloud(
  points: readonly ScenePoint[],
  outline: string,
): Points<BufferGeometry, ShaderMaterial> {
  const geometry = new BufferGeometry();
  const each = (numbers: (p: ScenePoint) => readonly number[], size: number) =>
    new Float32BufferAttribute(points.flatMap(numbers), size);
  geometry.setAttribute(
    'position',
    each((p) => p.position, 3),
  );
  geometry.setAttribute(
    'outward',
    each((p) => p.outward ?? [0, 0, 0], 3),
  );
  geometry.setAttribute(
    'tint',
    each((p) => new Color(p.colour).toArray(), 3),
  );
  geometry.setAttribute(
    'shape',
    each((p) => [p.shape], 1),
  );
  geometry.setAttribute(
    'size',
    each((p) => [p.size], 1),
  );
  const material = marks();
  (material.uniforms.outline.value as Color).set(outline);
  return new Points(geometry, material);
}

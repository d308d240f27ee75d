/** What the scene draws of a study: bodies, points and outlines in the coordinates of the three axes shown. */
import type { Vec3 } from '../../report/drawings/axes-box.js';
import type { Palette } from '../../report/drawings/palette.js';
import { projected, sceneExtent } from '../../report/drawings/solid.js';
import type { OuterOutline } from '../../report/outer.js';
import type { StudyView } from '../../report/view-model.js';
import type { Hull } from '../../solver/result.js';
import type { SceneData } from './scene.js';
import type { Outline } from './scene-strokes.js';

export interface SceneContent {
  view: StudyView;
  /** Positions of the three axes shown among those of the study. */
  axes: readonly number[];
  hulls: readonly Hull[];
  projected: boolean;
  hidden: readonly number[];
  palette: Palette;
  /** Colour the bodies by what their corners cost. */
  prices: boolean;
  /** What is proven to hold one of the regions, in the coordinates of the axes shown. */
  outer: OuterOutline | null;
}

/** Above so many, points are drawn smaller: they would cover the bodies. */
const MANY_POINTS = 240;

export function sceneData(content: SceneContent): SceneData {
  const { view, axes, hulls, projected: seen, hidden, palette, prices, outer } = content;
  const pick = (p: readonly number[]) => axes.map((a) => p[a]) as unknown as Vec3;
  const count = view.regions.length;
  return {
    bodies: hulls.map((hull, i) => ({
      hull,
      colour: palette.cap(i, count),
      corners: prices && !seen ? cornerColours(view, i, palette) : null,
      hidden: hidden.includes(i),
    })),
    outlines: outlines(content, pick),
    points: view.points
      .filter((p) => p.kind === 'boundary' && !hidden.includes(p.region ?? -1))
      .map((p) => ({
        id: p.id,
        position: pick(p.positionMw),
        outward: p.outward && !seen ? pick(p.outward) : null,
        colour: palette.cap(p.region ?? 0, count),
        shape: (p.region ?? 0) % 4,
        size: (view.points.length > MANY_POINTS ? 6 : 8) * (p.certificate.status === 'certified' ? 1 : 0.75),
      })),
    sheets: view.statics.map((r) => ({ hull: projected(r.hull, pick), colour: palette.statics })),
    extent: sceneExtent({ view, axes, hulls: seen ? hulls : undefined, outer }),
    titles: axes.map((a) => `${view.axes[a].label} (MW)`),
  };
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

/** From the back to the front. */
function outlines(content: SceneContent, pick: (p: readonly number[]) => Vec3): Outline[] {
  const { view, hidden, palette, outer, projected: seen } = content;
  const before = seen
    ? []
    : (view.earlier ?? []).flatMap((r, i) => (r && !hidden.includes(i) ? [r.hull] : []));
  return [
    ...(outer
      ? [
          {
            hull: outer.hull,
            colour: palette.cap(outer.region, view.regions.length),
            ...{ width: 1, dash: null, opacity: palette.highContrast ? 0.95 : 0.6, behind: 0.3 },
          },
        ]
      : []),
    ...view.statics.map((r) => ({
      hull: projected(r.hull, pick),
      colour: palette.statics,
      ...{ width: 1.6, dash: [5, 3] as const, opacity: 1, behind: 1 },
    })),
    ...(view.feederHull
      ? [
          {
            hull: projected(view.feederHull, pick),
            colour: palette.feeder,
            ...{ width: 1.3, dash: [1.5, 3.5] as const, opacity: 1, behind: 0.6 },
          },
        ]
      : []),
    ...before.map((hull) => ({
      hull,
      colour: palette.dark ? '#ffffff' : '#000000',
      ...{ width: 1, dash: [2, 3] as const, opacity: 0.6, behind: 0.6 },
    })),
  ];
}

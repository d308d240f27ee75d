/** The view as a picture: drawn anew as SVG in the theme's colours, and from that as PNG. */
import { render } from 'preact';
import { CouponMap } from '../../report/drawings/coupon-map.js';
import { IntervalChart } from '../../report/drawings/interval-chart.js';
import { NetworkMap } from '../../report/drawings/network-map.js';
import type { Palette } from '../../report/drawings/palette.js';
import { PolygonChart } from '../../report/drawings/polygon-chart.js';
import { RangesChart } from '../../report/drawings/ranges-chart.js';
import { Solid } from '../../report/drawings/solid.js';
import { outerOutline } from '../../report/outer.js';
import type { Model } from './model.js';
import type { Camera } from './scene.js';
import { colourVariable } from './theme.js';

const WIDTH = 900;
const HEIGHT = 700;
/** Pixels of a PNG for each of the picture's units. */
const PNG_SCALE = 2;

/** @returns SVG text, or a PNG as base64 */
export async function exportPicture(
  kind: 'svg' | 'png',
  model: Model,
  palette: Palette,
  camera: Camera | null,
): Promise<string> {
  const svg = finish(draw(model, palette, camera));
  const text = new XMLSerializer().serializeToString(svg);
  return kind === 'svg'
    ? text
    : toPng(text, Number(svg.getAttribute('width')), Number(svg.getAttribute('height')));
}

function draw(model: Model, palette: Palette, camera: Camera | null): SVGSVGElement {
  const view = model.view!;
  const common = { view, palette, width: WIDTH };
  const hidden = new Set(model.hidden);
  const hulls = model.projection?.hulls;
  const region = { ...common, height: HEIGHT, hidden, selected: model.pointId, axes: model.axes, hulls };
  const outer = outerOutline(view.regions, model.outer, model.hidden, model.projection?.outerHulls);
  const interval = model.interval ?? view.axes[0]?.interval ?? 0;
  const host = document.createElement('div');
  const picture = () => {
    if (model.tab === 'map' && model.map) {
      const { map, detail } = model;
      return <NetworkMap {...{ map, detail, interval, palette }} time={view.times[interval]} width={WIDTH} />;
    }
    if (model.tab === 'point' && model.detail) return <CouponMap {...common} detail={model.detail} />;
    if (model.tab === 'table') return <RangesChart {...common} />;
    if (model.axes.length === 1) return <IntervalChart {...region} outer={model.outer !== null} />;
    if (model.axes.length === 2) return <PolygonChart {...region} outer={outer} />;
    return <Solid {...region} outer={outer} angles={camera ?? undefined} zoom={camera?.zoom} points />;
  };
  render(picture(), host);
  return host.querySelector('svg')!;
}

/** A file by itself: its own font, ink and background instead of the panel's. */
function finish(svg: SVGSVGElement): SVGSVGElement {
  const background = colourVariable('--vscode-editor-background', '#ffffff');
  svg.setAttribute('color', colourVariable('--vscode-foreground', '#000000'));
  svg.setAttribute('font-family', 'system-ui, sans-serif');
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  paper.setAttribute('width', '100%');
  paper.setAttribute('height', '100%');
  paper.setAttribute('fill', background);
  svg.prepend(paper);
  for (const element of svg.querySelectorAll('[fill^="var("]')) element.setAttribute('fill', background);
  return svg;
}

async function toPng(svg: string, width: number, height: number): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * PNG_SCALE;
  canvas.height = height * PNG_SCALE;
  const context = canvas.getContext('2d')!;
  context.scale(PNG_SCALE, PNG_SCALE);
  context.drawImage(image, 0, 0);
  return canvas.toDataURL('image/png').slice('data:image/png;base64,'.length);
}

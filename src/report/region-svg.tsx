/**
 * The picture of a region as a file of its own: nested hulls, one for each budget, with a title and a legend.
 * One axis gives bars, two a plane, three an axonometric solid, more the shadows on each pair of axes. Drawn on
 * white and complete by itself: no style sheet, no script, no font that has to be there.
 */
import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import { RESULT_FORMAT, RESULT_VERSION, type CharacterizeResult } from '../solver/result.js';
import type { Scenario } from '../solver/scenario.js';
import { deriveStudyView } from './derive.js';
import { IntervalChart } from './drawings/interval-chart.js';
import { dash, paletteFor, type Palette } from './drawings/palette.js';
import { OUTER_STROKE, PolygonChart } from './drawings/polygon-chart.js';
import { Solid } from './drawings/solid.js';
import { measure, signedPercent } from './labels.js';
import { outerOutline } from './outer.js';
import { projectRegions } from './project.js';
import type { RegionView, StudyView } from './view-model.js';

const WIDTH = 980;
const DRAWING_WIDTH = 700;
const HEADER = 70;
const LEGEND_ROW = 46;
/** Shadows on pairs of axes, side by side. */
const SHADOW = { width: 340, height: 300 };

/** @returns an SVG document */
export function regionSvg(result: CharacterizeResult, scenario: Scenario): string {
  const file = {
    format: RESULT_FORMAT,
    version: RESULT_VERSION,
    generator: { name: '', version: '' },
    scenario,
    studies: [result],
  } as const;
  const view = withoutBoundaryMarks(deriveStudyView({ ...file, studies: [result] }, result.name)!);
  const palette = paletteFor('light');
  const { drawing, height } = drawingOf(view, palette);
  const legendHeight = 30 + (view.regions.length + 1) * LEGEND_ROW;
  const total = HEADER + Math.max(height, legendHeight) + 30;
  const svg = (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`0 0 ${WIDTH} ${total}`}
      width={WIDTH}
      height={total}
      font-family="'DejaVu Sans', Verdana, 'Segoe UI', sans-serif"
      style="color:#1f2328"
      fill="#1f2328"
    >
      <title>{`${view.study}: flexible operation regions of ${view.title}`}</title>
      <rect width={WIDTH} height={total} fill="#ffffff" />
      <text x="28" y="36" font-size="19" font-weight="600">
        {view.title}
      </text>
      <text x="28" y="58" font-size="12.5" fill-opacity="0.75">
        {subtitle(view)}
      </text>
      <g transform={`translate(10,${HEADER})`}>{drawing}</g>
      <Legend view={view} palette={palette} />
    </svg>
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${render(svg)}\n`;
}

function subtitle(view: StudyView): string {
  const axes = view.axes.map((axis) => axis.label).join(', ');
  return `${view.study}: net load that coupons can bring about at ${axes}${view.partial ? ' (partial)' : ''}`;
}

/** Hundreds of points hide the region that they bound; where there is no body they are all there is to see. */
function withoutBoundaryMarks(view: StudyView): StudyView {
  if (view.regions.every((region) => region.dimension === 0)) return view;
  return { ...view, points: view.points.filter((point) => point.kind !== 'boundary') };
}

function drawingOf(view: StudyView, palette: Palette): { drawing: ComponentChildren; height: number } {
  const common = { view, palette, width: DRAWING_WIDTH };
  const outer = outerOutline(view.regions, undefined);
  switch (view.axes.length) {
    case 1:
      return { drawing: <IntervalChart {...common} outer />, height: 60 + 34 * view.regions.length };
    case 2:
      return { drawing: <PolygonChart {...common} outer={outer} height={560} />, height: 560 };
    case 3:
      return { drawing: <Solid {...common} outer={outer} height={500} points />, height: 500 };
    default:
      return shadows(view, palette);
  }
}

function shadows(view: StudyView, palette: Palette): { drawing: ComponentChildren; height: number } {
  const pairs = view.axes.flatMap((_, i) => view.axes.slice(i + 1).map((__, k) => [i, i + 1 + k]));
  const drawing = pairs.map((axes, n) => {
    const { hulls, outerHulls } = projectRegions(view, axes);
    const outer = outerOutline(view.regions, undefined, [], outerHulls);
    return (
      <g key={n} transform={`translate(${(n % 2) * SHADOW.width},${Math.floor(n / 2) * SHADOW.height})`}>
        <PolygonChart {...{ view, palette, axes, hulls, outer }} {...SHADOW} />
      </g>
    );
  });
  return { drawing, height: Math.ceil(pairs.length / 2) * SHADOW.height };
}

function Legend({ view, palette }: { view: StudyView; palette: Palette }) {
  const [x, y] = [DRAWING_WIDTH + 30, HEADER + 20];
  const solid = view.axes.length > 1;
  const free = view.points.find((point) => point.kind === 'coupon-free');
  const outer = outerOutline(view.regions, undefined);
  return (
    <g font-size="12.5">
      <text x={x} y={y} font-weight="600">
        Budget for coupons
      </text>
      {view.regions.map((region, i) => (
        <g key={i} transform={`translate(${x},${y + 16 + i * LEGEND_ROW})`}>
          <rect
            width="30"
            height="20"
            rx="2"
            fill={palette.cap(i, view.regions.length)}
            fill-opacity="0.25"
            stroke={palette.cap(i, view.regions.length)}
            stroke-width="1.8"
            stroke-dasharray={solid ? dash(i) : undefined}
          />
          <text x="42" y="9">
            {region.label}
          </text>
          <text x="42" y="26" font-size="11.5" fill-opacity="0.75">
            {regionSize(region)}
          </text>
        </g>
      ))}
      {free ? (
        <g transform={`translate(${x},${y + 20 + view.regions.length * LEGEND_ROW})`}>
          <circle cx="15" cy="4" r="4.5" fill="none" stroke={palette.free} stroke-width="1.6" />
          <text x="42" y="8">
            equilibrium without coupons
          </text>
        </g>
      ) : null}
      {solid && view.feederHull ? (
        <g transform={`translate(${x},${y + 44 + view.regions.length * LEGEND_ROW})`}>
          <path d="M0 4h30" fill="none" stroke={palette.feeder} stroke-dasharray="1 3" />
          <text x="42" y="8">
            what the feeder can serve
          </text>
        </g>
      ) : null}
      {outer ? (
        <g transform={`translate(${x},${y + 68 + view.regions.length * LEGEND_ROW})`}>
          <path
            d={solid ? 'M0 4h30' : 'M4 -2h-4v12h4M26 -2h4v12h-4'}
            fill="none"
            stroke={palette.cap(outer.region, view.regions.length)}
            {...(view.axes.length === 2 ? OUTER_STROKE : {})}
          />
          <text x="42" y="8">
            {solid ? `proven for ${view.regions[outer.region].label}` : 'proven for each budget'}
          </text>
          <text x="42" y="24" font-size="11.5" fill-opacity="0.75">
            nothing lies outside
          </text>
        </g>
      ) : null}
    </g>
  );
}

function regionSize(region: RegionView): string {
  if (region.infeasible) return 'no answer';
  if (region.dimension === 0) return region.pointCount > 0 ? 'a single point' : 'nothing found';
  const gain = region.gain === null ? '' : ` (${signedPercent(region.gain)})`;
  return `${measure(region.measure)} ${region.unit}${gain}`;
}

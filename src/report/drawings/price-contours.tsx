/** What the operating points of a plane cost: lines of equal subsidy over the region, each with its amount. */
import { contours } from 'd3-contour';
import { ticks } from 'd3-array';
import type { ScaleLinear } from 'd3-scale';
import { money } from '../labels.js';
import type { StudyView } from '../view-model.js';
import type { Palette } from './palette.js';

interface Props {
  view: StudyView;
  palette: Palette;
  x: ScaleLinear<number, number>;
  y: ScaleLinear<number, number>;
}

const LINES = 6;

/** Of a study with two axes; what is estimated and what is certified look the same, their number stands in the legend. */
export function PriceContours({ view, palette, x, y }: Props) {
  const { prices } = view;
  if (!prices || prices.grid.counts.length !== 2) return null;
  const { originMw, stepMw, counts } = prices.grid;
  const [across, up] = counts;
  if (across < 2 || up < 2) return null;
  // The lattice runs along its last axis first, d3 along its first. Outside it costs the most, so that no line runs
  // along the border.
  const values = Array.from({ length: across * up }, (_, i) => {
    const [column, row] = [i % across, Math.floor(i / across)];
    return prices.grid.money[column * up + row] ?? prices.most;
  });
  const levels = ticks(prices.least, prices.most, LINES).filter((v) => v > prices.least);
  // d3 puts the value of a cell into its middle, half a cell from the corner it counts from.
  const toMw = ([cx, cy]: number[]): number[] => [
    originMw[0] + (cx - 0.5) * stepMw[0],
    originMw[1] + (cy - 0.5) * stepMw[1],
  ];
  const place = (p: readonly number[]): string => `${x(p[0]).toFixed(1)},${y(p[1]).toFixed(1)}`;
  const hull = view.regions.at(-1)?.hull;
  const walls = hull?.halfspaces ?? [];
  return (
    <g>
      <clipPath id="price-region">
        <polygon points={(hull?.vertices ?? []).map(place).join(' ')} />
      </clipPath>
      {contours()
        .size([across, up])
        .thresholds(levels)(values)
        .map((contour) => {
          const rings = contour.coordinates.flat();
          const share = (contour.value - prices.least) / (prices.most - prices.least || 1);
          const inside = rings
            .flat()
            .map(toMw)
            .filter((p) =>
              walls.every(({ normal, offset }) => normal[0] * p[0] + normal[1] * p[1] <= offset),
            );
          const top = inside.reduce<number[] | null>((best, p) => (best && best[1] >= p[1] ? best : p), null);
          return (
            <g key={contour.value}>
              <path
                clip-path="url(#price-region)"
                d={rings.map((ring) => `M${ring.map((corner) => place(toMw(corner))).join('L')}Z`).join('')}
                fill="none"
                stroke={palette.loading(share)}
                stroke-width="1.6"
              />
              {top ? (
                <text x={x(top[0])} y={y(top[1]) - 3} text-anchor="middle" font-size="10">
                  {money(contour.value)}
                </text>
              ) : null}
            </g>
          );
        })}
    </g>
  );
}

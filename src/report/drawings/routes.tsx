/** Which ways travellers take: shares of each demand and kind of traveller, as bars in a table. */
import { group } from 'd3-array';
import { percent, short } from '../labels.js';
import type { RouteShare } from '../view-model.js';
import type { Palette } from './palette.js';

const KIND = { regular: 'Passing', charging: 'Charging', v2g: 'V2G' } as const;

/** Shares below this are summed up as "others" so that a table stays readable. */
const LEAST_SHARE = 0.005;
const BAR_WIDTH = 90;

export function Routes({ routes, palette }: { routes: readonly RouteShare[]; palette: Palette }) {
  const groups = [...group(routes, (r) => `${r.demand} ${KIND[r.traveller]}`)];
  return (
    <table class="routes">
      <caption>Route shares over the horizon</caption>
      <thead>
        <tr>
          <th scope="col">Demand, traveller</th>
          <th scope="col">Way</th>
          <th scope="col">Share</th>
          <th scope="col" class="number">
            Vehicles
          </th>
        </tr>
      </thead>
      <tbody>
        {groups.flatMap(([name, all]) => {
          const sorted = [...all].sort((a, b) => b.share - a.share);
          const shown = sorted.filter((r) => r.share >= LEAST_SHARE);
          const rest = sorted.slice(shown.length);
          const others = {
            share: rest.reduce((s, r) => s + r.share, 0),
            vehicles: rest.reduce((s, r) => s + r.vehicles, 0),
          };
          const rows = shown.map((r) => ({ way: wayOf(r.path), share: r.share, vehicles: r.vehicles }));
          if (rest.length) rows.push({ way: `${rest.length} others`, ...others });
          return rows.map((r, i) => (
            <tr key={`${name} ${i}`} class={i === 0 ? 'first' : undefined}>
              {i === 0 ? (
                <th scope="rowgroup" rowSpan={rows.length}>
                  {name}
                </th>
              ) : null}
              <td class="way">{r.way}</td>
              <td class="share">
                <svg width={BAR_WIDTH} height="10" aria-hidden="true">
                  <rect width={BAR_WIDTH} height="10" fill="currentColor" fill-opacity="0.12" />
                  <rect width={BAR_WIDTH * r.share} height="10" fill={palette.cap(0, 2)} />
                </svg>{' '}
                {percent(r.share)}
              </td>
              <td class="number">{short(r.vehicles)}</td>
            </tr>
          ));
        })}
      </tbody>
    </table>
  );
}

/** "n1 → n5 → CS1 charging → n6" from link ids; a stop appears where it happens. */
export function wayOf(path: readonly string[]): string {
  const parts: string[] = [];
  for (const element of path) {
    const link = element.split('->');
    if (link.length === 2) {
      if (parts.at(-1) !== link[0] && !parts.includes(link[0])) parts.push(link[0]);
      parts.push(link[1]);
    } else {
      parts.push(element.replace(/\.charging$/, ' ⚡').replace(/\.v2g$/, ' ⇄'));
    }
  }
  return parts.join(' → ');
}

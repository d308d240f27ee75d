/** What is proven about the outside of each region, as a table. */
import { measure, mw, signedPercent } from '../labels.js';
import type { StudyView } from '../view-model.js';

export function OuterTable({ view }: { view: StudyView }) {
  const proven = view.regions.flatMap((r) => (r.outer ? [{ ...r, outer: r.outer }] : []));
  if (!proven.length) return null;
  return (
    <table>
      <caption>Proven outer regions: no certified point of the budget can lie outside</caption>
      <thead>
        <tr>
          <th scope="col">Budget</th>
          <th scope="col" class="number">
            Found
          </th>
          <th scope="col" class="number">
            Proven at most
          </th>
          <th scope="col" class="number">
            Undecided
          </th>
          {view.axes.map((a) => (
            <th key={a.label} scope="col" class="number">
              {`${a.label} within (MW)`}
            </th>
          ))}
          <th scope="col" class="number">
            Half-spaces
          </th>
        </tr>
      </thead>
      <tbody>
        {proven.map((r) => (
          <tr key={r.label}>
            <th scope="row">{r.label}</th>
            <td class="number">{`${measure(r.measure)} ${r.unit}`}</td>
            <td class="number">{r.outerMeasure === null ? '–' : `${measure(r.outerMeasure)} ${r.unit}`}</td>
            <td class="number">
              {r.outerMeasure === null || r.measure === 0
                ? '–'
                : signedPercent(r.outerMeasure / r.measure - 1)}
            </td>
            {r.outer.ranges.map((x, k) => (
              <td key={k} class="number">{`${mw(x.min)} … ${mw(x.max)}`}</td>
            ))}
            <td class="number">{r.outer.hull.halfspaces.length}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

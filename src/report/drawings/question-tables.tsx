/** What was asked of a region, as tables. */
import { measure, money, mw } from '../labels.js';
import type { StudyView } from '../view-model.js';

const STATUS = { reached: '✓ reached', nearest: '○ nearest', none: '✕ none' } as const;

export function QueriesTable({ view }: { view: StudyView }) {
  if (!view.queries.length) return null;
  return (
    <table>
      <caption>Operating points that were asked for</caption>
      <thead>
        <tr>
          <th scope="col">Query</th>
          {view.axes.map((a) => (
            <th key={a.label} scope="col" class="number">{`${a.label} (MW)`}</th>
          ))}
          <th scope="col">Within</th>
          <th scope="col">Answer</th>
          <th scope="col" class="number">
            Away (MW)
          </th>
          <th scope="col" class="number">{`Takes (${view.currency})`}</th>
          <th scope="col">Why not</th>
        </tr>
      </thead>
      <tbody>
        {view.queries.map((q) => (
          <tr key={q.label}>
            <th scope="row">{q.label}</th>
            {q.targetMw.map((x, k) => (
              <td key={k} class="number">
                {mw(x)}
              </td>
            ))}
            <td>{q.budget}</td>
            <td>{STATUS[q.status]}</td>
            <td class="number">{q.distanceMw === null ? '–' : mw(q.distanceMw)}</td>
            <td class="number">{q.requiredSubsidy === null ? '–' : money(q.requiredSubsidy)}</td>
            <td class="way">{q.reason ?? ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function ReinforcementsTable({ view }: { view: StudyView }) {
  const rows = view.regions.flatMap((r) => r.sensitivities.map((s) => ({ r, s })));
  if (!rows.length) return null;
  return (
    <table>
      <caption>What a reinforcement would add</caption>
      <thead>
        <tr>
          <th scope="col">Budget</th>
          <th scope="col">Of</th>
          <th scope="col">At</th>
          <th scope="col" class="number">
            Now
          </th>
          <th scope="col" class="number">
            A unit more adds
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ r, s }, i) => (
          <tr key={i}>
            <th scope="row">{r.label}</th>
            <td>{s.parameter}</td>
            <td>{[s.element, s.service].filter(Boolean).join(' ') || '–'}</td>
            <td class="number">{`${Number(s.value.toPrecision(4))} ${s.unit}`}</td>
            <td class="number">{`${measure(s.perUnit)} ${r.unit} per ${s.unit}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

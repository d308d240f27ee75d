/** Random points inside the hulls: how many were reached, what they take, and how long an answer takes. */
import { money, mw, percent } from '../labels.js';
import type { SampleView, StudyView } from '../view-model.js';

export function SamplesTable({ view }: { view: StudyView }) {
  const { samples, currency } = view;
  if (!samples.length) return null;
  return (
    <>
      <table>
        <caption>Random points inside the hull: is the region convex?</caption>
        <thead>
          <tr>
            <th scope="col">Budget</th>
            <th scope="col" class="number">
              Points
            </th>
            <th scope="col" class="number">
              Reached
            </th>
            <th scope="col" class="number">{`Subsidy, median (${currency})`}</th>
            <th scope="col" class="number">{`Largest (${currency})`}</th>
            <th scope="col" class="number">
              Time, median (ms)
            </th>
            <th scope="col" class="number">
              90 % (ms)
            </th>
            <th scope="col" class="number">
              Seed
            </th>
          </tr>
        </thead>
        <tbody>
          {samples.map(({ label, asked, reached, complete, subsidy, milliseconds, seed }, i) => (
            <tr key={i}>
              <th scope="row">{label}</th>
              <td class="number">{`${asked}${complete ? '' : ' (stopped early)'}`}</td>
              <td class="number">{`${reached} (${percent(asked ? reached / asked : 0)})`}</td>
              <td class="number">{subsidy ? money(subsidy.median) : '–'}</td>
              <td class="number">{subsidy ? money(subsidy.largest) : '–'}</td>
              <td class="number">{milliseconds ? money(milliseconds.median) : '–'}</td>
              <td class="number">{milliseconds ? money(milliseconds.most) : '–'}</td>
              <td class="number">{seed}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {samples.some(({ missed }) => missed.length) ? <MissedTable view={view} /> : null}
    </>
  );
}

function MissedTable({ view }: { view: StudyView }) {
  return (
    <table>
      <caption>Random points that were not reached within the budget</caption>
      <thead>
        <tr>
          <th scope="col">Budget</th>
          {view.axes.map((a) => (
            <th key={a.label} scope="col" class="number">{`${a.label} (MW)`}</th>
          ))}
          <th scope="col" class="number">{`Takes (${view.currency})`}</th>
          <th scope="col">Why not</th>
        </tr>
      </thead>
      <tbody>
        {view.samples.flatMap(({ label, missed }, i) =>
          missed.map(({ targetMw, requiredSubsidy, reason }, k) => (
            <tr key={`${i}/${k}`}>
              <th scope="row">{label}</th>
              {targetMw.map((x, axis) => (
                <td key={axis} class="number">
                  {mw(x)}
                </td>
              ))}
              <td class="number">{requiredSubsidy === null ? '–' : money(requiredSubsidy)}</td>
              <td class="way">{reason ?? ''}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}

/** "2,000 CNY: 198 of 200 random points inside the hull are reached within the budget (99%), …" */
export function sampleSentence(sample: SampleView, currency: string): string {
  const { label, asked, reached, complete, subsidy, missed } = sample;
  const share = percent(asked ? reached / asked : 0);
  const found = `${label}: ${reached} of ${asked} random points inside the hull are reached within the budget (${share}${complete ? '' : ', stopped early'})`;
  const cost = subsidy ? `, half of them for ${money(subsidy.median)} ${currency} or less` : '';
  const dearer = missed.flatMap(({ requiredSubsidy }) => requiredSubsidy ?? []);
  const most = `${money(Math.max(...dearer))} ${currency}`;
  const others =
    dearer.length > 1
      ? ` ${dearer.length} of the others take up to ${most}.`
      : dearer.length
        ? ` One more takes ${most}.`
        : '';
  return `${found}${cost}.${others}`;
}

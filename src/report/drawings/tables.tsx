/** Everything the pictures show, as tables. */
import { distance, sideOf } from '../dispatch-words.js';
import { capLabel, measure, money, mw, percent, pu, scientific, signedPercent } from '../labels.js';
import type { PointView, RegionView, StudyView } from '../view-model.js';

export function RegionsTable({ view }: { view: StudyView }) {
  const rows = [
    ...view.regions.map((r) => ({ ...r, model: 'dynamic' })),
    ...view.statics.map((r) => ({ ...r, model: 'static' })),
  ];
  const free = view.regions.some((r) => r.measureWithoutFeeder !== null);
  return (
    <table>
      <caption>Regions</caption>
      <thead>
        <tr>
          <th scope="col">Budget</th>
          <th scope="col">Model</th>
          <th scope="col" class="number">
            Size
          </th>
          <th scope="col" class="number">
            Gain
          </th>
          <th scope="col" class="number" title="An estimate: volume between hull and best-found supports">
            Est. gap
          </th>
          <th scope="col" class="number">
            At most
          </th>
          {free ? (
            <th scope="col" class="number">
              Without feeder
            </th>
          ) : null}
          {view.axes.map((a) => (
            <th key={a.label} scope="col" class="number">
              {`${a.label} (MW)`}
            </th>
          ))}
          <th scope="col" class="number">
            Points
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((r, i) => (
          <tr key={i}>
            <th scope="row">{r.label}</th>
            <td>{r.model}</td>
            <td class="number">{`${measure(r.measure)} ${r.unit}`}</td>
            <td class="number">{r.gain === null ? '–' : signedPercent(r.gain)}</td>
            <td class="number">{r.estimatedGap === null ? '–' : percent(r.estimatedGap)}</td>
            <td class="number">{upperBound(r)}</td>
            {free ? (
              <td class="number">
                {r.measureWithoutFeeder === null ? '–' : measure(r.measureWithoutFeeder)}
              </td>
            ) : null}
            {r.ranges.map((x, k) => (
              <td key={k} class="number">{`${mw(x.min)} … ${mw(x.max)}`}</td>
            ))}
            <td class="number">{r.pointCount}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What has been proven: the region of this budget, or of any, is no larger. */
export function upperBound({ outerMeasure, outerKnowsBudget, unit }: RegionView): string {
  if (outerMeasure === null) return '–';
  return `${measure(outerMeasure)} ${unit}${outerKnowsBudget ? '' : ' (any budget)'}`;
}

export interface PointsTableProps {
  view: StudyView;
  selected?: string | null;
  onSelect?: (id: string) => void;
}

export function PointsTable({ view, selected, onSelect }: PointsTableProps) {
  const feeder = view.points.some((p) => p.certificate.minVoltagePu !== null);
  return (
    <table class="points">
      <caption>{`Points (${view.points.length})`}</caption>
      <thead>
        <tr>
          <th scope="col">Point</th>
          <th scope="col">Budget</th>
          {view.axes.map((a) => (
            <th key={a.label} scope="col" class="number">
              {`${a.label} (MW)`}
            </th>
          ))}
          <th scope="col" class="number">
            {`Subsidy (${view.currency})`}
          </th>
          <th scope="col" class="number">
            Gap
          </th>
          {feeder ? (
            <>
              <th scope="col" class="number">
                Voltage (pu)
              </th>
              <th scope="col" class="number">
                Line
              </th>
            </>
          ) : null}
          <th scope="col">Unique</th>
          <th scope="col">Certificate</th>
        </tr>
      </thead>
      <tbody>
        {view.points.map((p) => (
          <PointRow key={p.id} {...{ p, view, feeder, onSelect }} selected={p.id === selected} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  p: PointView;
  view: StudyView;
  feeder: boolean;
  selected: boolean;
  onSelect?: (id: string) => void;
}

function PointRow({ p, view, feeder, selected, onSelect }: RowProps) {
  const c = p.certificate;
  return (
    <tr aria-selected={onSelect ? selected : undefined} class={selected ? 'selected' : undefined}>
      <th scope="row">
        {onSelect ? (
          <button type="button" class="link" aria-pressed={selected} onClick={() => onSelect(p.id)}>
            {p.label}
          </button>
        ) : (
          p.label
        )}
      </th>
      <td>{p.region === null ? '–' : capLabel(view.regions[p.region].subsidyCap, view.currency)}</td>
      {p.positionMw.map((x, k) => (
        <td key={k} class="number">
          {mw(x)}
        </td>
      ))}
      <td class="number">{money(c.subsidy)}</td>
      <td class="number">{scientific(c.equilibriumGap)}</td>
      {feeder ? (
        <>
          <td class="number">
            {c.minVoltagePu === null || c.maxVoltagePu === null
              ? '–'
              : `${pu(c.minVoltagePu)} … ${pu(c.maxVoltagePu)}`}
          </td>
          <td class="number">{c.maxLineLoading === null ? '–' : percent(c.maxLineLoading)}</td>
        </>
      ) : null}
      <td>{uniqueness(p)}</td>
      <td>{c.status === 'certified' ? '✓ certified' : `⚠ ${c.status}`}</td>
    </tr>
  );
}

/** As found by a cold solve, or by many where that was asked for. */
function uniqueness({ spread, certificate }: PointView): string {
  if (spread) return { one: 'yes, searched', several: 'no, several', flat: 'no, a range' }[spread.verdict];
  return certificate.unique ? 'yes' : 'in doubt';
}

/** @param heading level of the headings, by where the tables stand on the page */
const SIDE_MARKS = { inside: '●', 'on the boundary': '◐', outside: '○' } as const;

export function DispatchTables({ view, heading: Heading }: { view: StudyView; heading: 'h2' | 'h3' }) {
  return (
    <>
      {view.dispatches.map((d) => (
        <div key={d.study} class="dispatch">
          <Heading>{`Dispatch ${d.study}`}</Heading>
          <p>
            {d.reserve ? `Reserve ${d.reserve}. ` : ''}
            {d.tier === null
              ? 'No tier is feasible.'
              : `Cheapest feasible tier ${money(d.tier)} ${view.currency}, of which ${money(d.subsidy ?? 0)} ${view.currency} are paid.`}
          </p>
          <table>
            <caption>Distance to the boundary of the hull found (positive inside it)</caption>
            <thead>
              <tr>
                <th scope="col">Region</th>
                <th scope="col">Position</th>
                <th scope="col" class="number">
                  Distance (MW)
                </th>
              </tr>
            </thead>
            <tbody>
              {d.distances.map((x) => (
                <tr key={x.label}>
                  <th scope="row">{x.label}</th>
                  <td>{`${SIDE_MARKS[sideOf(x)]} ${sideOf(x)}`}</td>
                  <td class="number">{`${x.distanceMw < 0 ? '−' : ''}${distance(x.distanceMw)}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {d.costs.length ? (
            <table>
              <caption>{`Costs (${view.currency})`}</caption>
              <tbody>
                {d.costs.map((c) => (
                  <tr key={c.name}>
                    <th scope="row">{c.name}</th>
                    <td class="number">{money(c.money)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : null}
          {d.tiers.length ? (
            <table>
              <caption>Tiers</caption>
              <thead>
                <tr>
                  <th scope="col">Tier</th>
                  <th scope="col">Result</th>
                  <th scope="col" class="number">{`Total (${view.currency})`}</th>
                </tr>
              </thead>
              <tbody>
                {d.tiers.map((t) => (
                  <tr key={t.label}>
                    <th scope="row">{t.label}</th>
                    <td>{t.feasible ? '✓ feasible' : `✕ ${t.reason ?? 'infeasible'}`}</td>
                    <td class="number">{t.total === null ? '–' : money(t.total)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          ) : null}
        </div>
      ))}
    </>
  );
}

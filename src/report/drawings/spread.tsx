/** One equilibrium or several: what else the coupons of a point can bring about, and what rules it out. */
import { kw, money, mw, scientific, short } from '../labels.js';
import type { PointView, SpreadView, StudyView } from '../view-model.js';

const VERDICTS: Record<SpreadView['verdict'], string> = {
  one: '✓ One equilibrium, as far as was found',
  several: '⚠ Several equilibria',
  flat: '⚠ A range of equilibria',
};

interface Props {
  point: PointView;
  view: StudyView;
}

export function Spread({ point, view }: Props) {
  const { spread } = point;
  if (!spread) return null;
  const { verdict, starts, settled, margin, marginReason } = spread;
  const { currency } = view;
  const searched = `${settled} of ${starts} solves from different starts settled`;
  if (verdict === 'one') {
    return (
      <div class="spread">
        <p class="verdict">{VERDICTS[verdict]}</p>
        <p>{`These coupons bring about only these loads: ${searched}, all of them here. That there is no other is not proven.`}</p>
      </div>
    );
  }
  return (
    <div class="spread">
      <p class="verdict">{VERDICTS[verdict]}</p>
      <p>{`The same coupons can bring about other loads as well: ${searched}.`}</p>
      <EquilibriaTable {...{ point, view, spread }} />
      <p>
        {margin
          ? `Coupons with a margin of ${short(margin.perVehicle)} ${currency} per vehicle leave only this point (${margin.settled} of ${margin.starts} solves settled): ${money(margin.extraSubsidy)} ${currency} more, ${money(margin.subsidy)} ${currency} in all.`
          : `No margin rules the others out: ${marginReason ?? 'none was found'}.`}
      </p>
    </div>
  );
}

function EquilibriaTable({
  point,
  view,
  spread: { others, ranges, midwayGap },
}: Props & { spread: SpreadView }) {
  const midway = midwayGap === null ? '' : `; gap midway between two of them ${scientific(midwayGap)}`;
  return (
    <table>
      <caption>{`Loads that these coupons can bring about (MW)${midway}`}</caption>
      <thead>
        <tr>
          <th scope="col">Equilibrium</th>
          {view.axes.map((a) => (
            <th key={a.label} scope="col" class="number">
              {a.label}
            </th>
          ))}
          <th scope="col" class="number">
            Gap
          </th>
        </tr>
      </thead>
      <tbody>
        <Row name="the point" loads={point.positionMw} gap={point.certificate.equilibriumGap} />
        {others.map(({ positionMw, equilibriumGap }, i) => (
          <Row key={i} name={`other ${i + 1}`} loads={positionMw} gap={equilibriumGap} />
        ))}
        <tr>
          <th scope="row">spread</th>
          {ranges.map(({ min, max }, k) => (
            <td key={k} class="number">
              {mw(max - min)}
            </td>
          ))}
          <td />
        </tr>
      </tbody>
    </table>
  );
}

function Row({ name, loads, gap }: { name: string; loads: readonly number[]; gap: number }) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {loads.map((x, k) => (
        <td key={k} class="number">
          {kw(x)}
        </td>
      ))}
      <td class="number">{scientific(gap)}</td>
    </tr>
  );
}

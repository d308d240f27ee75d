/** What stands behind a point: its certificate in words, each with what the number means. */
import { capLabel, money, mw, percent, pu, scientific, short } from '../labels.js';
import type { PointView, StudyView } from '../view-model.js';

interface Fact {
  name: string;
  value: string;
  means: string;
}

export function certificateFacts(point: PointView, view: StudyView): Fact[] {
  const c = point.certificate;
  const facts: Fact[] = [
    {
      name: 'Equilibrium gap',
      value: scientific(c.equilibriumGap),
      means: 'Excess cost of all travellers over their total travel-time cost; certified at 1e-6 or less.',
    },
    {
      name: 'Largest excess cost',
      value: `${short(c.maxExcessCost)} ${view.currency}`,
      means: 'The most that anyone could save by choosing otherwise.',
    },
    {
      name: 'Subsidy',
      value: `${money(c.subsidy)} ${view.currency}`,
      means: `All coupons paid; found under the budget ${capLabel(c.subsidyCap, view.currency)}.`,
    },
    {
      name: 'Uniqueness',
      value: c.unique ? 'same from a cold start' : 'a cold start differs',
      means: c.unique
        ? 'A cold solve from the coupons alone finds the same station loads.'
        : 'A cold solve from the coupons alone does not find these loads: there may be other equilibria. The flows are part of the plan.',
    },
  ];
  if (point.supportMw !== null) {
    facts.push({
      name: 'Support',
      value: `${mw(point.supportMw)} MW`,
      means:
        point.outerSupportMw === null
          ? 'Least value found along the direction.'
          : `Least value found along the direction; none is below ${mw(point.outerSupportMw)} MW.`,
    });
  }
  if (c.minVoltagePu !== null && c.maxVoltagePu !== null) {
    facts.push({
      name: 'Voltages',
      value: `${pu(c.minVoltagePu)} … ${pu(c.maxVoltagePu)} pu`,
      means: 'Lowest and highest over all buses and intervals, by an AC power flow.',
    });
  }
  if (c.maxLineLoading !== null) {
    facts.push({
      name: 'Line loading',
      value: percent(c.maxLineLoading),
      means: 'Largest current over its limit.',
    });
  }
  if (c.acMismatchMw !== null) {
    facts.push({
      name: 'AC mismatch',
      value: `${scientific(c.acMismatchMw)} MW`,
      means: 'Difference between the model’s power balance and an AC power flow.',
    });
  }
  if (c.fictitiousLossKw !== null) {
    facts.push({
      name: 'Fictitious loss',
      value: `${short(c.fictitiousLossKw)} kW`,
      means: 'Losses of the relaxation that the AC power flow does not have.',
    });
  }
  return facts;
}

export function Certificate({ point, view }: { point: PointView; view: StudyView }) {
  const certified = point.certificate.status === 'certified';
  return (
    <div class="certificate">
      <p class={certified ? 'verdict certified' : 'verdict uncertified'}>
        <span aria-hidden="true">{certified ? '✓ ' : '⚠ '}</span>
        {certified ? 'Certified' : `Not certified: ${point.certificate.status}`}
      </p>
      <dl class="facts">
        {view.axes.map((axis, k) => (
          <div key={`a${k}`} class="fact position">
            <dt>{axis.label}</dt>
            <dd>{`${mw(point.positionMw[k])} MW`}</dd>
          </div>
        ))}
        {certificateFacts(point, view).map((f) => (
          <div key={f.name} class="fact" title={f.means}>
            <dt>{f.name}</dt>
            <dd>{f.value}</dd>
            <dd class="means">{f.means}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

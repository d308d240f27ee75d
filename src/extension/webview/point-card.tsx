/** The chosen point in short, beside the picture. */
import { money, mw, scientific } from '../../report/labels.js';
import type { StudyView } from '../../report/view-model.js';
import type { Action, Model } from './model.js';

export function PointCard({
  model,
  view,
  dispatch,
}: {
  model: Model;
  view: StudyView;
  dispatch: (a: Action) => void;
}) {
  const point = view.points.find((p) => p.id === model.pointId);
  if (!point)
    return <p class="hint">Select a point in the picture or in the table to see how it comes about.</p>;
  const c = point.certificate;
  return (
    <div class="card" role="status">
      <h2>{point.kind === 'boundary' ? `Point ${point.label}` : point.label}</h2>
      <p>
        {view.axes.map((a, k) => `${a.label} ${mw(point.positionMw[k])} MW`).join(' · ')}
        <br />
        {c.status === 'certified' ? '✓ certified' : `⚠ ${c.status}`} · subsidy {money(c.subsidy)}{' '}
        {view.currency} · equilibrium gap {scientific(c.equilibriumGap)}
      </p>
      <button type="button" onClick={() => dispatch({ type: 'tab', tab: 'point' })}>
        Certificate, coupons and flows
      </button>
    </div>
  );
}

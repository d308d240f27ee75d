/** Questions to the region: an operating point to be found, bounds to be proven, prices, reinforcements. */
import { useEffect, useState } from 'preact/hooks';
import { money, mw } from '../../report/labels.js';
import type { QueryView, StudyView } from '../../report/view-model.js';
import type { Question } from '../region/protocol.js';
import type { Action, Model } from './model.js';

interface Props {
  model: Model;
  view: StudyView;
  dispatch: (action: Action) => void;
  onAsk: (question: Question) => void;
}

export function Questions(props: Props) {
  const { model, view, onAsk } = props;
  const running = model.run.kind === 'running';
  const others: [Question['kind'] & ('bounds' | 'prices' | 'sensitivities'), string, string][] = [
    [
      'bounds',
      'Compute bounds',
      'Proves how large each region can be at most: minutes; what is proven stays',
    ],
    ['prices', 'Map prices', 'Finds the least subsidy over the largest region: about a minute'],
    ['sensitivities', 'Rank reinforcements', 'What more budget, ports, coupons and line capacity would add'],
  ];
  return (
    <section class="questions" aria-label="Questions">
      <h2>Ask for an operating point</h2>
      <PointForm {...props} running={running} />
      {view.queries.length ? <Answers {...props} /> : null}
      <h2>Ask about the whole region</h2>
      <div class="commands">
        {others.map(([kind, name, title]) => (
          <button key={kind} type="button" disabled={running} title={title} onClick={() => onAsk({ kind })}>
            {name}
          </button>
        ))}
      </div>
      {view.timeline && view.timeline.index > 0 ? (
        <p class="hint">Answers are about {view.timeline.times[0]}, the first of the study’s times.</p>
      ) : null}
    </section>
  );
}

function PointForm({ model, view, dispatch, onAsk, running }: Props & { running: boolean }) {
  const chosen = view.points.find((p) => p.id === model.pointId)?.positionMw;
  const [texts, setTexts] = useState<string[]>(() => view.axes.map(() => ''));
  const [budget, setBudget] = useState(0);
  const fill = (target: readonly number[]) => setTexts(target.map((x) => String(Number(x.toFixed(3)))));
  // A place that was clicked in the picture.
  useEffect(() => {
    if (model.target) fill(model.target);
  }, [model.target]);
  const target = texts.map((text) => (text.trim() === '' ? NaN : Number(text)));
  const complete = target.length === view.axes.length && target.every(Number.isFinite);
  return (
    <form
      class="ask"
      onSubmit={(event) => {
        event.preventDefault();
        if (!complete || running) return;
        const region = view.regions[budget];
        onAsk({ kind: 'point', targetMw: target, subsidyCap: region ? region.subsidyCap : null });
      }}
    >
      {view.axes.map((axis, k) => (
        <label key={axis.label}>
          <span>{`${axis.label} (MW)`}</span>
          <input
            type="number"
            step="any"
            value={texts[k] ?? ''}
            onInput={(event) => {
              const next = view.axes.map((_, i) => (i === k ? event.currentTarget.value : (texts[i] ?? '')));
              setTexts(next);
              const numbers = next.map((text) => (text.trim() === '' ? NaN : Number(text)));
              dispatch({ type: 'target', targetMw: numbers.every(Number.isFinite) ? numbers : null });
            }}
          />
        </label>
      ))}
      <label>
        <span>Budget</span>
        <select value={budget} onChange={(event) => setBudget(Number(event.currentTarget.value))}>
          {view.regions.map((r, i) => (
            <option key={i} value={i}>
              {r.label}
            </option>
          ))}
          {view.regions.some((r) => r.subsidyCap === null) ? null : (
            <option value={view.regions.length}>any budget</option>
          )}
        </select>
      </label>
      <div class="commands">
        <button type="submit" class="primary" disabled={!complete || running}>
          Find coupons
        </button>
        {chosen ? (
          <button
            type="button"
            onClick={() => {
              fill(chosen);
              dispatch({ type: 'target', targetMw: [...chosen] });
            }}
          >
            Take the selected point
          </button>
        ) : null}
      </div>
    </form>
  );
}

function Answers({ model, view, dispatch }: Props) {
  return (
    <ul class="answers" aria-label="Answers">
      {view.queries.map((q) => (
        <li key={q.label} class={q.pointId !== null && q.pointId === model.pointId ? 'selected' : undefined}>
          <p>
            <strong>{q.label}</strong>
            {` ${q.targetMw.map((x) => mw(x)).join(', ')} MW within ${q.budget}: ${verdict(q, view.currency)}`}
            {q.reason ? <span class="reason">{` ${q.reason}`}</span> : null}
          </p>
          {q.pointId === null ? null : (
            <button
              type="button"
              class="link"
              onClick={() => dispatch({ type: 'point', pointId: q.pointId, open: true })}
            >
              {q.status === 'reached' ? 'Coupons and certificate' : 'The nearest point'}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** In one sentence; "not found" is no proof that there is nothing. */
export function verdict(
  { status, distanceMw, requiredSubsidy }: Pick<QueryView, 'status' | 'distanceMw' | 'requiredSubsidy'>,
  currency: string,
): string {
  const cost = requiredSubsidy === null ? null : `${money(requiredSubsidy)} ${currency}`;
  if (status === 'reached') return cost === null ? '✓ reached.' : `✓ reached for ${cost}.`;
  const elsewhere = cost === null ? '' : ` It takes ${cost}.`;
  if (status === 'none') return `✕ nothing could be certified near it.${elsewhere}`;
  return `○ not reached; the nearest point found is ${mw(distanceMw ?? 0)} MW away.${elsewhere}`;
}

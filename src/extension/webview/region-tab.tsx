/** The region itself: its picture, its budgets, and what they buy. */
import { useMemo, useRef } from 'preact/hooks';
import type { Palette } from '../../report/drawings/palette.js';
import { dash } from '../../report/drawings/palette.js';
import { regionMark } from '../../report/drawings/marks.js';
import { IntervalChart } from '../../report/drawings/interval-chart.js';
import { MeasureChart } from '../../report/drawings/measure-chart.js';
import { PolygonChart } from '../../report/drawings/polygon-chart.js';
import { RangesChart } from '../../report/drawings/ranges-chart.js';
import { placeSentence } from '../../report/dispatch-words.js';
import { measure, percent, signedPercent } from '../../report/labels.js';
import { upperBound } from '../../report/drawings/tables.js';
import { outerOutline, type OuterOutline } from '../../report/outer.js';
import type { EarlierRegion, StudyView } from '../../report/view-model.js';
import type { Action, Model } from './model.js';
import { AxesChoice } from './axes-choice.js';
import { Legend } from './legend.js';
import { Measured } from './measured.js';
import { PointCard } from './point-card.js';
import { Questions } from './questions.js';
import { Samples } from './samples.js';
import { Timeline } from './timeline.js';
import type { Question } from '../region/protocol.js';
import { SceneView, type SceneControl } from './scene-view.js';

interface Props {
  model: Model;
  view: StudyView;
  palette: Palette;
  dispatch: (action: Action) => void;
  scene: { current: SceneControl | null };
  onAsk: (question: Question) => void;
  onInterval: (index: number) => void;
}

export function RegionTab(props: Props) {
  const { model, view, palette, dispatch, onAsk, onInterval } = props;
  const projected = isProjected(model, view);
  const outer = useMemo(
    () =>
      outerOutline(
        view.regions,
        model.outer,
        model.hidden,
        projected ? (model.projection?.outerHulls ?? []) : undefined,
      ),
    [view, model.outer, model.hidden, projected, model.projection],
  );
  return (
    <>
      <Timeline view={view} onShow={onInterval} />
      <Budgets {...{ model, view, palette, dispatch }} />
      <Sentence view={view} />
      <div class="columns">
        <section class="picture" aria-label="Picture of the region">
          <Picture {...props} outer={outer} />
          <Legend {...{ view, palette, outer }} prices={model.prices} axes={model.axes.length} />
          <PointCard {...{ model, view, dispatch }} />
          <Questions {...{ model, view, dispatch, onAsk }} />
        </section>
        <section class="charts" aria-label="Charts">
          <h2>Size against budget</h2>
          <Measured>{(width) => <MeasureChart {...{ view, palette, width }} />}</Measured>
          <Samples {...{ view, onAsk }} running={model.run.kind === 'running'} />
          <h2>Range of each station</h2>
          <Measured>{(width) => <RangesChart {...{ view, palette, width }} />}</Measured>
        </section>
      </div>
    </>
  );
}

/** The picture shows fewer axes than the study has. */
const isProjected = (model: Model, view: StudyView) =>
  view.axes.length > 3 || model.axes.length < view.axes.length;

function Picture({ model, view, palette, dispatch, scene, outer }: Props & { outer: OuterOutline | null }) {
  const own = useRef<SceneControl | null>(null);
  const control = scene ?? own;
  const projected = isProjected(model, view);
  // The same as long as nothing else is shown: the scene is built anew from others, at each word about a run's progress.
  const whole = useMemo(() => view.regions.map((r) => r.hull), [view]);
  const hulls = projected ? model.projection?.hulls : whole;
  const hidden = new Set(model.hidden);
  const onSelect = (pointId: string) => dispatch({ type: 'point', pointId });
  const three = model.axes.length === 3;
  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="View">
        {three ? (
          <>
            <button type="button" onClick={() => control.current?.reset()} title="Reset the view (R)">
              Reset
            </button>
            {(['xy', 'xz', 'yz'] as const).map((plane, i) => (
              <button
                key={plane}
                type="button"
                onClick={() => control.current?.snap(plane)}
                title={`Look straight at this plane (${i + 1})`}
              >
                {planeName(view, model.axes, plane)}
              </button>
            ))}
          </>
        ) : null}
        {view.axes.length > 1 ? <AxesChoice {...{ view, axes: model.axes, dispatch }} /> : null}
        {view.prices ? (
          <label class="choice">
            <input
              type="checkbox"
              checked={model.prices}
              onChange={(e) => dispatch({ type: 'prices', shown: e.currentTarget.checked })}
            />
            <span>Prices</span>
          </label>
        ) : null}
        <OuterChoice {...{ model, view, outer, dispatch }} />
      </div>
      <Measured>
        {(width) => {
          if (!hulls) return <p class="notice">Projecting …</p>;
          // The picture and what stands above it fit the window without scrolling.
          const height = Math.round(Math.max(300, Math.min(width * 0.82, window.innerHeight * 0.62)));
          if (three) {
            return (
              <SceneView
                growing={model.run.kind === 'running'}
                {...{ view, hulls, projected, palette, width, height, control, outer }}
                axes={model.axes}
                prices={model.prices}
                target={model.target}
                hidden={model.hidden}
                pointId={model.pointId}
                camera={model.camera}
                onCamera={(camera) => dispatch({ type: 'camera', camera })}
                onPoint={(id) => id && onSelect(id)}
              />
            );
          }
          const common = {
            view,
            palette,
            width,
            hidden,
            onSelect,
            axes: model.axes,
            selected: model.pointId,
            target: model.target,
            prices: model.prices,
          };
          const onPlace = (place: [number, number]) => {
            // Axes that the picture does not show keep what was typed or chosen.
            const now = model.target ?? chosenPosition(model, view) ?? view.axes.map(() => 0);
            const at = (k: number) => Number(place[model.axes.indexOf(k)].toFixed(3));
            const targetMw = now.map((x, k) => (model.axes.includes(k) ? at(k) : x));
            dispatch({ type: 'target', targetMw });
          };
          if (model.axes.length === 2)
            return (
              <PolygonChart
                {...common}
                {...{ height, onPlace, outer }}
                hulls={projected ? hulls : undefined}
              />
            );
          return <IntervalChart {...common} outer={model.outer !== null} />;
        }}
      </Measured>
      {three ? (
        <p id="scene-keys" class="keys">
          Drag or arrow keys turn, wheel or + − zoom, R resets, 1 2 3 snap to a plane, [ ] step through the
          points.
        </p>
      ) : null}
    </>
  );
}

/** Which of the proven outer regions is drawn; several at once would hide each other and what they hold. */
function OuterChoice({
  model,
  view,
  outer,
  dispatch,
}: Pick<Props, 'model' | 'view' | 'dispatch'> & { outer: OuterOutline | null }) {
  const proven = view.regions.flatMap((r, i) => (r.outer ? [i] : []));
  if (!proven.length) return null;
  const onRegion = (region: number | null) => dispatch({ type: 'outer', region });
  if (model.axes.length === 1) {
    return (
      <label class="choice">
        <input
          type="checkbox"
          checked={model.outer !== null}
          onChange={(e) => onRegion(e.currentTarget.checked ? proven[proven.length - 1] : null)}
        />
        <span>Proven ends</span>
      </label>
    );
  }
  return (
    <label class="choice">
      <span>Proven outside</span>
      <select
        value={outer ? String(outer.region) : ''}
        onChange={(e) => onRegion(e.currentTarget.value === '' ? null : Number(e.currentTarget.value))}
      >
        <option value="">none</option>
        {proven.map((i) => (
          <option key={i} value={String(i)}>
            {view.regions[i].label}
          </option>
        ))}
      </select>
    </label>
  );
}

const chosenPosition = (model: Model, view: StudyView) =>
  view.points.find((p) => p.id === model.pointId)?.positionMw;

function planeName(view: StudyView, axes: readonly number[], plane: 'xy' | 'xz' | 'yz'): string {
  const at = { xy: [0, 1], xz: [0, 2], yz: [1, 2] }[plane];
  return at
    .map((k) => view.axes[axes[k]])
    .map((a) => (sameTime(view) ? a.station : a.label))
    .join(' × ');
}

const sameTime = (view: StudyView) => new Set(view.axes.map((a) => a.interval)).size === 1;

/** One card for each budget: its mark, its size, what it adds; hides and shows its body. */
function Budgets({ model, view, palette, dispatch }: Pick<Props, 'model' | 'view' | 'palette' | 'dispatch'>) {
  return (
    <ul class="budgets" aria-label="Budgets">
      {view.regions.map((r, i) => {
        const hidden = model.hidden.includes(i);
        const colour = palette.cap(i, view.regions.length);
        return (
          <li key={i}>
            <button
              type="button"
              class={hidden ? 'budget hidden' : 'budget'}
              aria-pressed={!hidden}
              title={hidden ? 'Show this region' : 'Hide this region'}
              onClick={() => dispatch({ type: 'toggle', region: i })}
            >
              <span class="budget-name">
                <svg width="30" height="12" aria-hidden="true">
                  <line y1="6" x2="30" y2="6" stroke={colour} stroke-width="2" stroke-dasharray={dash(i)} />
                  <path d={regionMark(i, 60)} transform="translate(15,6)" fill={colour} />
                </svg>
                {r.label}
              </span>
              {r.infeasible ? (
                <span class="budget-size">none</span>
              ) : (
                <span class="budget-size" data-testid={`volume-${i}`} data-measure={r.measure}>
                  {measure(r.measure)} <small>{r.unit}</small>
                </span>
              )}
              <span class="budget-note">
                {r.gain === null ? `${r.pointCount} points` : signedPercent(r.gain)}
                {r.estimatedGap === null ? '' : ` · gap ≈\u00a0${percent(r.estimatedGap)}`}
              </span>
              {r.outerMeasure === null ? null : (
                <span class="budget-note" data-testid={`bound-${i}`}>{`at most ${upperBound(r)}`}</span>
              )}
              {view.earlier?.[i] ? (
                <span class="budget-note" data-testid={`before-${i}`}>
                  {difference(view.earlier[i])}
                </span>
              ) : null}
            </button>
            {r.infeasible ? <p class="reason">{r.infeasible.message}</p> : null}
          </li>
        );
      })}
    </ul>
  );
}

/** "was 54.9 MW³, now +4%; 2.1 lost, 4.3 won". */
function difference({ measure: size, unit, change, shared }: EarlierRegion): string {
  // What is less than a thousandth of a region is rounding.
  const part = (value: number) => measure(value < size / 1000 ? 0 : value);
  const moved = shared ? `; ${part(shared.onlyBefore)} lost, ${part(shared.onlyAfter)} won` : '';
  return `was ${measure(size)} ${unit}${change === null ? '' : `, now ${signedPercent(change)}`}${moved}`;
}

/** The picture in one sentence each: where it saturates, and where the operating point lies. */
function Sentence({ view }: { view: StudyView }) {
  return (
    <>
      {view.dispatches.map((d) => {
        if (d.pointId === null) {
          const reason = d.tiers.find((t) => t.reason !== null)?.reason;
          return (
            <p key={d.study} class="sentence">
              <strong>{d.study}</strong> has no feasible operating point{reason ? `: ${reason}` : ''}.
            </p>
          );
        }
        return (
          <p key={d.study} class="sentence">
            <strong>{d.study}</strong>
            {placeSentence(d, view.currency)}.
          </p>
        );
      })}
      {view.statics.some((s) => s.dimension < view.axes.length) ? (
        <p class="sentence">
          The static model’s region is flat: within one of its intervals every driver is somewhere, so the
          total load is fixed.
        </p>
      ) : null}
    </>
  );
}

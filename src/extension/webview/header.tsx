/** Title, state and commands: what is shown, whether it is true of the file as it stands, and what can be done. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { duration, mw } from '../../report/labels.js';
import type { ExportKind, RunProgress } from '../region/protocol.js';
import type { Model } from './model.js';

interface Props {
  model: Model;
  onRun: () => void;
  onCancel: () => void;
  onExport: (kind: ExportKind) => void;
}

/**
 * The button that starts a run stands where that for stopping it stood: a click that comes so soon after the end of a run
 * was meant for the latter, and would throw away what the run has found.
 */
const MEANT_TO_STOP_MS = 700;

export function Header({ model, onRun, onCancel, onExport }: Props) {
  const running = model.run.kind === 'running';
  const ended = useRef(-Infinity);
  useLayoutEffect(
    () => () => {
      if (running) ended.current = performance.now();
    },
    [running],
  );
  const run = () => {
    if (performance.now() - ended.current > MEANT_TO_STOP_MS) onRun();
  };
  return (
    <header>
      <div class="title">
        <h1>{model.study || 'Flexible operation region'}</h1>
        <p>{model.view?.title ?? model.file}</p>
      </div>
      <div class="commands">
        {running ? (
          <button type="button" onClick={onCancel} aria-disabled={model.stopping}>
            Cancel
          </button>
        ) : (
          <button
            type="button"
            class={model.view && !model.view.partial ? undefined : 'primary'}
            onClick={run}
          >
            {model.view ? 'Run again' : 'Run'}
          </button>
        )}
        {model.view ? <ExportMenu onExport={onExport} /> : null}
      </div>
      <Banner model={model} onRun={onRun} />
    </header>
  );
}

const EXPORTS: [ExportKind, string][] = [
  ['svg', 'This view as SVG'],
  ['png', 'This view as PNG'],
  ['csv', 'Points as CSV'],
  ['json', 'Result as JSON'],
  ['halfspaces', 'Half-spaces A·P ≤ b as JSON'],
  ['matlab', 'Half-spaces as MATLAB'],
  ['python', 'Half-spaces as Python'],
  ['html', 'Report as HTML'],
];

function ExportMenu({ onExport }: { onExport: (kind: ExportKind) => void }) {
  return (
    <label class="choice">
      <span class="visually-hidden">Export</span>
      <select
        value=""
        onChange={(e) => {
          onExport(e.currentTarget.value as ExportKind);
          e.currentTarget.value = '';
        }}
      >
        <option value="" disabled>
          Export …
        </option>
        {EXPORTS.map(([kind, name]) => (
          <option key={kind} value={kind}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

function Banner({ model, onRun }: { model: Model; onRun: () => void }) {
  const { run, stopping, stale, view } = model;
  return (
    <div role="status" aria-live="polite" class="banners">
      {run.kind === 'running' && !stopping ? <Progress progress={run.progress} kept={view !== null} /> : null}
      {stopping ? (
        <p class="banner cancelled">
          <strong>■ Cancelling …</strong>
        </p>
      ) : null}
      {run.kind === 'failed' ? (
        <p class="banner failed">
          <strong>✕ The study failed.</strong> {run.message}
          {view ? ' The picture shows what was found before.' : ''}
        </p>
      ) : null}
      {run.kind === 'cancelled' ? (
        <p class="banner cancelled">
          <strong>■ Cancelled.</strong>{' '}
          {view ? 'What was found until then is kept' : 'Nothing was found before'}
          {view?.partial ? '; the regions can only grow with more points.' : '.'}
        </p>
      ) : null}
      {stale && view && run.kind !== 'running' ? (
        <p class="banner stale">
          <strong>⟳ Stale.</strong> The file has changed since this was computed.{' '}
          <button type="button" class="primary" onClick={onRun}>
            Run
          </button>
        </p>
      ) : null}
      {view?.partial && run.kind === 'idle' && !stale ? (
        <p class="banner partial">
          <strong>◔ Partial.</strong> The study ended before its last point: these are inner regions, larger
          ones may exist.
        </p>
      ) : null}
    </div>
  );
}

function Progress({ progress, kept }: { progress: RunProgress | null; kept: boolean }) {
  if (!progress) return <p class="banner running">Starting the solver …</p>;
  const { phase, done, total, budget, direction, elapsedSeconds, remainingSeconds } = progress;
  const share = total ? Math.min(1, done / total) : undefined;
  const left = remainingSeconds === null ? '' : `, about ${duration(remainingSeconds)} left`;
  return (
    <div class="banner running">
      <p aria-live="off">
        <strong>{capitalised(phase)}</strong>
        {budget ? ` under ${budget}` : ''}
        {direction ? ` along (${direction.map((d) => mw(d)).join(', ')})` : ''}
        {` · ${done}${total === null ? '' : ` of ${total}`}, ${duration(elapsedSeconds)}${left}`}
        {kept ? ' · the picture grows as points arrive' : ''}
      </p>
      <progress aria-label="Progress of the study" value={share} max={1} />
    </div>
  );
}

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The panel: what it shows in each of its states. */
import { useEffect, useReducer, useRef } from 'preact/hooks';
import { QueriesTable, ReinforcementsTable } from '../../report/drawings/question-tables.js';
import { OuterTable } from '../../report/drawings/outer-table.js';
import { SamplesTable } from '../../report/drawings/samples-table.js';
import { DispatchTables, PointsTable, RegionsTable } from '../../report/drawings/tables.js';
import type { Element, ExportKind, Question } from '../region/protocol.js';
import { exportPicture } from './export-picture.js';
import { Header } from './header.js';
import { MapTab } from './map-tab.js';
import { initialModel, stateOf, update, type Tab } from './model.js';
import { PointTab } from './point-tab.js';
import { RegionTab } from './region-tab.js';
import type { SceneControl } from './scene-view.js';
import { Tabs } from './tabs.js';
import { usePalette } from './theme.js';
import { listen, loadState, saveState, send } from './vscode-api.js';

export function App({ uri, study }: { uri: string; study: string }) {
  const [model, dispatch] = useReducer(update, null, () => initialModel(loadState(), study));
  const palette = usePalette();
  const scene = useRef<SceneControl | null>(null);
  const { view, run } = model;

  useEffect(() => {
    listen((message) => dispatch({ type: 'message', message }));
    send({ type: 'ready' });
  }, []);
  // From the first moment on: a window may be reloaded before the panel has said anything.
  useEffect(() => saveState(stateOf(model, uri)), [model]);
  useEffect(() => {
    if (model.pointId && view) send({ type: 'selectPoint', pointId: model.pointId });
  }, [model.pointId, view]);
  useEffect(() => {
    const whole = view && view.axes.length <= 3 && model.axes.length === view.axes.length;
    if (view && !whole) send({ type: 'project', axes: model.axes });
  }, [view, model.axes]);

  const reveal = (kind: Element['kind'], id: string) => send({ type: 'reveal', element: { kind, id } });
  const onAsk = (question: Question) => send({ type: 'ask', question });
  const onExport = (kind: ExportKind) => {
    if (kind !== 'svg' && kind !== 'png') return send({ type: 'export', kind });
    void exportPicture(kind, model, palette, scene.current?.camera() ?? null).then((content) =>
      send({ type: 'export', kind, content, view: model.tab }),
    );
  };
  return (
    <main data-run={run.kind} data-stale={model.stale} data-points={view?.points.length ?? 0}>
      <Header
        {...{ model, onExport }}
        onRun={() => send({ type: 'run' })}
        onCancel={() => {
          if (model.stopping) return;
          dispatch({ type: 'cancel' });
          send({ type: 'cancel' });
        }}
      />
      {view ? (
        <Tabs tab={model.tab} onTab={(tab: Tab) => dispatch({ type: 'tab', tab })}>
          {model.tab === 'region' ? (
            <RegionTab
              {...{ model, view, palette, dispatch, scene, onAsk }}
              onInterval={(index) => send({ type: 'showInterval', index })}
            />
          ) : null}
          {model.tab === 'point' ? <PointTab {...{ model, view, palette, dispatch, reveal, onAsk }} /> : null}
          {model.tab === 'map' ? (
            <MapTab
              {...{ model, view, palette, dispatch, reveal }}
              needMap={() => send({ type: 'needMap' })}
            />
          ) : null}
          {model.tab === 'table' ? (
            <div class="tables">
              <RegionsTable view={view} />
              <OuterTable view={view} />
              <ReinforcementsTable view={view} />
              <QueriesTable view={view} />
              <SamplesTable view={view} />
              <DispatchTables view={view} heading="h2" />
              <PointsTable
                view={view}
                selected={model.pointId}
                onSelect={(pointId) => dispatch({ type: 'point', pointId })}
              />
            </div>
          ) : null}
        </Tabs>
      ) : (
        <Empty running={run.kind === 'running'} heard={model.heard} study={model.study} file={model.file} />
      )}
    </main>
  );
}

function Empty({
  running,
  heard,
  study,
  file,
}: {
  running: boolean;
  heard: boolean;
  study: string;
  file: string;
}) {
  if (!heard) return <p class="notice">Opening …</p>;
  return (
    <section class="empty">
      <svg
        width="160"
        height="120"
        viewBox="0 0 160 120"
        aria-hidden="true"
        class={running ? 'breathing' : undefined}
      >
        {[1, 0.72, 0.45].map((s) => (
          <path
            key={s}
            transform={`translate(80,62) scale(${s})`}
            d="M-62,8L-30,-38L22,-46L60,-14L48,30L-8,46Z"
            fill="currentColor"
            fill-opacity="0.06"
            stroke="currentColor"
            stroke-opacity="0.5"
            stroke-dasharray={s === 1 ? undefined : '4 3'}
          />
        ))}
      </svg>
      {running ? (
        <p>The first points of {study} are on their way. The region grows here as they arrive.</p>
      ) : (
        <>
          <p>
            {study ? `${study} in ${file} has not been run yet.` : 'No study has been run yet.'}{' '}
            <strong>Run</strong> finds the station loads that coupons can bring about under each budget, with
            a certificate for every point.
          </p>
        </>
      )}
    </section>
  );
}

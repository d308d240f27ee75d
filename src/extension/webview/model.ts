/** Everything the panel knows, and how messages and the user change it: a pure function of the two. */
import type { Element, PanelState, RunStatus, ToWebview } from '../region/protocol.js';
import { PANEL_PROTOCOL_VERSION } from '../region/protocol.js';
import type { MapView, PointDetail, Projection, StudyView } from '../../report/view-model.js';

export type Tab = PanelState['tab'];

export interface Model {
  study: string;
  file: string;
  run: RunStatus;
  /** Cancel was pressed, and nobody has said yet that the run is over. */
  stopping: boolean;
  stale: boolean;
  /** True from the first word of the panel on; before it there is nothing to say. */
  heard: boolean;
  view: StudyView | null;
  detail: PointDetail | null;
  map: MapView | null;
  projection: Projection | null;
  element: Element | null;
  tab: Tab;
  pointId: string | null;
  /** Interval that map and voltage profile show. */
  interval: number | null;
  hidden: number[];
  axes: number[];
  camera: PanelState['camera'];
  /** An operating point that is to be asked for, MW; not kept. */
  target: number[] | null;
  /** Show what operating points cost, where that is known. */
  prices: boolean;
  /** Region whose proven outside is drawn; null for none, undefined for the largest that has one. */
  outer: number | null | undefined;
}

export type Action =
  | { type: 'message'; message: ToWebview }
  | { type: 'cancel' }
  | { type: 'tab'; tab: Tab }
  | { type: 'point'; pointId: string | null; open?: boolean }
  | { type: 'interval'; interval: number }
  | { type: 'toggle'; region: number }
  | { type: 'axes'; axes: number[] }
  | { type: 'camera'; camera: NonNullable<PanelState['camera']> }
  | { type: 'element'; element: Element }
  | { type: 'target'; targetMw: number[] | null }
  | { type: 'prices'; shown: boolean }
  | { type: 'outer'; region: number | null };

export function initialModel(state: PanelState | null, study = ''): Model {
  return {
    study: state?.study ?? study,
    file: '',
    run: { kind: 'idle' },
    stopping: false,
    stale: false,
    heard: false,
    view: null,
    detail: null,
    map: null,
    projection: null,
    element: null,
    tab: state?.tab ?? 'region',
    pointId: state?.pointId ?? null,
    interval: state?.interval ?? null,
    hidden: state?.hidden ?? [],
    axes: state?.axes ?? [0, 1, 2],
    camera: state?.camera ?? null,
    target: null,
    prices: true,
    outer: state?.outer,
  };
}

export function update(model: Model, action: Action): Model {
  switch (action.type) {
    case 'message':
      return receive(model, action.message);
    case 'cancel':
      return { ...model, stopping: true };
    case 'tab':
      return { ...model, tab: action.tab };
    case 'point':
      return { ...model, pointId: action.pointId, tab: action.open ? 'point' : model.tab };
    case 'interval':
      return { ...model, interval: action.interval };
    case 'toggle': {
      const hidden = model.hidden.includes(action.region)
        ? model.hidden.filter((r) => r !== action.region)
        : [...model.hidden, action.region];
      return { ...model, hidden };
    }
    case 'axes':
      return { ...model, axes: action.axes, projection: null };
    case 'camera':
      return { ...model, camera: action.camera };
    case 'element':
      return { ...model, element: action.element };
    case 'target':
      return { ...model, target: action.targetMw };
    case 'prices':
      return { ...model, prices: action.shown };
    case 'outer':
      return { ...model, outer: action.region };
  }
}

function receive(model: Model, message: ToWebview): Model {
  switch (message.type) {
    case 'status': {
      const { study, file, run, stale } = message;
      // What was said before Cancel was heard may still be on its way.
      const stopping = model.stopping && run.kind === 'running';
      return { ...model, heard: true, study, file, run, stopping, stale };
    }
    case 'view': {
      const { view } = message;
      if (!view) return { ...model, heard: true, view: null, detail: null };
      const axes = model.axes.filter((a) => a < view.axes.length);
      // A point that is gone is not selected any more; the operating point is what one asks about first.
      const known = view.points.some((p) => p.id === model.pointId);
      return {
        ...model,
        heard: true,
        view,
        axes: axes.length ? axes : view.axes.slice(0, 3).map((_, k) => k),
        pointId: known
          ? model.pointId
          : (view.dispatches[0]?.pointId ?? view.points.find((p) => p.kind === 'coupon-free')?.id ?? null),
        projection: null,
        detail: null,
      };
    }
    case 'detail':
      return message.detail.pointId === model.pointId ? { ...model, detail: message.detail } : model;
    case 'map':
      return { ...model, map: message.map };
    case 'projection':
      return { ...model, projection: message.projection };
    case 'element':
      return { ...model, element: message.element };
  }
}

/** What is kept across a reload of the window. */
export function stateOf(model: Model, uri: string): PanelState {
  const { study, tab, pointId, interval, hidden, axes, camera, outer } = model;
  return { version: PANEL_PROTOCOL_VERSION, uri, study, tab, pointId, interval, hidden, axes, camera, outer };
}

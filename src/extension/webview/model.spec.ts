import { describe, expect, it } from 'vitest';
import { syntheticResult } from '../../../test/fixtures/synthetic-result.js';
import { deriveStudyView } from '../../report/derive.js';
import { PANEL_PROTOCOL_VERSION, PanelState } from '../region/protocol.js';
import { subsets } from './axes-choice.js';
import { initialModel, stateOf, update, type Model } from './model.js';
import { themeKind } from './theme.js';

const version = PANEL_PROTOCOL_VERSION;
const view = deriveStudyView(syntheticResult({ points: 16 }), 'Region')!;
const withView = update(initialModel(null), { type: 'message', message: { version, type: 'view', view } });

describe('the panel’s model', () => {
  it('starts with the operating point chosen', () => {
    expect(withView.pointId).toBe('dispatch:Reserve');
    expect(withView.axes).toEqual([0, 1, 2]);
  });

  it('keeps a chosen point while the picture grows, and lets go of one that is gone', () => {
    const chosen = update(withView, { type: 'point', pointId: '1/2' });
    const grown = update(chosen, { type: 'message', message: { version, type: 'view', view: { ...view } } });
    expect(grown.pointId).toBe('1/2');
    const fewer = { ...view, points: view.points.filter((p) => p.region !== 1) };
    expect(update(chosen, { type: 'message', message: { version, type: 'view', view: fewer } }).pointId).toBe(
      'dispatch:Reserve',
    );
  });

  it('takes no detail of another point', () => {
    const detail = {
      ...{ pointId: '0/0', stations: [], coupons: [], marginCoupons: null, routes: [] },
      ...{ linkLoading: {}, voltage: null },
    };
    expect(
      update(withView, { type: 'message', message: { version, type: 'detail', detail } }).detail,
    ).toBeNull();
  });

  it('hides and shows a region', () => {
    const hidden = update(withView, { type: 'toggle', region: 2 });
    expect(hidden.hidden).toEqual([2]);
    expect(update(hidden, { type: 'toggle', region: 2 }).hidden).toEqual([]);
  });

  it('comes back from its state as it was left', () => {
    let model: Model = { ...withView, study: 'Region', tab: 'map', interval: 4, hidden: [1] };
    model = update(model, { type: 'camera', camera: { azimuth: 1, elevation: 0.2, zoom: 2 } });
    const kept = PanelState.parse(JSON.parse(JSON.stringify(stateOf(model, 'file:///a.v2g'))));
    const restored = initialModel(kept);
    for (const key of ['study', 'tab', 'interval', 'hidden', 'camera', 'axes', 'pointId'] as const) {
      expect(restored[key]).toEqual(model[key]);
    }
  });
});

it('offers every projection of four axes', () => {
  const all = subsets(4);
  expect(all.filter((s) => s.length === 3)).toHaveLength(4);
  expect(all.filter((s) => s.length === 2)).toHaveLength(6);
  expect(all).toHaveLength(14);
  expect(subsets(3)[0]).toEqual([0, 1, 2]);
});

it('knows the four kinds of themes by the classes of the body', () => {
  const kind = (...names: string[]) => themeKind({ classList: { contains: (n) => names.includes(n) } });
  expect(kind('vscode-light')).toBe('light');
  expect(kind('vscode-dark')).toBe('dark');
  expect(kind('vscode-high-contrast')).toBe('high-contrast');
  expect(kind('vscode-high-contrast', 'vscode-high-contrast-light')).toBe('high-contrast-light');
});

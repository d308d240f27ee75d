import { describe, expect, it } from 'vitest';
import { syntheticResult } from '../../test/fixtures/synthetic-result.js';
import type { CharacterizeResult, PointQuery } from '../solver/result.js';
import { derivePointDetail } from './derive-point.js';
import { deriveStudyView, findPoint } from './derive.js';
import { sampleSentence } from './drawings/samples-table.js';

const base = syntheticResult({ points: 24 });
const region = base.studies[0] as CharacterizeResult;
const withRegion = (over: Partial<CharacterizeResult>) => ({
  ...base,
  studies: [{ ...region, ...over }, ...base.studies.slice(1)],
});
const reached: PointQuery = {
  targetMw: [1, 1, 1],
  subsidyCap: 2000,
  status: 'reached',
  point: region.regions[0].points[2],
  distanceMw: 1e-5,
  requiredSubsidy: 812,
  reason: null,
  seconds: 0.2,
};
const none: PointQuery = {
  ...reached,
  status: 'none',
  point: null,
  distanceMw: null,
  requiredSubsidy: null,
  reason: { message: 'all ports are taken', limits: [] },
};

describe('what was asked of a region', () => {
  it('stands among its points, under a name that finds its plan', () => {
    const file = withRegion({ queries: [none, reached] });
    const view = deriveStudyView(file, 'Region')!;
    expect(view.queries.map((q) => [q.label, q.status, q.pointId, q.reason])).toEqual([
      ['Q1', 'none', null, 'all ports are taken'],
      ['Q2', 'reached', 'query:1', null],
    ]);
    expect(view.points.at(-1)).toMatchObject({ id: 'query:1', kind: 'query', label: 'Q2' });
    expect(findPoint(file, 'Region', 'query:1')).toBe(reached.point);
    expect(findPoint(file, 'Region', 'query:0')).toBeUndefined();
  });

  it('tells what else the coupons of a point bring about; the coupons of the margin stand in its detail', () => {
    const [first] = region.regions;
    const other = { positionMw: [1, 2, 3], equilibriumGap: 1e-12, flows: first.points[0].plan.flows };
    const margin = {
      ...{ perVehicle: 0.2, coupons: first.points[1].plan.coupons, subsidy: 620, extraSubsidy: 20 },
      ...{ equilibriumGap: 1e-12, ranges: [], starts: 200, settled: 190 },
    };
    const spread = {
      ...{ verdict: 'several' as const, ranges: [{ min: 1, max: 2 }], starts: 200, settled: 180 },
      ...{ equilibria: [other], midwayGap: 3e-6, margin, marginReason: null },
    };
    const points = first.points.map((p, i) => (i === 1 ? { ...p, spread } : p));
    const file = withRegion({ regions: [{ ...first, points }, ...region.regions.slice(1)] });
    const { points: views } = deriveStudyView(file, 'Region')!;
    expect(views.map((p) => p.spread?.verdict ?? null).slice(0, 3)).toEqual([null, 'several', null]);
    const shown = views[1].spread!;
    expect(shown.others).toEqual([{ positionMw: [1, 2, 3], equilibriumGap: 1e-12 }]);
    expect(shown.margin).toMatchObject({ extraSubsidy: 20 });
    expect(JSON.stringify(shown)).not.toMatch(/flows|coupons/);
    const detail = derivePointDetail(file, '0/1', findPoint(file, 'Region', '0/1')!);
    expect(detail.marginCoupons).toBe(margin.coupons);
    expect(derivePointDetail(file, '0/0', findPoint(file, 'Region', '0/0')!).marginCoupons).toBeNull();
  });

  it('tells how much of a hull random points found filled', () => {
    const missed = { ...none, requiredSubsidy: 2100, targetMw: [0, 1, 2], seconds: 0.5 };
    const samples = [
      { subsidyCap: 2000, seed: 5, reached: 2, queries: [reached, reached, missed], complete: true },
      { subsidyCap: 1000, seed: 1, reached: 0, queries: [], complete: false },
    ];
    const { samples: views } = deriveStudyView(withRegion({ samples }), 'Region')!;
    expect(views[0]).toEqual({
      ...{ label: '2,000 CNY', seed: 5, asked: 3, reached: 2, complete: true },
      subsidy: { median: 812, largest: 2100 },
      milliseconds: { median: 200, most: 500 },
      missed: [{ targetMw: [0, 1, 2], requiredSubsidy: 2100, reason: 'all ports are taken' }],
    });
    expect(views[1]).toMatchObject({ asked: 0, subsidy: null, milliseconds: null, missed: [] });
    expect(sampleSentence(views[0], 'CNY')).toBe(
      '2,000 CNY: 2 of 3 random points inside the hull are reached within the budget (67%), half of them for 812 CNY or less. One more takes 2,100 CNY.',
    );
  });

  it('knows which bounds know the budget', () => {
    const [first, second] = region.regions;
    const bounded = [
      { ...first, outerMeasure: 9 },
      { ...second, outerMeasure: 8, outerHalfspaces: [] },
    ];
    const { regions } = deriveStudyView(withRegion({ regions: bounded }), 'Region')!;
    expect(regions.map((r) => [r.outerMeasure, r.outerKnowsBudget])).toEqual([
      [9, false],
      [8, true],
    ]);
  });

  it('takes certified prices before estimates, and none where there is no point', () => {
    const { subsidyCap, hull } = region.regions[0];
    const prices = hull.vertices.map((_, i) => (i === 0 ? Infinity : 100 + i));
    const priceMap = {
      subsidyCap,
      vertices: [{ subsidyCap, subsidy: prices }],
      grid: {
        originMw: [0, 0, 0],
        stepMw: [1, 1, 1],
        counts: [3, 1, 1],
        estimate: [50, 60, null],
        certified: [null, 70, null],
      },
      queries: [],
    };
    const view = deriveStudyView(withRegion({ priceMap }), 'Region')!.prices!;
    expect(view.grid.money).toEqual([50, 70, null]);
    expect([view.least, view.nodes, view.certified]).toEqual([50, 2, 1]);
    expect(view.vertices[0].slice(0, 2)).toEqual([null, 101]);
    expect(view.vertices[1].every((v) => v === null)).toBe(true);
  });
});

describe('regions over time', () => {
  const later = {
    interval: 7,
    axes: region.axes.map((a) => ({ ...a, interval: 7 })),
    partial: false,
    couponFree: null,
    regions: region.regions.slice(0, 1),
  };
  const file = withRegion({ laterIntervals: [later], queries: [reached] });

  it('are shown one at a time, in one frame', () => {
    const [first, second] = [0, 1].map((interval) => deriveStudyView(file, 'Region', { interval })!);
    expect(first.timeline).toMatchObject({ times: ['18:00', '18:10'], index: 0 });
    expect(second.timeline).toEqual({ ...first.timeline, index: 1 });
    expect(second.axes[0].label).toBe('CS1 18:10');
    expect([first.regions.length, second.regions.length]).toEqual([region.regions.length, 1]);
    expect([second.queries, second.dispatches, second.statics]).toEqual([[], [], []]);
    expect(deriveStudyView(file, 'Region', { interval: 9 })!.timeline!.index).toBe(1);
  });

  it('have points of their own', () => {
    expect(findPoint(file, 'Region', 'free', 0)).toBe(region.couponFree);
    expect(findPoint(file, 'Region', 'free', 1)).toBeUndefined();
  });
});

describe('the file as it was before', () => {
  const smaller = withRegion({ regions: region.regions.map((r) => ({ ...r, measure: r.measure / 2 })) });

  it('stands beside the one of now, budget by budget', () => {
    const { earlier } = deriveStudyView(base, 'Region', { earlier: smaller })!;
    expect(earlier?.map((r) => r?.change)).toEqual(region.regions.map(() => 1));
    // The same hull: nothing is lost or won but what was made up.
    expect(earlier?.[0]?.shared?.both).toBeCloseTo(region.regions[0].measure, 6);
    expect(earlier?.[0]?.hull).toBe(region.regions[0].hull);
  });

  it('is not held against other axes', () => {
    const other = withRegion({ axes: region.axes.map((a) => ({ ...a, interval: 3 })) });
    expect(deriveStudyView(base, 'Region', { earlier: other })!.earlier).toBeNull();
  });
});

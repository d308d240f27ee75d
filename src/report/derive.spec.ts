import { describe, expect, it } from 'vitest';
import { loadPlainly } from '../../test/fixtures/plain-loading.js';
import { syntheticResult } from '../../test/fixtures/synthetic-result.js';
import type { CharacterizeResult } from '../solver/result.js';
import { deriveStudyView, findPoint } from './derive.js';
import { derivePointDetail } from './derive-point.js';
import { loadPlan } from './loading.js';
import { projectRegions } from './project.js';
import { StudyView } from './view-model.js';

const file = syntheticResult({ points: 40 });
const view = deriveStudyView(file, 'Region')!;

describe('the view of a study', () => {
  it('fits its schema and survives JSON', () => {
    expect(StudyView.parse(JSON.parse(JSON.stringify(view)))).toEqual(view);
  });

  it('shows the measures of the file and the gain of each budget', () => {
    const regions = (file.studies[0] as CharacterizeResult).regions;
    expect(view.regions.map((r) => r.measure)).toEqual(regions.map((r) => r.measure));
    expect(view.regions[0].gain).toBeNull();
    expect(view.regions[1].gain).toBeCloseTo(regions[1].measure / regions[0].measure - 1, 12);
    expect(view.regions[0].unit).toBe('MW³');
    expect(view.regions[1].label).toBe('2,000 CNY');
    expect(view.axes[0].label).toBe('CS1 18:00');
  });

  it('is found from the studies that refer to it', () => {
    expect(deriveStudyView(file, 'Reserve')?.study).toBe('Region');
    expect(deriveStudyView(file, 'DynamicVsStatic')?.study).toBe('Region');
    expect(deriveStudyView(file, 'Nowhere')).toBeUndefined();
  });

  it('names each point so that it is found again', () => {
    for (const p of view.points) expect(findPoint(file, 'Region', p.id)?.positionMw).toEqual(p.positionMw);
    expect(new Set(view.points.map((p) => p.id)).size).toBe(view.points.length);
    expect(findPoint(file, 'Region', '9/9')).toBeUndefined();
  });

  it('marks where the distance of the dispatch point ends, on the boundary', () => {
    const foot = view.dispatches[0].distances[3].footMw!;
    const slack = view.regions[3].hull.halfspaces.map(
      (h) => h.offset - h.normal.reduce((s, n, k) => s + n * foot[k], 0),
    );
    expect(Math.min(...slack)).toBeCloseTo(0, 9);
  });
});

describe('the detail of a point', () => {
  const point = findPoint(file, 'Region', '1/3')!;
  const detail = derivePointDetail(file, '1/3', point);

  it('derives the occupancy that the station loads come from', () => {
    const loads = loadPlainly(file.scenario, point.plan.flows);
    for (const s of detail.stations) {
      const derived = s.charging!.occupancy.map((h, t) => 0.06 * h - 0.04 * s.v2g!.occupancy[t]);
      derived.forEach((mw, t) => expect(mw).toBeCloseTo(loads[s.id][t], 9));
    }
  });

  it('loses no vehicle between departure and station', () => {
    const { services } = loadPlan(file.scenario, point.plan.flows);
    const sum = (xs: number[]) => xs.reduce((a, b) => a + b, 0);
    const arrived = [...services]
      .filter(([id]) => id.endsWith('charging'))
      .map(([, use]) => sum(use.arrivals));
    const departed = point.plan.flows.filter((f) => f.traveller === 'charging').map((f) => sum(f.departures));
    expect(sum(arrived)).toBeCloseTo(sum(departed), 9);
  });

  it('splits a delay of 1.4 intervals in 60 % and 40 %', () => {
    const scenario = structuredClone(file.scenario);
    scenario.roads.links[0].freeFlowTimeH = 1.4 * scenario.intervalHours;
    const departures = scenario.roads.demands[0].vehPerH.map((_, t) => (t === 2 ? 10 : 0));
    const flow = {
      traveller: 'charging' as const,
      demand: 'n1->n2',
      path: ['n1->n5', 'CS1.charging'],
      departures,
    };
    const { arrivals, occupancy } = loadPlan(scenario, [flow]).services.get('CS1.charging')!;
    expect(arrivals[3]).toBeCloseTo(6, 9);
    expect(arrivals[4]).toBeCloseTo(4, 9);
    expect(occupancy.slice(3, 9).map((h) => Number(h.toFixed(9)))).toEqual([0, 6, 10, 10, 4, 0]);
  });

  it('shares out each demand completely', () => {
    const groups = new Map<string, number>();
    for (const r of detail.routes) {
      const key = `${r.demand} ${r.traveller}`;
      groups.set(key, (groups.get(key) ?? 0) + r.share);
    }
    expect(groups.size).toBe(12);
    for (const total of groups.values()) expect(total).toBeCloseTo(1, 9);
  });

  it('puts every bus at the resistance of its lines', () => {
    const buses = new Map(detail.voltage!.buses.map((b) => [b.id, b]));
    expect(buses.size).toBe(33);
    expect(buses.get('b3')!.distanceOhm).toBeCloseTo(0.0922 + 0.493, 9);
    expect(buses.get('b22')!.stations).toEqual(['CS1']);
    expect(buses.get('b19')!.parent).toBe('b2');
  });

  it('says which element a broken plan names', () => {
    expect(() => loadPlan(file.scenario, [{ ...point.plan.flows[0], path: ['n1->n99'] }])).toThrow('n1->n99');
  });
});

it('projects a solid on two of its axes', () => {
  const { hulls } = projectRegions(view, [0, 2]);
  expect(hulls).toHaveLength(4);
  const xs = hulls[3].vertices.map((v) => v[1]);
  expect(Math.max(...xs)).toBeCloseTo(view.regions[3].ranges[2].max, 12);
});

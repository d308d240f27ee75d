import { describe, expect, it } from 'vitest';
import { falsifications } from '../../test/fixtures/falsifications.js';
import { dispatchOfTwoStations, twoStations } from '../../test/fixtures/two-stations.js';
import { ResultFile, type CharacterizeResult, type DispatchResult } from '../solver/result.js';
import { verifyResult } from './verify.js';

const rejected = (file: ResultFile): string[] =>
  verifyResult(ResultFile.parse(file))
    .filter((finding) => !finding.ok)
    .map((finding) => finding.claim);

describe('a result worked out by hand', () => {
  for (const dimension of [1, 2, 3] as const) {
    for (const withFeeder of [false, true]) {
      it(`is accepted in ${dimension}D ${withFeeder ? 'with' : 'without'} feeder`, () => {
        expect(rejected(twoStations(dimension, withFeeder))).toEqual([]);
      });
    }
  }

  it('is accepted with its dispatch', () => {
    const file = twoStations(3, true);
    file.studies.push(dispatchOfTwoStations());
    expect(rejected(file)).toEqual([]);
  });
});

describe('each claim, falsified once, is caught', () => {
  for (const { what, change, claim } of falsifications) {
    it(what, () => {
      const file = JSON.parse(JSON.stringify(twoStations(3, true))) as ResultFile;
      const study = file.studies[0] as CharacterizeResult;
      const [region] = study.regions;
      change({ file, study, region, point: region.points[1] });
      expect(rejected(file)).toContainEqual(expect.stringMatching(claim));
    });
  }
});

describe('each claim of a dispatch, falsified once, is caught', () => {
  const cases: [string, (dispatch: DispatchResult) => void, RegExp][] = [
    ['utility cost', (d) => (d.costs!.utility += 0.01), /^cost term utility/],
    ['generator cost', (d) => (d.costs!.generators += 0.01), /^cost term generators/],
    ['charging profit', (d) => (d.costs!.chargingProfit += 0.01), /^cost term chargingProfit/],
    ['V2G compensation', (d) => (d.costs!.v2gCompensation += 0.01), /^cost term v2gCompensation/],
    ['subsidy among the costs', (d) => (d.costs!.subsidy += 0.01), /^cost term subsidy/],
    ['total', (d) => (d.costs!.total += 0.01), /^cost term total/],
    ['subsidy', (d) => (d.subsidy = 14), /^subsidy of the dispatch/],
    ['energy price', (d) => (d.averageChargingPricePerKwh = 0.7), /^cost term chargingProfit/],
    ['distance', (d) => (d.regions[0].distanceMw = 0.05), /^distance to the region of budget 30/],
    ['membership', (d) => (d.regions[1].inside = false), /^inside the region of budget unlimited/],
    ['unknown region', (d) => (d.region = 'Other'), /^region Other is in the file/],
    [
      'cheaper tier passed over',
      (d) => (d.tiers[0] = { ...d.tiers[1], subsidyCap: 10, total: -1e6 }),
      /^chosen tier/,
    ],
    ['operating point', (d) => (d.point!.positionMw[0] = 0.5), /^position on A at interval 2/],
    ['missing point', (d) => (d.point = null), /^no costs without an operating point/],
  ];
  for (const [what, change, claim] of cases) {
    it(what, () => {
      const file = twoStations(3, true);
      const dispatch = dispatchOfTwoStations();
      change(dispatch);
      file.studies.push(dispatch);
      expect(rejected(file)).toContainEqual(expect.stringMatching(claim));
    });
  }
});

describe('static regions', () => {
  it('have their geometry checked', () => {
    const file = twoStations(2);
    const { regions } = file.studies[0] as CharacterizeResult;
    const compare = (measure: number): ResultFile => ({
      ...file,
      studies: [{ kind: 'compare', name: 'Static', dynamic: 'Region', static: [{ ...regions[0], measure }] }],
    });
    expect(rejected(compare(0.5))).toEqual([]);
    expect(rejected(compare(0.6))).toContainEqual(expect.stringMatching(/^measure/));
  });
});

describe('files that do not fit together', () => {
  const cases: [string, (file: ResultFile) => void, RegExp][] = [
    [
      'a demand too short',
      ({ scenario }) => scenario.roads.demands[0].vehPerH.pop(),
      /o->d has other than 6/,
    ],
    [
      'a price too short',
      ({ scenario }) => scenario.stations[0].v2g!.pricePerKwh.pop(),
      /A has other than 6/,
    ],
    ['a bus load too short', ({ scenario }) => scenario.feeder!.buses[1].loadKw.pop(), /b2 has other than 6/],
    ['a link to nowhere', ({ scenario }) => (scenario.roads.links[0].to = 'x'), /o->a joins unknown nodes/],
    ['a station nowhere', ({ scenario }) => (scenario.stations[0].node = 'x'), /A is at an unknown node/],
    [
      'a station off the feeder',
      ({ scenario }) => (scenario.stations[0].bus = null),
      /A is at an unknown bus/,
    ],
    [
      'a link twice',
      ({ scenario }) => scenario.roads.links.push(scenario.roads.links[0]),
      /link o->a is repeated/,
    ],
  ];
  for (const [what, change, problem] of cases) {
    it(what, () => {
      const file = twoStations(2, true);
      change(file);
      const [finding] = verifyResult(file).filter(({ ok }) => !ok);
      expect(finding.claim).toBe('scenario is consistent');
      expect(finding.recomputed).toMatch(problem);
    });
  }

  it('a position of another dimension', () => {
    const file = twoStations(2);
    (file.studies[0] as CharacterizeResult).regions[0].points[0].positionMw.push(0);
    expect(rejected(file)).toContain('position and direction have one component an axis');
    expect(rejected(file)).toContain('positions, vertices and normals have one component an axis');
  });

  it('a hull without vertices', () => {
    const file = twoStations(2);
    (file.studies[0] as CharacterizeResult).regions[0].hull.vertices = [];
    expect(rejected(file)).toContain('hull has vertices for its dimension');
  });
});

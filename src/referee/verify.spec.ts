import { describe, expect, it } from 'vitest';
import { feeder, dispatchOfTwoStations, twoStations } from '../../test/fixtures/two-stations.js';
import {
  ResultFile,
  type CharacterizeResult,
  type DispatchResult,
  type Point,
  type Region,
} from '../solver/result.js';
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

interface Falsification {
  what: string;
  change: (at: { file: ResultFile; study: CharacterizeResult; region: Region; point: Point }) => void;
  claim: RegExp;
}

/** Each changes one thing of the 3D result with feeder: at most 30 CNY, its second point (all of departure 0 by B). */
const falsifications: Falsification[] = [
  {
    what: 'a vehicle that never departs',
    change: ({ point }) => (point.plan.flows[0].departures[2] -= 1),
    claim: /^departures of regular travellers o->d in interval 2/,
  },
  {
    what: 'a negative flow',
    change: ({ point }) => {
      point.plan.flows[1].departures[1] += 2;
      point.plan.flows[2].departures[1] -= 2;
    },
    claim: /^path of charging/,
  },
  {
    what: 'a path that jumps',
    change: ({ point }) => (point.plan.flows[0].path = ['o->a', 'b->d']),
    claim: /^path of regular/,
  },
  {
    what: 'a charging path without a stop',
    change: ({ point }) => (point.plan.flows[1].path = ['o->a', 'a->d']),
    claim: /^path of charging/,
  },
  {
    what: 'a V2G driver at a charger',
    change: ({ point }) => (point.plan.flows[3].path = ['o->a', 'A.charging', 'a->d']),
    claim: /^path of v2g/,
  },
  {
    what: 'a stop at another node',
    change: ({ point }) => (point.plan.flows[1].path = ['o->a', 'B.charging', 'a->d']),
    claim: /^path of charging/,
  },
  {
    what: 'a demand that does not exist',
    change: ({ point }) => (point.plan.flows[0].demand = 'o->x'),
    claim: /^path of regular/,
  },
  {
    what: 'too many departure intervals',
    change: ({ point }) => point.plan.flows[0].departures.push(0),
    claim: /^path of regular/,
  },
  {
    what: 'a tail too short for the last vehicles',
    change: ({ file }) => (file.scenario.tailIntervals = 0),
    claim: /^every vehicle has left/,
  },
  {
    what: 'a load that is off by 2 W',
    change: ({ point }) => (point.plan.stationLoadMw['B'][4] += 2e-6),
    claim: /^load of B at interval 4/,
  },
  {
    what: 'a load left out',
    change: ({ point }) => delete point.plan.stationLoadMw['A'],
    claim: /^load of A/,
  },
  {
    what: 'another position',
    change: ({ point }) => (point.positionMw[1] -= 1e-3),
    claim: /^position on A at interval 3/,
  },
  {
    what: 'a support that is not direction · position',
    change: ({ point }) => {
      point.direction = [0, 0, 1];
      point.supportMw = 0.7;
    },
    claim: /^support/,
  },
  {
    what: 'an outer bound above what was found',
    change: ({ point }) => {
      point.direction = [0, 0, 1];
      point.supportMw = point.positionMw[2];
      point.outerSupportMw = point.positionMw[2] + 0.1;
    },
    claim: /^outer bound of the support/,
  },
  {
    what: 'a subsidy that was not paid',
    change: ({ point }) => (point.certificate.subsidy -= 0.01),
    claim: /^subsidy, money/,
  },
  {
    what: 'a subsidy above the budget',
    change: ({ region, point }) => (region.subsidyCap = point.certificate.subsidyCap = 29.9),
    claim: /^subsidy within the point's budget/,
  },
  {
    what: 'a point of a larger budget',
    change: ({ point }) => (point.certificate.subsidyCap = 31),
    claim: /^point's budget within the region's/,
  },
  {
    what: 'a coupon above its cap',
    change: ({ file }) => (file.scenario.stations[1].charging!.couponCapPerVehicle = 2.5),
    claim: /^coupon cap at B.charging in interval 2/,
  },
  {
    what: 'a negative coupon',
    change: ({ point }) =>
      point.plan.coupons.push({ station: 'B', service: 'charging', interval: 5, perVehicle: -1 }),
    claim: /^coupons are not negative/,
  },
  {
    what: 'a coupon for a service that does not exist',
    change: ({ file }) => (file.scenario.stations[1].charging = null),
    claim: /^coupon at B.charging|^path of charging/,
  },
  {
    what: 'a coupon listed twice',
    change: ({ point }) => point.plan.coupons.push({ ...point.plan.coupons[0], perVehicle: 0 }),
    claim: /^coupon at B.charging/,
  },
  {
    what: 'a coupon that is too small to move anybody',
    change: ({ point }) => (point.plan.coupons[0].perVehicle = 2.9),
    claim: /^equilibrium$/,
  },
  {
    what: 'a coupon at a station that the file has nobody go to',
    change: ({ point }) =>
      point.plan.coupons.push({ station: 'B', service: 'v2g', interval: 2, perVehicle: 4 }),
    claim: /^largest excess cost/,
  },
  {
    what: 'a price that makes the other station cheaper',
    change: ({ file }) => (file.scenario.stations[1].charging!.pricePerKwh[4] = 1),
    claim: /^relative equilibrium gap/,
  },
  {
    what: 'a road shortcut that the file does not mention',
    change: ({ file }) =>
      file.scenario.roads.links.push({
        id: 'o->d',
        from: 'o',
        to: 'd',
        freeFlowTimeH: 0.05,
        capacityVehPerH: 1e9,
      }),
    claim: /^equilibrium$/,
  },
  {
    what: 'waiting time that the certificate leaves out',
    change: ({ file }) => (file.scenario.stations[0].charging!.maxWaitH = 1),
    claim: /^equilibrium$/,
  },
  {
    what: 'a rosier gap than the real one',
    change: ({ point }) => (point.certificate.equilibriumGap = 1e-7),
    claim: /^relative equilibrium gap/,
  },
  {
    what: 'another largest excess cost',
    change: ({ point }) => (point.certificate.maxExcessCost = 0.5),
    claim: /^largest excess cost/,
  },
  {
    what: 'coupons in the coupon-free equilibrium',
    change: ({ study }) =>
      study.couponFree!.plan.coupons.push({ station: 'A', service: 'v2g', interval: 0, perVehicle: 1 }),
    claim: /^coupon-free equilibrium/,
  },
  {
    what: 'an uncertified vertex',
    change: ({ point }) => (point.certificate.status = 'not converged'),
    claim: /^every hull vertex is a certified point/,
  },
  {
    what: 'a vertex that nobody found',
    change: ({ region }) => (region.hull.vertices[1][0] -= 0.1),
    claim: /^every hull vertex is a certified point/,
  },
  {
    what: 'a half-space that cuts off a point',
    change: ({ region }) => (region.hull.halfspaces[0].offset -= 0.01),
    claim: /^every certified point lies behind/,
  },
  {
    what: 'a half-space away from the hull',
    change: ({ region }) => (region.hull.halfspaces[0].offset += 0.01),
    claim: /^every half-space touches/,
  },
  {
    what: 'a normal that is not of length 1',
    change: ({ region }) => {
      region.hull.halfspaces[0].normal[0] *= 2;
      region.hull.halfspaces[0].offset *= 2;
    },
    claim: /^half-space normals/,
  },
  {
    what: 'a missing half-space',
    change: ({ region }) => region.hull.halfspaces.pop(),
    claim: /^every facet lies on a half-space/,
  },
  {
    what: 'a hole in the hull',
    change: ({ region }) => region.hull.facets.pop(),
    claim: /^facets form a closed surface/,
  },
  { what: 'a larger volume', change: ({ region }) => (region.measure *= 1.01), claim: /^measure, MW\^3/ },
  {
    what: 'another unit',
    change: ({ region }) => (region.measureUnit = 'MW^2'),
    claim: /^unit of the measure/,
  },
  { what: 'a lower dimension', change: ({ region }) => (region.dimension = 2), claim: /^dimension/ },
  {
    what: 'a volume above its proven bound',
    change: ({ region }) => (region.outerMeasure = 0.1),
    claim: /^measure within its proven bound/,
  },
  {
    what: 'a wider range',
    change: ({ region }) => (region.ranges[2].max += 0.01),
    claim: /^most on axis 2/,
  },
  {
    what: 'a region that shrinks as the budget rises',
    change: ({ study }) => (study.regions[1].subsidyCap = 20),
    claim: /^measure not less than at 20 CNY/,
  },
  {
    what: 'set points of an interval left out',
    change: ({ point }) => point.plan.feeder!.splice(3, 1),
    claim: /^set points in every interval/,
  },
  {
    what: 'a generator above its rating',
    change: ({ point }) => (point.plan.feeder![0].setpoints['DG'].kw = 501),
    claim: /^DG, kW in interval 0/,
  },
  {
    what: 'a PV inverter above its rating',
    change: ({ point }) => (point.plan.feeder![1].setpoints['PV'].kvar = -90),
    claim: /^PV, kVA in interval 1/,
  },
  {
    what: 'a set point left out',
    change: ({ point }) => delete point.plan.feeder![1].setpoints['PV'],
    claim: /^set point of PV in interval 1/,
  },
  {
    what: 'a prettier voltage',
    change: ({ point }) => (point.plan.feeder![2].voltagePu['b2'] += 1e-5),
    claim: /^stated voltages against the power flow/,
  },
  {
    what: 'a source that delivers less than the loads take',
    change: ({ point }) => (point.plan.feeder![2].setpoints['Grid'].kw -= 1),
    claim: /^stated source against the power flow/,
  },
  {
    what: 'a narrower voltage band',
    change: ({ file }) => (file.scenario.feeder!.minVoltagePu = 1.01),
    claim: /^voltage band/,
  },
  {
    what: 'a lower current limit',
    change: ({ file }) => (file.scenario.feeder!.lines[0].limitA = 20),
    claim: /^current limits/,
  },
  {
    what: 'a smaller source',
    change: ({ file }) => (file.scenario.feeder!.sources[0].maxKw = 500),
    claim: /^power flow at Grid in interval \d, kW/,
  },
  {
    what: 'another lowest voltage',
    change: ({ point }) => (point.certificate.minVoltagePu! += 1e-4),
    claim: /^lowest voltage/,
  },
  {
    what: 'another line loading',
    change: ({ point }) => (point.certificate.maxLineLoading! -= 1e-4),
    claim: /^largest line loading/,
  },
  {
    what: 'fictitious losses',
    change: ({ point }) => (point.certificate.fictitiousLossKw = 0.2),
    claim: /^fictitious loss/,
  },
  {
    what: 'grid claims without set points',
    change: ({ point }) => (point.plan.feeder = null),
    claim: /^no grid claims/,
  },
  {
    what: 'a feeder with a loop',
    change: ({ file }) => file.scenario.feeder!.lines.push({ ...feeder.lines[0], id: 'second' }),
    claim: /^feeder is radial/,
  },
];

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

/**
 * The claims of a static comparison: its regions by the same formulas on the aggregated horizon (demand and prices
 * averaged over the long intervals, everybody on all links of the path at once, the occupancy of a station the average
 * one), and the totals that explain its dimension.
 */
import type { CharacterizeResult, CompareResult, Region, StudyResult } from '../solver/result.js';
import type { Scenario, StationService } from '../solver/scenario.js';
import { Alternatives } from './equilibrium.js';
import type { Findings } from './finding.js';
import { buildNetwork } from './network.js';
import { verifyPoint } from './point.js';
import { regionName, verifyGrowth, verifyRegion } from './region.js';
import { isCertified } from './traffic.js';
import { LOAD_MW } from './tolerances.js';

type LoadRange = NonNullable<CompareResult['total']>['static'];

export function verifyCompare(
  scenario: Scenario,
  result: CompareResult,
  studies: readonly StudyResult[],
  findings: Findings,
): void {
  const { axes, staticIntervalH, total } = result;
  const network =
    staticIntervalH === undefined ? null : buildNetwork(aggregate(scenario, staticIntervalH), true);
  const model = network && { network, alternatives: new Alternatives(network) };
  for (const region of result.static) {
    const at = findings.at({ region: `static, ${regionName(region, scenario.currency)}` });
    if (model && axes) {
      region.points.forEach((point, index) =>
        verifyPoint(model, axes, point, region.subsidyCap, at.at({ point: index })),
      );
    }
    verifyRegion(region, axes?.length ?? region.ranges.length, at);
    verifyEquations(region, at);
    if (total) verifyTotal(region, total.static, at);
  }
  verifyGrowth(result.static, scenario.currency, findings);
  const dynamic = studies.find(
    (study): study is CharacterizeResult => study.kind === 'characterize' && study.name === result.dynamic,
  );
  for (const region of dynamic?.regions ?? []) {
    const at = findings.at({ region: `dynamic, ${regionName(region, scenario.currency)}` });
    if (total) verifyTotal(region, total.dynamic, at);
    const brief = result.dynamicRegions?.find(({ subsidyCap }) => subsidyCap === region.subsidyCap);
    if (brief) at.equal('measure of the dynamic region', brief.measure, region.measure, 0);
  }
}

/** No certified point draws more or less in all than is said to be possible. */
function verifyTotal({ points }: Region, { minMw, maxMw }: LoadRange, findings: Findings): void {
  const totals = points
    .filter(isCertified)
    .map(({ positionMw }) => positionMw.reduce((sum, load) => sum + load, 0));
  if (totals.length === 0) return;
  findings.atLeast('least total load, MW', minMw, Math.min(...totals), LOAD_MW);
  findings.atMost('most total load, MW', maxMw, Math.max(...totals), LOAD_MW);
}

/** Every certified point lies in the subspace that is stated for a flat region. */
function verifyEquations({ equations, points }: Region, findings: Findings): void {
  let worst = 0;
  for (const { normal, offset } of equations ?? []) {
    for (const { positionMw } of points.filter(isCertified)) {
      const value = normal.reduce((sum, component, axis) => sum + component * positionMw[axis], 0);
      worst = Math.max(worst, Math.abs(value - offset));
    }
  }
  findings.atMost('equations of a flat region hold, MW', 0, worst, LOAD_MW);
}

/** The horizon in intervals of another length; rates count as zero after it, prices are averaged within it. */
function aggregate(scenario: Scenario, lengthH: number): Scenario {
  const horizonH = scenario.intervals * scenario.intervalHours;
  // A billionth of an interval is rounding, not another interval.
  const count = Math.ceil(horizonH / lengthH - 1e-9);
  const integral = (values: readonly number[], index: number): number =>
    values.reduce((sum, value, t) => {
      const start = Math.max(index * lengthH, t * scenario.intervalHours);
      const end = Math.min((index + 1) * lengthH, (t + 1) * scenario.intervalHours);
      return sum + value * Math.max(0, end - start);
    }, 0);
  const indices = [...Array(count).keys()];
  const within = (index: number): number => Math.min(horizonH, (index + 1) * lengthH) - index * lengthH;
  const service = (one: StationService | null): StationService | null =>
    one && { ...one, pricePerKwh: indices.map((index) => integral(one.pricePerKwh, index) / within(index)) };
  return {
    ...scenario,
    intervalHours: lengthH,
    intervals: count,
    tailIntervals: 0,
    roads: {
      ...scenario.roads,
      demands: scenario.roads.demands.map((demand) => ({
        ...demand,
        vehPerH: indices.map((index) => integral(demand.vehPerH, index) / lengthH),
      })),
    },
    stations: scenario.stations.map((station) => ({
      ...station,
      charging: service(station.charging),
      v2g: service(station.v2g),
    })),
    feeder: null,
  };
}

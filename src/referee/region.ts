/** The claims of a region: each of its points, its hull, its ranges, and that it does not shrink as budgets rise. */
import type { CharacterizeResult, IntervalResult, Region } from '../solver/result.js';
import type { Findings } from './finding.js';
import { verifyHull } from './hull.js';
import { verifyPoint } from './point.js';
import { verifyQueries } from './queries.js';
import { isCertified, type TrafficModel } from './traffic.js';
import { LOAD_MW, MEASURE_RELATIVE } from './tolerances.js';

export function regionName(region: Pick<Region, 'subsidyCap'>, currency: string): string {
  return region.subsidyCap === null ? 'unlimited' : `${region.subsidyCap} ${currency}`;
}

export function verifyCharacterize(
  model: TrafficModel,
  result: CharacterizeResult,
  findings: Findings,
): void {
  verifyInterval(model, result, findings);
  for (const later of result.laterIntervals ?? []) {
    const when = later.axes.map(({ station, interval }) => `${station} at interval ${interval}`).join(', ');
    const at = findings.at({ region: when });
    at.equal('axes as many as at the first interval', later.axes.length, result.axes.length, 0);
    verifyInterval(model, later, at, `${when}, `);
  }
  verifyQueries(model, result, findings);
}

/** @param prefix of the region's name, where a study has several intervals. */
function verifyInterval(
  model: TrafficModel,
  result: Omit<IntervalResult, 'interval'>,
  findings: Findings,
  prefix = '',
): void {
  const { currency } = model.network.scenario;
  if (result.couponFree) {
    const at = findings.at({ point: 'coupon-free' });
    const paid = result.couponFree.plan.coupons.reduce((sum, coupon) => sum + Math.abs(coupon.perVehicle), 0);
    at.atMost('coupon-free equilibrium pays no coupons, money', 0, paid, 0);
    verifyPoint(model, result.axes, result.couponFree, null, at);
  }
  for (const region of result.regions) {
    const at = findings.at({ region: `${prefix}${regionName(region, currency)}` });
    region.points.forEach((point, index) => {
      verifyPoint(model, result.axes, point, region.subsidyCap, at.at({ point: index }));
    });
    verifyRegion(region, result.axes.length, at);
  }
  verifyGrowth(result.regions, currency, findings, prefix);
}

/** What a region claims beyond its points; the points of a static region have no loading to recompute. */
export function verifyRegion(region: Region, axes: number, findings: Findings): void {
  const certified = region.points.filter(isCertified).map((point) => point.positionMw);
  if (certified.length === 0) {
    findings.holds(
      'no vertices without certified points',
      region.hull.vertices.length === 0,
      'none',
      'vertices',
    );
    findings.equal('measure without certified points', region.measure, 0, 0);
    return;
  }
  const vectors = [
    ...certified,
    ...region.hull.vertices,
    ...region.hull.halfspaces.map(({ normal }) => normal),
  ];
  const misfit = vectors.find((vector) => vector.length !== axes);
  if (misfit) {
    findings.holds(
      'positions, vertices and normals have one component an axis',
      false,
      `${axes}`,
      `${misfit.length}`,
    );
    return;
  }
  verifyHull(
    { hull: region.hull, dimension: region.dimension, measure: region.measure, certified },
    findings,
  );
  const unit = ['1', 'MW'][region.dimension] ?? `MW^${region.dimension}`;
  findings.holds('unit of the measure', region.measureUnit === unit, unit, region.measureUnit);
  if (region.outerMeasure !== null) {
    const slack = MEASURE_RELATIVE * Math.max(1, region.measure);
    findings.atMost('measure within its proven bound', region.outerMeasure, region.measure, slack);
  }
  for (const { normal, offset } of region.outerHalfspaces ?? []) {
    const farthest = Math.max(
      ...certified.map((position) => normal.reduce((sum, part, axis) => sum + part * position[axis], 0)),
    );
    findings.atMost(
      `no certified point beyond the proven half-space (${normal.join(', ')}), MW`,
      offset,
      farthest,
      LOAD_MW,
    );
  }
  for (let axis = 0; axis < axes; axis++) {
    const values = certified.map((position) => position[axis]);
    const stated = region.ranges[axis];
    findings.equal(`least on axis ${axis}, MW`, stated?.min ?? null, Math.min(...values), LOAD_MW);
    findings.equal(`most on axis ${axis}, MW`, stated?.max ?? null, Math.max(...values), LOAD_MW);
  }
}

/** A larger budget allows everything that a smaller one does. */
export function verifyGrowth(
  regions: readonly Region[],
  currency: string,
  findings: Findings,
  prefix = '',
): void {
  const cap = (region: Region): number => region.subsidyCap ?? Infinity;
  const rising = [...regions].sort((a, b) => cap(a) - cap(b));
  for (let k = 1; k < rising.length; k++) {
    const [less, more] = [rising[k - 1], rising[k]];
    const at = findings.at({ region: `${prefix}${regionName(more, currency)}` });
    const than = `than at ${regionName(less, currency)}`;
    at.atLeast(`dimension not lower ${than}`, less.dimension, more.dimension, 0);
    if (less.dimension !== more.dimension) continue;
    at.atLeast(
      `measure not less ${than}`,
      less.measure,
      more.measure,
      MEASURE_RELATIVE * Math.max(1, less.measure),
    );
  }
}

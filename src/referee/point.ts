/** All claims of one point, whatever study it belongs to. */
import type { Axis, SubsidyCap } from '../solver/study-spec.js';
import type { Point } from '../solver/result.js';
import type { Findings } from './finding.js';
import { verifyFeeder } from './feeder/claims.js';
import { stationLoadMw, type Loading } from './loading.js';
import { verifySpread } from './spread.js';
import { verifyTraffic, type TrafficModel } from './traffic.js';
import { LOAD_MW } from './tolerances.js';

export function verifyPoint(
  model: TrafficModel,
  axes: readonly Axis[],
  point: Point,
  regionCap: SubsidyCap,
  findings: Findings,
): Loading | null {
  const loading = verifyTraffic(model, point, regionCap, findings);
  if (!loading) return null;
  axes.forEach(({ station, interval }, axis) => {
    const load = stationLoadMw(model.network, loading, station, interval);
    findings.equal(
      `position on ${station} at interval ${interval}, MW`,
      point.positionMw[axis],
      load,
      LOAD_MW,
    );
  });
  const components = [point.positionMw, point.direction ?? point.positionMw].map((vector) => vector.length);
  const fits = axes.length === 0 || components.every((count) => count === axes.length);
  findings.holds(
    'position and direction have one component an axis',
    fits,
    `${axes.length}`,
    components.join(', '),
  );
  verifySupport(point, findings);
  verifyFeeder(model.network, point, loading, findings);
  if (point.spread) verifySpread(model, axes, point, point.spread, findings);
  return loading;
}

/** Directions are minimised: the support is direction · position, and a proven bound lies below it. */
function verifySupport(
  { direction, positionMw, supportMw, outerSupportMw }: Point,
  findings: Findings,
): void {
  if (direction === null) return;
  const support = direction.reduce((sum, component, axis) => sum + component * positionMw[axis], 0);
  findings.equal('support, MW', supportMw, support, LOAD_MW);
  if (outerSupportMw !== null)
    findings.atLeast('outer bound of the support, MW', outerSupportMw, support, LOAD_MW);
}

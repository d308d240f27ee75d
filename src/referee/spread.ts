/**
 * The claims of a point's load spread: the other equilibria are equilibria of the same coupons, the ranges reach as far as
 * they do, and the coupons with a margin hold the same flows at equilibrium and cost what is stated. That there are no
 * further equilibria would take an optimiser.
 */
import type { LoadSpread, Point } from '../solver/result.js';
import type { Axis } from '../solver/study-spec.js';
import type { Findings } from './finding.js';
import { stationLoadMw } from './loading.js';
import { LOAD_MW, MAX_RELATIVE_GAP } from './tolerances.js';
import { measureFlows, moneyTolerance, type TrafficModel } from './traffic.js';

export function verifySpread(
  model: TrafficModel,
  axes: readonly Axis[],
  point: Point,
  spread: LoadSpread,
  findings: Findings,
): void {
  const positions = [point.positionMw];
  spread.equilibria.forEach((other, index) => {
    const name = `other equilibrium ${index}`;
    const own = measureFlows(model, { ...point, plan: { ...point.plan, flows: other.flows } }, findings);
    if (!own) return;
    findings.atMost(`${name}: relative gap`, MAX_RELATIVE_GAP, own.relativeGap, 0);
    axes.forEach(({ station, interval }, axis) => {
      const load = stationLoadMw(model.network, own.loading, station, interval);
      findings.equal(`${name}: load at ${station}, MW`, other.positionMw[axis] ?? null, load, LOAD_MW);
    });
    positions.push(other.positionMw);
  });
  findings.holds(
    'one equilibrium exactly where no other is listed',
    (spread.verdict === 'one') === (spread.equilibria.length === 0),
    spread.verdict,
    `${spread.equilibria.length} others`,
  );
  axes.forEach(({ station }, axis) => {
    const values = positions.map((position) => position[axis]);
    const range = spread.ranges[axis];
    findings.equal(
      `least load of ${station} over equilibria, MW`,
      range?.min ?? null,
      Math.min(...values),
      LOAD_MW,
    );
    findings.equal(
      `most load of ${station} over equilibria, MW`,
      range?.max ?? null,
      Math.max(...values),
      LOAD_MW,
    );
  });
  if (spread.margin) verifyMargin(model, point, spread.margin, findings);
}

function verifyMargin(
  model: TrafficModel,
  point: Point,
  margin: NonNullable<LoadSpread['margin']>,
  findings: Findings,
): void {
  const own = measureFlows(model, { ...point, plan: { ...point.plan, coupons: margin.coupons } }, findings);
  if (!own) return;
  findings.atMost('coupons with a margin: relative gap', MAX_RELATIVE_GAP, own.relativeGap, 0);
  findings.equal(
    'coupons with a margin: subsidy, money',
    margin.subsidy,
    own.subsidy,
    moneyTolerance(own.subsidy),
  );
  findings.equal(
    'coupons with a margin: what they cost more, money',
    margin.extraSubsidy,
    own.subsidy - point.certificate.subsidy,
    2 * moneyTolerance(own.subsidy),
  );
}

/**
 * The claims of a dispatch. Cost terms as in the paper's section 2.2, corrected so that coupons are money per
 * vehicle m (E = power × service, w = entries of an interval, those after the horizon included):
 *
 *   utility           F_gen = Σ price(t) · P_source(t) · step
 *   generators        F_DG  = Σ cost · P(t) · step
 *   charging profit   F_ch  = Σ w (E (price − average price) − m)   over charging links
 *   V2G compensation  F_v2g = Σ w (E · price + m)                   over V2G links
 *   subsidy           F_bs  = Σ w · m                               over both
 *   total = utility + generators − charging profit + V2G compensation + subsidy
 */
import type { CharacterizeResult, DispatchResult, StudyResult } from '../solver/result.js';
import { couponLookup, pricePerKwh, visitEnergyKwh } from './costs.js';
import type { Findings } from './finding.js';
import type { Loading } from './loading.js';
import type { Network } from './network.js';
import { verifyPoint } from './point.js';
import { moneyTolerance, recomputeSubsidy, type TrafficModel } from './traffic.js';
import { BOUNDARY_MW, LOAD_MW } from './tolerances.js';

type Costs = NonNullable<DispatchResult['costs']>;

export function verifyDispatch(
  model: TrafficModel,
  result: DispatchResult,
  studies: readonly StudyResult[],
  findings: Findings,
): void {
  verifyTiers(result, findings);
  if (!result.point) {
    const silent = result.costs === null && result.tier === null && result.regions.length === 0;
    findings.holds('no costs without an operating point', silent, 'none', 'claims');
    return;
  }
  const at = findings.at({ point: 'operating point' });
  const study = studies.find(
    (candidate): candidate is CharacterizeResult =>
      candidate.kind === 'characterize' && candidate.name === result.region,
  );
  const loading = verifyPoint(model, study?.axes ?? [], result.point, result.tier, at);
  if (!loading) return;
  verifyCosts(model.network, result, loading, at);
  if (study) verifyMembership(result, study, at);
  else
    findings.holds(
      `region ${result.region} is in the file`,
      result.regions.length === 0,
      'in the file',
      'missing',
    );
}

/** The cheapest feasible tier wins. */
function verifyTiers({ tiers, tier, costs }: DispatchResult, findings: Findings): void {
  if (tiers.length === 0) return;
  const feasible = tiers.filter((candidate) => candidate.feasible && candidate.total !== null);
  const least = Math.min(...feasible.map((candidate) => candidate.total!));
  const chosen = feasible.find((candidate) => candidate.subsidyCap === tier);
  findings.equal(
    'chosen tier is the cheapest feasible one, total',
    chosen?.total ?? null,
    feasible.length ? least : null,
    moneyTolerance(least),
  );
  findings.equal(
    'total of the chosen tier',
    chosen?.total ?? null,
    costs?.total ?? null,
    moneyTolerance(least),
  );
}

function verifyCosts(network: Network, result: DispatchResult, loading: Loading, findings: Findings): void {
  const own = recomputeCosts(network, result, loading);
  findings.equal('subsidy of the dispatch', result.subsidy, own.subsidy, moneyTolerance(own.subsidy));
  for (const term of Object.keys(own) as (keyof Costs)[]) {
    findings.equal(`cost term ${term}`, result.costs?.[term] ?? null, own[term], moneyTolerance(own[term]));
  }
}

export function recomputeCosts(network: Network, result: DispatchResult, loading: Loading): Costs {
  const { scenario, stops } = network;
  const point = result.point!;
  const coupon = couponLookup(point.plan.coupons);
  let utility = 0;
  let generators = 0;
  for (const { interval, setpoints } of point.plan.feeder ?? []) {
    for (const source of scenario.feeder!.sources) {
      utility += source.pricePerKwh[interval] * (setpoints[source.id]?.kw ?? 0) * scenario.intervalHours;
    }
    for (const generator of scenario.feeder!.generators) {
      generators += generator.costPerKwh * (setpoints[generator.id]?.kw ?? 0) * scenario.intervalHours;
    }
  }
  let chargingProfit = 0;
  let v2gCompensation = 0;
  for (const stop of stops) {
    for (let t = 0; t < loading.busyIntervals; t++) {
      const vehicles = loading.inflow(stop, t);
      const price = pricePerKwh(stop, t);
      const energy = visitEnergyKwh(stop);
      if (stop.traveller === 'charging') {
        chargingProfit += vehicles * (energy * (price - result.averageChargingPricePerKwh) - coupon(stop, t));
      } else v2gCompensation += vehicles * (energy * price + coupon(stop, t));
    }
  }
  const subsidy = recomputeSubsidy(network, point, loading);
  const total = utility + generators - chargingProfit + v2gCompensation + subsidy;
  return { utility, generators, chargingProfit, v2gCompensation, subsidy, total };
}

/** Signed distance to the nearest facet's plane, positive inside: the least slack of the half-spaces. */
function verifyMembership(result: DispatchResult, study: CharacterizeResult, findings: Findings): void {
  for (const { subsidyCap, inside, distanceMw } of result.regions) {
    const region = study.regions.find((candidate) => candidate.subsidyCap === subsidyCap);
    const name = `region of budget ${subsidyCap ?? 'unlimited'}`;
    if (!region) {
      findings.holds(`${name} is in the file`, false, 'in the file', 'missing');
      continue;
    }
    const slacks = region.hull.halfspaces.map(
      ({ normal, offset }) =>
        offset - normal.reduce((sum, component, axis) => sum + component * result.point!.positionMw[axis], 0),
    );
    const own = Math.min(...slacks);
    findings.equal(`distance to the ${name}, MW`, distanceMw, own, LOAD_MW);
    // The point's own claims are verified: what its budget pays is a point of that region, in the hull found or not.
    const isPaid = result.point!.certificate.subsidy <= (subsidyCap ?? Infinity);
    const isInHull = own >= -BOUNDARY_MW;
    const isTrue = inside ? isInHull || isPaid : !isInHull;
    findings.holds(`inside the ${name}`, isTrue, String(inside), String(!inside));
  }
}

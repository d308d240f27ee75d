/** The traffic claims of one point: demand, paths, loads, coupons, subsidy, equilibrium. */
import type { Point } from '../solver/result.js';
import type { SubsidyCap } from '../solver/study-spec.js';
import type { Alternatives } from './equilibrium.js';
import { equilibrium, groupDemand, type GroupFlow } from './equilibrium.js';
import { couponLookup, linkCosts } from './costs.js';
import { load, stationLoadMw, type Loading } from './loading.js';
import { resolvePath, type Network, type Traveller } from './network.js';
import type { Findings } from './finding.js';
import {
  DEMAND_RELATIVE,
  EXCESS_COST,
  GAP_AGREEMENT,
  LOAD_MW,
  MAX_RELATIVE_GAP,
  MONEY_RELATIVE,
  NEGATIVE_FLOW,
} from './tolerances.js';

export interface TrafficModel {
  readonly network: Network;
  readonly alternatives: Alternatives;
}

export function isCertified(point: Point): boolean {
  return point.certificate.status === 'certified';
}

export function moneyTolerance(amount: number): number {
  return MONEY_RELATIVE * Math.max(1, Math.abs(amount));
}

/**
 * @param regionCap budget of the region that lists the point
 * @returns the loading, for the claims about dispatch and feeder; null when the paths make no sense
 */
export function verifyTraffic(
  model: TrafficModel,
  point: Point,
  regionCap: SubsidyCap,
  findings: Findings,
): Loading | null {
  const flows = resolveFlows(model.network, point, findings);
  if (!flows) return null;
  verifyDemand(model.network, flows, findings);
  const loading = load(flows);
  verifyLoads(model.network, point, loading, findings);
  verifyCoupons(model.network, point, findings);
  verifySubsidy(model.network, point, loading, regionCap, findings);
  verifyEquilibrium(model, point, flows, loading, findings);
  return loading;
}

/** Gap and subsidy of a point's flows under its coupons, whatever its certificate states; null when the paths make no sense. */
export function measureFlows(
  { network, alternatives }: TrafficModel,
  point: Point,
  findings: Findings,
): { loading: Loading; relativeGap: number; subsidy: number } | null {
  const flows = resolveFlows(network, point, findings);
  if (!flows) return null;
  verifyDemand(network, flows, findings);
  verifyCoupons(network, point, findings);
  const loading = load(flows);
  const costs = linkCosts(network, loading, point.plan.coupons);
  const { relativeGap } = equilibrium(network, alternatives, flows, loading, costs);
  return { loading, relativeGap, subsidy: recomputeSubsidy(network, point, loading) };
}

function resolveFlows(network: Network, point: Point, findings: Findings): GroupFlow[] | null {
  const { intervals, tailIntervals, roads } = network.scenario;
  // The same path may be listed twice; whether it is used depends on the sum.
  const merged = new Map<string, GroupFlow & { departures: number[] }>();
  let bad = 0;
  for (const flow of point.plan.flows) {
    const name = `${flow.traveller} ${flow.demand} via ${flow.path.join(' ')}`;
    const path = resolvePath(network, flow);
    const problem =
      typeof path === 'string'
        ? path
        : flow.departures.length !== intervals
          ? `${flow.departures.length} departure intervals, the horizon has ${intervals}`
          : Math.min(...flow.departures) < -NEGATIVE_FLOW
            ? `negative departures (${Math.min(...flow.departures)})`
            : null;
    if (problem !== null || typeof path === 'string') {
      bad++;
      findings.holds(`path of ${name}`, false, 'a path of the scenario', problem ?? '');
      continue;
    }
    const known = merged.get(name);
    if (known) flow.departures.forEach((vehicles, t) => (known.departures[t] += vehicles));
    else {
      const demand = roads.demands.find((candidate) => candidate.id === flow.demand)!;
      merged.set(name, { demand, traveller: flow.traveller, path, departures: [...flow.departures] });
    }
  }
  if (bad > 0) return null;
  const flows = [...merged.values()];
  findings.atMost(
    'every vehicle has left its last station within horizon and tail',
    intervals + tailIntervals,
    lastStationInterval(flows),
    0,
  );
  return flows;
}

/** Last interval at whose start someone is at a station: at most the end of the tail. */
function lastStationInterval(flows: readonly GroupFlow[]): number {
  let last = 0;
  for (const { path, departures } of flows) {
    departures.forEach((vehicles, departure) => {
      if (vehicles <= NEGATIVE_FLOW) return;
      for (const { link, whole, fraction } of path) {
        // A fraction that carries less than rounding does is no vehicle.
        const late = fraction * vehicles > NEGATIVE_FLOW ? 1 : 0;
        if (link.kind === 'stop') last = Math.max(last, departure + whole + late + link.delay);
      }
    });
  }
  return last;
}

function verifyDemand(network: Network, flows: readonly GroupFlow[], findings: Findings): void {
  for (const demand of network.scenario.roads.demands) {
    for (const traveller of ['regular', 'charging', 'v2g'] as Traveller[]) {
      const own = flows.filter((flow) => flow.demand === demand && flow.traveller === traveller);
      let worst = { departure: 0, wanted: 0, departed: 0, miss: -1 };
      for (let departure = 0; departure < network.scenario.intervals; departure++) {
        const wanted = groupDemand(network, demand, traveller, departure);
        const departed = own.reduce((sum, flow) => sum + flow.departures[departure], 0);
        const miss = Math.abs(departed - wanted) / Math.max(1, wanted);
        if (miss > worst.miss) worst = { departure, wanted, departed, miss };
      }
      findings.equal(
        `departures of ${traveller} travellers ${demand.id} in interval ${worst.departure}, vehicles`,
        worst.wanted,
        worst.departed,
        DEMAND_RELATIVE * Math.max(1, worst.wanted),
      );
    }
  }
}

function verifyLoads(network: Network, point: Point, loading: Loading, findings: Findings): void {
  const { stations, intervals } = network.scenario;
  for (const { id } of stations) {
    const stated = point.plan.stationLoadMw[id];
    if (!stated || stated.length < intervals) {
      findings.holds(`load of ${id} in every interval`, false, 'listed', 'missing');
      continue;
    }
    let worst = { interval: 0, stated: 0, recomputed: 0 };
    stated.forEach((value, interval) => {
      const recomputed = stationLoadMw(network, loading, id, interval);
      if (Math.abs(value - recomputed) >= Math.abs(worst.stated - worst.recomputed)) {
        worst = { interval, stated: value, recomputed };
      }
    });
    findings.equal(
      `load of ${id} at interval ${worst.interval}, MW`,
      worst.stated,
      worst.recomputed,
      LOAD_MW,
    );
  }
}

function verifyCoupons(network: Network, point: Point, findings: Findings): void {
  const { intervals, tailIntervals } = network.scenario;
  const seen = new Set<string>();
  let highest: { claim: string; cap: number; value: number } | null = null;
  let lowest = 0;
  for (const { station, service, interval, perVehicle } of point.plan.coupons) {
    const stop = network.links.get(`${station}.${service}`);
    const key = `${station}.${service}@${interval}`;
    if (stop?.kind !== 'stop' || interval >= intervals + tailIntervals || seen.has(key)) {
      const problem = seen.has(key) ? 'listed twice' : 'no such service or interval';
      findings.holds(
        `coupon at ${station}.${service} in interval ${interval}`,
        false,
        'known, once',
        problem,
      );
      continue;
    }
    seen.add(key);
    lowest = Math.min(lowest, perVehicle);
    const cap = stop.service.couponCapPerVehicle;
    if (cap === null) continue;
    if (!highest || perVehicle - cap > highest.value - highest.cap) {
      highest = {
        claim: `coupon cap at ${stop.id} in interval ${interval}, money per vehicle`,
        cap,
        value: perVehicle,
      };
    }
  }
  findings.atLeast('coupons are not negative, money per vehicle', 0, lowest, MONEY_RELATIVE);
  if (highest) findings.atMost(highest.claim, highest.cap, highest.value, moneyTolerance(highest.cap));
}

/** Subsidy F_bs = Σ m·w over station links and entry intervals, those after the horizon included. */
export function recomputeSubsidy(network: Network, point: Point, loading: Loading): number {
  const coupon = couponLookup(point.plan.coupons);
  let subsidy = 0;
  for (const stop of network.stops) {
    for (let t = 0; t < loading.busyIntervals; t++) subsidy += coupon(stop, t) * loading.inflow(stop, t);
  }
  return subsidy;
}

function verifySubsidy(
  network: Network,
  point: Point,
  loading: Loading,
  regionCap: SubsidyCap,
  findings: Findings,
): void {
  const { subsidy: stated, subsidyCap } = point.certificate;
  const subsidy = recomputeSubsidy(network, point, loading);
  findings.equal('subsidy, money', stated, subsidy, moneyTolerance(subsidy));
  if (!isCertified(point)) return;
  if (subsidyCap !== null) {
    findings.atMost(
      "subsidy within the point's budget, money",
      subsidyCap,
      subsidy,
      moneyTolerance(subsidyCap),
    );
  }
  if (regionCap !== null) {
    findings.atMost("point's budget within the region's, money", regionCap, subsidyCap ?? Infinity, 0);
  }
}

function verifyEquilibrium(
  { network, alternatives }: TrafficModel,
  point: Point,
  flows: readonly GroupFlow[],
  loading: Loading,
  findings: Findings,
): void {
  const costs = linkCosts(network, loading, point.plan.coupons);
  const { relativeGap, maxExcessCost, unsettled } = equilibrium(network, alternatives, flows, loading, costs);
  const { certificate } = point;
  findings.equal('relative equilibrium gap', certificate.equilibriumGap, relativeGap, GAP_AGREEMENT);
  findings.equal(
    'largest excess cost of a used path, money',
    certificate.maxExcessCost,
    maxExcessCost,
    EXCESS_COST,
  );
  if (isCertified(point)) findings.atMost('equilibrium', MAX_RELATIVE_GAP, relativeGap, 0);
  for (const group of unsettled) {
    findings.holds(`cheapest alternative of ${group}`, false, 'found', 'too many alternatives to be sure');
  }
}

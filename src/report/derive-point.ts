/** What is shown of one point: its plan as series, shares and profiles. */
import type { Plan, Point, ResultFile } from '../solver/result.js';
import type { Feeder, Scenario } from '../solver/scenario.js';
import { loadPlan } from './loading.js';
import type { LoadedPlan } from './loading.js';
import type { PointDetail, RouteShare, ServiceSeries, StationDetail, VoltageBus } from './view-model.js';

/** Routes with fewer vehicles than this over the whole horizon are left out: numerical dust. */
const LEAST_VEHICLES = 1e-6;

export function derivePointDetail(file: ResultFile, pointId: string, point: Point): PointDetail {
  const { scenario } = file;
  const { plan } = point;
  const loaded = loadPlan(scenario, plan.flows);
  return {
    pointId,
    stations: scenario.stations.map((s) => stationDetail(scenario, s.id, plan, loaded)),
    coupons: plan.coupons,
    marginCoupons: point.spread?.margin?.coupons ?? null,
    routes: routeShares(plan),
    linkLoading: Object.fromEntries(
      scenario.roads.links.map((link) => [
        link.id,
        loaded.linkInflow
          .get(link.id)!
          .slice(0, scenario.intervals)
          .map((vehicles) => vehicles / scenario.intervalHours / link.capacityVehPerH),
      ]),
    ),
    voltage: voltageProfile(scenario, plan),
  };
}

function stationDetail(scenario: Scenario, id: string, plan: Plan, loaded: LoadedPlan): StationDetail {
  const station = scenario.stations.find((s) => s.id === id)!;
  const series = (name: 'charging' | 'v2g'): ServiceSeries | null => {
    const use = loaded.services.get(`${id}.${name}`);
    const service = station[name];
    if (!use || !service) return null;
    const couponPerVehicle = use.arrivals.map(() => 0);
    for (const c of plan.coupons) {
      if (c.station === id && c.service === name && c.interval < couponPerVehicle.length) {
        couponPerVehicle[c.interval] = c.perVehicle;
      }
    }
    return { ports: service.ports, arrivals: use.arrivals, occupancy: use.occupancy, couponPerVehicle };
  };
  return { id, charging: series('charging'), v2g: series('v2g'), loadMw: plan.stationLoadMw[id] ?? [] };
}

function routeShares(plan: Plan): RouteShare[] {
  const sum = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0);
  const group = (f: { traveller: string; demand: string }) => JSON.stringify([f.demand, f.traveller]);
  const totals = new Map<string, number>();
  for (const f of plan.flows) totals.set(group(f), (totals.get(group(f)) ?? 0) + sum(f.departures));
  return plan.flows
    .map((f) => ({
      traveller: f.traveller,
      demand: f.demand,
      path: f.path,
      vehicles: sum(f.departures),
      share: sum(f.departures) / (totals.get(group(f)) || 1),
    }))
    .filter((r) => r.vehicles > LEAST_VEHICLES);
}

function voltageProfile(scenario: Scenario, plan: Plan): PointDetail['voltage'] {
  if (!scenario.feeder || !plan.feeder?.length) return null;
  return {
    minPu: scenario.feeder.minVoltagePu,
    maxPu: scenario.feeder.maxVoltagePu,
    buses: busesFromSource(scenario.feeder, scenario),
    intervals: plan.feeder.map((s) => ({ interval: s.interval, pu: s.voltagePu })),
  };
}

/** Buses outwards from the source, each with the resistance of the lines behind it. */
export function busesFromSource(feeder: Feeder, scenario: Pick<Scenario, 'stations'>): VoltageBus[] {
  const root = feeder.sources[0]?.bus ?? feeder.buses[0]?.id;
  const found = new Map<string, VoltageBus>();
  const stationsAt = (bus: string) => scenario.stations.filter((s) => s.bus === bus).map((s) => s.id);
  const queue = root === undefined ? [] : [root];
  if (root !== undefined)
    found.set(root, { id: root, parent: null, distanceOhm: 0, stations: stationsAt(root) });
  for (const bus of queue) {
    for (const line of feeder.lines) {
      const other = line.from === bus ? line.to : line.to === bus ? line.from : undefined;
      if (other === undefined || found.has(other)) continue;
      const distanceOhm = found.get(bus)!.distanceOhm + line.resistanceOhm;
      found.set(other, { id: other, parent: bus, distanceOhm, stations: stationsAt(other) });
      queue.push(other);
    }
  }
  return [...found.values()];
}

/** The way back from the mathematical traffic model: flows, coupons and loads by their names. */
import type { Flow, Plan } from '../result.js';
import type { CouponTable, FullNetwork } from './full-network.js';
import type { TrafficModel } from './network.js';

/** Path of a flow as the result file writes it: link ids, and "CS1.charging" where the vehicle stops. */
export function pathNames(model: TrafficModel, index: number): string[] {
  const path = model.paths[index];
  const names = path.links.map((link) => model.scenario.roads.links[link].id);
  if (path.service) {
    const { station, kind } = model.services[path.service.index];
    names.splice(path.service.before, 0, `${model.scenario.stations[station].id}.${kind}`);
  }
  return names;
}

/**
 * @param flow vehicles per column of the full network.
 * @param loads net load per station and interval, MW.
 */
export function planOf(
  model: TrafficModel,
  full: FullNetwork,
  flow: Float64Array,
  coupons: CouponTable,
  loads: readonly Float64Array[],
): Plan {
  const byPath = new Map<number, Flow>();
  model.groups.forEach((group, index) => {
    model.pathsOf(group.traveller, group.demand).forEach((path, i) => {
      const vehicles = flow[full.columns.groupStart[index] + i];
      if (vehicles === 0) return;
      let entry = byPath.get(path);
      if (!entry) {
        entry = {
          traveller: group.traveller,
          demand: model.scenario.roads.demands[group.demand].id,
          path: pathNames(model, path),
          departures: new Array<number>(model.horizon).fill(0),
        };
        byPath.set(path, entry);
      }
      entry.departures[group.departure] = vehicles;
    });
  });
  const list: Plan['coupons'] = [];
  model.services.forEach(({ station, kind }, index) => {
    for (let t = 0; t < model.intervals; t++) {
      const perVehicle = coupons[index * model.intervals + t];
      // A coupon that nobody can use says nothing.
      if (perVehicle === 0 || full.serviceInflow(index, t) === 0) continue;
      list.push({ station: model.scenario.stations[station].id, service: kind, interval: t, perVehicle });
    }
  });
  return {
    coupons: list,
    flows: [...byPath.entries()].sort(([a], [b]) => a - b).map(([, entry]) => entry),
    stationLoadMw: Object.fromEntries(
      model.scenario.stations.map(({ id }, index) => [id, [...loads[index].subarray(0, model.intervals)]]),
    ),
    feeder: null,
  };
}

/**
 * What the sum of the loads on some axes can be, whatever way each traveller takes and whatever coupons are paid: with
 * constant delays the loads are linear in the path flows, so each group's best and worst path decide.
 */
import type { Axis } from '../study-spec.js';
import type { TrafficModel } from '../traffic/network.js';

export interface LoadRange {
  minMw: number;
  maxMw: number;
}

/** @param axes stations and the intervals at whose start their load is taken, as `FullNetwork.stationLoadMw` lists them. */
export function totalRange(model: TrafficModel, axes: readonly Axis[]): LoadRange {
  const stations = axes.map(({ station }) => model.scenario.stations.findIndex(({ id }) => id === station));
  /** MW that one vehicle adds to the sum when it enters a service in an interval. */
  const added = (service: number, entry: number): number => {
    const { station, dwell, loadMwPerVehicle } = model.services[service];
    const present = axes.filter(
      ({ interval }, axis) => stations[axis] === station && entry < interval && entry >= interval - dwell,
    );
    return present.length * loadMwPerVehicle;
  };
  const range: LoadRange = { minMw: 0, maxMw: 0 };
  for (const { traveller, demand, departure, vehicles } of model.groups) {
    let least = Infinity;
    let most = -Infinity;
    for (const path of model.pathsOf(traveller, demand)) {
      let mw = 0;
      for (const { block, offset, late } of model.paths[path].stops) {
        const service = block - model.links.length;
        if (service < 0) continue;
        const entry = departure + offset;
        mw += (1 - late) * added(service, entry) + late * added(service, entry + 1);
      }
      least = Math.min(least, mw);
      most = Math.max(most, mw);
    }
    range.minMw += vehicles * least;
    range.maxMw += vehicles * most;
  }
  return range;
}

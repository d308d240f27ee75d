/**
 * Network loading by a plain time loop: departures walk along their path with constant delays, station links
 * hold who enters in t during the intervals t+1 … t+D (D the dwell).
 */
import type { Link, Network, Path } from './network.js';

export interface PathFlow {
  readonly path: Path;
  /** Vehicles per departure interval of the horizon. */
  readonly departures: readonly number[];
}

export interface Loading {
  /** Vehicles that enter the link in the interval [w_a(t)]. */
  inflow(link: Link, interval: number): number;
  /** Vehicles at a station link at the start of the interval [h_a(t)]. */
  occupancy(link: Link, interval: number): number;
  /** Intervals from 0 on in which something enters a link or is on a station link. */
  readonly busyIntervals: number;
}

export function load(flows: readonly PathFlow[]): Loading {
  const inflows = new Map<Link, number[]>();
  let busyIntervals = 0;
  const enter = (link: Link, interval: number, vehicles: number): void => {
    let series = inflows.get(link);
    if (!series) inflows.set(link, (series = []));
    while (series.length <= interval) series.push(0);
    series[interval] += vehicles;
    busyIntervals = Math.max(busyIntervals, interval + 1 + (link.kind === 'stop' ? link.delay : 0));
  };
  for (const { path, departures } of flows) {
    departures.forEach((vehicles, departure) => {
      if (vehicles === 0) return;
      for (const { link, whole, fraction } of path) {
        enter(link, departure + whole, (1 - fraction) * vehicles);
        if (fraction > 0) enter(link, departure + whole + 1, fraction * vehicles);
      }
    });
  }
  const inflow = (link: Link, interval: number): number => inflows.get(link)?.[interval] ?? 0;
  const occupancy = (link: Link, interval: number): number => {
    if (link.kind === 'stop' && link.presence !== null) return link.presence * inflow(link, interval - 1);
    let vehicles = 0;
    for (let entry = interval - link.delay; entry < interval; entry++) vehicles += inflow(link, entry);
    return vehicles;
  };
  return { inflow, occupancy, busyIntervals };
}

/**
 * Net load of a station at the start of an interval [P_i(t) = p_ch h_ch(t) − p_v2g h_v2g(t)], MW; in a static
 * assignment the average over the interval, whose occupancy is listed at its end.
 */
export function stationLoadMw(
  network: Network,
  loading: Loading,
  stationId: string,
  interval: number,
): number {
  return network.stops
    .filter((stop) => stop.station.id === stationId)
    .reduce((sum, stop) => {
      const powerMw =
        (stop.service.powerKw * loading.occupancy(stop, network.instantaneous ? interval + 1 : interval)) /
        1000;
      return sum + (stop.traveller === 'charging' ? powerMw : -powerMw);
    }, 0);
}

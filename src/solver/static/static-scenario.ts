/**
 * The scenario of the static comparison: the horizon in long intervals, demand and prices averaged over each. The
 * feeder is left out: its limits hold at an instant, the loads of a static assignment are averages.
 */
import type { Scenario, StationService } from '../scenario.js';

/** Intervals overlap by at least this share of a static one, or by rounding only. */
const ROUNDING = 1e-9;

/** @param staticIntervalH length of a static interval, hours; the last one may reach beyond the horizon, empty there. */
export function staticScenario(scenario: Scenario, staticIntervalH: number): Scenario {
  const count = Math.ceil((scenario.intervals * scenario.intervalHours) / staticIntervalH - ROUNDING);
  const average = (values: readonly number[], over: 'interval' | 'horizon'): number[] =>
    Array.from({ length: count }, (_, index) =>
      averageWithin(scenario, values, staticIntervalH, index, over),
    );
  const service = (dynamic: StationService | null): StationService | null =>
    dynamic && { ...dynamic, pricePerKwh: average(dynamic.pricePerKwh, 'horizon') };
  return {
    ...scenario,
    intervalHours: staticIntervalH,
    intervals: count,
    tailIntervals: 0,
    roads: {
      ...scenario.roads,
      demands: scenario.roads.demands.map((demand) => ({
        ...demand,
        vehPerH: average(demand.vehPerH, 'interval'),
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

/** The static interval that covers the start of a dynamic one. */
export function coveringInterval(scenario: Scenario, staticIntervalH: number, interval: number): number {
  return Math.floor((interval * scenario.intervalHours) / staticIntervalH + ROUNDING);
}

/** Average over a static interval: all of it, or the part of it that lies in the horizon. */
function averageWithin(
  { intervalHours }: Scenario,
  values: readonly number[],
  lengthH: number,
  index: number,
  over: 'interval' | 'horizon',
): number {
  const from = index * lengthH;
  const to = from + lengthH;
  let sum = 0;
  let covered = 0;
  values.forEach((value, t) => {
    const overlap = Math.min(to, (t + 1) * intervalHours) - Math.max(from, t * intervalHours);
    if (overlap <= ROUNDING * lengthH) return;
    sum += value * overlap;
    covered += overlap;
  });
  return sum / (over === 'interval' ? lengthH : covered);
}

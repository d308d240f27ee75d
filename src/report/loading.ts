/**
 * Who is where, and when: link inflows, arrivals and occupancy that follow from the path flows of a plan.
 * Delays are free-flow times; a vehicle that departs in interval t with a delay of d intervals enters a link
 * in t+⌊d⌋ and t+⌊d⌋+1 in the shares 1−frac(d) and frac(d), and who starts a service in t counts as present
 * at the starts of t+1 … t+D, D being the service time in whole intervals.
 */
import type { Flow } from '../solver/result.js';
import type { Scenario, StationService } from '../solver/scenario.js';

/** Delays closer than this to a whole number of intervals are whole: they are sums of rounded hours. */
const WHOLE = 1e-9;

export interface ServiceUse {
  /** Vehicles that start the service in each interval. */
  arrivals: number[];
  /** Vehicles present at the start of each interval. */
  occupancy: number[];
}

export interface LoadedPlan {
  /** Vehicles that enter each link in each interval, horizon and tail. */
  linkInflow: Map<string, number[]>;
  /** By "CS1.charging" and "CS1.v2g". */
  services: Map<string, ServiceUse>;
}

export function dwellIntervals(service: StationService, intervalHours: number): number {
  return Math.max(1, Math.ceil(service.serviceH / intervalHours - WHOLE));
}

/** @throws Error when a path names a link or service that the scenario does not have. */
export function loadPlan(scenario: Scenario, flows: readonly Flow[]): LoadedPlan {
  const steps = scenario.intervals + scenario.tailIntervals;
  const zeros = () => new Array<number>(steps).fill(0);
  const delayOf = new Map<string, number>();
  const linkInflow = new Map<string, number[]>();
  const services = new Map<string, ServiceUse>();
  for (const link of scenario.roads.links) {
    delayOf.set(link.id, link.freeFlowTimeH / scenario.intervalHours);
    linkInflow.set(link.id, zeros());
  }
  for (const station of scenario.stations) {
    for (const name of ['charging', 'v2g'] as const) {
      const service = station[name];
      if (!service) continue;
      delayOf.set(`${station.id}.${name}`, dwellIntervals(service, scenario.intervalHours));
      services.set(`${station.id}.${name}`, { arrivals: zeros(), occupancy: zeros() });
    }
  }

  for (const flow of flows) {
    let delay = 0;
    for (const element of flow.path) {
      const own = delayOf.get(element);
      const into = linkInflow.get(element) ?? services.get(element)?.arrivals;
      if (own === undefined || !into)
        throw new Error(`The plan names "${element}", which the scenario lacks.`);
      const whole = Math.floor(delay + WHOLE);
      const late = Math.max(0, delay - whole);
      flow.departures.forEach((vehicles, t) => {
        if (t + whole < steps) into[t + whole] += vehicles * (1 - late);
        if (late > WHOLE && t + whole + 1 < steps) into[t + whole + 1] += vehicles * late;
      });
      delay += own;
    }
  }

  for (const [id, use] of services) {
    const dwell = delayOf.get(id)!;
    use.arrivals.forEach((vehicles, t) => {
      for (let h = t + 1; h <= t + dwell && h < steps; h++) use.occupancy[h] += vehicles;
    });
  }
  return { linkInflow, services };
}

/**
 * The mathematical traffic model: indices instead of names, time in intervals, flows in vehicles per interval,
 * money as money. Built from a `Scenario` in one place; `flowsOf` in `plan.ts` is the way back.
 */
import type { Demand, Scenario, StationService } from '../scenario.js';
import { PathFinder } from './paths.js';

export const TRAVELLERS = ['regular', 'charging', 'v2g'] as const;
export type Traveller = (typeof TRAVELLERS)[number];
export type ServiceKind = 'charging' | 'v2g';

/** Bureau of Public Roads volume-delay function: t = t0 (1 + 0.15 (w / capacity)^4). */
export const BPR_COEFFICIENT = 0.15;
export const BPR_POWER = 4;
/** Waiting time at a station: maxWait · (occupancy / ports)^3. */
export const WAITING_POWER = 3;
/** Delays closer than this to a whole number of intervals are whole: sums of minutes are not exact in binary. */
const DELAY_ROUNDING = 1e9;
const KW_PER_MW = 1000;

/** A volume-delay function t0 (1 + coefficient (w / capacity)^power). */
export interface VolumeDelay {
  coefficient: number;
  power: number;
}

export interface TrafficOptions {
  /**
   * `delayed`: a vehicle reaches the next link after the free-flow time (dynamic assignment).
   * `instantaneous`: it is on all links of its path in its departure interval, and present at its station for its
   * service time within that interval (static assignment): the occupancy is the average one, inflow × service time /
   * interval (Little's law), and the load of interval k is that of occupancy k, listed as entry k + 1.
   */
  propagation?: 'delayed' | 'instantaneous';
  /** Volume-delay function by link; BPR where left out. */
  volumeDelay?: (linkIndex: number) => VolumeDelay;
}

/** One service (charging or V2G) of one station. */
export interface Service {
  readonly station: number;
  readonly kind: ServiceKind;
  /** Ports, in vehicles of the occupancy: those of a static assignment count as often as they serve in an interval. */
  readonly ports: number;
  /** Whole intervals during which a vehicle is counted in the occupancy [D]; 1 in a static assignment. */
  readonly dwell: number;
  /** Value of time × service time. */
  readonly serviceCost: number;
  /** Value of time × waiting time at full occupancy. */
  readonly waitingCost: number;
  /** Net load of one vehicle at the station, positive for charging, negative for V2G. */
  readonly loadMwPerVehicle: number;
  /** Energy of one service × price per horizon interval, positive when the driver pays. */
  readonly price: Float64Array;
  /** Largest coupon per vehicle; Infinity means no cap. */
  readonly couponCap: number;
}

/** Where a vehicle is after a delay that is not a whole number of intervals: a share now, the rest one later. */
export interface PathStop {
  /** Cell block: a link, or link count + a service. */
  readonly block: number;
  /** Whole intervals after departure. */
  readonly offset: number;
  /** Share that arrives one interval later still. */
  readonly late: number;
}

export interface Path {
  readonly traveller: Traveller;
  readonly demand: number;
  /** Road links in driving order. */
  readonly links: readonly number[];
  /** Position in `links` before which the vehicle stops at the service, and the service; null for regular. */
  readonly service: { readonly index: number; readonly before: number } | null;
  readonly stops: readonly PathStop[];
  /** Free-flow time from departure to arrival, in intervals, service dwell included. */
  readonly delay: number;
}

/** Travellers who leave in the same interval for the same destination with the same wish. */
export interface Group {
  readonly traveller: Traveller;
  readonly demand: number;
  readonly departure: number;
  readonly vehicles: number;
}

export interface TrafficModel {
  readonly scenario: Scenario;
  /** Intervals of the horizon [T]. */
  readonly horizon: number;
  /** Horizon and tail: no vehicle is on a link later. */
  readonly intervals: number;
  readonly intervalHours: number;
  readonly links: readonly {
    /** Value of time × free-flow time. */
    readonly freeFlowCost: number;
    readonly capacityPerInterval: number;
    readonly delay: number;
    readonly volumeDelay: VolumeDelay;
  }[];
  readonly services: readonly Service[];
  readonly paths: readonly Path[];
  readonly groups: readonly Group[];
  /** Indices into `paths` by traveller and demand. */
  readonly pathsOf: (traveller: Traveller, demand: number) => readonly number[];
}

/** Travellers with a wish that no path of the network fulfils. */
export class NoPathError extends Error {
  constructor(traveller: Traveller, demand: Demand) {
    super(
      traveller === 'regular'
        ? `no path leads from ${demand.from} to ${demand.to}`
        : `no path from ${demand.from} to ${demand.to} passes a station that offers ${traveller === 'v2g' ? 'V2G' : 'charging'}`,
    );
    this.name = 'NoPathError';
  }
}

/**
 * Builds the traffic model.
 * @throws NoPathError, TooManyPathsError
 */
export function buildTrafficModel(scenario: Scenario, options: TrafficOptions = {}): TrafficModel {
  const { intervalHours, valueOfTimePerH, roads } = scenario;
  const instantaneous = options.propagation === 'instantaneous';
  const links = roads.links.map((link, index) => ({
    freeFlowCost: valueOfTimePerH * link.freeFlowTimeH,
    capacityPerInterval: link.capacityVehPerH * intervalHours,
    delay: instantaneous ? 0 : roundDelay(link.freeFlowTimeH / intervalHours),
    volumeDelay: options.volumeDelay?.(index) ?? { coefficient: BPR_COEFFICIENT, power: BPR_POWER },
  }));
  const services = buildServices(scenario, instantaneous);
  const groups = buildGroups(scenario);
  const wanted = new Set(groups.map((group) => pathKey(group.traveller, group.demand)));
  const paths: Path[] = [];
  const byKey = new Map<string, number[]>();
  const finder = new PathFinder(roads.links);

  for (const traveller of TRAVELLERS) {
    roads.demands.forEach((demand, demandIndex) => {
      const key = pathKey(traveller, demandIndex);
      if (!wanted.has(key)) return;
      const indices: number[] = [];
      byKey.set(key, indices);
      const add = (legs: readonly number[], service: Path['service']): void => {
        const dwell = service && !instantaneous ? services[service.index].dwell : 0;
        const { stops, delay } = timePath(legs, service, dwell, links, roads.links.length);
        indices.push(paths.push({ traveller, demand: demandIndex, links: legs, service, stops, delay }) - 1);
      };
      if (traveller === 'regular') {
        for (const links of finder.simplePaths(demand.from, demand.to)) add(links, null);
      } else {
        services.forEach((service, index) => {
          if (service.kind !== traveller) return;
          const node = scenario.stations[service.station].node;
          for (const before of finder.simplePaths(demand.from, node)) {
            for (const after of finder.simplePaths(node, demand.to)) {
              add([...before, ...after], { index, before: before.length });
            }
          }
        });
      }
      if (indices.length === 0) throw new NoPathError(traveller, demand);
    });
  }

  const longestDelay = paths.reduce((longest, path) => Math.max(longest, path.delay), 0);
  return {
    scenario,
    horizon: scenario.intervals,
    // One more than the last arrival, since a fractional delay also sends vehicles to the interval after it.
    intervals: scenario.intervals + (instantaneous ? 0 : Math.floor(longestDelay)) + 1,
    intervalHours,
    links,
    services,
    paths,
    groups,
    pathsOf: (traveller, demand) => byKey.get(pathKey(traveller, demand)) ?? [],
  };
}

const pathKey = (traveller: Traveller, demand: number): string => `${traveller} ${demand}`;

function roundDelay(intervals: number): number {
  return Math.round(intervals * DELAY_ROUNDING) / DELAY_ROUNDING;
}

function buildServices(scenario: Scenario, instantaneous: boolean): Service[] {
  const services: Service[] = [];
  scenario.stations.forEach((station, index) => {
    const add = (kind: ServiceKind, service: StationService | null): void => {
      if (!service) return;
      const energyKwh = service.powerKw * service.serviceH;
      const sign = kind === 'charging' ? 1 : -1;
      // Average vehicles present for each that enters: in a static assignment it need not stay for all the interval.
      const presence = instantaneous ? service.serviceH / scenario.intervalHours : 1;
      services.push({
        station: index,
        kind,
        ports: service.ports / presence,
        dwell: instantaneous
          ? 1
          : Math.max(1, Math.ceil(roundDelay(service.serviceH / scenario.intervalHours))),
        serviceCost: scenario.valueOfTimePerH * service.serviceH,
        waitingCost: scenario.valueOfTimePerH * service.maxWaitH,
        loadMwPerVehicle: (sign * presence * service.powerKw) / KW_PER_MW,
        price: Float64Array.from(service.pricePerKwh, (price) => sign * energyKwh * price),
        couponCap: service.couponCapPerVehicle ?? Infinity,
      });
    };
    add('charging', station.charging);
    add('v2g', station.v2g);
  });
  return services;
}

function buildGroups(scenario: Scenario): Group[] {
  const shares: Record<Traveller, number> = {
    regular: Math.max(0, 1 - scenario.chargingShare - scenario.v2gShare),
    charging: scenario.chargingShare,
    v2g: scenario.v2gShare,
  };
  return TRAVELLERS.flatMap((traveller) =>
    scenario.roads.demands.flatMap((demand, index) =>
      demand.vehPerH
        .map((rate, departure) => ({
          traveller,
          demand: index,
          departure,
          vehicles: rate * scenario.intervalHours * shares[traveller],
        }))
        .filter((group) => group.vehicles > 0),
    ),
  );
}

/** Interpolates the *cumulative* delay at each link: interpolating link by link would smear the platoon. */
function timePath(
  legs: readonly number[],
  service: Path['service'],
  dwell: number,
  links: TrafficModel['links'],
  linkCount: number,
): { stops: PathStop[]; delay: number } {
  const stops: PathStop[] = [];
  let delay = 0;
  const stopAt = (block: number): void => {
    const rounded = roundDelay(delay);
    const offset = Math.floor(rounded);
    stops.push({ block, offset, late: rounded - offset });
  };
  for (let position = 0; position <= legs.length; position++) {
    if (service?.before === position) {
      stopAt(linkCount + service.index);
      delay += dwell;
    }
    if (position === legs.length) break;
    stopAt(legs[position]);
    delay += links[legs[position]].delay;
  }
  return { stops, delay: roundDelay(delay) };
}

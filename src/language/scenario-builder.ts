/**
 * From a program without errors to the engineering model: names resolved, SI-based units, one value per interval.
 * What the author left out takes the default that properties.ts states.
 */
import type { Bus as BusValue, Feeder, Scenario, Station, StationService } from '../solver/scenario.js';
import type { BlockReading } from './block-reader.js';
import { readBlock } from './block-reader.js';
import type * as ast from './generated/ast.js';
import { isShapeUse } from './generated/ast.js';
import type { TimeGrid } from './horizon.js';
import { intervalCount, isWhole, readHorizon } from './horizon.js';
import type { ProgramView } from './program.js';
import { lineId, linkId } from './program.js';
import { longestApproachH } from './longest-approach.js';
import { parseCurrency } from './quantities.js';

/** Used where a file states no currency; hover and the manual say so. */
export const DEFAULT_CURRENCY = 'CNY';

/**
 * @param view A program whose checks found no error.
 * @returns null when the program is a library: it states no scenario, horizon, travellers or roads.
 */
export function buildScenario(view: ProgramView): Scenario | null {
  const [header] = view.scenarios;
  const [travelers] = view.travelers;
  const grid = view.horizons[0] && readHorizon(view.horizons[0], () => {});
  if (!header || !travelers || !grid || view.roads.length === 0) return null;
  const intervals = intervalCount(grid);
  const shares = readBlock(travelers, 'travelers');
  const builder = new Builder(view, grid, intervals);
  const stations = view.stations.map((station) => builder.station(station));
  const roads = builder.roads();
  return {
    name: header.name,
    ...(header.title === undefined ? {} : { title: header.title }),
    startMinutes: grid.startMinutes,
    intervalHours: grid.stepMinutes / 60,
    intervals,
    tailIntervals: tailIntervals(roads, stations, grid),
    currency: currencyOf(view),
    valueOfTimePerH: value(shares, 'value of time', 0),
    chargingShare: value(shares, 'charging', 0),
    v2gShare: value(shares, 'v2g', 0),
    roads,
    stations,
    feeder: buildFeeder(view, grid),
    ...builder.positions(),
  };
}

/** The feeder alone, on a grid; null without one. Its names have to mean something, and its values to be read. */
export function buildFeeder(view: ProgramView, grid: TimeGrid): Feeder | null {
  const [feeder] = view.feeders;
  return feeder ? new Builder(view, grid, intervalCount(grid)).feeder(feeder) : null;
}

/** The currency that the program states, or the default. */
export function currencyOf(view: Pick<ProgramView, 'currencies'>): string {
  return parseCurrency(view.currencies[0]?.code ?? '') ?? DEFAULT_CURRENCY;
}

function value(block: BlockReading, id: string, otherwise: number): number {
  return block.values.get(id)?.low ?? otherwise;
}

/**
 * Intervals after the horizon until the last vehicle has left its last station: the longest free-flow way to a
 * station, and the longest service after it. A bound: longestApproachH says how tight.
 */
function tailIntervals(roads: Scenario['roads'], stations: readonly Station[], grid: TimeGrid): number {
  const services = stations
    .flatMap(({ charging, v2g }) => [charging, v2g])
    .filter((service) => service !== null);
  if (services.length === 0) return 0;
  const stepH = grid.stepMinutes / 60;
  const approach = longestApproachH(roads, new Set(stations.map(({ node }) => node)));
  const dwell = Math.max(...services.map(({ serviceH }) => wholeIntervals(serviceH / stepH)));
  return wholeIntervals(approach / stepH) + dwell;
}

function wholeIntervals(count: number): number {
  return isWhole(count) ? Math.round(count) : Math.ceil(count);
}

class Builder {
  constructor(
    private readonly view: ProgramView,
    private readonly grid: TimeGrid,
    private readonly intervals: number,
  ) {}

  roads(): Scenario['roads'] {
    return {
      nodes: this.view.nodes.map(({ name }) => name),
      links: this.view.links.map((link) => {
        const block = readBlock(link, 'link');
        return {
          id: linkId(link),
          from: link.from.$refText,
          to: link.to.$refText,
          freeFlowTimeH: value(block, 'time', 0),
          capacityVehPerH: value(block, 'capacity', 0),
        };
      }),
      demands: this.view.demands.map((demand) => ({
        id: linkId(demand),
        from: demand.from.$refText,
        to: demand.to.$refText,
        vehPerH: this.profile(readBlock(demand, 'demand'), 'flow', 0),
      })),
    };
  }

  station(station: ast.Station): Station {
    const coupling = this.view.couplings.find((candidate) => candidate.station.$refText === station.name);
    const service = (kind: 'charging' | 'v2g') => {
      const found = station.services.find((candidate) => candidate.kind === kind);
      return found ? this.service(found, kind) : null;
    };
    return {
      id: station.name,
      node: coupling?.nodes[0]?.$refText ?? '',
      bus: coupling?.buses[0]?.$refText ?? null,
      charging: service('charging'),
      v2g: service('v2g'),
    };
  }

  private service(node: ast.Service, kind: 'charging' | 'v2g'): StationService {
    const block = readBlock(node, kind);
    const [powerKw, serviceH] = [value(block, 'power', 0), value(block, 'service', 0)];
    const cap = block.values.get('coupon');
    // A cap in money per kWh holds for the energy that a vehicle takes: power times the real service time.
    const perVehicle = cap && (cap.dimension === 'energyPrice' ? cap.low * powerKw * serviceH : cap.low);
    return {
      ports: value(block, 'ports', 0),
      powerKw,
      serviceH,
      maxWaitH: value(block, 'wait', 0),
      pricePerKwh: this.profile(block, 'price', 0),
      couponCapPerVehicle: perVehicle ?? null,
    };
  }

  feeder(feeder: ast.Feeder): Feeder {
    const settings = this.view.feeders.map((block) => readBlock(block, 'feeder').values);
    const setting = (id: string) =>
      settings.map((values) => values.get(id)).find((reading) => reading !== undefined);
    const band = setting('voltage');
    return {
      id: feeder.name,
      baseKv: setting('base')?.low ?? 0,
      minVoltagePu: band?.low ?? 0,
      maxVoltagePu: band?.high ?? 0,
      buses: this.view.buses.map((bus) => this.bus(bus)),
      lines: this.view.lines.map((line) => {
        const block = readBlock(line, 'line');
        return {
          id: lineId(line),
          from: line.from.$refText,
          to: line.to.$refText,
          resistanceOhm: value(block, 'r', 0),
          reactanceOhm: value(block, 'x', 0),
          limitA: block.values.get('limit')?.low ?? null,
        };
      }),
      sources: this.view.sources.map((source) => {
        const block = readBlock(source, 'source');
        return {
          id: source.name,
          bus: source.bus?.$refText ?? '',
          voltagePu: value(block, 'voltage', 1),
          ...ranges(block),
          pricePerKwh: this.profile(block, 'price', 0),
        };
      }),
      generators: this.view.generators.map((generator) => {
        const block = readBlock(generator, 'generator');
        return {
          id: generator.name,
          bus: generator.bus?.$refText ?? '',
          ...ranges(block),
          costPerKwh: value(block, 'cost', 0),
        };
      }),
      pvs: this.view.pvs.map((pv) => {
        const block = readBlock(pv, 'pv');
        return {
          id: pv.name,
          bus: pv.bus?.$refText ?? '',
          ratingKva: value(block, 'rating', 0),
          availableKw: this.shaped(pv, value(block, 'output', 0)),
        };
      }),
    };
  }

  private bus(bus: ast.Bus): BusValue {
    const block = readBlock(bus, 'bus');
    return {
      id: bus.name,
      loadKw: this.shaped(bus, value(block, 'load', 0)),
      loadKvar: this.shaped(bus, value(block, 'reactive load', 0)),
    };
  }

  positions(): Pick<Scenario, 'positions'> {
    const read = (elements: readonly { name: string; x?: number; y?: number }[]) =>
      Object.fromEntries(
        elements.flatMap(({ name, x, y }) =>
          x === undefined || y === undefined ? [] : [[name, [x, y] as [number, number]]],
        ),
      );
    const [nodes, buses] = [read(this.view.nodes), read(this.view.buses)];
    return Object.keys(nodes).length + Object.keys(buses).length === 0 ? {} : { positions: { nodes, buses } };
  }

  /** A constant times the shape of the block, per interval. */
  private shaped(node: ast.Bus | ast.Pv, constant: number): number[] {
    const shape = node.entries.find(isShapeUse)?.shape.ref;
    const factors = shape ? this.profile(readBlock(shape, 'shape'), 'factor', 1) : this.constant(1);
    return factors.map((factor) => factor * constant);
  }

  /** One value per interval: the step in force when the interval starts. */
  private profile(block: BlockReading, id: string, otherwise: number): number[] {
    const reading = block.values.get(id);
    const steps = reading?.steps;
    if (!steps) return this.constant(reading?.low ?? otherwise);
    return this.constant(0).map((_, interval) => {
      // A step on the grid counts for its own interval in spite of rounding.
      const start = this.grid.startMinutes + (interval + 1e-9) * this.grid.stepMinutes;
      return (steps.findLast(({ minutes }) => minutes <= start) ?? steps[0]).value;
    });
  }

  private constant(number: number): number[] {
    return Array.from({ length: this.intervals }, () => number);
  }
}

function ranges(block: BlockReading) {
  const [power, reactive] = [block.values.get('power'), block.values.get('reactive power')];
  return {
    minKw: power?.low ?? 0,
    maxKw: power?.high ?? 0,
    minKvar: reactive?.low ?? 0,
    maxKvar: reactive?.high ?? 0,
  };
}

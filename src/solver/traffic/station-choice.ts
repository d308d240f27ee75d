/**
 * The merged model of one class of station users: per group, one column for each way of entering a station
 * (service, interval of entry, share that enters one interval later). All paths with the same entry are one
 * column whose constant is the road cost of the cheapest of them, a parameter that is renewed as roads fill.
 * Given the station flows everything a coupon can change is in here: 1020 columns become 336 in the case study.
 */
import type { ColumnSet } from './columns.js';
import { ColumnSetBuilder, serviceBlock } from './columns.js';
import type { ServiceKind, TrafficModel } from './network.js';

export interface StationChoice {
  readonly kind: ServiceKind;
  /** Service cells of this class only; block b is `services[b]` of the model. `constant` holds road costs. */
  readonly columns: ColumnSet;
  readonly services: readonly number[];
  /** Group of the traffic model by group of the columns. */
  readonly groups: readonly number[];
  /** Paths that share the entry, by column. */
  readonly pathsOfColumn: readonly (readonly number[])[];
  /** Road cost per column on empty roads. */
  readonly freeFlowCost: Float64Array;
  /** Energy price per vehicle by cell. */
  readonly price: Float64Array;
  /** Net load of one present vehicle by service block, MW. */
  readonly loadMwPerVehicle: Float64Array;
  /** Largest coupon by service block; Infinity where there is no cap. */
  readonly couponCap: Float64Array;
  /** Station index by service block. */
  readonly stations: Int32Array;
}

/**
 * Merges the columns of a class; constants are free-flow road costs until they are renewed.
 * @param merge false keeps a column per path: the same answers, slower; the benchmark shows by how much.
 */
export function buildStationChoice(model: TrafficModel, kind: ServiceKind, merge = true): StationChoice {
  const services = model.services.flatMap((service, index) => (service.kind === kind ? [index] : []));
  const blockOf = new Map(services.map((service, block) => [service, block]));
  const builder = new ColumnSetBuilder();
  const groups: number[] = [];
  const pathsOfColumn: number[][] = [];
  model.groups.forEach((group, index) => {
    if (group.traveller !== kind) return;
    const byEntry = new Map<string, number[]>();
    for (const pathIndex of model.pathsOf(kind, group.demand)) {
      const entry = entryOf(model, pathIndex);
      const key = merge ? `${entry.service} ${entry.offset} ${entry.late}` : `path ${pathIndex}`;
      const known = byEntry.get(key);
      if (known) known.push(pathIndex);
      else byEntry.set(key, [pathIndex]);
    }
    for (const paths of byEntry.values()) {
      const { service, offset, late } = entryOf(model, paths[0]);
      const cell = (blockOf.get(service) as number) * model.intervals + group.departure + offset;
      builder.addEntry(cell, 1 - late);
      builder.addEntry(cell + 1, late);
      builder.endColumn(Math.min(...paths.map((path) => freeFlowCost(model, path))));
      pathsOfColumn.push(paths);
    }
    builder.endGroup(group.vehicles);
    groups.push(index);
  });
  const blocks = services.map((service) => serviceBlock(model.services[service]));
  const price = new Float64Array(services.length * model.intervals);
  services.forEach((service, block) => {
    for (let t = 0; t < model.intervals; t++) {
      price[block * model.intervals + t] = priceAt(model, service, t);
    }
  });
  const columns = builder.build(blocks, model.intervals);
  return {
    kind,
    columns,
    freeFlowCost: columns.constant.slice(),
    services,
    groups,
    pathsOfColumn,
    price,
    loadMwPerVehicle: Float64Array.from(services, (service) => model.services[service].loadMwPerVehicle),
    couponCap: Float64Array.from(services, (service) => model.services[service].couponCap),
    stations: Int32Array.from(services, (service) => model.services[service].station),
  };
}

/** Energy price of a service in an interval; the last one holds after the horizon. */
export function priceAt(model: TrafficModel, service: number, interval: number): number {
  const { price } = model.services[service];
  return price[Math.min(interval, price.length - 1)];
}

function entryOf(model: TrafficModel, path: number): { service: number; offset: number; late: number } {
  const linkCount = model.links.length;
  const stop = model.paths[path].stops.find(({ block }) => block >= linkCount);
  if (!stop) throw new Error(`path ${path} passes no station`);
  return { service: stop.block - linkCount, offset: stop.offset, late: stop.late };
}

function freeFlowCost(model: TrafficModel, path: number): number {
  return model.paths[path].links.reduce((sum, link) => sum + model.links[link].freeFlowCost, 0);
}

/** Cost of the road links of a path for one departure, given the costs of all cells of the full network. */
export function roadCost(
  model: TrafficModel,
  path: number,
  departure: number,
  cellCost: Float64Array,
): number {
  let cost = 0;
  for (const { block, offset, late } of model.paths[path].stops) {
    if (block >= model.links.length) continue;
    const cell = block * model.intervals + departure + offset;
    cost += (1 - late) * cellCost[cell];
    if (late > 0) cost += late * cellCost[cell + 1];
  }
  return cost;
}

/** Road cost of the cheapest path of each column, from the cell costs of the full network. */
export function renewedRoadCosts(
  model: TrafficModel,
  choice: StationChoice,
  cellCost: Float64Array,
): Float64Array {
  const { groupStart, demand, constant } = choice.columns;
  const costs = new Float64Array(constant.length);
  for (let group = 0; group < demand.length; group++) {
    const { departure } = model.groups[choice.groups[group]];
    for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
      let least = Infinity;
      for (const path of choice.pathsOfColumn[column]) {
        least = Math.min(least, roadCost(model, path, departure, cellCost));
      }
      costs[column] = least;
    }
  }
  return costs;
}

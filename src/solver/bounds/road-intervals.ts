/**
 * Intervals that hold the road cost of every way of entering a station, whatever coupons are paid. The largest
 * flow of a cell is that of every group on its path of most weight there; a path that costs more without traffic
 * than another one that leads to the same place costs at that flow is not used, which makes the largest flow smaller,
 * and so on. By induction each round holds for every equilibrium.
 *
 * Points are certified to a relative gap, not exactly: Σ f·(c − μ) ≤ ε. A path is left out only when it is dearer by
 * a margin, so that all paths left out carry at most ε / margin vehicles, which are added to every cell.
 */
import type { Block } from '../traffic/columns.js';
import { type TrafficModel, WAITING_POWER } from '../traffic/network.js';
import { roadCost, type StationChoice } from '../traffic/station-choice.js';
import { reachOf } from './reach.js';

/** A path this much dearer than another is left out, money. */
const DOMINANCE_MARGIN = 0.2;
/** Rounds of leaving out paths; the case study settles in three. */
const MAX_ROUNDS = 10;

/** Lower and upper road cost per merged column of a class, money. */
export interface CostInterval {
  lower: Float64Array;
  upper: Float64Array;
}

export interface RoadIntervals {
  /** By class, in the order of the choices. */
  columns: CostInterval[];
  /** No equilibrium has a larger total travel-time cost, money. */
  timeCost: number;
}

/** Paths of a group between which nothing but road costs decides. */
interface Rivals {
  group: number;
  paths: number[];
}

/** @param relativeGap of the equilibria that the intervals have to hold for. */
export function roadIntervals(
  model: TrafficModel,
  choices: readonly StationChoice[],
  relativeGap: number,
): RoadIntervals {
  const alive = new Uint8Array(model.groups.length * model.paths.length).fill(1);
  const rivals = rivalsOf(model, choices);
  const timeCost = largestTimeCost(model, choices);
  const strayVehicles = (relativeGap * timeCost) / DOMINANCE_MARGIN;
  let cost = cellCosts(model, alive, 0);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (!leaveOut(model, rivals, alive, cost)) break;
    cost = cellCosts(model, alive, strayVehicles);
  }
  const columns = choices.map((choice): CostInterval => {
    const { groupStart, demand, constant } = choice.columns;
    const lower = new Float64Array(constant.length);
    const upper = new Float64Array(constant.length);
    for (let group = 0; group < demand.length; group++) {
      const { departure } = model.groups[choice.groups[group]];
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
        const paths = choice.pathsOfColumn[column];
        lower[column] = Math.min(...paths.map((path) => roadCost(model, path, departure, cost.lower)));
        upper[column] = Math.min(...paths.map((path) => roadCost(model, path, departure, cost.upper)));
      }
    }
    return { lower, upper };
  });
  return { columns, timeCost };
}

/** Regular travellers choose among all their paths; station users among those with the same entry. */
function rivalsOf(model: TrafficModel, choices: readonly StationChoice[]): Rivals[] {
  const rivals: Rivals[] = [];
  model.groups.forEach(({ traveller, demand }, group) => {
    if (traveller === 'regular') rivals.push({ group, paths: [...model.pathsOf(traveller, demand)] });
  });
  for (const { columns, groups, pathsOfColumn } of choices) {
    groups.forEach((group, index) => {
      for (let column = columns.groupStart[index]; column < columns.groupStart[index + 1]; column++) {
        rivals.push({ group, paths: [...pathsOfColumn[column]] });
      }
    });
  }
  return rivals;
}

/** @returns whether a path was left out. */
function leaveOut(
  model: TrafficModel,
  rivals: readonly Rivals[],
  alive: Uint8Array,
  cost: CostInterval,
): boolean {
  let changed = false;
  for (const { group, paths } of rivals) {
    const { departure } = model.groups[group];
    const best = Math.min(...paths.map((path) => roadCost(model, path, departure, cost.upper)));
    for (const path of paths) {
      const at = group * model.paths.length + path;
      if (alive[at] === 0 || roadCost(model, path, departure, cost.lower) <= best + DOMINANCE_MARGIN)
        continue;
      alive[at] = 0;
      changed = true;
    }
  }
  return changed;
}

/** Costs of all road cells at their least and largest flows. */
function cellCosts(model: TrafficModel, alive: Uint8Array, strayVehicles: number): CostInterval {
  const { links, intervals } = model;
  const least = new Float64Array(links.length * intervals).fill(-strayVehicles);
  const largest = new Float64Array(links.length * intervals).fill(strayVehicles);
  const visits = new Int32Array(links.length * intervals);
  const low = new Float64Array(links.length * intervals);
  const high = new Float64Array(links.length * intervals);
  model.groups.forEach(({ traveller, demand, departure, vehicles }, group) => {
    const paths = model
      .pathsOf(traveller, demand)
      .filter((path) => alive[group * model.paths.length + path] === 1);
    visits.fill(0);
    low.fill(Infinity);
    high.fill(0);
    for (const path of paths) {
      for (const [cell, weight] of roadCells(model, path, departure)) {
        visits[cell]++;
        low[cell] = Math.min(low[cell], weight);
        high[cell] = Math.max(high[cell], weight);
      }
    }
    for (let cell = 0; cell < visits.length; cell++) {
      if (visits[cell] === 0) continue;
      largest[cell] += vehicles * high[cell];
      if (visits[cell] === paths.length) least[cell] += vehicles * low[cell];
    }
  });
  const at = (flow: Float64Array): Float64Array =>
    flow.map((vehicles, cell) => {
      const { freeFlowCost, capacityPerInterval, volumeDelay } = links[Math.floor(cell / intervals)];
      const ratio = Math.max(0, vehicles) / capacityPerInterval;
      return freeFlowCost * (1 + volumeDelay.coefficient * ratio ** volumeDelay.power);
    });
  return { lower: at(least), upper: at(largest) };
}

/** Weight of a departure in each road cell that it passes; a path that passes a link twice is summed up. */
function roadCells(model: TrafficModel, path: number, departure: number): Map<number, number> {
  const weights = new Map<number, number>();
  const add = (cell: number, weight: number): void => {
    if (weight > 0) weights.set(cell, (weights.get(cell) ?? 0) + weight);
  };
  for (const { block, offset, late } of model.paths[path].stops) {
    if (block >= model.links.length) continue;
    const cell = block * model.intervals + departure + offset;
    add(cell, 1 - late);
    add(cell + 1, late);
  }
  return weights;
}

/** Σ vehicles × the dearest way at the largest flows, service and waiting at the fullest station included. */
function largestTimeCost(model: TrafficModel, choices: readonly StationChoice[]): number {
  const everyone = new Uint8Array(model.groups.length * model.paths.length).fill(1);
  const { upper } = cellCosts(model, everyone, 0);
  let total = 0;
  for (const { traveller, demand, departure, vehicles } of model.groups) {
    if (traveller !== 'regular') continue;
    const costs = model.pathsOf(traveller, demand).map((path) => roadCost(model, path, departure, upper));
    total += vehicles * Math.max(...costs);
  }
  for (const choice of choices) {
    const { groupStart, demand, start, cell, weight, blocks, intervals } = choice.columns;
    const { mostPresent } = reachOf(choice);
    for (let group = 0; group < demand.length; group++) {
      const { departure } = model.groups[choice.groups[group]];
      let dearest = 0;
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
        const costs = choice.pathsOfColumn[column].map((path) => roadCost(model, path, departure, upper));
        let cost = Math.max(...costs);
        for (let entry = start[column]; entry < start[column + 1]; entry++) {
          const block = blocks[Math.floor(cell[entry] / intervals)];
          cost += weight[entry] * serviceTimeCost(block, mostPresent[cell[entry]]);
        }
        dearest = Math.max(dearest, cost);
      }
      total += demand[group] * dearest;
    }
  }
  return total;
}

/** Service and waiting with so many vehicles present, money. */
export function serviceTimeCost(block: Block, present: number): number {
  if (block.kind !== 'service') throw new Error('a road is no station');
  return block.serviceCost + block.waitingCost * (present / block.ports) ** WAITING_POWER;
}

/**
 * How many vehicles can enter and be present at each station cell, whatever way travellers choose: delays are constant,
 * so the most and the least follow from each group's columns by themselves.
 */
import type { StationChoice } from '../traffic/station-choice.js';

/** Bounds by cell of a class, vehicles. */
export interface Reach {
  leastInflow: Float64Array;
  mostInflow: Float64Array;
  /** Present at the end of the cell's interval. */
  leastPresent: Float64Array;
  mostPresent: Float64Array;
}

export function reachOf({ columns }: StationChoice): Reach {
  const { blocks, intervals, groupStart, demand, start, cell, weight } = columns;
  const size = blocks.length * intervals;
  const reach: Reach = {
    leastInflow: new Float64Array(size),
    mostInflow: new Float64Array(size),
    leastPresent: new Float64Array(size),
    mostPresent: new Float64Array(size),
  };
  const inflow = new Float64Array(size);
  const present = new Float64Array(size);
  for (let group = 0; group < demand.length; group++) {
    const least = { inflow: new Float64Array(size), present: new Float64Array(size) };
    const most = { inflow: new Float64Array(size), present: new Float64Array(size) };
    for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
      inflow.fill(0);
      present.fill(0);
      for (let entry = start[column]; entry < start[column + 1]; entry++) {
        const at = cell[entry];
        inflow[at] += weight[entry];
        for (const later of presentFrom(at, blocks, intervals)) present[later] += weight[entry];
      }
      const first = column === groupStart[group];
      for (let at = 0; at < size; at++) {
        least.inflow[at] = first ? inflow[at] : Math.min(least.inflow[at], inflow[at]);
        most.inflow[at] = Math.max(most.inflow[at], inflow[at]);
        least.present[at] = first ? present[at] : Math.min(least.present[at], present[at]);
        most.present[at] = Math.max(most.present[at], present[at]);
      }
    }
    for (let at = 0; at < size; at++) {
      reach.leastInflow[at] += demand[group] * least.inflow[at];
      reach.mostInflow[at] += demand[group] * most.inflow[at];
      reach.leastPresent[at] += demand[group] * least.present[at];
      reach.mostPresent[at] += demand[group] * most.present[at];
    }
  }
  return reach;
}

/** Cells at the end of whose interval a vehicle that enters a cell is present, that cell first. */
export function presentFrom(
  cell: number,
  blocks: StationChoice['columns']['blocks'],
  intervals: number,
): number[] {
  const block = Math.floor(cell / intervals);
  const service = blocks[block];
  const dwell = service.kind === 'service' ? service.dwell : 1;
  const end = Math.min(cell + dwell, (block + 1) * intervals);
  return Array.from({ length: end - cell }, (_, later) => cell + later);
}

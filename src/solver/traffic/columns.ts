/**
 * Path-departure columns over cost cells: the sparse form in which equilibria are computed. A cell is one link
 * or one station service in one interval; a column puts a vehicle into cells with weights that come from the
 * interpolated delays. The same form holds the full network (one column per path and departure) and the merged
 * one (one column per way of entering a station).
 */
import type { TrafficModel, VolumeDelay } from './network.js';

/** Road cells of one link: separable volume-delay cost. */
export interface RoadBlock {
  readonly kind: 'road';
  readonly freeFlowCost: number;
  readonly capacityPerInterval: number;
  readonly volumeDelay: VolumeDelay;
}

/** Station cells of one service: waiting depends on the occupancy, a moving sum of the inflow. */
export interface ServiceBlock {
  readonly kind: 'service';
  readonly ports: number;
  readonly dwell: number;
  readonly serviceCost: number;
  readonly waitingCost: number;
}

export type Block = RoadBlock | ServiceBlock;

export interface ColumnSet {
  /** Cells of block b are b·intervals … (b+1)·intervals − 1, in order of time. */
  readonly blocks: readonly Block[];
  readonly intervals: number;
  /** Columns of group g are groupStart[g] … groupStart[g+1] − 1. */
  readonly groupStart: Int32Array;
  /** Vehicles per group. */
  readonly demand: Float64Array;
  /** Entries of column j are start[j] … start[j+1] − 1. */
  readonly start: Int32Array;
  readonly cell: Int32Array;
  readonly weight: Float64Array;
  /** Cost of a column that does not depend on any flow, in money. */
  readonly constant: Float64Array;
}

/** Growing form of a `ColumnSet`. */
export class ColumnSetBuilder {
  private readonly groupStart: number[] = [0];
  private readonly demand: number[] = [];
  private readonly start: number[] = [0];
  private readonly cell: number[] = [];
  private readonly weight: number[] = [];
  private readonly constant: number[] = [];

  addEntry(cell: number, weight: number): void {
    if (weight === 0) return;
    this.cell.push(cell);
    this.weight.push(weight);
  }

  /** Ends the column whose entries were added. */
  endColumn(constant: number): void {
    this.start.push(this.cell.length);
    this.constant.push(constant);
  }

  endGroup(vehicles: number): void {
    this.groupStart.push(this.constant.length);
    this.demand.push(vehicles);
  }

  build(blocks: readonly Block[], intervals: number): ColumnSet {
    return {
      blocks,
      intervals,
      groupStart: Int32Array.from(this.groupStart),
      demand: Float64Array.from(this.demand),
      start: Int32Array.from(this.start),
      cell: Int32Array.from(this.cell),
      weight: Float64Array.from(this.weight),
      constant: Float64Array.from(this.constant),
    };
  }
}

/** Cost blocks of a traffic model: links first, then services, as `PathStop.block` numbers them. */
export function blocksOf(model: TrafficModel): Block[] {
  return [
    ...model.links.map(({ freeFlowCost, capacityPerInterval, volumeDelay }): RoadBlock => ({
      kind: 'road',
      freeFlowCost,
      capacityPerInterval,
      volumeDelay,
    })),
    ...model.services.map(serviceBlock),
  ];
}

export function serviceBlock(service: TrafficModel['services'][number]): ServiceBlock {
  const { ports, dwell, serviceCost, waitingCost } = service;
  return { kind: 'service', ports, dwell, serviceCost, waitingCost };
}

/** All path-departure columns of a traffic model; column order: groups, then paths of the group. */
export function fullColumns(model: TrafficModel): ColumnSet {
  const builder = new ColumnSetBuilder();
  for (const group of model.groups) {
    for (const index of model.pathsOf(group.traveller, group.demand)) {
      for (const { block, offset, late } of model.paths[index].stops) {
        const cell = block * model.intervals + group.departure + offset;
        builder.addEntry(cell, 1 - late);
        builder.addEntry(cell + 1, late);
      }
      builder.endColumn(0);
    }
    builder.endGroup(group.vehicles);
  }
  return builder.build(blocksOf(model), model.intervals);
}

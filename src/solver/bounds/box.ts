/** Ranges that hold for every equilibrium of a class, or for a part of them, and the waiting times that they leave. */
import type { ServiceBlock } from '../traffic/columns.js';
import { WAITING_POWER } from '../traffic/network.js';
import type { StationChoice } from '../traffic/station-choice.js';
import { reachOf } from './reach.js';

/** Vehicles by column and by cell, coupons by cell and least costs by group, money. */
export interface ClassBox {
  leastFlow: Float64Array;
  mostFlow: Float64Array;
  leastInflow: Float64Array;
  mostInflow: Float64Array;
  /** Present at the end of the cell's interval. */
  leastPresent: Float64Array;
  mostPresent: Float64Array;
  leastCoupon: Float64Array;
  /** Infinity where no cap is stated. */
  mostCoupon: Float64Array;
  /** Waiting less coupon by cell: all of a cell that decides what travellers do. */
  leastNet: Float64Array;
  mostNet: Float64Array;
  /** Of the cheapest column of a group, coupon deducted. */
  leastCost: Float64Array;
  mostCost: Float64Array;
}

/** What delays, demands and caps alone leave. */
export function boxOf(choice: StationChoice): ClassBox {
  const { intervals, groupStart, demand, constant } = choice.columns;
  const reach = reachOf(choice);
  const mostFlow = new Float64Array(constant.length);
  demand.forEach((vehicles, group) => mostFlow.fill(vehicles, groupStart[group], groupStart[group + 1]));
  const cells = reach.mostPresent.length;
  return {
    ...reach,
    leastFlow: new Float64Array(constant.length),
    mostFlow,
    leastCoupon: new Float64Array(cells),
    mostCoupon: Float64Array.from({ length: cells }, (_, at) => choice.couponCap[Math.floor(at / intervals)]),
    leastNet: new Float64Array(cells).fill(-Infinity),
    mostNet: new Float64Array(cells).fill(Infinity),
    leastCost: new Float64Array(demand.length).fill(-Infinity),
    mostCost: new Float64Array(demand.length).fill(Infinity),
  };
}

export function copyOf(box: ClassBox): ClassBox {
  return {
    leastFlow: box.leastFlow.slice(),
    mostFlow: box.mostFlow.slice(),
    leastInflow: box.leastInflow.slice(),
    mostInflow: box.mostInflow.slice(),
    leastPresent: box.leastPresent.slice(),
    mostPresent: box.mostPresent.slice(),
    leastCoupon: box.leastCoupon.slice(),
    mostCoupon: box.mostCoupon.slice(),
    leastNet: box.leastNet.slice(),
    mostNet: box.mostNet.slice(),
    leastCost: box.leastCost.slice(),
    mostCost: box.mostCost.slice(),
  };
}

export function serviceOf({ columns }: StationChoice, cell: number): ServiceBlock {
  const block = columns.blocks[Math.floor(cell / columns.intervals)];
  if (block.kind !== 'service') throw new Error('a class has service cells only');
  return block;
}

/** Waiting cost, money: waitingCost · (present / ports)³. */
export function waiting({ waitingCost, ports }: ServiceBlock, present: number): number {
  return waitingCost * (present / ports) ** WAITING_POWER;
}

/** Vehicles present at a waiting cost: the inverse of `waiting`. */
export function presentAt({ waitingCost, ports }: ServiceBlock, wait: number): number {
  if (waitingCost === 0) return wait > 0 ? Infinity : 0;
  return ports * (Math.max(0, wait) / waitingCost) ** (1 / WAITING_POWER);
}

/** d waiting / d present. */
export function waitingSlope({ waitingCost, ports }: ServiceBlock, present: number): number {
  return ((waitingCost * WAITING_POWER) / ports) * (present / ports) ** (WAITING_POWER - 1);
}

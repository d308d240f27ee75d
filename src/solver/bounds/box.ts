/** Ranges that hold for every equilibrium of a class, and the convex pieces that they leave of its waiting times. */
import type { ServiceBlock } from '../traffic/columns.js';
import { WAITING_POWER } from '../traffic/network.js';
import type { StationChoice } from '../traffic/station-choice.js';
import { reachOf } from './reach.js';

/** By cell of the class. */
export interface CellBox {
  leastPresent: Float64Array;
  mostPresent: Float64Array;
  mostInflow: Float64Array;
  leastCoupon: Float64Array;
  /** Infinity where no cap is stated. */
  mostCoupon: Float64Array;
}

export function boxOf(choice: StationChoice): CellBox {
  const { leastPresent, mostPresent, mostInflow } = reachOf(choice);
  const { intervals } = choice.columns;
  const mostCoupon = mostPresent.map((_, cell) => choice.couponCap[Math.floor(cell / intervals)]);
  return {
    leastPresent,
    mostPresent,
    mostInflow,
    leastCoupon: new Float64Array(mostCoupon.length),
    mostCoupon,
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

/** d waiting / d present. */
export function waitingSlope({ waitingCost, ports }: ServiceBlock, present: number): number {
  return ((waitingCost * WAITING_POWER) / ports) * (present / ports) ** (WAITING_POWER - 1);
}

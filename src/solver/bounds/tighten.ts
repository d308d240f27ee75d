/**
 * Ranges of one class made narrower by what every equilibrium of it has to satisfy, with interval arithmetic alone. For
 * a group with demand q, flows f_j, costs c_j (coupon deducted) and least cost μ, certified to Σ f·(c − μ) ≤ ε:
 *
 *   μ = min_j c_j                       Σ_j f_j = q
 *   f_j ≤ ε / (c_j − μ)                 what is dearer is not used
 *   c_j ≤ μ + ε / f_j                   what is used is not dearer
 *
 * and for the cells of a station inflow W_t = Σ f, present h_t = W_t + … + W_{t−dwell+1}, waiting = c·(h_t / ports)³.
 */
import type { StationChoice } from '../traffic/station-choice.js';
import { presentAt, serviceOf, waiting, type ClassBox } from './box.js';
import type { CostInterval } from './road-intervals.js';
import { CellSums } from './cell-sums.js';

/** Every range is left this much wider, vehicles or money, so that rounding cuts nothing off. */
const MARGIN = 1e-7;
/** Ranges whose ends cross by more than this are empty. */
const CROSSED = 1e-5;
/** Flows below this tell nothing of a cost: the gap allows anything. */
const LEAST_FLOW = 1e-3;
/** Rounds are repeated while a range shrinks by more than this share of it … */
const WORTH = 0.02;
/** … and at most so often. */
const MAX_ROUNDS = 12;

export class Tightening {
  private readonly inflow: CellSums;
  private readonly present: CellSums;
  /** Service and price by cell, money. */
  private readonly fixed: Float64Array;
  private readonly entering: ReadonlyMap<number, { column: number; group: number; share: number }[]>;
  private changed = false;
  private empty = false;

  constructor(
    private readonly choice: StationChoice,
    private readonly roads: CostInterval,
    private readonly excessCost: number,
  ) {
    this.inflow = CellSums.ofInflow(choice);
    this.present = CellSums.ofPresent(choice);
    this.fixed = choice.price.map((price, at) => price + serviceOf(choice, at).serviceCost);
    this.entering = waysIn(choice);
  }

  /** Narrows a box in place; false when no equilibrium lies in it. */
  apply(box: ClassBox): boolean {
    this.empty = false;
    for (let round = 0; round < MAX_ROUNDS && !this.empty; round++) {
      this.changed = false;
      this.netCosts(box);
      this.flowsByCosts(box);
      if (this.empty) break;
      this.sums(box, this.inflow, box.leastInflow, box.mostInflow);
      this.sums(box, this.present, box.leastPresent, box.mostPresent);
      this.queues(box);
      if (!this.changed) break;
    }
    return !this.empty;
  }

  private raise(list: Float64Array, index: number, value: number, most: Float64Array): void {
    const next = value - MARGIN;
    if (!(next > list[index])) return;
    const range = most[index] - list[index];
    if (next > most[index]) {
      if (next > most[index] + CROSSED) this.empty = true;
      list[index] = Math.max(list[index], most[index]);
      return;
    }
    if (!(next - list[index] <= WORTH * range)) this.changed = true;
    list[index] = next;
  }

  private lower(list: Float64Array, index: number, value: number, least: Float64Array): void {
    const next = value + MARGIN;
    if (!(next < list[index])) return;
    const range = list[index] - least[index];
    if (next < least[index]) {
      if (next < least[index] - CROSSED) this.empty = true;
      list[index] = Math.min(list[index], least[index]);
      return;
    }
    if (!(list[index] - next <= WORTH * range)) this.changed = true;
    list[index] = next;
  }

  /** Waiting less coupon, and what each of the three says of the others. */
  private netCosts(box: ClassBox): void {
    for (let at = 0; at < box.leastNet.length; at++) {
      const service = serviceOf(this.choice, at);
      const [short, long] = [waiting(service, box.leastPresent[at]), waiting(service, box.mostPresent[at])];
      this.raise(box.leastNet, at, short - box.mostCoupon[at], box.mostNet);
      this.lower(box.mostNet, at, long - box.leastCoupon[at], box.leastNet);
      this.raise(box.leastCoupon, at, short - box.mostNet[at], box.mostCoupon);
      this.lower(box.mostCoupon, at, long - box.leastNet[at], box.leastCoupon);
      const longest = box.mostNet[at] + box.mostCoupon[at];
      if (longest < short - CROSSED) this.empty = true;
      else if (longest < long)
        this.lower(box.mostPresent, at, presentAt(service, longest + MARGIN), box.leastPresent);
      const shortest = box.leastNet[at] + box.leastCoupon[at];
      if (shortest > long + CROSSED) this.empty = true;
      else if (shortest > short)
        this.raise(box.leastPresent, at, presentAt(service, shortest - MARGIN), box.mostPresent);
    }
  }

  /** Costs, least costs, and what they say of flows and net costs. */
  private flowsByCosts(box: ClassBox): void {
    const { choice, roads, excessCost } = this;
    const { groupStart, demand, start, cell, weight } = choice.columns;
    const least = roads.lower.slice();
    const most = roads.upper.slice();
    for (let column = 0; column < least.length; column++) {
      for (let entry = start[column]; entry < start[column + 1]; entry++) {
        const at = cell[entry];
        least[column] += weight[entry] * (this.fixed[at] + box.leastNet[at]);
        most[column] += weight[entry] * (this.fixed[at] + box.mostNet[at]);
      }
    }
    for (let group = 0; group < demand.length; group++) {
      const [first, end] = [groupStart[group], groupStart[group + 1]];
      this.raise(box.leastCost, group, Math.min(...least.subarray(first, end)), box.mostCost);
      this.lower(box.mostCost, group, Math.min(...most.subarray(first, end)), box.leastCost);
      let [leastTotal, mostTotal] = [0, 0];
      for (let column = first; column < end; column++) {
        const flow = box.leastFlow[column];
        if (flow > LEAST_FLOW)
          this.raise(box.leastCost, group, least[column] - excessCost / flow, box.mostCost);
        const dearer = least[column] - box.mostCost[group];
        if (dearer > 0) this.lower(box.mostFlow, column, excessCost / dearer, box.leastFlow);
        leastTotal += flow;
        mostTotal += box.mostFlow[column];
      }
      for (let column = first; column < end; column++) {
        const [low, high] = [box.leastFlow[column], box.mostFlow[column]];
        this.lower(box.mostFlow, column, demand[group] - (leastTotal - low), box.leastFlow);
        this.raise(box.leastFlow, column, demand[group] - (mostTotal - high), box.mostFlow);
        const dearest = low > LEAST_FLOW ? box.mostCost[group] + excessCost / low : Infinity;
        for (let entry = start[column]; entry < start[column + 1]; entry++) {
          const at = cell[entry];
          const share = weight[entry];
          // No dearer than this if it is used, and no cheaper than the least cost.
          this.lower(box.mostNet, at, box.leastNet[at] + (dearest - least[column]) / share, box.leastNet);
          const cheaper = (most[column] - box.leastCost[group]) / share;
          this.raise(box.leastNet, at, box.mostNet[at] - cheaper, box.mostNet);
        }
      }
    }
    this.someoneEnters(box, least);
  }

  /** Where vehicles enter, one column at least carries its share of them and is no dearer than its group's least cost. */
  private someoneEnters(box: ClassBox, least: Float64Array): void {
    for (const [at, ways] of this.entering) {
      const flow = box.leastInflow[at] / ways.length;
      if (flow < LEAST_FLOW) continue;
      let most = -Infinity;
      for (const { column, group, share } of ways) {
        if (share * box.mostFlow[column] < flow) continue;
        const dearest = box.mostCost[group] + this.excessCost / flow;
        most = Math.max(most, box.leastNet[at] + (dearest - least[column]) / share);
      }
      this.lower(box.mostNet, at, most, box.leastNet);
    }
  }

  /** Σ share · flow of a cell, by groups, both ways. */
  private sums(box: ClassBox, sums: CellSums, least: Float64Array, most: Float64Array): void {
    sums.forEachCell(box, (at, total) => {
      this.raise(least, at, total.least, most);
      this.lower(most, at, total.most, least);
      for (const { column, share, groupLeast, groupMost, restLeast, restMost } of total.terms) {
        const above = least[at] - (total.most - groupMost) - restMost;
        const below = most[at] - (total.least - groupLeast) - restLeast;
        this.raise(box.leastFlow, column, above / share, box.mostFlow);
        this.lower(box.mostFlow, column, below / share, box.leastFlow);
      }
    });
  }

  /** Present now = present before + inflow − those who entered a dwell ago. */
  private queues(box: ClassBox): void {
    const { blocks, intervals } = this.choice.columns;
    blocks.forEach((_, block) => {
      const first = block * intervals;
      const { dwell } = serviceOf(this.choice, first);
      for (let at = first; at < first + intervals; at++) {
        const from = Math.max(first, at - dwell + 1);
        let [least, most] = [0, 0];
        for (let k = from; k <= at; k++) {
          least += box.leastInflow[k];
          most += box.mostInflow[k];
        }
        this.raise(box.leastPresent, at, least, box.mostPresent);
        this.lower(box.mostPresent, at, most, box.leastPresent);
        for (let k = from; k <= at; k++) {
          const [low, high] = [box.leastInflow[k], box.mostInflow[k]];
          this.lower(box.mostInflow, k, box.mostPresent[at] - (least - low), box.leastInflow);
          this.raise(box.leastInflow, k, box.leastPresent[at] - (most - high), box.mostInflow);
        }
        if (at === first) continue;
        const left = at - dwell;
        const leftLeast = left >= first ? box.leastInflow[left] : 0;
        const leftMost = left >= first ? box.mostInflow[left] : 0;
        const before = at - 1;
        this.lower(
          box.mostPresent,
          at,
          box.mostPresent[before] + box.mostInflow[at] - leftLeast,
          box.leastPresent,
        );
        this.raise(
          box.leastPresent,
          at,
          box.leastPresent[before] + box.leastInflow[at] - leftMost,
          box.mostPresent,
        );
        this.lower(
          box.mostPresent,
          before,
          box.mostPresent[at] + leftMost - box.leastInflow[at],
          box.leastPresent,
        );
        this.raise(
          box.leastPresent,
          before,
          box.leastPresent[at] + leftLeast - box.mostInflow[at],
          box.mostPresent,
        );
      }
    });
  }
}

/** By cell the columns that enter it. */
function waysIn({ columns }: StationChoice): Map<number, { column: number; group: number; share: number }[]> {
  const { groupStart, demand, start, cell, weight } = columns;
  const ways = new Map<number, { column: number; group: number; share: number }[]>();
  for (let group = 0; group < demand.length; group++) {
    for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
      for (let entry = start[column]; entry < start[column + 1]; entry++) {
        const way = { column, group, share: weight[entry] };
        const known = ways.get(cell[entry]);
        if (known) known.push(way);
        else ways.set(cell[entry], [way]);
      }
    }
  }
  return ways;
}

/**
 * Loading: flows of columns → inflows of cells → occupancies → costs, kept up to date as flows move.
 * Road cells cost θ·t0 (1 + b (w/cap)^p) [BPR]; service cells cost θ(service + maxWait (h/ports)^3) with h the
 * occupancy at the end of the interval of entry, plus whatever money the caller puts on a cell.
 */
import { WAITING_POWER } from './network.js';
import type { ColumnSet } from './columns.js';

export class CellState {
  /** Vehicles entering a cell. */
  readonly inflow: Float64Array;
  /** Of service cells: vehicles present at the end of the interval of entry, Σ inflow over the dwell. */
  readonly occupancy: Float64Array;
  /** Money per vehicle. */
  readonly cost: Float64Array;
  /** Of road cells: d cost / d inflow; of service cells: d cost / d occupancy. */
  readonly slope: Float64Array;
  /** Price minus coupon per vehicle; set by the caller, then `refresh`. */
  readonly money: Float64Array;
  /** Proximal term: `proximal`·(inflow − target) is added to the cost of service cells. */
  proximal = 0;
  readonly target: Float64Array;

  private readonly blockOf: Int32Array;
  private readonly dwell: Int32Array;

  constructor(readonly columns: ColumnSet) {
    const { blocks, intervals } = columns;
    const cells = blocks.length * intervals;
    this.inflow = new Float64Array(cells);
    this.occupancy = new Float64Array(cells);
    this.cost = new Float64Array(cells);
    this.slope = new Float64Array(cells);
    this.money = new Float64Array(cells);
    this.target = new Float64Array(cells);
    this.blockOf = new Int32Array(cells);
    blocks.forEach((_, block) => this.blockOf.fill(block, block * intervals, (block + 1) * intervals));
    this.dwell = Int32Array.from(blocks, (block) => (block.kind === 'road' ? 0 : block.dwell));
  }

  /** Recomputes everything from column flows, so that rounding does not pile up. */
  load(flow: Float64Array): void {
    const { start, cell, weight, constant } = this.columns;
    this.inflow.fill(0);
    for (let column = 0; column < constant.length; column++) {
      const vehicles = flow[column];
      if (vehicles === 0) continue;
      for (let entry = start[column]; entry < start[column + 1]; entry++) {
        this.inflow[cell[entry]] += weight[entry] * vehicles;
      }
    }
    this.refresh();
  }

  /** Recomputes occupancies, costs and slopes from the inflows. */
  refresh(): void {
    const { blocks, intervals } = this.columns;
    for (let block = 0; block < blocks.length; block++) {
      const first = block * intervals;
      const dwell = this.dwell[block];
      let present = 0;
      for (let cell = first; cell < first + intervals; cell++) {
        if (dwell > 0) {
          present += this.inflow[cell];
          if (cell - dwell >= first) present -= this.inflow[cell - dwell];
          this.occupancy[cell] = present;
        }
        this.updateCost(cell);
      }
    }
  }

  /** Lets `vehicles` more enter through a column. */
  shift(column: number, vehicles: number): void {
    const { start, cell, weight, intervals } = this.columns;
    for (let entry = start[column]; entry < start[column + 1]; entry++) {
      const at = cell[entry];
      const change = weight[entry] * vehicles;
      this.inflow[at] += change;
      const block = this.blockOf[at];
      const dwell = this.dwell[block];
      if (dwell === 0) {
        this.updateCost(at);
        continue;
      }
      const end = Math.min(at + dwell, (block + 1) * intervals);
      for (let later = at; later < end; later++) {
        this.occupancy[later] += change;
        this.updateCost(later);
      }
    }
  }

  columnCost(column: number): number {
    const { start, cell, weight, constant } = this.columns;
    let cost = constant[column];
    for (let entry = start[column]; entry < start[column + 1]; entry++) {
      cost += weight[entry] * this.cost[cell[entry]];
    }
    return cost;
  }

  /**
   * out += factor · J·e for a unit flow e in a column, J the derivative of cell costs to cell inflows. Cells that
   * are written are appended to `touched`, possibly twice.
   */
  addCostChange(column: number, factor: number, out: Float64Array, touched: number[]): void {
    const { start, cell, weight, intervals } = this.columns;
    for (let entry = start[column]; entry < start[column + 1]; entry++) {
      const at = cell[entry];
      const change = factor * weight[entry];
      const block = this.blockOf[at];
      const dwell = this.dwell[block];
      touched.push(at);
      if (dwell === 0) {
        out[at] += change * this.slope[at];
        continue;
      }
      out[at] += change * this.proximal;
      const end = Math.min(at + dwell, (block + 1) * intervals);
      for (let later = at; later < end; later++) {
        out[later] += change * this.slope[later];
        if (later > at) touched.push(later);
      }
    }
  }

  /** Driving, service and waiting cost of all vehicles, without money. */
  totalTimeCost(): number {
    let total = 0;
    for (let cell = 0; cell < this.inflow.length; cell++) {
      const inflow = this.inflow[cell];
      if (inflow === 0) continue;
      const proximal = this.dwell[this.blockOf[cell]] > 0 ? this.proximal * (inflow - this.target[cell]) : 0;
      total += inflow * (this.cost[cell] - this.money[cell] - proximal);
    }
    return total;
  }

  private updateCost(cell: number): void {
    const block = this.columns.blocks[this.blockOf[cell]];
    if (block.kind === 'road') {
      const { freeFlowCost, capacityPerInterval, volumeDelay } = block;
      const ratio = Math.max(0, this.inflow[cell]) / capacityPerInterval;
      const { coefficient, power } = volumeDelay;
      const below = power === 4 ? ratio * ratio * ratio : ratio ** (power - 1);
      this.cost[cell] = freeFlowCost * (1 + coefficient * below * ratio) + this.money[cell];
      this.slope[cell] = (freeFlowCost * coefficient * power * below) / capacityPerInterval;
      return;
    }
    const ratio = Math.max(0, this.occupancy[cell]) / block.ports;
    const squared = ratio * ratio;
    this.slope[cell] = (block.waitingCost * WAITING_POWER * squared) / block.ports;
    this.cost[cell] = block.serviceCost + block.waitingCost * squared * ratio + this.money[cell];
    if (this.proximal !== 0) this.cost[cell] += this.proximal * (this.inflow[cell] - this.target[cell]);
  }
}

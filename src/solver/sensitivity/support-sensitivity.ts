/**
 * How the support of a region moves with its limits, at one of its points. By the envelope theorem the derivative of
 * min direction · load to a parameter is that of the Lagrangian with everything else held: the multiplier of the
 * budget row of the step programme, those of coupons at their cap, and the multipliers of the waiting times
 * T = wait · (occupancy / ports)³ and of the feeder's half-spaces times what the parameter does to these rows.
 */
import type { Highs } from '../highs/load.js';
import type { ClassState } from '../region/class-model.js';
import { subsidyOf } from '../region/local-search.js';
import type { RegionContext } from '../region/region-context.js';
import type { ServiceKind } from '../traffic/network.js';
import { WAITING_POWER } from '../traffic/network.js';
import { offsetPerAmpere } from './line-limits.js';

/** Derivatives of the support, which is minimised: negative where a unit more makes the region larger. */
export interface SupportSensitivity {
  /** MW per money unit. */
  budget: number;
  /** MW per money unit of the cap of a coupon, per vehicle, and per port. */
  services: { station: string; kind: ServiceKind; couponCap: number; ports: number }[];
  /** MW per ampere, by line. */
  lines: Record<string, number>;
}

/**
 * Trust radius of the step whose multipliers are read, money per vehicle: large beside the kinks that a search ends
 * at, small beside the coupons.
 */
const RADIUS = 0.2;
/** Overspending and paying drivers one by one are no part of the answer: prices beyond what either is worth, MW per money unit. */
const OVERSHOOT_PRICE = 1e3;
const COMPLEMENT_PRICE = 1e-2;
/** A coupon this close to its cap is at it, money. */
const AT_CAP = 1e-7;
/** Half-spaces of the feeder that the step looks at, as the search does. */
const NEAR_GRID_MW = 1.5;
const MAX_GRID_ROWS = 40;
/** Multipliers below this are rounding, MW per MW. */
const NEGLIGIBLE_MULTIPLIER = 1e-6;

/**
 * @param budgetBinds false where the point leaves budget unspent, or has none.
 * @returns null when the step programme has no solution at these states.
 */
export function supportSensitivity(
  highs: Highs,
  context: RegionContext,
  states: readonly ClassState[],
  direction: readonly number[],
  budgetBinds: boolean,
): SupportSensitivity | null {
  const { steps, grid, model } = context;
  const gridRows = grid?.nearest(states, NEAR_GRID_MW, MAX_GRID_ROWS) ?? [];
  steps.setDirection(direction, OVERSHOOT_PRICE);
  // At the point itself its budget is what it spends.
  const budget = budgetBinds ? subsidyOf(states) : Infinity;
  const step = steps.step(states, RADIUS, budget, COMPLEMENT_PRICE, gridRows);
  if (!step) return null;
  const { columns, columnDuals, rowDuals } = step.solution;
  const services = model.services.map(({ station, kind }) => {
    const { id } = model.scenario.stations[station];
    return { station: id, kind, couponCap: 0, ports: 0 };
  });
  steps.layouts.forEach(({ model: { choice }, window, coupon, lowered, waitingRow }, index) => {
    const { blocks, intervals } = choice.columns;
    window.cells.forEach((cell, i) => {
      const position = Math.floor(cell / intervals);
      const block = blocks[position];
      if (block.kind !== 'service') return;
      const of = services[choice.services[position]];
      const perVehicle = columns[coupon + i] - columns[lowered + i];
      if (perVehicle >= choice.couponCap[position] - AT_CAP) of.couponCap += columnDuals[coupon + i];
      const waiting = block.waitingCost * (states[index].occupancy[cell] / block.ports) ** WAITING_POWER;
      of.ports += rowDuals[waitingRow + i] * ((-WAITING_POWER * waiting) / block.ports);
    });
  });
  // The rows of a step are the last ones: the feeder's, then the budget's.
  const firstGridRow = rowDuals.length - 1 - gridRows.length;
  const lines: Record<string, number> = {};
  gridRows.forEach((row, i) => {
    const multiplier = rowDuals[firstGridRow + i];
    const region = context.input.feeder?.find(({ interval }) => interval === row.interval);
    if (!region || !context.feederModel || Math.abs(multiplier) < NEGLIGIBLE_MULTIPLIER) return;
    for (const [line, offset] of offsetPerAmpere(highs, context.feederModel, region, row)) {
      lines[line] = (lines[line] ?? 0) + multiplier * offset;
    }
  });
  return { budget: 0 - step.budgetPrice, services, lines };
}

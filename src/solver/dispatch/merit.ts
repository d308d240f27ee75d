/** What a state costs a dispatch, as far as it is known without solving the feeder: the search's figure of merit. */
import { dot } from '../geometry/vector.js';
import type { ClassResponse, ClassState } from '../region/class-model.js';
import { entryCost, SUBSIDY_WEIGHT } from './cost-model.js';
import type { DispatchContext } from './dispatch-context.js';

/**
 * Price of a MW beyond what the feeder can serve, money: above what coupons can pay for a MW (a vehicle of some ten
 * kW for some tens of money), so that a step leaves the feeder's region only where it must.
 */
export const GRID_PRICE = 20_000;
/** A search stays this far inside the feeder's region, MW: what its linear model misses must not lead out of it. */
export const GRID_MARGIN_MW = 2e-4;
/** Price of a money unit beyond the tier, on top of what any coupon counts. */
export const OVERSPENDING_PRICE = 20;

/** What is known of a class before its cheapest coupons are. */
export type Measured = Pick<ClassState, 'occupancy' | 'subsidy'> & { entries: number };

/** A response with the subsidy of the coupons that brought it about. */
export function measuredResponse(context: DispatchContext, index: number, response: ClassResponse): Measured {
  const { columns } = context.region.choices[index];
  const inflow = new Float64Array(columns.blocks.length * columns.intervals);
  response.flow.forEach((vehicles, column) => {
    if (vehicles === 0) return;
    for (let entry = columns.start[column]; entry < columns.start[column + 1]; entry++)
      inflow[columns.cell[entry]] += columns.weight[entry] * vehicles;
  });
  return {
    occupancy: response.occupancy,
    subsidy: response.estimatedSubsidy,
    entries: entryCost(context.entryCosts[index], inflow),
  };
}

export function measuredState(context: DispatchContext, index: number, state: ClassState): Measured {
  const { occupancy, subsidy, inflow } = state;
  return { occupancy, subsidy, entries: entryCost(context.entryCosts[index], inflow) };
}

export function measuredStates(context: DispatchContext, states: readonly ClassState[]): Measured[] {
  return states.map((state, index) => measuredState(context, index, state));
}

/** What stations and coupons cost, without the feeder. */
export function trafficCost(states: readonly Measured[]): number {
  return states.reduce((sum, { entries, subsidy }) => sum + entries + SUBSIDY_WEIGHT * subsidy, 0);
}

/** Lower bound on the total from the cuts known so far, plus the price of what the state violates. */
export function meritOf(context: DispatchContext, states: readonly Measured[], budget: number): number {
  const { feederCost } = context;
  const spent = states.reduce((sum, { subsidy }) => sum + subsidy, 0);
  return (
    trafficCost(states) +
    (feederCost?.atLeast((interval) => context.loadsMw(states, interval)) ?? 0) +
    OVERSPENDING_PRICE * Math.max(0, spent - budget) +
    GRID_PRICE * beyondGridMw(context, states)
  );
}

/** How far the loads are beyond the half-space that they come closest to or leave farthest, margin included, MW. */
function beyondGridMw(context: DispatchContext, states: readonly Measured[]): number {
  const [row] = context.region.grid?.nearest(states, GRID_MARGIN_MW, 1) ?? [];
  if (!row) return 0;
  return GRID_MARGIN_MW + dot(row.normal, context.loadsMw(states, row.interval)) - row.offsetMw;
}

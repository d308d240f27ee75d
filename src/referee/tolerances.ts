/**
 * How far a stated number may be from the recomputed one. They are part of what a result claims, so they are
 * never widened to make a file pass.
 */

/** Equilibrium: a certified point's relative gap. Looser equilibria make subsidies look up to 30 times smaller. */
export const MAX_RELATIVE_GAP = 1e-6;

/** A hundredth of the limit: the gap is a difference of nearly equal costs, but not that nearly. */
export const GAP_AGREEMENT = 1e-8;

/** Loads, positions and supports; the result format promises 1 W. */
export const LOAD_MW = 1e-6;

/** Budgets, caps and subsidies, relative to their size. */
export const MONEY_RELATIVE = 1e-6;

/** Excess costs, in money: what a path's cost loses to rounding is nine orders below. */
export const EXCESS_COST = 1e-6;

/** Departures against the demand, relative to the group's demand. */
export const DEMAND_RELATIVE = 1e-6;

/** Vehicles below zero that rounding may leave in a flow. */
export const NEGATIVE_FLOW = 1e-9;

/** A path carries travellers when it has more than this fraction of its group's demand. */
export const USED_PATH_FRACTION = 1e-6;

/** Volumes, areas and lengths, relative. */
export const MEASURE_RELATIVE = 1e-6;

/** Unit normals: |normal| − 1. */
export const UNIT_NORMAL = 1e-9;

/** Voltages and line loadings: the limits of a certified point are held to this. */
export const FEEDER_PU = 1e-6;

/** Set points against their limits: 1e-6 of the 1 MVA base. */
export const SETPOINT_KW = 1e-3;

/** Power that a relaxation may invent in its lines. */
export const FICTITIOUS_LOSS_KW = 0.1;

/** An operating point this close to a facet is on the boundary, and counts as inside. */
export const BOUNDARY_MW = 1e-3;

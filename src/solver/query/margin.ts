/** Coupons with a margin that leave only the point itself: the least margin under which no other equilibrium is found. */
import { CERTIFIED_GAP } from '../region/certificate.js';
import type { Coupon, CouponMargin, LoadSpread } from '../result.js';
import type { CouponTable } from '../traffic/full-network.js';
import { planOf } from '../traffic/plan.js';
import type { Equilibria } from './equilibria.js';
import { equilibriaOf } from './equilibria.js';
import type { KnownPlan } from './known-states.js';
import { couponsWithMargin, isUnused } from './margin-program.js';
import type { QueryContext } from './query-context.js';
import { countsOf, rangesOf, settleAround, tableOf, witnesses } from './witnesses.js';

/** Margins tried, money per vehicle. */
const MARGINS = [0.02, 0.1, 0.5, 1, 2, 5] as const;
/** Those tried on every unused alternative, which takes more subsidy. */
const MARGINS_OF_ALL = [0.02, 0.1, 0.5] as const;
/** Rounds in which alternatives of further equilibria join those that are made dearer. */
const MAX_GUARD_ROUNDS = 4;
const SAME_WAYS =
  'the other equilibria go by the same ways in other shares: no coupons for these flows tell them apart';
const NO_MARGIN = 'other equilibria remain with every margin that was tried and that the caps allow';

/** A point and what is known of its coupons. */
export interface KnownPoint {
  plan: KnownPlan;
  /** Vehicles per merged column, by class. */
  flows: readonly Float64Array[];
  /** Vehicles per column of the full network. */
  own: Float64Array;
  /** MW per axis. */
  position: readonly number[];
  equilibria: readonly Equilibria[];
}

type MarginAnswer = Pick<LoadSpread, 'margin' | 'marginReason'>;

/**
 * The least margin under which no other equilibrium is found. Only the alternatives by which travellers of another
 * equilibrium go are made dearer; where that lets a further one in, its alternatives join them.
 */
export function leastMargin(context: QueryContext, known: KnownPoint): MarginAnswer {
  const { region } = context;
  const { flows, equilibria } = known;
  const guarded = region.classes.map(({ choice }) => new Uint8Array(choice.columns.constant.length));
  const isTold = guardAgainst(context, guarded, flows, equilibria);
  if (isTold) {
    for (const margin of MARGINS) {
      const found = withMargin(context, known, guarded, margin, true);
      if (found) return { margin: found, marginReason: null };
    }
  }
  // An equilibrium on the way to another may go by ways that neither uses.
  const all = region.classes.map(({ choice }) => new Uint8Array(choice.columns.constant.length).fill(1));
  for (const margin of MARGINS_OF_ALL) {
    const found = withMargin(context, known, all, margin, false);
    if (found) return { margin: found, marginReason: null };
  }
  return { margin: null, marginReason: isTold ? NO_MARGIN : SAME_WAYS };
}

/** Coupons with this margin, when no other equilibrium is found for them. @param grows whether guards may join. */
function withMargin(
  context: QueryContext,
  { plan, flows, own, position }: KnownPoint,
  guarded: readonly Uint8Array[],
  margin: number,
  grows: boolean,
): CouponMargin | null {
  const { region, highs } = context;
  for (let round = 0; round < MAX_GUARD_ROUNDS; round++) {
    settleAround(context, flows);
    const coupons = region.classes.map((model, index) =>
      couponsWithMargin(highs, model, flows[index], guarded[index], margin),
    );
    if (!coupons.every((one) => one !== null)) return null;
    const allowed = region.classes.map((model, index) => equilibriaOf(model, coupons[index], flows[index]));
    const table = tableOf(context, coupons);
    const { relativeGap, subsidy } = region.full.measure(own, table);
    if (!(relativeGap <= CERTIFIED_GAP)) return null;
    if (witnesses(context, allowed, table, position).length === 0) {
      return {
        perVehicle: margin,
        coupons: couponList(context, own, table),
        subsidy,
        extraSubsidy: subsidy - subsidyOf(context, own, context.known.couponsOf(plan)),
        equilibriumGap: relativeGap,
        ranges: rangesOf([position]),
        ...countsOf(allowed),
      };
    }
    if (!grows || !guardAgainst(context, guarded, flows, allowed)) return null;
  }
  return null;
}

/** Guards the unused alternatives by which other equilibria go. @returns whether there are any that were not guarded. */
function guardAgainst(
  { region }: QueryContext,
  guarded: readonly Uint8Array[],
  flows: readonly Float64Array[],
  equilibria: readonly Equilibria[],
): boolean {
  let isNew = false;
  region.classes.forEach((model, index) => {
    const { groupStart, demand } = model.choice.columns;
    for (let group = 0; group < demand.length; group++) {
      for (let column = groupStart[group]; column < groupStart[group + 1]; column++) {
        if (guarded[index][column] || !isUnused(model, flows[index], group, column)) continue;
        const isUsed = equilibria[index].responses.some(({ flow }) => !isUnused(model, flow, group, column));
        if (!isUsed) continue;
        guarded[index][column] = 1;
        isNew = true;
      }
    }
  });
  return isNew;
}

function subsidyOf(context: QueryContext, own: Float64Array, coupons: readonly Float64Array[]): number {
  return context.region.full.measure(own, tableOf(context, coupons)).subsidy;
}

function couponList({ region }: QueryContext, own: Float64Array, table: CouponTable): Coupon[] {
  const { full, model } = region;
  const { stationLoadMw } = full.measure(own, table);
  return planOf(model, full, own, table, stationLoadMw).coupons;
}

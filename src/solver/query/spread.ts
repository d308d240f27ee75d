/**
 * What a point's coupons can bring about besides the point itself, and coupons with a margin that leave only it.
 *
 * Waiting depends on who came before and not on who comes after: the cost map w → T(Hw), H a lower triangle, is not
 * monotone, so several separate equilibria may belong to the same coupons. What lies between two of them tells them from
 * flatness: there the gap is far above the certificate's.
 */
import { CERTIFIED_GAP } from '../region/certificate.js';
import type { ClassResponse } from '../region/class-model.js';
import type { Coupon, CouponMargin, Flow, LoadSpread, OtherEquilibrium } from '../result.js';
import type { CouponTable } from '../traffic/full-network.js';
import { planOf } from '../traffic/plan.js';
import { renewedRoadCosts } from '../traffic/station-choice.js';
import type { Equilibria } from './equilibria.js';
import { equilibriaOf, SAME_LOAD_MW } from './equilibria.js';
import { couponsWithMargin, isUnused } from './margin-program.js';
import type { KnownPlan } from './known-states.js';
import type { QueryContext } from './query-context.js';

/** Gap of the roads, as a share of all time costs, and of the other equilibria on the full network. */
const ROAD_GAP = 1e-10;
const OTHER_GAP = 1e-12;
/** Midway between two equilibria the gap is above this where they are separate: far above that of either. */
const FLAT_GAP = 1e-10;
/** Those tried on every unused alternative, which takes more subsidy. */
const MARGINS_OF_ALL = [0.02, 0.1, 0.5] as const;
/** Rounds in which alternatives of further equilibria join those that are made dearer. */
const MAX_GUARD_ROUNDS = 4;
const SAME_WAYS =
  'the other equilibria go by the same ways in other shares: no coupons for these flows tell them apart';
const NO_MARGIN = 'other equilibria remain with every margin that was tried and that the caps allow';
/** Margins tried, money per vehicle. */
const MARGINS = [0.02, 0.1, 0.5, 1, 2, 5] as const;

/** @returns null when the plan is of another scenario. */
export function spreadOf(context: QueryContext, plan: KnownPlan): LoadSpread | null {
  const { region } = context;
  context.reset();
  const flows = context.known.flowsOf(plan);
  if (!flows) return null;
  settleAround(context, flows);
  const coupons = context.known.couponsOf(plan);
  const equilibria = region.classes.map((model, index) => equilibriaOf(model, coupons[index], flows[index]));
  const own = ownFlow(context, flows);
  const table = tableOf(context, coupons);
  const position = region.positionMw(region.full.measure(own, table).stationLoadMw);
  const others = witnesses(context, equilibria, table, position);
  const counts = countsOf(equilibria);
  if (others.length === 0) {
    return {
      verdict: 'one',
      ranges: rangesOf([position]),
      ...counts,
      equilibria: [],
      midwayGap: null,
      margin: null,
      marginReason: null,
    };
  }
  const midwayGap = largestMidwayGap(context, own, others, table);
  const known = { plan, flows, own, position, equilibria };
  return {
    verdict: midwayGap > FLAT_GAP ? 'several' : 'flat',
    ranges: rangesOf([position, ...others.map(({ positionMw }) => positionMw)]),
    ...counts,
    equilibria: others.map(({ positionMw, equilibriumGap, flows: paths }) => ({
      positionMw,
      equilibriumGap,
      flows: paths,
    })),
    midwayGap,
    ...leastMargin(context, known),
  };
}

/** A point and what is known of its coupons. */
interface Known {
  plan: KnownPlan;
  flows: readonly Float64Array[];
  own: Float64Array;
  position: readonly number[];
  equilibria: readonly Equilibria[];
}

/** Road costs with these flows at the stations, into the class models. */
function settleAround({ region }: QueryContext, flows: readonly Float64Array[]): void {
  const { roads, choices, classes, model, timeCost } = region;
  const cost = roads.solve(flows, ROAD_GAP * timeCost);
  classes.forEach((one, index) => one.setRoadCosts(renewedRoadCosts(model, choices[index], cost)));
}

/** The flow on the full network that belongs to flows at the stations. */
function ownFlow({ region }: QueryContext, flows: readonly Float64Array[]): Float64Array {
  region.roads.solve(flows, ROAD_GAP * region.timeCost);
  return region.roads.fullFlow(region.full.columns);
}

function tableOf({ region }: QueryContext, coupons: readonly Float64Array[]): CouponTable {
  const { full, choices, model } = region;
  const table = full.noCoupons();
  choices.forEach((choice, index) =>
    choice.services.forEach((service, block) => {
      const first = block * model.intervals;
      table.set(coupons[index].subarray(first, first + model.intervals), service * model.intervals);
    }),
  );
  return table;
}

interface Witness extends OtherEquilibrium {
  full: Float64Array;
}

/**
 * Equilibria of the full network with the least and the largest load on each axis, the classes combined: with the road
 * costs fixed any equilibrium of one goes with any of the other.
 */
function witnesses(
  context: QueryContext,
  equilibria: readonly Equilibria[],
  table: CouponTable,
  position: readonly number[],
): Witness[] {
  const { region } = context;
  const found: Witness[] = [];
  const tried = new Set<string>();
  const axes = position.length;
  for (let axis = 0; axis < axes; axis++) {
    for (const sign of [1, -1]) {
      const chosen = equilibria.map(({ responses }) => extreme(responses, axis, sign));
      const key = chosen.join();
      if (tried.has(key) || chosen.some((index) => index < 0)) continue;
      tried.add(key);
      const start = ownFlow(
        context,
        chosen.map((index, at) => equilibria[at].responses[index].flow),
      );
      const witness = confirmed(context, start, table);
      if (!witness) continue;
      const isOther = [position, ...found.map(({ positionMw }) => positionMw)].every((known) =>
        known.some((mw, k) => Math.abs(mw - witness.positionMw[k]) > SAME_LOAD_MW),
      );
      if (isOther) found.push(witness);
    }
  }
  // Only axes decide; a difference elsewhere leaves the region's coordinates as they are.
  return found.filter(({ positionMw }) => positionMw.length === region.input.axes.length);
}

function extreme(responses: readonly ClassResponse[], axis: number, sign: number): number {
  let best = -1;
  responses.forEach(({ loadMw }, index) => {
    if (best < 0 || sign * loadMw[axis] > sign * responses[best].loadMw[axis] + SAME_LOAD_MW) best = index;
  });
  return best;
}

/** The equilibrium of the full network that a start leads to; null when it does not settle. */
function confirmed({ region }: QueryContext, start: Float64Array, table: CouponTable): Witness | null {
  const { full, model } = region;
  full.solve(table, OTHER_GAP, start);
  const flow = full.equilibrium.flow.slice();
  const { relativeGap, stationLoadMw } = full.measure(flow, table);
  if (!(relativeGap <= CERTIFIED_GAP)) return null;
  const flows: Flow[] = planOf(model, full, flow, table, stationLoadMw).flows;
  return { positionMw: region.positionMw(stationLoadMw), equilibriumGap: relativeGap, flows, full: flow };
}

function largestMidwayGap(
  { region: { full } }: QueryContext,
  own: Float64Array,
  others: readonly Witness[],
  table: CouponTable,
): number {
  let largest = 0;
  for (const other of others) {
    const midway = own.map((vehicles, column) => (vehicles + other.full[column]) / 2);
    largest = Math.max(largest, full.measure(midway, table).relativeGap);
  }
  return largest;
}

type MarginAnswer = Pick<LoadSpread, 'margin' | 'marginReason'>;

/**
 * The least margin under which no other equilibrium is found. Only the alternatives by which travellers of another
 * equilibrium go are made dearer; where that lets a further one in, its alternatives join them.
 */
function leastMargin(context: QueryContext, known: Known): MarginAnswer {
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
  { plan, flows, own, position }: Known,
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

function countsOf(equilibria: readonly Equilibria[]): { starts: number; settled: number } {
  return {
    starts: equilibria.reduce((sum, { starts }) => sum + starts, 0),
    settled: equilibria.reduce((sum, { settled }) => sum + settled, 0),
  };
}

function rangesOf(positions: readonly (readonly number[])[]): LoadSpread['ranges'] {
  return positions[0].map((_, axis) => ({
    min: Math.min(...positions.map((position) => position[axis])),
    max: Math.max(...positions.map((position) => position[axis])),
  }));
}

/**
 * What a point's coupons can bring about besides the point itself, and coupons with a margin that leave only it.
 *
 * Waiting depends on who came before and not on who comes after: the cost map w → T(Hw), H a lower triangle, is not
 * monotone, so several separate equilibria may belong to the same coupons. What lies between two of them tells them from
 * flatness: there the gap is far above the certificate's.
 */
import type { LoadSpread } from '../result.js';
import { equilibriaOf } from './equilibria.js';
import type { KnownPlan } from './known-states.js';
import { leastMargin } from './margin.js';
import type { QueryContext } from './query-context.js';
import {
  countsOf,
  largestMidwayGap,
  ownFlow,
  rangesOf,
  settleAround,
  tableOf,
  witnesses,
} from './witnesses.js';

/** Midway between two equilibria the gap is above this where they are separate: far above that of either. */
const FLAT_GAP = 1e-10;

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

/** Why a target is not brought about: what travellers can do at all, the budget, the caps of coupons, or the feeder. */
import type { ClassState } from '../region/class-model.js';
import { GRID_TOLERANCE_MW } from '../region/feeder-coupling.js';
import { subsidyOf } from '../region/local-search.js';
import { explainLoads } from '../region/region-jobs.js';
import type { Infeasibility, NamedLimit, Point } from '../result.js';
import type { SubsidyCap } from '../study-spec.js';
import type { QueryContext } from './query-context.js';
import { reachableStates, settleAt } from './reach-point.js';
import { mixedStart } from './starts.js';

/** A coupon above its cap by less than this keeps to it, money per vehicle. */
const CAP_ROUNDING = 1e-6;
/** A change of load below this is rounding, MW. */
const LEAST_CHANGE_MW = 1e-3;

export interface KnownOfTarget {
  /** Change per axis to the nearest loads that travellers can cause at all, MW. */
  changes: readonly number[] | null;
  /** The certified point at the target that costs more than the budget. */
  found: Point | null;
}

export function whyNot(
  context: QueryContext,
  targetMw: readonly number[],
  subsidyCap: SubsidyCap,
  { changes, found }: KnownOfTarget,
): Infeasibility {
  const { currency } = context.region.model.scenario;
  if (changes?.some((change) => Math.abs(change) > LEAST_CHANGE_MW)) return travellers(context, changes);
  if (found) {
    const { subsidy } = found.certificate;
    const relaxation = subsidy - (subsidyCap ?? 0);
    return {
      message: `it takes ${money(subsidy)} ${currency}, ${money(relaxation)} ${currency} more than the budget`,
      limits: [{ kind: 'subsidy', element: 'budget', interval: null, relaxation, unit: currency }],
    };
  }
  return (
    feederLimit(context, targetMw) ??
    couponCaps(context, targetMw) ?? {
      message:
        'no coupons within their caps were found that bring it about; that there are none is not proven',
      limits: [],
    }
  );
}

function travellers({ region }: QueryContext, changes: readonly number[]): Infeasibility {
  const limits = region.input.axes.flatMap(({ station, interval }, axis): NamedLimit[] =>
    Math.abs(changes[axis]) > LEAST_CHANGE_MW
      ? [{ kind: 'travellers', element: station, interval, relaxation: changes[axis], unit: 'MW' }]
      : [],
  );
  const parts = limits.map(
    ({ element, relaxation }) =>
      `${Math.abs(relaxation).toFixed(2)} MW ${relaxation < 0 ? 'less' : 'more'} at ${element}`,
  );
  return {
    message: `no coupons can: the nearest loads that travellers can cause at all are ${parts.join(' and ')}`,
    limits,
  };
}

/** The limits of the feeder in the way, when the target can be brought about without it. */
function feederLimit(context: QueryContext, targetMw: readonly number[]): Infeasibility | null {
  const { grid } = context.region;
  if (!grid) return null;
  const states = statesAt(context, targetMw);
  if (!states || grid.violationMw(states) <= GRID_TOLERANCE_MW) return null;
  return explainLoads(context.highs, context.region, { states });
}

/** The caps in the way, when the target can be brought about without them. */
function couponCaps(context: QueryContext, targetMw: readonly number[]): Infeasibility | null {
  const { choices, model } = context.region;
  const caps = choices.map(({ couponCap }) => couponCap.slice());
  let states: ClassState[] | null;
  try {
    for (const { couponCap } of choices) couponCap.fill(Infinity);
    states = statesAt(context, targetMw);
  } finally {
    choices.forEach(({ couponCap }, index) => couponCap.set(caps[index]));
  }
  if (!states) return null;
  const { currency, stations } = model.scenario;
  const limits: NamedLimit[] = [];
  choices.forEach((choice, index) => {
    choice.stations.forEach((station, block) => {
      let worst: NamedLimit | null = null;
      for (let t = 0; t < model.intervals; t++) {
        const excess = states[index].coupon[block * model.intervals + t] - caps[index][block];
        if (excess <= Math.max(CAP_ROUNDING, worst?.relaxation ?? 0)) continue;
        worst = {
          kind: 'coupon cap',
          element: `${stations[station].id}.${choice.kind}`,
          interval: t,
          relaxation: excess,
          unit: `${currency} per vehicle`,
        };
      }
      if (worst) limits.push(worst);
    });
  });
  if (limits.length === 0) return null;
  const parts = limits.map(
    ({ element, relaxation }) => `${money(relaxation)} ${currency} per vehicle at ${element}`,
  );
  return {
    message: `coupons above their caps would bring it about, by ${parts.join(' and ')}, for ${money(subsidyOf(states))} ${currency}`,
    limits,
  };
}

/** Settled states at the target without looking at the feeder. */
function statesAt(context: QueryContext, targetMw: readonly number[]): ClassState[] | null {
  context.reset();
  const mix = context.envelope.at(targetMw);
  const states = mix && reachableStates(context, mixedStart(context.pools, mix), targetMw, null);
  return states && settleAt(context, states, targetMw);
}

function money(value: number): string {
  return value.toFixed(value < 10 ? 2 : 0);
}

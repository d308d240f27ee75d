/**
 * What the panel and the report show of a result: every number that a picture or a table needs, worked out
 * beforehand, so that nothing is computed where it is drawn. Sent to the webview, hence a schema.
 */
import * as z from 'zod';
import {
  Certificate,
  Coupon,
  CouponMargin,
  Hull,
  Infeasibility,
  LoadSpread,
  NamedLimit,
  Sensitivity,
} from '../solver/result.js';
import { SubsidyCap } from '../solver/study-spec.js';

const vector = z.array(z.number());
const range = z.object({ min: z.number(), max: z.number() });

export const AxisView = z.object({ station: z.string(), interval: z.number(), label: z.string() });
export type AxisView = z.infer<typeof AxisView>;

export const RegionView = z.object({
  subsidyCap: SubsidyCap,
  /** "1,000 CNY" or "unlimited". */
  label: z.string(),
  dimension: z.number(),
  measure: z.number(),
  /** "MW³". */
  unit: z.string(),
  outerMeasure: z.number().nullable(),
  /** The upper bound knows the budget; else it holds for any. */
  outerKnowsBudget: z.boolean(),
  /** Proven: no certified point of this budget lies outside. Null where no bounds were asked for. */
  outer: z.object({ hull: Hull, ranges: z.array(range) }).nullable(),
  estimatedGap: z.number().nullable(),
  /** Measure over that of the budget before it, less one; null for the first. */
  gain: z.number().nullable(),
  /** The same region without the feeder; null where it was not computed. */
  measureWithoutFeeder: z.number().nullable(),
  ranges: z.array(range),
  hull: Hull,
  solves: z.number(),
  seconds: z.number(),
  pointCount: z.number(),
  infeasible: Infeasibility.nullable(),
  /** What reinforcements would add, the largest first. */
  sensitivities: z.array(Sensitivity),
});
export type RegionView = z.infer<typeof RegionView>;

/** What else the coupons of a point can bring about, as far as was found. */
export const SpreadView = LoadSpread.pick({
  verdict: true,
  ranges: true,
  starts: true,
  settled: true,
  midwayGap: true,
  marginReason: true,
}).extend({
  others: z.array(z.object({ positionMw: vector, equilibriumGap: z.number() })),
  /** Coupons that leave only the point; what they are stands in its detail. */
  margin: CouponMargin.omit({ coupons: true }).nullable(),
});
export type SpreadView = z.infer<typeof SpreadView>;

export const PointView = z.object({
  /** Names the point in the result: "0/12" is point 12 of region 0, "free", "dispatch:Reserve", "query:2". */
  id: z.string(),
  kind: z.enum(['boundary', 'coupon-free', 'dispatch', 'query']),
  /** "A12", "no coupons", "Reserve": short enough for a picture. */
  label: z.string(),
  /** Region that lists it; null for the coupon-free point, a dispatch and an answer. */
  region: z.number().nullable(),
  direction: vector.nullable(),
  /** Unit vector out of the region at the point, for depth cues; null inside. */
  outward: vector.nullable(),
  positionMw: vector,
  supportMw: z.number().nullable(),
  outerSupportMw: z.number().nullable(),
  certificate: Certificate,
  /** Null where it was not asked for. */
  spread: SpreadView.nullable(),
});
export type PointView = z.infer<typeof PointView>;

export const DispatchView = z.object({
  study: z.string(),
  pointId: z.string().nullable(),
  reserve: z.string().nullable(),
  tier: z.number().nullable(),
  subsidy: z.number().nullable(),
  costs: z.array(z.object({ name: z.string(), money: z.number() })),
  distances: z.array(
    z.object({
      region: z.number().nullable(),
      label: z.string(),
      inside: z.boolean(),
      distanceMw: z.number(),
      /** The nearest point of the boundary; null where no hull is known. */
      footMw: vector.nullable(),
    }),
  ),
  tiers: z.array(
    z.object({
      label: z.string(),
      feasible: z.boolean(),
      total: z.number().nullable(),
      reason: z.string().nullable(),
      limits: z.array(NamedLimit),
    }),
  ),
});
export type DispatchView = z.infer<typeof DispatchView>;

/** An operating point that was asked for, and the answer. */
export const QueryView = z.object({
  /** "Q2". */
  label: z.string(),
  targetMw: vector,
  /** "2,000 CNY". */
  budget: z.string(),
  status: z.enum(['reached', 'nearest', 'none']),
  distanceMw: z.number().nullable(),
  requiredSubsidy: z.number().nullable(),
  /** The point that answers it; null where nothing could be certified. */
  pointId: z.string().nullable(),
  reason: z.string().nullable(),
  seconds: z.number(),
});
export type QueryView = z.infer<typeof QueryView>;

/** Random points inside a hull, each asked for: does the region fill it? */
export const SampleView = z.object({
  /** "2,000 CNY". */
  label: z.string(),
  seed: z.number(),
  asked: z.number(),
  reached: z.number(),
  /** False when it was stopped before its last point. */
  complete: z.boolean(),
  /** Money, over the points that are known to be reached by anything; null when none is. */
  subsidy: z.object({ median: z.number(), largest: z.number() }).nullable(),
  /** Of one point. */
  milliseconds: z.object({ median: z.number(), most: z.number() }).nullable(),
  /** Those that were not reached within the budget. */
  missed: z.array(
    z.object({ targetMw: vector, requiredSubsidy: z.number().nullable(), reason: z.string().nullable() }),
  ),
});
export type SampleView = z.infer<typeof SampleView>;

/** The least subsidy over the regions, as far as it is known. */
export const PricesView = z.object({
  least: z.number(),
  most: z.number(),
  /** Money for each corner of each region's hull; null where no point lies there. */
  vertices: z.array(z.array(z.number().nullable())),
  /** Nodes of a lattice, the last axis running fastest; null outside the region. Estimates where nothing is certified. */
  grid: z.object({
    originMw: vector,
    stepMw: vector,
    counts: z.array(z.number()),
    money: z.array(z.number().nullable()),
  }),
  /** Of the nodes inside: how many are certified. */
  certified: z.number(),
  nodes: z.number(),
});
export type PricesView = z.infer<typeof PricesView>;

/** A region of the file as it was before. */
export const EarlierRegion = z.object({
  label: z.string(),
  measure: z.number(),
  unit: z.string(),
  /** Measure now over that before, less one; null where they cannot be compared. */
  change: z.number().nullable(),
  /** Measure of what both hold, only the earlier, only the present one; null where one is flat. */
  shared: z.object({ both: z.number(), onlyBefore: z.number(), onlyAfter: z.number() }).nullable(),
  hull: Hull,
});
export type EarlierRegion = z.infer<typeof EarlierRegion>;

export const StudyView = z.object({
  study: z.string(),
  scenario: z.string(),
  title: z.string(),
  currency: z.string(),
  partial: z.boolean(),
  axes: z.array(AxisView),
  /** Clock time at the start of every interval, horizon and tail: "18:00". */
  times: z.array(z.string()),
  /** Number of intervals of the horizon. */
  intervals: z.number(),
  stations: z.array(z.string()),
  regions: z.array(RegionView),
  points: z.array(PointView),
  /** The static model's regions of `compare` studies. */
  statics: z.array(RegionView),
  dispatches: z.array(DispatchView),
  /** What the feeder alone could serve; null where it was not computed. */
  feederHull: Hull.nullable(),
  queries: z.array(QueryView),
  samples: z.array(SampleView),
  prices: PricesView.nullable(),
  /** The regions before the file was changed, by the budgets of those above; null where there is none to compare with. */
  earlier: z.array(EarlierRegion.nullable()).nullable(),
  /** Of a study over a range of times: "17:30", "17:40", and which of them is shown. */
  timeline: z
    .object({
      times: z.array(z.string()),
      index: z.number(),
      /** Least and largest loads over all of them, MW: the picture does not jump from one to the next. */
      extentMw: z.array(vector),
    })
    .nullable(),
});
export type StudyView = z.infer<typeof StudyView>;

const ServiceSeries = z.object({
  ports: z.number(),
  /** Vehicles that arrive in each interval. */
  arrivals: vector,
  /** Vehicles present at the start of each interval. */
  occupancy: vector,
  /** Money per vehicle that arrives in the interval. */
  couponPerVehicle: vector,
});
export type ServiceSeries = z.infer<typeof ServiceSeries>;

export const StationDetail = z.object({
  id: z.string(),
  charging: ServiceSeries.nullable(),
  v2g: ServiceSeries.nullable(),
  loadMw: vector,
});
export type StationDetail = z.infer<typeof StationDetail>;

export const RouteShare = z.object({
  traveller: z.enum(['regular', 'charging', 'v2g']),
  demand: z.string(),
  path: z.array(z.string()),
  /** Over the whole horizon. */
  vehicles: z.number(),
  /** Of the vehicles of the same demand and kind of traveller. */
  share: z.number(),
});
export type RouteShare = z.infer<typeof RouteShare>;

export const VoltageBus = z.object({
  id: z.string(),
  /** Bus on the side of the source; null for the root. */
  parent: z.string().nullable(),
  /** Resistance of the lines from the source. */
  distanceOhm: z.number(),
  stations: z.array(z.string()),
});
export type VoltageBus = z.infer<typeof VoltageBus>;

export const PointDetail = z.object({
  pointId: z.string(),
  stations: z.array(StationDetail),
  coupons: z.array(Coupon),
  /** Coupons for the same flows that leave no other equilibrium that was found; null where none were asked for or found. */
  marginCoupons: z.array(Coupon).nullable(),
  routes: z.array(RouteShare),
  /** Inflow rate over capacity, by link, for each interval of the horizon. */
  linkLoading: z.record(z.string(), vector),
  voltage: z
    .object({
      minPu: z.number(),
      maxPu: z.number(),
      buses: z.array(VoltageBus),
      /** One entry per computed interval. */
      intervals: z.array(z.object({ interval: z.number(), pu: z.record(z.string(), z.number()) })),
    })
    .nullable(),
});
export type PointDetail = z.infer<typeof PointDetail>;

const Placed = z.object({ id: z.string(), x: z.number(), y: z.number(), stations: z.array(z.string()) });
const Connection = z.object({ id: z.string(), from: z.string(), to: z.string() });

/** Roads and feeder laid out in unit-free drawing coordinates, y downwards. */
export const MapView = z.object({
  /** True where the file states the positions, false where they were laid out. */
  surveyed: z.boolean(),
  nodes: z.array(Placed),
  links: z.array(Connection),
  buses: z.array(Placed),
  lines: z.array(Connection),
  /** Extent of each half: roads, feeder. */
  roadSize: z.object({ width: z.number(), height: z.number() }),
  feederSize: z.object({ width: z.number(), height: z.number() }),
});
export type MapView = z.infer<typeof MapView>;

/** Regions seen along some of their axes. */
export const Projection = z.object({
  axes: z.array(z.number()),
  hulls: z.array(Hull),
  /** Of what is proven to hold each region. */
  outerHulls: z.array(Hull.nullable()),
});
export type Projection = z.infer<typeof Projection>;

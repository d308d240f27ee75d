/**
 * The result file (`format: "v2g-result"`, `version: 1`). It grows and never changes: what a reader of an
 * earlier file relies on stays. Every number that the tool shows is in here with the proof that belongs to it;
 * `src/referee` recomputes every claim from this file alone.
 *
 * Conventions: directions are minimised (`supportMw` = direction · positionMw is the least found). Half-spaces
 * read normal · P ≤ offset in MW. Set points are positive into the feeder.
 */
import * as z from 'zod';
import { Scenario } from './scenario.js';
import { Axis, Directions, SubsidyCap, Reserve } from './study-spec.js';

export const RESULT_FORMAT = 'v2g-result';
export const RESULT_VERSION = 1;

const vector = z.array(z.number());

export const Coupon = z.object({
  station: z.string(),
  service: z.enum(['charging', 'v2g']),
  /** Interval of entry; may lie after the horizon. */
  interval: z.number().int().nonnegative(),
  /** Money per vehicle; coupons not listed are zero. */
  perVehicle: z.number(),
});
export type Coupon = z.infer<typeof Coupon>;

export const Flow = z.object({
  traveller: z.enum(['regular', 'charging', 'v2g']),
  /** Id of the demand. */
  demand: z.string(),
  /** Road link ids in driving order, with "CS1.charging" or "CS1.v2g" where the vehicle stops. */
  path: z.array(z.string()),
  /** Vehicles per departure interval of the horizon. */
  departures: vector,
});
export type Flow = z.infer<typeof Flow>;

export const FeederState = z.object({
  interval: z.number().int().nonnegative(),
  setpoints: z.record(z.string(), z.object({ kw: z.number(), kvar: z.number() })),
  voltagePu: z.record(z.string(), z.number()),
});
export type FeederState = z.infer<typeof FeederState>;

export const Certificate = z.object({
  /** Σ f(c−μ) over the total travel-time cost, from the nonlinear costs. */
  equilibriumGap: z.number(),
  /** Largest excess cost of a used path (more than 1e-6 of its group's demand), money. */
  maxExcessCost: z.number(),
  subsidy: z.number(),
  /** Budget under which the point was found; at most that of the region that lists it. */
  subsidyCap: SubsidyCap,
  /** True when a solve from the equilibrium without coupons, given the coupons alone, finds the same station loads within 1e-3 MW. */
  unique: z.boolean(),
  minVoltagePu: z.number().nullable(),
  maxVoltagePu: z.number().nullable(),
  /** Largest current over its limit, a fraction. */
  maxLineLoading: z.number().nullable(),
  acMismatchMw: z.number().nullable(),
  fictitiousLossKw: z.number().nullable(),
  /** "certified", or the reason why not. */
  status: z.string(),
});
export type Certificate = z.infer<typeof Certificate>;

export const Plan = z.object({
  coupons: z.array(Coupon),
  flows: z.array(Flow),
  /** Net load per station and interval, at least T values. */
  stationLoadMw: z.record(z.string(), vector),
  feeder: z.array(FeederState).nullable(),
});
export type Plan = z.infer<typeof Plan>;

/** Another equilibrium of a point's coupons: a witness that anyone can check. */
export const OtherEquilibrium = z.object({
  positionMw: vector,
  /** As of a certificate. */
  equilibriumGap: z.number(),
  flows: z.array(Flow),
});
export type OtherEquilibrium = z.infer<typeof OtherEquilibrium>;

/** Coupons for the same flows under which every alternative that nobody uses is dearer than those in use. */
export const CouponMargin = z.object({
  /** By how much dearer at least, money per vehicle. */
  perVehicle: z.number(),
  coupons: z.array(Coupon),
  subsidy: z.number(),
  /** What the margin costs beyond the point's own coupons, money. */
  extraSubsidy: z.number(),
  equilibriumGap: z.number(),
  /** Loads over all equilibria found for these coupons, per axis, MW. */
  ranges: z.array(z.object({ min: z.number(), max: z.number() })),
  /** Solves tried from different starts, and how many of them reached the gap of a certificate. */
  starts: z.number().int().nonnegative(),
  settled: z.number().int().nonnegative(),
});
export type CouponMargin = z.infer<typeof CouponMargin>;

/**
 * The loads that a point's coupons can bring about: several equilibria may belong to the same coupons. Found by solves
 * from many starts, so the true spread is at least this one.
 */
export const LoadSpread = z.object({
  /**
   * "one": every solve that settled ends at the point's loads within 1e-3 MW. "several": others are equilibria as well,
   * and what lies between is none. "flat": what lies between is an equilibrium, too.
   */
  verdict: z.enum(['one', 'several', 'flat']),
  /** Per axis, MW. */
  ranges: z.array(z.object({ min: z.number(), max: z.number() })),
  /** Solves tried from different starts, and how many of them reached the gap of a certificate. */
  starts: z.number().int().nonnegative(),
  settled: z.number().int().nonnegative(),
  /** The other equilibria that reach the ends of the ranges. */
  equilibria: z.array(OtherEquilibrium),
  /** Largest relative gap midway to one of them: separate equilibria where it is far above that of either (1e-10). Null when there is no other. */
  midwayGap: z.number().nullable(),
  /** Coupons that make the point the only equilibrium found; null where none is needed or none was found. */
  margin: CouponMargin.nullable(),
  /** Why there is no margin although there are several equilibria. */
  marginReason: z.string().nullable(),
});
export type LoadSpread = z.infer<typeof LoadSpread>;

export const Point = z.object({
  /** Null for a point that was found for another direction or budget. */
  direction: vector.nullable(),
  positionMw: vector,
  supportMw: z.number().nullable(),
  outerSupportMw: z.number().nullable(),
  certificate: Certificate,
  plan: Plan,
  /** Where it was asked for. */
  spread: LoadSpread.nullable().optional(),
});
export type Point = z.infer<typeof Point>;

export const HalfSpace = z.object({ normal: vector, offset: z.number() });
export type HalfSpace = z.infer<typeof HalfSpace>;

export const Hull = z.object({
  /** Coordinates in MW. */
  vertices: z.array(vector),
  /** Indices into `vertices`: triangles in 3D, edges in 2D, both ends in 1D. */
  facets: z.array(z.array(z.number().int().nonnegative())),
  /** For a flat region the equations of its subspace are given as two opposite half-spaces each. */
  halfspaces: z.array(HalfSpace),
});
export type Hull = z.infer<typeof Hull>;

/** A limit that stands in the way, by the name of what states it. */
export const NamedLimit = z.object({
  /** "voltage", "current", "source", "generator", "pv", "subsidy", "coupon cap", "travellers", "equilibrium", "reserve", "load". */
  kind: z.string(),
  /** Id of the bus, line, source, generator or station. */
  element: z.string(),
  interval: z.number().int().nonnegative().nullable(),
  /** How much more room would do, in `unit`. */
  relaxation: z.number(),
  unit: z.string(),
});
export type NamedLimit = z.infer<typeof NamedLimit>;

/** Why a study, a tier or a budget has no answer, and the least relaxation that would give it one. */
export const Infeasibility = z.object({ message: z.string(), limits: z.array(NamedLimit) });
export type Infeasibility = z.infer<typeof Infeasibility>;

/** What a unit more of a parameter would add to a region. */
export const Sensitivity = z.object({
  parameter: z.enum(['budget', 'coupon cap', 'ports', 'line limit']),
  /** Station or line that has the parameter; null for the budget. */
  element: z.string().nullable(),
  service: z.enum(['charging', 'v2g']).nullable(),
  /** Value at which the derivative holds, in `unit`; of a coupon cap money per vehicle. */
  value: z.number(),
  unit: z.string(),
  /** d measure / d parameter: the region's `measureUnit` per `unit`. */
  perUnit: z.number(),
});
export type Sensitivity = z.infer<typeof Sensitivity>;

export const Region = z.object({
  subsidyCap: SubsidyCap,
  /** 0 point, 1 segment, 2 polygon, 3 solid. */
  dimension: z.number().int().nonnegative(),
  /** Length, area or volume in its own dimension. */
  measure: z.number(),
  /** "MW", "MW^2", "MW^3"; of a point "1". */
  measureUnit: z.string(),
  /** A proven upper bound on the measure; null where none is known. */
  outerMeasure: z.number().nullable(),
  /** Proven: no point within the budget lies outside any of them. Where bounds for finite budgets were asked for. */
  outerHalfspaces: z.array(HalfSpace).optional(),
  /** 1 − measure / measure of the best-found supporting half-spaces; an estimate, not a bound; null if not computed. */
  estimatedGap: z.number().nullable(),
  ranges: z.array(z.object({ min: z.number(), max: z.number() })),
  points: z.array(Point),
  hull: Hull,
  /** Of a flat region: the equations normal · P = offset of the subspace that it lies in. */
  equations: z.array(HalfSpace).optional(),
  solves: z.number().int().nonnegative(),
  seconds: z.number().nonnegative(),
  infeasible: Infeasibility.nullable().optional(),
  /** Which reinforcement buys most flexibility. */
  sensitivities: z.array(Sensitivity).optional(),
});
export type Region = z.infer<typeof Region>;

/** The answer to "which coupons bring this operating point about?" for the axes of a characterize study. */
export const PointQuery = z.object({
  /** What was asked for, MW per axis. */
  targetMw: vector,
  subsidyCap: SubsidyCap,
  /**
   * "reached": `point` is within 1e-3 MW of the target and within the budget. "nearest": `point` is the nearest that was
   * found. "none": nothing could be certified. Local searches from many starts: not reached is not proven unreachable,
   * unless the reason says so.
   */
  status: z.enum(['reached', 'nearest', 'none']),
  point: Point.nullable(),
  /** Euclidean distance of the point from the target, MW. */
  distanceMw: z.number().nullable(),
  /** Least subsidy found that brings the target about, whatever the budget; null where nothing does. */
  requiredSubsidy: z.number().nullable(),
  /** The certified point that shows it, where the budget does not allow it. */
  beyondBudget: Point.nullable().optional(),
  /** Why the target is not reached, and what would have to give. */
  reason: Infeasibility.nullable(),
  seconds: z.number().nonnegative(),
});
export type PointQuery = z.infer<typeof PointQuery>;

/** Is the region convex? Seeded random points inside the hull of a budget, each asked for. */
export const QuerySample = z.object({
  subsidyCap: SubsidyCap,
  seed: z.number().int(),
  /** Points whose coupons were found within the budget, of all in `queries`. */
  reached: z.number().int().nonnegative(),
  queries: z.array(PointQuery),
  /** False when it was stopped before its last point. */
  complete: z.boolean(),
});
export type QuerySample = z.infer<typeof QuerySample>;

/** The least subsidy over a region. */
export const PriceMap = z.object({
  /** The region that is mapped, by its budget. */
  subsidyCap: SubsidyCap,
  /** Least subsidy found of each vertex of the hull of each region, in the order of `hull.vertices`, money. */
  vertices: z.array(z.object({ subsidyCap: SubsidyCap, subsidy: z.array(z.number()) })),
  /** A lattice over the hull's bounding box, row by row: the last axis runs fastest. Null outside the hull. */
  grid: z.object({
    originMw: vector,
    stepMw: vector,
    counts: z.array(z.number().int().positive()),
    /**
     * Subsidy interpolated between certified points: the lower convex envelope of what is known. An estimate, never a bound:
     * the least subsidy need not be convex.
     */
    estimate: z.array(z.number().nullable()),
    /** Subsidy of a certified point at this place; null where none was asked for or found. */
    certified: z.array(z.number().nullable()),
  }),
  /** The point queries behind `certified`. */
  queries: z.array(PointQuery),
});
export type PriceMap = z.infer<typeof PriceMap>;

/**
 * Coupon patterns whose responses were worth a start, by class of drivers, as their places in the order in which patterns
 * are made: for a later run on the same axes.
 */
const StartingPatterns = z.array(z.array(z.number().int().nonnegative()).readonly()).readonly();

/** The regions of one interval of a study over a range of times. */
export const IntervalResult = z.object({
  /** The time of these regions: that of the first axis that moves. */
  interval: z.number().int().nonnegative(),
  axes: z.array(Axis),
  partial: z.boolean(),
  couponFree: Point.nullable(),
  regions: z.array(Region),
  withoutFeeder: z.array(z.object({ subsidyCap: SubsidyCap, measure: z.number() })).optional(),
  feederHull: Hull.nullable().optional(),
  startingPatterns: StartingPatterns.optional(),
});
export type IntervalResult = z.infer<typeof IntervalResult>;

export const CharacterizeResult = z.object({
  kind: z.literal('characterize'),
  name: z.string(),
  axes: z.array(Axis),
  directions: Directions,
  /** True when the study was cancelled or failed before its last point. */
  partial: z.boolean(),
  /** The equilibrium without coupons. */
  couponFree: Point.nullable(),
  regions: z.array(Region),
  /** The same without the feeder, measures only: what the network costs in flexibility. */
  withoutFeeder: z.array(z.object({ subsidyCap: SubsidyCap, measure: z.number() })).optional(),
  /** Station loads at the axes that the feeder alone could serve, whatever the traffic does; for drawing. */
  feederHull: Hull.nullable().optional(),
  /** Operating points that were asked for. */
  queries: z.array(PointQuery).optional(),
  samples: z.array(QuerySample).optional(),
  priceMap: PriceMap.nullable().optional(),
  /** Of a study over a range of times: the interval of the regions above, that of the first axis that moves. */
  interval: z.number().int().nonnegative().optional(),
  /**
   * Of a study over a range of times, the same at its further intervals, in the order of time; what stands above is
   * that of its first.
   */
  laterIntervals: z.array(IntervalResult).optional(),
  /** What the feeder can serve, interval by interval, for a later run of the same feeder; claims nothing about the study. */
  feederRegions: z.array(z.unknown()).optional(),
  /** Where a later run of a changed file may start from; claims nothing either. */
  startingPatterns: StartingPatterns.optional(),
});
export type CharacterizeResult = z.infer<typeof CharacterizeResult>;

export const DispatchResult = z.object({
  kind: z.literal('dispatch'),
  name: z.string(),
  region: z.string(),
  reserve: Reserve.nullable(),
  tier: z.number().nullable(),
  subsidy: z.number().nullable(),
  averageChargingPricePerKwh: z.number(),
  costs: z
    .object({
      utility: z.number(),
      generators: z.number(),
      chargingProfit: z.number(),
      v2gCompensation: z.number(),
      subsidy: z.number(),
      total: z.number(),
    })
    .nullable(),
  point: Point.nullable(),
  regions: z.array(z.object({ subsidyCap: SubsidyCap, inside: z.boolean(), distanceMw: z.number() })),
  tiers: z.array(
    z.object({
      subsidyCap: SubsidyCap,
      feasible: z.boolean(),
      total: z.number().nullable(),
      reason: z.string().nullable(),
      infeasible: Infeasibility.nullable().optional(),
    }),
  ),
});
export type DispatchResult = z.infer<typeof DispatchResult>;

const LoadRange = z.object({ minMw: z.number(), maxMw: z.number() });

export const CompareResult = z.object({
  kind: z.literal('compare'),
  name: z.string(),
  static: z.array(Region),
  /** Name of the characterize study on the other side. */
  dynamic: z.string(),
  /** True when the study was cancelled before its last point, or compares with one that was. */
  partial: z.boolean().optional(),
  staticIntervalH: z.number().positive().optional(),
  /** The axes of the static regions; intervals are static ones, and so are those of their plans. */
  axes: z.array(Axis).optional(),
  /** What the sum of the loads on all axes can be, whatever way travellers take and whatever coupons are paid. */
  total: z.object({ static: LoadRange, dynamic: LoadRange }).optional(),
  /** Why the static region has the dimension that it has, in words. */
  explanation: z.string().optional(),
  /** The dynamic regions in brief, to stand beside the static ones. */
  dynamicRegions: z
    .array(Region.pick({ subsidyCap: true, dimension: true, measure: true, measureUnit: true, ranges: true }))
    .optional(),
});
export type CompareResult = z.infer<typeof CompareResult>;

export const StudyResult = z.discriminatedUnion('kind', [CharacterizeResult, DispatchResult, CompareResult]);
export type StudyResult = z.infer<typeof StudyResult>;

export const ResultFile = z.object({
  format: z.literal(RESULT_FORMAT),
  version: z.literal(RESULT_VERSION),
  generator: z.object({ name: z.string(), version: z.string() }),
  scenario: Scenario,
  studies: z.array(StudyResult),
});
export type ResultFile = z.infer<typeof ResultFile>;

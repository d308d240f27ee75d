/**
 * What an author asks for: one value per `study` block, with names resolved and quantities in SI-based units.
 * Written by the language, read by the solver's studies and by `v2g test`.
 */
import * as z from 'zod';

/** A coordinate of a region: the net load of one station at the start of one interval. */
export const Axis = z.object({ station: z.string(), interval: z.number().int().nonnegative() });
export type Axis = z.infer<typeof Axis>;

export const Directions = z.discriminatedUnion('kind', [
  /** The rotating hyperplane of the paper: all directions on a grid of equal angles. */
  z.object({ kind: z.literal('every'), degrees: z.number().positive().max(90) }),
  /** Facet normals until the hull and the supporting half-spaces differ by less than the gap, a fraction. */
  z.object({ kind: z.literal('until-gap'), gap: z.number().positive().max(1) }),
]);
export type Directions = z.infer<typeof Directions>;

/** A subsidy budget in money; null means unlimited. */
export const SubsidyCap = z.number().nonnegative().nullable();
export type SubsidyCap = z.infer<typeof SubsidyCap>;

export const Expectation = z.discriminatedUnion('kind', [
  /** Measure of a region: MW, MW² or MW³ by its dimension. */
  z.object({
    kind: z.literal('volume'),
    /** Of a study over a range of times: the interval that is meant, that of its moving axes; all where left out. */
    interval: z.number().int().nonnegative().optional(),
    subsidyCap: SubsidyCap,
    min: z.number(),
    max: z.number(),
    text: z.string(),
  }),
  /** The whole range of an axis lies in [minMw, maxMw] … as the author wrote it: both ends of the range are inside. */
  z.object({
    kind: z.literal('range'),
    station: z.string(),
    /** Which axis is meant where a station has several; written as `expect range CS1 at 18:00 at …`. */
    interval: z.number().int().nonnegative().optional(),
    subsidyCap: SubsidyCap,
    minMw: z.number(),
    maxMw: z.number(),
    text: z.string(),
  }),
  z.object({ kind: z.literal('tier'), subsidyCap: z.number(), text: z.string() }),
  z.object({ kind: z.literal('inside'), subsidyCap: SubsidyCap, text: z.string() }),
  z.object({ kind: z.literal('outside'), subsidyCap: SubsidyCap, text: z.string() }),
  /** Gap between hull and supporting half-spaces, a fraction. */
  z.object({ kind: z.literal('gap'), below: z.number(), text: z.string() }),
  z.object({ kind: z.literal('dimension'), value: z.number().int(), text: z.string() }),
]);
export type Expectation = z.infer<typeof Expectation>;

export const CharacterizeSpec = z.object({
  kind: z.literal('characterize'),
  name: z.string(),
  axes: z.array(Axis).min(1),
  /** Over a range of times: the axes of the further intervals, a region each; `axes` are those of the first. */
  laterAxes: z.array(z.array(Axis).min(1)).min(1).optional(),
  /** In ascending order; null (unlimited) last. */
  subsidyCaps: z.array(SubsidyCap).min(1),
  directions: Directions,
  expectations: z.array(Expectation),
});
export type CharacterizeSpec = z.infer<typeof CharacterizeSpec>;

export const Reserve = z.object({
  bus: z.string(),
  interval: z.number().int().nonnegative(),
  mw: z.number(),
});
export type Reserve = z.infer<typeof Reserve>;

export const DispatchSpec = z.object({
  kind: z.literal('dispatch'),
  name: z.string(),
  /** Name of the characterize study whose regions the operating point is held against. */
  region: z.string(),
  reserve: Reserve.nullable(),
  /** Ascending; empty means a single dispatch without a tier. */
  tiers: z.array(z.number().nonnegative()),
  expectations: z.array(Expectation),
});
export type DispatchSpec = z.infer<typeof DispatchSpec>;

export const CompareSpec = z.object({
  kind: z.literal('compare'),
  name: z.string(),
  region: z.string(),
  staticIntervalH: z.number().positive(),
  expectations: z.array(Expectation),
});
export type CompareSpec = z.infer<typeof CompareSpec>;

export const StudySpec = z.discriminatedUnion('kind', [CharacterizeSpec, DispatchSpec, CompareSpec]);
export type StudySpec = z.infer<typeof StudySpec>;

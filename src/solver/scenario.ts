/**
 * The scenario: everything a study needs to know about travellers, roads, stations and feeder, in SI-based
 * units with the unit in the name. It is the border between the language (which writes it), the solver (which
 * reads it), and the result file (which carries it so that a result can be verified on its own).
 */
import * as z from 'zod';

const id = z.string().min(1);
const perInterval = z.array(z.number());
const position = z.tuple([z.number(), z.number()]);

export const RoadLink = z.object({
  id,
  from: id,
  to: id,
  freeFlowTimeH: z.number().nonnegative(),
  capacityVehPerH: z.number().positive(),
});
export type RoadLink = z.infer<typeof RoadLink>;

export const Demand = z.object({
  id,
  from: id,
  to: id,
  /** Departure rate of all travellers, one value per interval of the horizon. */
  vehPerH: perInterval,
});
export type Demand = z.infer<typeof Demand>;

export const Roads = z.object({ nodes: z.array(id), links: z.array(RoadLink), demands: z.array(Demand) });
export type Roads = z.infer<typeof Roads>;

/** One of the two services of a station. */
export const StationService = z.object({
  ports: z.number().positive(),
  /** Power of one port. */
  powerKw: z.number().positive(),
  serviceH: z.number().positive(),
  /** Waiting time when the occupancy equals the number of ports; zero means no waiting cost. */
  maxWaitH: z.number().nonnegative(),
  /** One value per interval; the last one holds after the horizon. */
  pricePerKwh: perInterval,
  /** Largest coupon in money per vehicle; null means no cap. */
  couponCapPerVehicle: z.number().nonnegative().nullable(),
});
export type StationService = z.infer<typeof StationService>;

export const Station = z.object({
  id,
  node: id,
  /** Feeder bus; null in a scenario without a feeder. */
  bus: id.nullable(),
  /** Null where the station does not offer the service. */
  charging: StationService.nullable(),
  v2g: StationService.nullable(),
});
export type Station = z.infer<typeof Station>;

export const Bus = z.object({ id, loadKw: perInterval, loadKvar: perInterval });
export type Bus = z.infer<typeof Bus>;

export const Line = z.object({
  id,
  from: id,
  to: id,
  resistanceOhm: z.number(),
  reactanceOhm: z.number(),
  /** Current limit; null means none. */
  limitA: z.number().positive().nullable(),
});
export type Line = z.infer<typeof Line>;

export const UtilitySource = z.object({
  id,
  bus: id,
  voltagePu: z.number().positive(),
  minKw: z.number(),
  maxKw: z.number(),
  minKvar: z.number(),
  maxKvar: z.number(),
  pricePerKwh: perInterval,
});
export type UtilitySource = z.infer<typeof UtilitySource>;

export const Generator = z.object({
  id,
  bus: id,
  minKw: z.number(),
  maxKw: z.number(),
  minKvar: z.number(),
  maxKvar: z.number(),
  costPerKwh: z.number(),
});
export type Generator = z.infer<typeof Generator>;

export const Pv = z.object({
  id,
  bus: id,
  ratingKva: z.number().positive(),
  /** Available active power, one value per interval; the inverter may curtail it. */
  availableKw: perInterval,
});
export type Pv = z.infer<typeof Pv>;

export const Feeder = z.object({
  id,
  baseKv: z.number().positive(),
  minVoltagePu: z.number().positive(),
  maxVoltagePu: z.number().positive(),
  buses: z.array(Bus),
  lines: z.array(Line),
  sources: z.array(UtilitySource),
  generators: z.array(Generator),
  pvs: z.array(Pv),
});
export type Feeder = z.infer<typeof Feeder>;

export const Scenario = z.object({
  name: id,
  title: z.string().optional(),
  /** Start of the horizon, minutes after midnight. */
  startMinutes: z.number().nonnegative(),
  intervalHours: z.number().positive(),
  /** Number of intervals of the horizon, T. */
  intervals: z.number().int().positive(),
  /** Intervals after the horizon until the last vehicle has left its last station. */
  tailIntervals: z.number().int().nonnegative(),
  currency: z.string(),
  valueOfTimePerH: z.number().nonnegative(),
  /** Share of travellers who charge once on their way [lambda]. */
  chargingShare: z.number().min(0).max(1),
  /** Share of travellers who offer V2G once on their way [phi]. */
  v2gShare: z.number().min(0).max(1),
  roads: Roads,
  stations: z.array(Station),
  feeder: Feeder.nullable(),
  /** Where the author wants nodes and buses drawn, in units of the author's choice; x to the right, y upwards. */
  positions: z.object({ nodes: z.record(id, position), buses: z.record(id, position) }).optional(),
});
export type Scenario = z.infer<typeof Scenario>;

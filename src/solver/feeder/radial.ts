/**
 * Between the engineering model of a feeder (names, kW, ohm, ampere: `Feeder` of the scenario) and its
 * mathematical model (indices, per unit, breadth-first order from the source). Both ways in this file only.
 *
 * Per unit on 1 MVA and the feeder's base voltage: a power in pu is a power in MW or Mvar.
 */
import type { Feeder } from '../scenario.js';
import { FeederModelError, findFeederProblems } from './radial-problems.js';

/** Base power in MVA; with it per-unit powers are megawatts. */
export const BASE_MVA = 1;
const KW_PER_MW = 1000;

/** A generator, PV inverter: what can be set. Bounds in MW and Mvar. */
export interface Device {
  id: string;
  kind: 'generator' | 'pv';
  bus: number;
  minMw: number;
  /** Per interval: available power of a PV, constant for a generator. */
  maxMw: number[];
  minMvar: number;
  maxMvar: number;
  /** Apparent power limit of an inverter: P² + Q² ≤ S²; null for a generator. */
  ratingMva: number | null;
  costPerMwh: number;
}

/** Bus 0 is the source bus. Line j joins bus j to bus parent[j] < j; entry 0 of every line array is unused. Plain, cloneable. */
export interface RadialNetwork {
  feederId: string;
  busIds: string[];
  lineIds: string[];
  parent: Int32Array;
  resistancePu: Float64Array;
  reactancePu: Float64Array;
  /** Current limit squared, Infinity where there is none. */
  maxSquaredCurrentPu: Float64Array;
  /** Amperes of 1 pu of current. */
  baseCurrentA: number;
  minVoltagePu: number;
  maxVoltagePu: number;
  intervals: number;
  /** Base load per interval and bus, MW and Mvar. */
  loadMw: Float64Array[];
  loadMvar: Float64Array[];
  devices: Device[];
  source: {
    id: string;
    voltagePu: number;
    minMw: number;
    maxMw: number;
    minMvar: number;
    maxMvar: number;
    pricePerMwh: number[];
  };
}

/** Ohm of 1 pu of impedance. */
export function baseImpedanceOhm(baseKv: number): number {
  return (baseKv * baseKv) / BASE_MVA;
}

/** Amperes of 1 pu of current in a three-phase line. */
export function baseCurrentA(baseKv: number): number {
  return (BASE_MVA * 1000) / (Math.sqrt(3) * baseKv);
}

/**
 * @param intervals number of intervals of the horizon.
 * @throws FeederModelError naming every element that keeps the feeder from being one radial network.
 */
export function toRadialNetwork(feeder: Feeder, intervals: number): RadialNetwork {
  const problems = findFeederProblems(feeder, intervals);
  if (problems.length > 0) throw new FeederModelError(problems);
  const source = feeder.sources[0];
  const { order, parent, lineOf } = breadthFirst(feeder, source.bus);
  const busIndex = new Map(order.map((bus, index) => [bus, index]));
  const busById = new Map(feeder.buses.map((bus) => [bus.id, bus]));
  const ohm = baseImpedanceOhm(feeder.baseKv);
  const ampere = baseCurrentA(feeder.baseKv);
  const loads = (pick: 'loadKw' | 'loadKvar') =>
    Array.from({ length: intervals }, (_, t) =>
      Float64Array.from(order, (id) => (busById.get(id)?.[pick][t] ?? 0) / KW_PER_MW),
    );
  const perLine = (value: (line: Feeder['lines'][number]) => number) =>
    Float64Array.from(lineOf, (line) => (line ? value(line) : 0));
  const constant = (value: number) => Array.from({ length: intervals }, () => value);
  return {
    feederId: feeder.id,
    busIds: order,
    lineIds: lineOf.map((line) => line?.id ?? ''),
    parent,
    resistancePu: perLine((line) => line.resistanceOhm / ohm),
    reactancePu: perLine((line) => line.reactanceOhm / ohm),
    maxSquaredCurrentPu: perLine((line) => (line.limitA === null ? Infinity : (line.limitA / ampere) ** 2)),
    baseCurrentA: ampere,
    minVoltagePu: feeder.minVoltagePu,
    maxVoltagePu: feeder.maxVoltagePu,
    intervals,
    loadMw: loads('loadKw'),
    loadMvar: loads('loadKvar'),
    devices: [
      ...feeder.generators.map((unit): Device => ({
        id: unit.id,
        kind: 'generator',
        bus: busIndex.get(unit.bus) as number,
        minMw: unit.minKw / KW_PER_MW,
        maxMw: constant(unit.maxKw / KW_PER_MW),
        minMvar: unit.minKvar / KW_PER_MW,
        maxMvar: unit.maxKvar / KW_PER_MW,
        ratingMva: null,
        costPerMwh: unit.costPerKwh * KW_PER_MW,
      })),
      ...feeder.pvs.map((pv): Device => ({
        id: pv.id,
        kind: 'pv',
        bus: busIndex.get(pv.bus) as number,
        minMw: 0,
        maxMw: pv.availableKw
          .slice(0, intervals)
          .map((kw) => Math.min(Math.max(kw, 0), pv.ratingKva) / KW_PER_MW),
        minMvar: -pv.ratingKva / KW_PER_MW,
        maxMvar: pv.ratingKva / KW_PER_MW,
        ratingMva: pv.ratingKva / KW_PER_MW,
        costPerMwh: 0,
      })),
    ],
    source: {
      id: source.id,
      voltagePu: source.voltagePu,
      minMw: source.minKw / KW_PER_MW,
      maxMw: source.maxKw / KW_PER_MW,
      minMvar: source.minKvar / KW_PER_MW,
      maxMvar: source.maxKvar / KW_PER_MW,
      pricePerMwh: source.pricePerKwh.slice(0, intervals).map((price) => price * KW_PER_MW),
    },
  };
}

/** Parents come before their children; siblings in the order in which the file states their lines. */
function breadthFirst(feeder: Feeder, root: string) {
  type Line = Feeder['lines'][number];
  const linesAt = new Map<string, Line[]>(feeder.buses.map((bus) => [bus.id, []]));
  for (const line of feeder.lines) {
    linesAt.get(line.from)?.push(line);
    linesAt.get(line.to)?.push(line);
  }
  const order = [root];
  const parents = [-1];
  const lineOf: (Line | null)[] = [null];
  for (let index = 0; index < order.length; index++) {
    for (const line of linesAt.get(order[index]) ?? []) {
      if (line === lineOf[index]) continue;
      order.push(line.from === order[index] ? line.to : line.from);
      parents.push(index);
      lineOf.push(line);
    }
  }
  return { order, parent: Int32Array.from(parents), lineOf };
}

/** Values per bus by name, for results and messages. */
export function byBusId(network: RadialNetwork, values: Float64Array): Record<string, number> {
  return Object.fromEntries(network.busIds.map((id, bus) => [id, values[bus]]));
}

/** Line currents by name, in amperes. */
export function currentsByLineId(network: RadialNetwork, currentPu: Float64Array): Record<string, number> {
  return Object.fromEntries(
    network.lineIds.slice(1).map((id, index) => [id, currentPu[index + 1] * network.baseCurrentA]),
  );
}

/** Limit of a line in amperes, Infinity where there is none. */
export function lineLimitA(network: RadialNetwork, line: number): number {
  return Math.sqrt(network.maxSquaredCurrentPu[line]) * network.baseCurrentA;
}

export function toKw(mw: number): number {
  return mw * KW_PER_MW;
}

/**
 * What the feeder's operation depends on in one interval: base loads, the reserve it must be able to serve, and
 * the controls (set points of generators and PV inverters, loads of the charging stations).
 *
 * Control vector u, in MW and Mvar: [P and Q of device 0, P and Q of device 1, …, load of station 0, 1, …].
 * Devices inject, stations draw at unity power factor.
 */
import type { PowerFlow } from './power-flow.js';
import { solvePowerFlow } from './power-flow.js';
import type { RadialNetwork } from './radial.js';

/** A feeder with the stations that draw from it. Plain and cloneable. */
export interface FeederModel {
  network: RadialNetwork;
  stationIds: string[];
  /** Bus index per station; NO_BUS for a station that is coupled to none: its load meets no limit. */
  stationBus: Int32Array;
}

export const NO_BUS = -1;

/** One interval, either as it is operated or with a reserve drawn on top (unity power factor). */
export interface OperatingCase {
  interval: number;
  reserve: { bus: number; mw: number } | null;
}

export function controlCount(model: FeederModel): number {
  return 2 * model.network.devices.length + model.stationIds.length;
}

/** Index of the first station in the control vector. */
export function firstStation(model: FeederModel): number {
  return 2 * model.network.devices.length;
}

/** Bounds of all controls; the loads of the stations are fixed at `loadsMw` or lie in a box. */
export interface ControlBounds {
  lower: Float64Array;
  upper: Float64Array;
}

export interface StationBox {
  minMw: readonly number[];
  maxMw: readonly number[];
}

/** normal · load ≤ offset, loads in MW in the order of the model's stations. */
export interface LoadHalfSpace {
  normal: number[];
  offsetMw: number;
}

export function fixedLoads(loadsMw: readonly number[]): StationBox {
  return { minMw: loadsMw, maxMw: loadsMw };
}

export function controlBounds(model: FeederModel, interval: number, box: StationBox): ControlBounds {
  const { devices } = model.network;
  return {
    lower: Float64Array.from([...devices.flatMap((device) => [device.minMw, device.minMvar]), ...box.minMw]),
    upper: Float64Array.from([
      ...devices.flatMap((device) => [device.maxMw[interval], device.maxMvar]),
      ...box.maxMw,
    ]),
  };
}

/** Set points that are as close to doing nothing as the bounds allow. */
export function idleControls(bounds: ControlBounds): Float64Array {
  return bounds.lower.map((lower, k) => Math.min(Math.max(0, lower), bounds.upper[k]));
}

/** Bus and share of the active or reactive injection that control k stands for. */
export interface ControlInjection {
  bus: number;
  reactive: boolean;
  sign: 1 | -1;
}

export function controlInjection(model: FeederModel, control: number): ControlInjection {
  const first = firstStation(model);
  if (control >= first) return { bus: model.stationBus[control - first], reactive: false, sign: -1 };
  return { bus: model.network.devices[control >> 1].bus, reactive: control % 2 === 1, sign: 1 };
}

/** AC power flow of a case under given controls. */
export function flowOf(model: FeederModel, operatingCase: OperatingCase, controls: Float64Array): PowerFlow {
  const { network } = model;
  const { interval, reserve } = operatingCase;
  const p = network.loadMw[interval].map((load) => -load);
  const q = network.loadMvar[interval].map((load) => -load);
  if (reserve) p[reserve.bus] -= reserve.mw;
  for (let k = 0; k < controls.length; k++) {
    const { bus, reactive, sign } = controlInjection(model, k);
    if (bus === NO_BUS) continue;
    if (reactive) q[bus] += sign * controls[k];
    else p[bus] += sign * controls[k];
  }
  return solvePowerFlow(network, p, q);
}

/** Moves the set points of inverters that exceed their apparent power back onto the circle, in place. */
export function projectOntoRatings(model: FeederModel, controls: Float64Array): void {
  model.network.devices.forEach(({ ratingMva }, d) => {
    if (ratingMva === null) return;
    const apparent = Math.hypot(controls[2 * d], controls[2 * d + 1]);
    if (apparent > ratingMva) {
      controls[2 * d] *= ratingMva / apparent;
      controls[2 * d + 1] *= ratingMva / apparent;
    }
  });
}

/**
 * AC power flow of a radial feeder by backward/forward sweep (Shirmohammadi, Hong, Semlyen, Luo 1988): currents
 * are summed from the leaves to the source, voltages follow from the source to the leaves, until the power at
 * every bus is what was asked for. Complex phasors; it shares no equation with the branch-flow programme that it checks.
 */
import type { RadialNetwork } from './radial.js';

/** Largest power mismatch at a bus, MW on 1 MVA: far below any limit's tolerance, well above rounding at 100 MW. */
export const MISMATCH_TOLERANCE_PU = 1e-10;
/** Near the nose of the PV curve the sweep converges ever more slowly; 1000 sweeps resolve it to about 1e-5 of the load. */
const MAX_SWEEPS = 1000;
/** Below this no solution of practical meaning exists: the nose of a feeder's PV curve lies above half the source voltage. */
const COLLAPSE_VOLTAGE_PU = 0.05;

export interface PowerFlow {
  converged: boolean;
  sweeps: number;
  /** Largest |S asked − V·conj(I)| over the buses, MVA. */
  mismatchPu: number;
  /** Magnitude per bus. */
  voltagePu: Float64Array;
  /** Magnitude per line, index of its child bus. */
  currentPu: Float64Array;
  /** Power that enters line j at its parent, MW and Mvar. */
  sendingMw: Float64Array;
  sendingMvar: Float64Array;
  lossMw: number;
  lossMvar: number;
  /** What the source delivers, its own bus included. */
  sourceMw: number;
  sourceMvar: number;
  /** Bus with the lowest voltage; where the sweep diverged, the bus that collapsed. */
  lowestBus: number;
}

/** Voltage phasors of an earlier solution, to start from. */
export interface Phasors {
  real: Float64Array;
  imaginary: Float64Array;
}

/**
 * @param injectionMw net injection per bus (generation minus load), constant power. Entry 0 is what the source bus itself injects.
 * @returns the solution on the upper branch, or `converged: false` when no voltage can serve the loads.
 */
export function solvePowerFlow(
  network: RadialNetwork,
  injectionMw: Float64Array,
  injectionMvar: Float64Array,
): PowerFlow {
  const { parent, resistancePu: r, reactancePu: x, source } = network;
  const n = parent.length;
  const phasors: Phasors = {
    real: new Float64Array(n).fill(source.voltagePu),
    imaginary: new Float64Array(n),
  };
  const current: Phasors = { real: new Float64Array(n), imaginary: new Float64Array(n) };
  const drawn: Phasors = { real: new Float64Array(n), imaginary: new Float64Array(n) };
  let sweeps = 0;
  let mismatch = Infinity;
  let lowest = 0;
  while (sweeps < MAX_SWEEPS) {
    sweeps++;
    sumCurrents(parent, phasors, injectionMw, injectionMvar, drawn, current);
    lowest = propagateVoltages(parent, r, x, current, phasors);
    if (!(Math.hypot(phasors.real[lowest], phasors.imaginary[lowest]) > COLLAPSE_VOLTAGE_PU)) break;
    mismatch = powerMismatch(phasors, drawn, injectionMw, injectionMvar);
    if (mismatch < MISMATCH_TOLERANCE_PU) break;
  }
  return summarise(network, phasors, current, injectionMw, injectionMvar, { sweeps, mismatch, lowest });
}

/**
 * Backward: I_j = −conj(S_j / V_j) + Σ I_children, the current that flows into bus j through its line.
 * @param drawn what bus j itself takes of it, −conj(S_j / V_j).
 */
function sumCurrents(
  parent: Int32Array,
  v: Phasors,
  p: Float64Array,
  q: Float64Array,
  drawn: Phasors,
  into: Phasors,
): void {
  into.real.fill(0);
  into.imaginary.fill(0);
  for (let j = parent.length - 1; j > 0; j--) {
    const squared = v.real[j] * v.real[j] + v.imaginary[j] * v.imaginary[j];
    drawn.real[j] = -(p[j] * v.real[j] + q[j] * v.imaginary[j]) / squared;
    drawn.imaginary[j] = -(p[j] * v.imaginary[j] - q[j] * v.real[j]) / squared;
    into.real[j] += drawn.real[j];
    into.imaginary[j] += drawn.imaginary[j];
    into.real[parent[j]] += into.real[j];
    into.imaginary[parent[j]] += into.imaginary[j];
  }
}

/** Forward: V_j = V_parent − (r + jx)·I_j. @returns the bus with the lowest magnitude. */
function propagateVoltages(
  parent: Int32Array,
  r: Float64Array,
  x: Float64Array,
  current: Phasors,
  v: Phasors,
): number {
  let lowest = 0;
  let lowestSquared = v.real[0] * v.real[0];
  for (let j = 1; j < parent.length; j++) {
    const i = parent[j];
    v.real[j] = v.real[i] - (r[j] * current.real[j] - x[j] * current.imaginary[j]);
    v.imaginary[j] = v.imaginary[i] - (r[j] * current.imaginary[j] + x[j] * current.real[j]);
    const squared = v.real[j] * v.real[j] + v.imaginary[j] * v.imaginary[j];
    if (!(squared >= lowestSquared)) {
      lowest = j;
      lowestSquared = squared;
    }
  }
  return lowest;
}

/** Largest |S_j + V_j·conj(I drawn at j)| with the currents of the last backward sweep and the new voltages. */
function powerMismatch(v: Phasors, drawn: Phasors, p: Float64Array, q: Float64Array): number {
  let largest = 0;
  for (let j = 1; j < p.length; j++) {
    const active = p[j] + v.real[j] * drawn.real[j] + v.imaginary[j] * drawn.imaginary[j];
    const reactive = q[j] + v.imaginary[j] * drawn.real[j] - v.real[j] * drawn.imaginary[j];
    const squared = active * active + reactive * reactive;
    if (!(squared <= largest)) largest = squared;
  }
  return Math.sqrt(largest);
}

function magnitudes({ real, imaginary }: Phasors): Float64Array {
  const sizes = new Float64Array(real.length);
  for (let j = 0; j < sizes.length; j++)
    sizes[j] = Math.sqrt(real[j] * real[j] + imaginary[j] * imaginary[j]);
  return sizes;
}

function summarise(
  network: RadialNetwork,
  v: Phasors,
  current: Phasors,
  p: Float64Array,
  q: Float64Array,
  end: { sweeps: number; mismatch: number; lowest: number },
): PowerFlow {
  const { parent, resistancePu: r, reactancePu: x } = network;
  const n = parent.length;
  const voltagePu = magnitudes(v);
  const currentPu = magnitudes(current);
  currentPu[0] = 0;
  const sendingMw = new Float64Array(n);
  const sendingMvar = new Float64Array(n);
  let lossMw = 0;
  let lossMvar = 0;
  let sourceMw = -p[0];
  let sourceMvar = -q[0];
  for (let j = 1; j < n; j++) {
    const i = parent[j];
    sendingMw[j] = v.real[i] * current.real[j] + v.imaginary[i] * current.imaginary[j];
    sendingMvar[j] = v.imaginary[i] * current.real[j] - v.real[i] * current.imaginary[j];
    lossMw += r[j] * currentPu[j] ** 2;
    lossMvar += x[j] * currentPu[j] ** 2;
    if (i === 0) {
      sourceMw += sendingMw[j];
      sourceMvar += sendingMvar[j];
    }
  }
  return {
    converged: end.mismatch < MISMATCH_TOLERANCE_PU,
    sweeps: end.sweeps,
    mismatchPu: end.mismatch,
    voltagePu,
    currentPu,
    sendingMw,
    sendingMvar,
    lossMw,
    lossMvar,
    sourceMw,
    sourceMvar,
    lowestBus: end.lowest,
  };
}

/**
 * The lossless feeder (LinDistFlow, Baran, Wu 1989): without losses every squared voltage is linear in the controls
 * and no smaller than with them, so the upper limits on these voltages are a restriction under which the
 * relaxation is AC-feasible (Gan, Li, Topcu, Low, IEEE Trans. Automatic Control 60(1), 2015).
 */
import type { Tangent } from './ac-linearisation.js';
import { isConvex, limitsOf } from './limits.js';
import type { FeederModel, OperatingCase } from './operating-case.js';
import { NO_BUS, controlCount, controlInjection } from './operating-case.js';

/** Rows tangent(u) ≤ 0 for every reverse-convex limit: squared voltages in pu², source power in MW and Mvar. */
export function losslessTangents(model: FeederModel, { interval, reserve }: OperatingCase): Tangent[] {
  const { network } = model;
  const { source, maxVoltagePu } = network;
  const p = network.loadMw[interval].map((load) => -load);
  if (reserve) p[reserve.bus] -= reserve.mw;
  const q = network.loadMvar[interval].map((load) => -load);
  const none = new Float64Array(p.length);
  const base = losslessFlow(model, p, q);
  const unit = (bus: number) => none.map((_, each) => (each === bus ? 1 : 0));
  const slopes = Array.from({ length: controlCount(model) }, (_, k) => {
    const { bus, reactive, sign } = controlInjection(model, k);
    if (bus === NO_BUS) return null;
    const flow = reactive ? losslessFlow(model, none, unit(bus)) : losslessFlow(model, unit(bus), none);
    return { flow, sign };
  });
  const tangent = (constant: number, pick: (flow: LosslessFlow) => number): Tangent => ({
    constant,
    gradient: Float64Array.from(slopes, (slope) => (slope ? slope.sign * pick(slope.flow) : 0)),
  });
  return limitsOf(network)
    .filter((limit) => !isConvex(limit))
    .map(({ kind, element }) => {
      if (kind === 'source-p') return tangent(source.minMw - base.sourceMw, (flow) => -flow.sourceMw);
      if (kind === 'source-q') return tangent(source.minMvar - base.sourceMvar, (flow) => -flow.sourceMvar);
      const squared = source.voltagePu ** 2 + base.voltageRise[element];
      return tangent(squared - maxVoltagePu ** 2, (flow) => flow.voltageRise[element]);
    });
}

interface LosslessFlow {
  /** Squared voltage above that of the source, pu². */
  voltageRise: Float64Array;
  sourceMw: number;
  sourceMvar: number;
}

function losslessFlow({ network }: FeederModel, p: Float64Array, q: Float64Array): LosslessFlow {
  const { parent, resistancePu, reactancePu } = network;
  const P = p.map((injection) => -injection);
  const Q = q.map((injection) => -injection);
  for (let j = parent.length - 1; j > 0; j--) {
    P[parent[j]] += P[j];
    Q[parent[j]] += Q[j];
  }
  const voltageRise = new Float64Array(parent.length);
  for (let j = 1; j < parent.length; j++) {
    voltageRise[j] = voltageRise[parent[j]] - 2 * (resistancePu[j] * P[j] + reactancePu[j] * Q[j]);
  }
  return { voltageRise, sourceMw: P[0], sourceMvar: Q[0] };
}

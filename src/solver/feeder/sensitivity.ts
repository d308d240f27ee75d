/**
 * Derivatives of an AC operating point to the power injected at a bus: the DistFlow equations (Baran, Wu 1989)
 *   P_j = p_j + r l_j,  Q_j = q_j + x l_j,  l_j v_i = P_j² + Q_j²,  v_j = v_i − 2(r P_j + x Q_j) + (r² + x²) l_j
 * for line j from bus i to bus j (p, q arrive; v, l are squares), differentiated and eliminated along the tree:
 * what enters a subtree depends on the voltage at its root only, so each injection costs two passes over the buses.
 */
import type { PowerFlow } from './power-flow.js';
import type { RadialNetwork } from './radial.js';

/** Derivatives to 1 MW or 1 Mvar more injection at one bus. */
export interface Sensitivity {
  /** pu per MW, per bus. */
  voltagePu: Float64Array;
  /** Of the squared current, pu² per MW, per line. */
  squaredCurrentPu: Float64Array;
  sourceMw: number;
  sourceMvar: number;
}

/** Factors of the elimination, shared by all injections at one operating point. */
export class LinearisedFlow {
  /** Change of the power that enters line j per unit of v at its parent. */
  private readonly entryP: Float64Array;
  private readonly entryQ: Float64Array;
  /** Change of the power that leaves bus j downstream per unit of v_j. */
  private readonly belowP: Float64Array;
  private readonly belowQ: Float64Array;
  private readonly denominator: Float64Array;
  private readonly pivot: Float64Array;

  constructor(
    private readonly network: RadialNetwork,
    private readonly flow: PowerFlow,
  ) {
    const { parent, resistancePu, reactancePu } = network;
    const n = parent.length;
    this.entryP = new Float64Array(n);
    this.entryQ = new Float64Array(n);
    this.belowP = new Float64Array(n);
    this.belowQ = new Float64Array(n);
    this.denominator = new Float64Array(n);
    this.pivot = new Float64Array(n);
    for (let j = n - 1; j > 0; j--) {
      const r = resistancePu[j];
      const x = reactancePu[j];
      const impedance = r * r + x * x;
      const [P, Q, l] = [flow.sendingMw[j], flow.sendingMvar[j], flow.currentPu[j] ** 2];
      const d = flow.voltagePu[parent[j]] ** 2 - 2 * (P * r + Q * x);
      const pull = 2 * (P * this.belowP[j] + Q * this.belowQ[j]);
      const pivot = 1 + 2 * (r * this.belowP[j] + x * this.belowQ[j]) + (impedance * pull) / d;
      const follow = (1 + (impedance * l) / d) / pivot;
      const current = (pull * follow - l) / d;
      this.denominator[j] = d;
      this.pivot[j] = pivot;
      this.entryP[j] = this.belowP[j] * follow + r * current;
      this.entryQ[j] = this.belowQ[j] * follow + x * current;
      this.belowP[parent[j]] += this.entryP[j];
      this.belowQ[parent[j]] += this.entryQ[j];
    }
  }

  /** @param reactive whether Mvar instead of MW is injected at `bus`. */
  injection(bus: number, reactive: boolean): Sensitivity {
    const { parent, resistancePu, reactancePu } = this.network;
    const { flow, belowP, belowQ } = this;
    const n = parent.length;
    // Power that leaves bus j downstream while the voltages above stay as they are.
    const offsetP = new Float64Array(n);
    const offsetQ = new Float64Array(n);
    const drop = new Float64Array(n);
    (reactive ? offsetQ : offsetP)[bus] = -1;
    for (let j = bus; j > 0; j = parent[j]) {
      const r = resistancePu[j];
      const x = reactancePu[j];
      const [P, Q, d] = [flow.sendingMw[j], flow.sendingMvar[j], this.denominator[j]];
      drop[j] =
        (2 * (r * offsetP[j] + x * offsetQ[j]) +
          ((r * r + x * x) * 2 * (P * offsetP[j] + Q * offsetQ[j])) / d) /
        this.pivot[j];
      const arriveP = offsetP[j] - belowP[j] * drop[j];
      const arriveQ = offsetQ[j] - belowQ[j] * drop[j];
      const current = (2 * (P * arriveP + Q * arriveQ)) / d;
      offsetP[parent[j]] += arriveP + r * current;
      offsetQ[parent[j]] += arriveQ + x * current;
    }
    return this.propagate(offsetP, offsetQ, drop);
  }

  /** Forward pass: squared voltages from the source, whose voltage is held, to the leaves. */
  private propagate(offsetP: Float64Array, offsetQ: Float64Array, drop: Float64Array): Sensitivity {
    const { parent, resistancePu, reactancePu } = this.network;
    const { flow } = this;
    const n = parent.length;
    const squaredVoltage = new Float64Array(n);
    const voltagePu = new Float64Array(n);
    const squaredCurrentPu = new Float64Array(n);
    for (let j = 1; j < n; j++) {
      const i = parent[j];
      const impedance = resistancePu[j] * resistancePu[j] + reactancePu[j] * reactancePu[j];
      const P = flow.sendingMw[j];
      const Q = flow.sendingMvar[j];
      const l = flow.currentPu[j] * flow.currentPu[j];
      const d = this.denominator[j];
      squaredVoltage[j] = (squaredVoltage[i] * (1 + (impedance * l) / d)) / this.pivot[j] - drop[j];
      voltagePu[j] = squaredVoltage[j] / (2 * flow.voltagePu[j]);
      const arriveP = offsetP[j] + this.belowP[j] * squaredVoltage[j];
      const arriveQ = offsetQ[j] + this.belowQ[j] * squaredVoltage[j];
      squaredCurrentPu[j] = (2 * (P * arriveP + Q * arriveQ) - l * squaredVoltage[i]) / d;
    }
    return { voltagePu, squaredCurrentPu, sourceMw: offsetP[0], sourceMvar: offsetQ[0] };
  }
}

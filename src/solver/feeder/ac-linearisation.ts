/** An AC operating point with the derivatives of every limit and of the source power to every control. */
import type { Limit } from './limits.js';
import { violation } from './limits.js';
import type { FeederModel, OperatingCase } from './operating-case.js';
import { NO_BUS, controlInjection, flowOf } from './operating-case.js';
import type { PowerFlow } from './power-flow.js';
import type { Sensitivity } from './sensitivity.js';
import { LinearisedFlow } from './sensitivity.js';

/** constant + gradient · u, the tangent of a function of the controls. */
export interface Tangent {
  constant: number;
  gradient: Float64Array;
}

export class AcPoint {
  readonly flow: PowerFlow;
  /** Per control with its sign: controls at the same bus share their sensitivity; null for one that injects nowhere. */
  private slopes: ({ sign: number; sensitivity: Sensitivity } | null)[] | null = null;

  constructor(
    private readonly model: FeederModel,
    operatingCase: OperatingCase,
    readonly controls: Float64Array,
  ) {
    this.flow = flowOf(model, operatingCase, controls);
  }

  /** Tangent of the violation of a limit. Only where the power flow converged. */
  violationTangent(limit: Limit): Tangent {
    const { network } = this.model;
    const { kind, element, side } = limit;
    const sign = side === 'low' ? -1 : 1;
    return this.tangent(violation(network, this.flow, limit), (slope) => {
      if (kind === 'current') return slope.squaredCurrentPu[element] / network.maxSquaredCurrentPu[element];
      if (kind === 'source-p') return sign * slope.sourceMw;
      if (kind === 'source-q') return sign * slope.sourceMvar;
      return sign * slope.voltagePu[element];
    });
  }

  /** Tangent of the active power that the source delivers. */
  sourceTangent(): Tangent {
    return this.tangent(this.flow.sourceMw, (slope) => slope.sourceMw);
  }

  private tangent(value: number, derivative: (slope: Sensitivity) => number): Tangent {
    const slopes = (this.slopes ??= this.linearise());
    const { controls } = this;
    const gradient = new Float64Array(controls.length);
    let constant = value;
    for (let k = 0; k < controls.length; k++) {
      const slope = slopes[k];
      if (!slope) continue;
      gradient[k] = slope.sign * derivative(slope.sensitivity);
      constant -= gradient[k] * controls[k];
    }
    return { constant, gradient };
  }

  private linearise(): ({ sign: number; sensitivity: Sensitivity } | null)[] {
    const linearised = new LinearisedFlow(this.model.network, this.flow);
    const known = new Map<string, Sensitivity>();
    return Array.from(this.controls, (_, k) => {
      const { bus, reactive, sign } = controlInjection(this.model, k);
      if (bus === NO_BUS) return null;
      const key = `${bus}${reactive}`;
      let sensitivity = known.get(key);
      if (!sensitivity) known.set(key, (sensitivity = linearised.injection(bus, reactive)));
      return { sign, sensitivity };
    });
  }
}

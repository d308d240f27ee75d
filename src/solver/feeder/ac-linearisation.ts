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
  private readonly sensitivities: (Sensitivity | null)[] = [];

  constructor(
    private readonly model: FeederModel,
    operatingCase: OperatingCase,
    readonly controls: Float64Array,
  ) {
    this.flow = flowOf(model, operatingCase, controls);
  }

  /** Tangent of the violation of a limit. Only where the power flow converged. */
  violationTangent(limit: Limit): Tangent {
    const { maxSquaredCurrentPu } = this.model.network;
    return this.tangent(violation(this.model.network, this.flow, limit), (slope) => {
      const sign = limit.side === 'low' ? -1 : 1;
      switch (limit.kind) {
        case 'voltage-low':
        case 'voltage-high':
          return sign * slope.voltagePu[limit.element];
        case 'current':
          return slope.squaredCurrentPu[limit.element] / maxSquaredCurrentPu[limit.element];
        case 'source-p':
          return sign * slope.sourceMw;
        case 'source-q':
          return sign * slope.sourceMvar;
      }
    });
  }

  /** Tangent of the active power that the source delivers. */
  sourceTangent(): Tangent {
    return this.tangent(this.flow.sourceMw, (slope) => slope.sourceMw);
  }

  private tangent(value: number, derivative: (slope: Sensitivity) => number): Tangent {
    if (this.sensitivities.length === 0) this.linearise();
    let constant = value;
    const gradient = this.controls.map((control, k) => {
      const slope = this.sensitivities[k];
      if (!slope) return 0;
      const by = controlInjection(this.model, k).sign * derivative(slope);
      constant -= by * control;
      return by;
    });
    return { constant, gradient };
  }

  private linearise(): void {
    const linearised = new LinearisedFlow(this.model.network, this.flow);
    const known = new Map<string, Sensitivity>();
    for (let k = 0; k < this.controls.length; k++) {
      const { bus, reactive } = controlInjection(this.model, k);
      if (bus === NO_BUS) {
        this.sensitivities.push(null);
        continue;
      }
      const key = `${bus}${reactive}`;
      let slope = known.get(key);
      if (!slope) known.set(key, (slope = linearised.injection(bus, reactive)));
      this.sensitivities.push(slope);
    }
  }
}

/** An AC operating point in the terms of the result file: names, kW, volts per unit, and the certificate's grid fields. */
import type { FeederState } from '../result.js';
import { maxLineLoading } from './limits.js';
import type { FeederModel } from './operating-case.js';
import type { PowerFlow } from './power-flow.js';
import { byBusId, currentsByLineId, toKw } from './radial.js';

/** The certificate's grid fields, of one operating point or the worst of several. */
export interface GridCertificate {
  minVoltagePu: number;
  maxVoltagePu: number;
  /** Largest current over its limit, a fraction. */
  maxLineLoading: number;
  /** Largest power mismatch of the AC power flow at a bus. */
  acMismatchMw: number;
  /** Losses that the optimisation counted and the AC power flow does not show. */
  fictitiousLossKw: number;
}

/** One operated interval. */
export interface OperatedInterval extends GridCertificate {
  state: FeederState;
  currentsA: Record<string, number>;
  lossKw: number;
  sourceMw: number;
  controls: Float64Array;
}

/** @param fictitiousLossMw claimed losses minus those of the flow; 0 where the set points come from an AC point. */
export function operatedInterval(
  model: FeederModel,
  interval: number,
  controls: Float64Array,
  flow: PowerFlow,
  fictitiousLossMw: number,
): OperatedInterval {
  const { network } = model;
  const setpoints: FeederState['setpoints'] = {
    [network.source.id]: { kw: toKw(flow.sourceMw), kvar: toKw(flow.sourceMvar) },
  };
  network.devices.forEach(({ id }, d) => {
    setpoints[id] = { kw: toKw(controls[2 * d]), kvar: toKw(controls[2 * d + 1]) };
  });
  return {
    state: { interval, setpoints, voltagePu: byBusId(network, flow.voltagePu) },
    currentsA: currentsByLineId(network, flow.currentPu),
    lossKw: toKw(flow.lossMw),
    sourceMw: flow.sourceMw,
    controls,
    minVoltagePu: Math.min(...flow.voltagePu),
    maxVoltagePu: Math.max(...flow.voltagePu),
    maxLineLoading: maxLineLoading(network, flow),
    acMismatchMw: flow.mismatchPu,
    fictitiousLossKw: toKw(Math.abs(fictitiousLossMw)),
  };
}

/** The worst of several operating points, field by field. */
export function worstCertificate(points: readonly GridCertificate[]): GridCertificate {
  const worst = (pick: (point: GridCertificate) => number) => Math.max(...points.map(pick));
  return {
    minVoltagePu: Math.min(...points.map((point) => point.minVoltagePu)),
    maxVoltagePu: worst((point) => point.maxVoltagePu),
    maxLineLoading: worst((point) => point.maxLineLoading),
    acMismatchMw: worst((point) => point.acMismatchMw),
    fictitiousLossKw: worst((point) => point.fictitiousLossKw),
  };
}

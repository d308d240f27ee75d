/** The limits of a feeder as scalar constraints on an AC operating point, and how far a point is from them. */
import type { PowerFlow } from './power-flow.js';
import type { RadialNetwork } from './radial.js';
import { lineLimitA } from './radial.js';

/**
 * Limits hold to 1e-6: voltages in pu, powers in MW, currents as a fraction of their limit. It is the tolerance
 * of the published solutions, and a hundred times what the power flow resolves.
 */
export const LIMIT_TOLERANCE = 1e-6;

export type LimitKind = 'voltage-low' | 'voltage-high' | 'current' | 'source-p' | 'source-q';

/** One side of one limit; `element` is the bus or line index (0 for the source). */
export interface Limit {
  kind: LimitKind;
  element: number;
  side: 'low' | 'high';
}

/** All limits that a network states, in a fixed order. */
export function limitsOf(network: RadialNetwork): Limit[] {
  const limits: Limit[] = [];
  for (let bus = 1; bus < network.parent.length; bus++) {
    limits.push({ kind: 'voltage-low', element: bus, side: 'low' });
    limits.push({ kind: 'voltage-high', element: bus, side: 'high' });
    if (Number.isFinite(network.maxSquaredCurrentPu[bus]))
      limits.push({ kind: 'current', element: bus, side: 'high' });
  }
  for (const kind of ['source-p', 'source-q'] as const) {
    for (const side of ['low', 'high'] as const) limits.push({ kind, element: 0, side });
  }
  return limits;
}

/**
 * By how much a point violates a limit (negative: room left). Voltage in pu, source power in MW or Mvar, and for
 * a current l/l_max − 1 of the squares, which is smooth where the current vanishes.
 */
export function violation(network: RadialNetwork, flow: PowerFlow, limit: Limit): number {
  const { source, minVoltagePu, maxVoltagePu, maxSquaredCurrentPu } = network;
  const low = limit.side === 'low';
  switch (limit.kind) {
    case 'voltage-low':
      return minVoltagePu - flow.voltagePu[limit.element];
    case 'voltage-high':
      return flow.voltagePu[limit.element] - maxVoltagePu;
    case 'current':
      return flow.currentPu[limit.element] ** 2 / maxSquaredCurrentPu[limit.element] - 1;
    case 'source-p':
      return low ? source.minMw - flow.sourceMw : flow.sourceMw - source.maxMw;
    case 'source-q':
      return low ? source.minMvar - flow.sourceMvar : flow.sourceMvar - source.maxMvar;
  }
}

/** Largest violation, currents as a fraction of the limit itself; Infinity where the power flow has no solution. */
export function largestViolation(network: RadialNetwork, flow: PowerFlow, limits: readonly Limit[]): number {
  if (!flow.converged) return Infinity;
  return limits.reduce((largest, limit) => {
    const by = violation(network, flow, limit);
    return Math.max(largest, limit.kind === 'current' ? Math.sqrt(1 + by) - 1 : by);
  }, -Infinity);
}

/** Current of a line over its limit, a fraction; 0 where it has none. */
export function lineLoading(network: RadialNetwork, flow: PowerFlow, line: number): number {
  return (flow.currentPu[line] * network.baseCurrentA) / lineLimitA(network, line);
}

/** Largest current over its limit, a fraction; 0 where no line has a limit. */
export function maxLineLoading(network: RadialNetwork, flow: PowerFlow): number {
  let loading = 0;
  for (let line = 1; line < flow.currentPu.length; line++) {
    loading = Math.max(loading, lineLoading(network, flow, line));
  }
  return loading;
}

/** A limit whose violation is a convex function of the controls: currents, losses and source power are, voltages are concave. */
export function isConvex(limit: Limit): boolean {
  return (
    limit.kind === 'voltage-low' || limit.kind === 'current' || (limit.element === 0 && limit.side === 'high')
  );
}

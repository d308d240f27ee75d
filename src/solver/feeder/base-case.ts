/**
 * The base case: the feeder's own loads and PV, no station, generators off (or at their least power). A power flow
 * per interval tells which buses leave the voltage band and which lines exceed their limit, and why.
 */
import { LIMIT_TOLERANCE, lineLoading } from './limits.js';
import type { FeederModel } from './operating-case.js';
import { controlBounds, flowOf, idleControls } from './operating-case.js';
import type { PowerFlow } from './power-flow.js';
import { solvePowerFlow } from './power-flow.js';
import type { RadialNetwork } from './radial.js';
import { lineLimitA, toKw } from './radial.js';

export interface BaseCaseCause {
  kind: 'bus' | 'line' | 'pv' | 'generator';
  id: string;
  message: string;
}

export interface BaseCaseViolation {
  kind: 'voltage' | 'current' | 'collapse';
  /** Id of the bus or line. */
  element: string;
  /** Interval in which it is worst. */
  interval: number;
  /** Voltage in pu or current in A; of a collapse the share of the loads that could be served. */
  value: number;
  /** "bus b18: 0.913 pu, band 0.95–1.07". */
  message: string;
  causes: BaseCaseCause[];
}

/** A load share is resolved to this by bisection: a tenth of a per cent. */
const SHARE_STEPS = 10;

/**
 * @param intervals the intervals to look at; default all of the horizon.
 * @returns every bus and line that breaks a limit, once, in its worst interval.
 */
export function baseCaseViolations(
  network: RadialNetwork,
  intervals?: readonly number[],
): BaseCaseViolation[] {
  const model: FeederModel = { network, stationIds: [], stationBus: new Int32Array(0) };
  const worst = new Map<string, { violation: BaseCaseViolation; excess: number }>();
  for (const interval of intervals ?? Array.from({ length: network.intervals }, (_, t) => t)) {
    const controls = baseControls(model, interval);
    const flow = flowOf(model, { interval, reserve: null }, controls);
    if (!flow.converged) return [collapse(network, interval, flow)];
    for (let j = 1; j < network.parent.length; j++) {
      for (const found of [
        voltageViolation(model, interval, flow, controls, j),
        currentViolation(network, interval, flow, j),
      ]) {
        if (!found) continue;
        const key = `${found.violation.kind} ${found.violation.element}`;
        if (found.excess > (worst.get(key)?.excess ?? 0)) worst.set(key, found);
      }
    }
  }
  return Array.from(worst.values(), ({ violation }) => violation);
}

/** Generators as idle as their range allows, PV at what the sun gives, no reactive power. */
function baseControls(model: FeederModel, interval: number): Float64Array {
  const controls = idleControls(controlBounds(model, interval, { minMw: [], maxMw: [] }));
  model.network.devices.forEach((device, d) => {
    if (device.kind === 'pv') controls[2 * d] = device.maxMw[interval];
  });
  return controls;
}

function voltageViolation(
  model: FeederModel,
  interval: number,
  flow: PowerFlow,
  controls: Float64Array,
  bus: number,
) {
  const { network } = model;
  const { minVoltagePu, maxVoltagePu, busIds } = network;
  const value = flow.voltagePu[bus];
  const excess = Math.max(minVoltagePu - value, value - maxVoltagePu);
  if (excess <= LIMIT_TOLERANCE) return null;
  const low = value < minVoltagePu;
  const causes = low
    ? lowVoltageCauses(network, interval, flow, bus)
    : highVoltageCauses(model, controls, bus);
  const message = `bus ${busIds[bus]}: ${value.toFixed(3)} pu, band ${minVoltagePu}–${maxVoltagePu}`;
  const violation: BaseCaseViolation = {
    kind: 'voltage',
    element: busIds[bus],
    interval,
    value,
    message,
    causes,
  };
  return { violation, excess };
}

/** The line on the way that drops most, and the load that lowers this bus most. */
function lowVoltageCauses(
  network: RadialNetwork,
  interval: number,
  flow: PowerFlow,
  bus: number,
): BaseCaseCause[] {
  const { parent, resistancePu: r, reactancePu: x } = network;
  const way = pathToSource(parent, bus);
  const drop = (j: number) => flow.voltagePu[parent[j]] - flow.voltagePu[j];
  const line = way.reduce((most, j) => (drop(j) > drop(most) ? j : most), bus);
  const onWay = new Set(way);
  const lowering = Array.from(parent, (_, k) => {
    const shared = pathToSource(parent, k).filter((j) => onWay.has(j));
    return shared.reduce(
      (sum, j) => sum + r[j] * network.loadMw[interval][k] + x[j] * network.loadMvar[interval][k],
      0,
    );
  });
  const load = lowering.indexOf(Math.max(...lowering));
  return [
    {
      kind: 'line',
      id: network.lineIds[line],
      message: `${drop(line).toFixed(4)} pu of the drop are on line ${network.lineIds[line]}`,
    },
    loadCause(network, interval, load, 'the load that lowers it most'),
  ];
}

/** The generator or PV whose power raises this bus most. */
function highVoltageCauses({ network }: FeederModel, controls: Float64Array, bus: number): BaseCaseCause[] {
  const onWay = new Set(pathToSource(network.parent, bus));
  const raising = network.devices.map(({ bus: at }, d) =>
    pathToSource(network.parent, at)
      .filter((j) => onWay.has(j))
      .reduce(
        (sum, j) =>
          sum + network.resistancePu[j] * controls[2 * d] + network.reactancePu[j] * controls[2 * d + 1],
        0,
      ),
  );
  const most = raising.indexOf(Math.max(...raising));
  if (most < 0 || raising[most] <= 0) return [];
  const { id, kind } = network.devices[most];
  return [{ kind, id, message: `${id} feeds in ${toKw(controls[2 * most]).toFixed(0)} kW` }];
}

function currentViolation(network: RadialNetwork, interval: number, flow: PowerFlow, line: number) {
  const loading = lineLoading(network, flow, line);
  if (loading <= 1 + LIMIT_TOLERANCE) return null;
  const element = network.lineIds[line];
  const value = flow.currentPu[line] * network.baseCurrentA;
  const behind = Array.from(network.parent, (_, bus) => pathToSource(network.parent, bus).includes(line));
  const loads = network.loadMw[interval].map((load, bus) =>
    behind[bus] ? Math.hypot(load, network.loadMvar[interval][bus]) : -1,
  );
  const causes = [
    loadCause(network, interval, loads.indexOf(Math.max(...loads)), 'the largest load behind it'),
  ];
  const message = `line ${element}: ${value.toFixed(1)} A, limit ${lineLimitA(network, line).toFixed(0)} A`;
  const violation: BaseCaseViolation = { kind: 'current', element, interval, value, message, causes };
  return { violation, excess: loading - 1 };
}

/** A load that no voltage can serve: how much of all loads could be served, found by bisection. */
function collapse(network: RadialNetwork, interval: number, flow: PowerFlow): BaseCaseViolation {
  const served = (share: number) =>
    solvePowerFlow(
      network,
      network.loadMw[interval].map((load) => -share * load),
      network.loadMvar[interval].map((load) => -share * load),
    ).converged;
  let [low, high] = [0, 1];
  for (let step = 0; step < SHARE_STEPS; step++) {
    const share = (low + high) / 2;
    if (served(share)) low = share;
    else high = share;
  }
  const element = network.busIds[flow.lowestBus];
  const loads = network.loadMw[interval].map((load, bus) =>
    Math.hypot(load, network.loadMvar[interval][bus]),
  );
  const message = `bus ${element}: no voltage can serve the loads of this feeder; at most ${(100 * low).toFixed(0)} % of them`;
  const causes = [loadCause(network, interval, loads.indexOf(Math.max(...loads)), 'the largest load')];
  return { kind: 'collapse', element, interval, value: low, message, causes };
}

function loadCause(network: RadialNetwork, interval: number, bus: number, what: string): BaseCaseCause {
  const [kw, kvar] = [toKw(network.loadMw[interval][bus]), toKw(network.loadMvar[interval][bus])];
  const id = network.busIds[bus];
  return { kind: 'bus', id, message: `${what}: ${kw.toFixed(0)} kW, ${kvar.toFixed(0)} kvar at bus ${id}` };
}

/** The bus and all above it but the source: the lines that feed it, by their far end. */
function pathToSource(parent: Int32Array, bus: number): number[] {
  const path: number[] = [];
  for (let j = bus; j > 0; j = parent[j]) path.push(j);
  return path;
}

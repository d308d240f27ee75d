/**
 * The feeder claims of one point: an AC power flow with the result's set points in every interval of the
 * horizon, its voltages, currents and source against the limits and against what the file states.
 */
import type { Point, FeederState } from '../../solver/result.js';
import type { Feeder, Scenario } from '../../solver/scenario.js';
import type { Findings } from '../finding.js';
import { stationLoadMw, type Loading } from '../loading.js';
import type { Network } from '../network.js';
import { FEEDER_PU, FICTITIOUS_LOSS_KW, LOAD_MW, SETPOINT_KW } from '../tolerances.js';
import { powerFlow, radialOrder, type PowerFlow } from './power-flow.js';

type Power = { kw: number; kvar: number };

interface Extremes {
  minVoltagePu: number;
  maxVoltagePu: number;
  maxLineLoading: number;
  /** Between the stated source set point and the power flow, MW. */
  mismatchMw: number;
  /** Between stated and recomputed voltages, pu. */
  voltageError: number;
}

export function verifyFeeder(network: Network, point: Point, loading: Loading, findings: Findings): void {
  const { scenario } = network;
  const { certificate, plan } = point;
  if (plan.feeder === null || scenario.feeder === null) {
    const silent =
      plan.feeder === null &&
      certificate.minVoltagePu === null &&
      certificate.maxVoltagePu === null &&
      certificate.maxLineLoading === null &&
      certificate.acMismatchMw === null;
    findings.holds('no grid claims without set points of a feeder', silent, 'none', 'grid claims');
    const proven = scenario.feeder === null || certificate.status !== 'certified';
    findings.holds(
      'a certified point of a scenario with a feeder has set points',
      proven,
      'set points',
      'none',
    );
    return;
  }
  if (!radialOrder(scenario.feeder)) {
    findings.holds('feeder is radial from its one source', false, 'radial', 'not a tree');
    return;
  }
  const listed = new Set(plan.feeder.map((state) => state.interval));
  const missing = Array.from({ length: scenario.intervals }, (_, t) => t).filter((t) => !listed.has(t));
  findings.holds(
    'set points in every interval',
    missing.length === 0,
    'all',
    `missing ${missing.join(', ')}`,
  );

  const extremes: Extremes = {
    minVoltagePu: Infinity,
    maxVoltagePu: -Infinity,
    maxLineLoading: 0,
    mismatchMw: 0,
    voltageError: 0,
  };
  for (const state of plan.feeder) {
    // An uncertified point may break limits: it says so, and is no vertex.
    const certified = certificate.status === 'certified';
    if (certified) verifySetpoints(scenario.feeder, state, findings);
    const loads = netLoads(
      scenario,
      state,
      (id) => 1000 * stationLoadMw(network, loading, id, state.interval),
    );
    const flow = powerFlow(scenario.feeder, loads);
    if (!flow) {
      findings.holds(
        `power flow of interval ${state.interval}`,
        false,
        'solvable',
        'no voltage serves the load',
      );
      return;
    }
    if (certified) verifySource(scenario.feeder, state, flow, findings);
    widen(extremes, scenario.feeder, state, flow);
  }
  compare(scenario.feeder, point, extremes, findings);
}

/** Loads minus injections by bus; the source's delivery is what the power flow finds. */
function netLoads(
  { feeder, stations }: Scenario,
  { interval, setpoints }: FeederState,
  stationKw: (station: string) => number,
): Map<string, Power> {
  const loads = new Map<string, Power>();
  const add = (bus: string, kw: number, kvar: number): void => {
    const sum = loads.get(bus) ?? { kw: 0, kvar: 0 };
    loads.set(bus, { kw: sum.kw + kw, kvar: sum.kvar + kvar });
  };
  for (const bus of feeder!.buses) add(bus.id, bus.loadKw[interval], bus.loadKvar[interval]);
  for (const unit of [...feeder!.generators, ...feeder!.pvs]) {
    const { kw, kvar } = setpoints[unit.id] ?? { kw: 0, kvar: 0 };
    add(unit.bus, -kw, -kvar);
  }
  for (const station of stations) if (station.bus !== null) add(station.bus, stationKw(station.id), 0);
  return loads;
}

function verifySetpoints(feeder: Feeder, { interval, setpoints }: FeederState, findings: Findings): void {
  const inRange = (what: string, value: number, min: number, max: number): void => {
    if (value < min) findings.atLeast(`${what} in interval ${interval}`, min, value, SETPOINT_KW);
    else findings.atMost(`${what} in interval ${interval}`, max, value, SETPOINT_KW);
  };
  for (const unit of [...feeder.sources, ...feeder.generators]) {
    const setpoint = setpoints[unit.id];
    findings.holds(`set point of ${unit.id} in interval ${interval}`, !!setpoint, 'listed', 'missing');
    if (!setpoint) continue;
    inRange(`${unit.id}, kW`, setpoint.kw, unit.minKw, unit.maxKw);
    inRange(`${unit.id}, kvar`, setpoint.kvar, unit.minKvar, unit.maxKvar);
  }
  for (const pv of feeder.pvs) {
    const setpoint = setpoints[pv.id];
    findings.holds(`set point of ${pv.id} in interval ${interval}`, !!setpoint, 'listed', 'missing');
    if (!setpoint) continue;
    inRange(`${pv.id}, kW`, setpoint.kw, 0, pv.availableKw[interval]);
    inRange(`${pv.id}, kVA`, Math.hypot(setpoint.kw, setpoint.kvar), 0, pv.ratingKva);
  }
}

/** What the power flow draws from the source, whatever the file states, is within the source's limits. */
function verifySource(feeder: Feeder, { interval }: FeederState, flow: PowerFlow, findings: Findings): void {
  const [source] = feeder.sources;
  const { kw, kvar } = flow.source;
  findings.atLeast(`power flow at ${source.id} in interval ${interval}, kW`, source.minKw, kw, SETPOINT_KW);
  findings.atMost(`power flow at ${source.id} in interval ${interval}, kW`, source.maxKw, kw, SETPOINT_KW);
  findings.atLeast(
    `power flow at ${source.id} in interval ${interval}, kvar`,
    source.minKvar,
    kvar,
    SETPOINT_KW,
  );
  findings.atMost(
    `power flow at ${source.id} in interval ${interval}, kvar`,
    source.maxKvar,
    kvar,
    SETPOINT_KW,
  );
}

function widen(extremes: Extremes, feeder: Feeder, state: FeederState, flow: PowerFlow): void {
  for (const [bus, voltage] of flow.voltagePu) {
    extremes.minVoltagePu = Math.min(extremes.minVoltagePu, voltage);
    extremes.maxVoltagePu = Math.max(extremes.maxVoltagePu, voltage);
    const stated = state.voltagePu[bus];
    const error = stated === undefined ? Infinity : Math.abs(stated - voltage);
    extremes.voltageError = Math.max(extremes.voltageError, error);
  }
  for (const { id, limitA } of feeder.lines) {
    if (limitA === null) continue;
    extremes.maxLineLoading = Math.max(extremes.maxLineLoading, flow.currentA.get(id)! / limitA);
  }
  const stated = state.setpoints[feeder.sources[0].id] ?? { kw: Infinity, kvar: Infinity };
  const mismatchKva = Math.hypot(stated.kw - flow.source.kw, stated.kvar - flow.source.kvar);
  extremes.mismatchMw = Math.max(extremes.mismatchMw, mismatchKva / 1000);
}

function compare(feeder: Feeder, point: Point, extremes: Extremes, findings: Findings): void {
  const { certificate } = point;
  findings.equal('lowest voltage, pu', certificate.minVoltagePu, extremes.minVoltagePu, FEEDER_PU);
  findings.equal('highest voltage, pu', certificate.maxVoltagePu, extremes.maxVoltagePu, FEEDER_PU);
  findings.equal(
    'largest line loading, fraction',
    certificate.maxLineLoading,
    extremes.maxLineLoading,
    FEEDER_PU,
  );
  findings.atMost('stated voltages against the power flow, pu', 0, extremes.voltageError, FEEDER_PU);
  findings.atMost(
    'stated source against the power flow, MVA',
    0,
    extremes.mismatchMw,
    FICTITIOUS_LOSS_KW / 1000,
  );
  if (certificate.acMismatchMw !== null) {
    findings.atMost('stated AC mismatch, MW', LOAD_MW, Math.abs(certificate.acMismatchMw), 0);
  }
  if (certificate.status !== 'certified') return;
  findings.atLeast('voltage band, pu', feeder.minVoltagePu, extremes.minVoltagePu, FEEDER_PU);
  findings.atMost('voltage band, pu', feeder.maxVoltagePu, extremes.maxVoltagePu, FEEDER_PU);
  findings.atMost('current limits, fraction', 1, extremes.maxLineLoading, FEEDER_PU);
  findings.atMost('fictitious loss, kW', FICTITIOUS_LOSS_KW, certificate.fictitiousLossKw ?? 0, 0);
}

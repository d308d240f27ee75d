/** Voltages of a feeder without stations and with idle generators, at the first interval: the base case. */
import { buildScenario } from '../scenario-builder.js';
import { FeederModelError } from '../../solver/feeder/radial-problems.js';
import { toRadialNetwork } from '../../solver/feeder/radial.js';
import { solvePowerFlow } from '../../solver/feeder/power-flow.js';
import type { EntryProgram } from './entry-program.js';

export interface BaseCaseVoltage {
  readonly lowestPu: number;
  readonly highestPu: number;
}

const known = new WeakMap<EntryProgram, ReadonlyMap<string, BaseCaseVoltage>>();

/** Lowest and highest voltage of each bus over the horizon; empty where the feeder has none yet. */
export function baseCaseVoltages(program: EntryProgram): ReadonlyMap<string, BaseCaseVoltage> {
  let voltages = known.get(program);
  if (!voltages) known.set(program, (voltages = solve(program)));
  return voltages;
}

/** Power flows of a longer horizon are sampled at this many intervals, so that a hover answers at once. */
const MOST_INTERVALS = 48;

function solve({ view, grid }: EntryProgram): ReadonlyMap<string, BaseCaseVoltage> {
  const found = new Map<string, BaseCaseVoltage>();
  if (!grid || view.feeders.length === 0) return found;
  try {
    const scenario = buildScenario(view);
    if (!scenario?.feeder) return found;
    const network = toRadialNetwork(scenario.feeder, scenario.intervals);
    const stride = Math.max(1, Math.ceil(scenario.intervals / MOST_INTERVALS));
    for (let interval = 0; interval < scenario.intervals; interval += stride) {
      const flow = solvePowerFlow(
        network,
        network.loadMw[interval].map((load) => -load),
        network.loadMvar[interval].map((load) => -load),
      );
      if (!flow.converged) return new Map();
      network.busIds.forEach((id, bus) => {
        const voltage = flow.voltagePu[bus];
        const before = found.get(id) ?? { lowestPu: voltage, highestPu: voltage };
        found.set(id, {
          lowestPu: Math.min(before.lowestPu, voltage),
          highestPu: Math.max(before.highestPu, voltage),
        });
      });
    }
  } catch (error) {
    // A feeder that is not one radial network yet has no base case; the checks say what is wrong with it.
    if (!(error instanceof FeederModelError || error instanceof TypeError)) throw error;
    return new Map();
  }
  return found;
}

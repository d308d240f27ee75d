/** From the scenario to the feeder model with its stations, and the operating cases of a study. */
import type { Scenario } from '../scenario.js';
import type { Reserve } from '../study-spec.js';
import type { FeederModel, OperatingCase } from './operating-case.js';
import { NO_BUS } from './operating-case.js';
import { toRadialNetwork } from './radial.js';

/**
 * The scenario's feeder with all its stations, in the scenario's order; null without a feeder.
 * @throws FeederModelError when the feeder is not one radial network.
 */
export function feederModel(
  scenario: Pick<Scenario, 'feeder' | 'stations' | 'intervals'>,
): FeederModel | null {
  if (!scenario.feeder) return null;
  const network = toRadialNetwork(scenario.feeder, scenario.intervals);
  return {
    network,
    stationIds: scenario.stations.map((station) => station.id),
    stationBus: Int32Array.from(scenario.stations, (station) =>
      station.bus === null ? NO_BUS : network.busIds.indexOf(station.bus),
    ),
  };
}

/**
 * What must be feasible in an interval: its operation, and with a reserve in this interval its operation with the
 * reserve on top (the same station loads, set points of its own).
 */
export function casesOf(model: FeederModel, interval: number, reserve: Reserve | null): OperatingCase[] {
  const operation: OperatingCase = { interval, reserve: null };
  if (reserve?.interval !== interval) return [operation];
  const bus = model.network.busIds.indexOf(reserve.bus);
  if (bus < 0)
    throw new RangeError(
      `The reserve names bus ${reserve.bus}, which feeder ${model.network.feederId} does not have.`,
    );
  return [operation, { interval, reserve: { bus, mw: reserve.mw } }];
}

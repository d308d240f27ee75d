/** The scenario of a result file must make sense by itself before anything can be recomputed from it. */
import type { Scenario } from '../solver/scenario.js';
import type { Findings } from './finding.js';

/** @returns whether it does */
export function verifyScenario(scenario: Scenario, findings: Findings): boolean {
  const problems = [...roadProblems(scenario), ...stationProblems(scenario), ...feederProblems(scenario)];
  findings.holds(
    'scenario is consistent',
    problems.length === 0,
    'consistent',
    problems.slice(0, 3).join('; '),
  );
  return problems.length === 0;
}

function roadProblems({ roads, intervals, chargingShare, v2gShare }: Scenario): string[] {
  const nodes = new Set(roads.nodes);
  return [
    ...repeated('node', roads.nodes),
    ...repeated(
      'link',
      roads.links.map(({ id }) => id),
    ),
    ...repeated(
      'demand',
      roads.demands.map(({ id }) => id),
    ),
    ...[...roads.links, ...roads.demands]
      .filter(({ from, to }) => !nodes.has(from) || !nodes.has(to))
      .map(({ id }) => `${id} joins unknown nodes`),
    ...roads.demands
      .filter(({ vehPerH }) => vehPerH.length !== intervals)
      .map(({ id }) => wrongLength(id, intervals)),
    ...(chargingShare + v2gShare > 1 + 1e-12 ? ['shares exceed 1'] : []),
  ];
}

function stationProblems({ stations, roads, feeder, intervals }: Scenario): string[] {
  const nodes = new Set(roads.nodes);
  const buses = new Set(feeder?.buses.map(({ id }) => id));
  return [
    ...repeated(
      'station',
      stations.map(({ id }) => id),
    ),
    ...stations.filter(({ node }) => !nodes.has(node)).map(({ id }) => `${id} is at an unknown node`),
    ...stations
      .filter(({ bus }) => feeder && (bus === null || !buses.has(bus)))
      .map(({ id }) => `${id} is at an unknown bus`),
    ...stations
      .filter(({ charging, v2g }) =>
        [charging, v2g].some((one) => one && one.pricePerKwh.length !== intervals),
      )
      .map(({ id }) => wrongLength(id, intervals)),
  ];
}

function feederProblems({ feeder, intervals }: Scenario): string[] {
  if (!feeder) return [];
  const buses = new Set(feeder.buses.map(({ id }) => id));
  const units = [...feeder.sources, ...feeder.generators, ...feeder.pvs];
  const series = [
    ...feeder.buses.flatMap(({ id, loadKw, loadKvar }) => [
      { id, values: loadKw },
      { id, values: loadKvar },
    ]),
    ...feeder.sources.map(({ id, pricePerKwh }) => ({ id, values: pricePerKwh })),
    ...feeder.pvs.map(({ id, availableKw }) => ({ id, values: availableKw })),
  ];
  return [
    ...repeated(
      'bus',
      feeder.buses.map(({ id }) => id),
    ),
    ...repeated(
      'line',
      feeder.lines.map(({ id }) => id),
    ),
    ...repeated(
      'unit',
      units.map(({ id }) => id),
    ),
    ...feeder.lines
      .filter(({ from, to }) => !buses.has(from) || !buses.has(to))
      .map(({ id }) => `${id} joins unknown buses`),
    ...units.filter(({ bus }) => !buses.has(bus)).map(({ id }) => `${id} is at an unknown bus`),
    ...series.filter(({ values }) => values.length !== intervals).map(({ id }) => wrongLength(id, intervals)),
  ];
}

function repeated(kind: string, ids: readonly string[]): string[] {
  return [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))].map(
    (id) => `${kind} ${id} is repeated`,
  );
}

function wrongLength(id: string, intervals: number): string {
  return `${id} has other than ${intervals} intervals`;
}

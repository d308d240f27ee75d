/**
 * What keeps a feeder description from being one radial network fed by one source. The language shows the same
 * facts at the lines of the file; the solver checks them again because a scenario may come from anywhere.
 */
import type { Feeder, Line } from '../scenario.js';

export type FeederProblemCode =
  | 'duplicate-id'
  | 'unknown-bus'
  | 'no-source'
  | 'two-sources'
  | 'loop'
  | 'island'
  | 'impedance'
  | 'limit'
  | 'empty-range'
  | 'source-voltage'
  | 'length'
  | 'not-finite';

export interface FeederProblem {
  code: FeederProblemCode;
  /** Ids of the elements at fault, the one to change first. */
  elements: string[];
  message: string;
}

/** The feeder cannot be put into a radial mathematical model; `problems` lists every reason. */
export class FeederModelError extends Error {
  constructor(readonly problems: readonly FeederProblem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.name = 'FeederModelError';
  }
}

/**
 * @param intervals number of intervals of the horizon; every profile must have at least that many values.
 * @returns all problems found, empty for a usable feeder.
 */
export function findFeederProblems(feeder: Feeder, intervals: number): FeederProblem[] {
  return [
    ...duplicateIds(feeder),
    ...unknownBuses(feeder),
    ...sourceProblems(feeder),
    ...lineProblems(feeder.lines),
    ...rangeProblems(feeder),
    ...profileProblems(feeder, intervals),
    ...topologyProblems(feeder),
  ];
}

function duplicateIds(feeder: Feeder): FeederProblem[] {
  const groups: [string, { id: string }[]][] = [
    ['bus', feeder.buses],
    ['line', feeder.lines],
    ['source, generator or pv', [...feeder.sources, ...feeder.generators, ...feeder.pvs]],
  ];
  return groups.flatMap(([kind, elements]) => {
    const seen = new Set<string>();
    return elements
      .filter(({ id }) => seen.size === seen.add(id).size)
      .map(({ id }) =>
        problem('duplicate-id', [id], `two elements are called ${id}; give each ${kind} its own name`),
      );
  });
}

function unknownBuses(feeder: Feeder): FeederProblem[] {
  const known = new Set(feeder.buses.map((bus) => bus.id));
  const uses = [
    ...feeder.lines.flatMap((line) => [line.from, line.to].map((bus) => ({ id: line.id, bus }))),
    ...feeder.sources,
    ...feeder.generators,
    ...feeder.pvs,
  ];
  return uses
    .filter(({ bus }) => !known.has(bus))
    .map(({ id, bus }) =>
      problem(
        'unknown-bus',
        [id],
        `${id} is connected to bus ${bus}, which feeder ${feeder.id} does not have`,
      ),
    );
}

function sourceProblems(feeder: Feeder): FeederProblem[] {
  const { sources, minVoltagePu, maxVoltagePu } = feeder;
  if (sources.length === 0) {
    return [problem('no-source', [feeder.id], `feeder ${feeder.id} has no source; add one that feeds it`)];
  }
  if (sources.length > 1) {
    const ids = sources.map((source) => source.id);
    return [
      problem(
        'two-sources',
        ids.slice(1),
        `feeder ${feeder.id} has ${ids.length} sources (${ids.join(', ')}); a radial feeder has one`,
      ),
    ];
  }
  const { id, voltagePu } = sources[0];
  return voltagePu < minVoltagePu || voltagePu > maxVoltagePu
    ? [
        problem(
          'source-voltage',
          [id],
          `source ${id} holds ${voltagePu} pu, outside the band ${minVoltagePu}–${maxVoltagePu} pu`,
        ),
      ]
    : [];
}

function lineProblems(lines: readonly Line[]): FeederProblem[] {
  return lines.flatMap((line) => {
    const found: FeederProblem[] = [];
    const { id, resistanceOhm, reactanceOhm, limitA } = line;
    if (!(resistanceOhm >= 0 && reactanceOhm >= 0 && resistanceOhm + reactanceOhm > 0)) {
      found.push(
        problem(
          'impedance',
          [id],
          `line ${id} has r ${resistanceOhm} ohm and x ${reactanceOhm} ohm; neither may be negative and not both zero`,
        ),
      );
    }
    if (limitA !== null && !(limitA > 0)) {
      found.push(
        problem('limit', [id], `line ${id} has a limit of ${limitA} A; state a positive one, or none`),
      );
    }
    return found;
  });
}

function rangeProblems(feeder: Feeder): FeederProblem[] {
  const found: FeederProblem[] = [];
  const { id, minVoltagePu, maxVoltagePu } = feeder;
  if (!(minVoltagePu > 0 && minVoltagePu < maxVoltagePu)) {
    found.push(
      problem(
        'empty-range',
        [id],
        `the voltage band ${minVoltagePu}–${maxVoltagePu} pu of feeder ${id} is empty`,
      ),
    );
  }
  for (const unit of [...feeder.sources, ...feeder.generators]) {
    if (!(unit.minKw <= unit.maxKw && unit.minKvar <= unit.maxKvar)) {
      found.push(problem('empty-range', [unit.id], `${unit.id} has a range whose end lies before its start`));
    }
  }
  return found;
}

function profileProblems(feeder: Feeder, intervals: number): FeederProblem[] {
  const profiles: [string, string, number[]][] = [
    ...feeder.buses.flatMap((bus): [string, string, number[]][] => [
      [bus.id, 'loadKw', bus.loadKw],
      [bus.id, 'loadKvar', bus.loadKvar],
    ]),
    ...feeder.sources.map((source): [string, string, number[]] => [
      source.id,
      'pricePerKwh',
      source.pricePerKwh,
    ]),
    ...feeder.pvs.map((pv): [string, string, number[]] => [pv.id, 'availableKw', pv.availableKw]),
  ];
  return profiles.flatMap(([id, name, values]) => {
    if (values.length < intervals) {
      return [
        problem(
          'length',
          [id],
          `${name} of ${id} has ${values.length} values; the horizon has ${intervals} intervals`,
        ),
      ];
    }
    return values.every(Number.isFinite)
      ? []
      : [problem('not-finite', [id], `${name} of ${id} holds a value that is no number`)];
  });
}

/** Loops and islands: with one source and n buses a tree has n − 1 lines and reaches every bus. */
function topologyProblems(feeder: Feeder): FeederProblem[] {
  const rootOf = new Map(feeder.buses.map((bus) => [bus.id, bus.id]));
  const find = (bus: string): string => {
    let root = bus;
    while (rootOf.get(root) !== root) root = rootOf.get(root) as string;
    rootOf.set(bus, root);
    return root;
  };
  const found: FeederProblem[] = [];
  for (const line of feeder.lines) {
    if (!rootOf.has(line.from) || !rootOf.has(line.to)) continue;
    const from = find(line.from);
    const to = find(line.to);
    if (from === to) {
      found.push(
        problem('loop', [line.id], `line ${line.id} closes a loop; open it or another line of the loop`),
      );
    }
    rootOf.set(from, to);
  }
  const source = feeder.sources.find((each) => rootOf.has(each.bus));
  if (source) {
    const fed = find(source.bus);
    const islanded = feeder.buses.filter((bus) => find(bus.id) !== fed).map((bus) => bus.id);
    if (islanded.length > 0) {
      found.push(problem('island', islanded, `no line connects ${listed(islanded)} to source ${source.id}`));
    }
  }
  return found;
}

const LISTED_AT_MOST = 5;

function listed(ids: readonly string[]): string {
  const shown = ids.slice(0, LISTED_AT_MOST).join(', ');
  const more = ids.length - LISTED_AT_MOST;
  return more > 0 ? `${shown} and ${more} more buses` : shown;
}

function problem(code: FeederProblemCode, elements: string[], message: string): FeederProblem {
  return { code, elements, message };
}

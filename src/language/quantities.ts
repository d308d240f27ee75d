/**
 * The units of the language, their dimensions, and the one place where a quantity is converted.
 *
 * Every quantity leaves the language in the SI-based unit of its dimension (the first one in its row below), which is
 * also the unit that the fields of a Scenario carry in their names.
 */

/** What a number measures. Money and prices carry a currency beside it. */
export type Dimension = keyof typeof DIMENSIONS;

export interface DimensionInfo {
  /** As it reads in a message: "a time". */
  readonly article: string;
  /** The unit that values are converted to, and the field suffix that the scenario uses for it. */
  readonly base: string;
  /** Units in the order in which they are offered, with their size in the base unit. */
  readonly units: Readonly<Record<string, number>>;
}

export const DIMENSIONS = {
  time: { article: 'a time', base: 'h', units: { h: 1, min: 1 / 60, s: 1 / 3600 } },
  flow: { article: 'a traffic flow', base: 'veh/h', units: { 'veh/h': 1, 'veh/min': 60 } },
  power: { article: 'an active power', base: 'kW', units: { kW: 1, MW: 1e3, W: 1e-3 } },
  reactivePower: { article: 'a reactive power', base: 'kvar', units: { kvar: 1, Mvar: 1e3, var: 1e-3 } },
  apparentPower: { article: 'an apparent power', base: 'kVA', units: { kVA: 1, MVA: 1e3, VA: 1e-3 } },
  voltage: { article: 'a voltage', base: 'kV', units: { kV: 1, V: 1e-3 } },
  perUnit: { article: 'a per-unit voltage', base: 'pu', units: { pu: 1 } },
  resistance: { article: 'an impedance', base: 'ohm', units: { ohm: 1, mohm: 1e-3, kohm: 1e3 } },
  current: { article: 'a current', base: 'A', units: { A: 1, kA: 1e3 } },
  share: { article: 'a share', base: '1', units: { '%': 1e-2 } },
  angle: { article: 'an angle', base: 'deg', units: { deg: 1, rad: 180 / Math.PI } },
  money: { article: 'an amount of money', base: '¤', units: { '¤': 1 } },
  energyPrice: { article: 'a price of energy', base: '¤/kWh', units: { '¤/kWh': 1, '¤/MWh': 1e-3 } },
  timePrice: { article: 'a price of time', base: '¤/h', units: { '¤/h': 1, '¤/min': 60 } },
  length: { article: 'a length of a region', base: 'MW', units: { MW: 1, kW: 1e-3 } },
  area: { article: 'an area of a region', base: 'MW^2', units: { 'MW^2': 1, 'kW^2': 1e-6 } },
  volume: { article: 'a volume of a region', base: 'MW^3', units: { 'MW^3': 1, 'kW^3': 1e-9 } },
  number: { article: 'a plain number', base: '', units: { '': 1 } },
} as const satisfies Record<string, DimensionInfo>;

/** Signs and spellings that stand for a unit or a currency of the table. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['¥', 'CNY'],
  ['€', 'EUR'],
  ['$', 'USD'],
  ['°', 'deg'],
  ['Ω', 'ohm'],
  ['\u2126', 'ohm'], // OHM SIGN beside the Greek letter
  ['kΩ', 'kohm'],
  ['mΩ', 'mohm'],
  ['hour', 'h'],
  ['hours', 'h'],
  ['minute', 'min'],
  ['minutes', 'min'],
  ['MW²', 'MW^2'],
  ['MW³', 'MW^3'],
  ['kW²', 'kW^2'],
  ['kW³', 'kW^3'],
]);

export interface Unit {
  /** Spelling of the table, with the currency in its place: `CNY/kWh`. */
  readonly name: string;
  /** All dimensions that the unit can measure: MW is a power and the length of a region. */
  readonly dimensions: readonly Dimension[];
  /** The currency in it, if any, as a code such as CNY. */
  readonly currency: string | null;
}

/** ISO 4217 codes, from the runtime's own table. */
const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));
const dimensionNames = Object.keys(DIMENSIONS) as Dimension[];

/** Dimensions by unit spelling, where `¤` stands for any currency. */
const dimensionsOf = new Map<string, Dimension[]>();
for (const dimension of dimensionNames) {
  for (const unit of Object.keys(DIMENSIONS[dimension].units)) {
    dimensionsOf.set(unit, [...(dimensionsOf.get(unit) ?? []), dimension]);
  }
}

/**
 * Reads a unit as written: `kW`, `¥/kWh`, `MW³`. A currency is any ISO 4217 code.
 *
 * @returns undefined when no unit of the table is spelled like this.
 */
export function parseUnit(text: string): Unit | undefined {
  const parts = text.split('/').map((part) => SYNONYMS.get(part) ?? part);
  const currency = currencies.has(parts[0]) ? parts[0] : null;
  const name = parts.join('/');
  const key = currency ? ['¤', ...parts.slice(1)].join('/') : name;
  const dimensions = key.includes('¤') && !currency ? undefined : dimensionsOf.get(key);
  return dimensions && { name, dimensions, currency };
}

/** Size of a unit in the base unit of a dimension that it can measure; undefined when it measures something else. */
export function unitSize(unit: Unit, dimension: Dimension): number | undefined {
  const key = unit.currency ? unit.name.replace(unit.currency, '¤') : unit.name;
  return (DIMENSIONS[dimension].units as Readonly<Record<string, number>>)[key];
}

/**
 * Converts a number in a unit to the base unit of a dimension.
 *
 * @returns undefined when the unit does not measure that dimension.
 */
export function toBase(value: number, unit: Unit, dimension: Dimension): number | undefined {
  const size = unitSize(unit, dimension);
  // Units smaller than the base divide by a whole number, so that 30 min is 0.5 h and not 0.49999999999999994.
  return size === undefined ? undefined : size < 1 ? value / Math.round(1 / size) : value * size;
}

/** Converts a number in the base unit of a dimension to another unit of it. */
export function fromBase(value: number, unit: Unit, dimension: Dimension): number | undefined {
  const size = unitSize(unit, dimension);
  return size === undefined ? undefined : size < 1 ? value * Math.round(1 / size) : value / size;
}

/** The spellings that fit a dimension, with the scenario's currency filled in: for completion and quick fixes. */
export function unitsFor(dimension: Dimension, currency: string): string[] {
  return Object.keys(DIMENSIONS[dimension].units).map((unit) => unit.replace('¤', currency));
}

/** The currency that a unit or a `currency` statement names; undefined when it is not a currency. */
export function parseCurrency(text: string): string | undefined {
  const code = SYNONYMS.get(text) ?? text;
  return currencies.has(code) ? code : undefined;
}

/**
 * What each block of the language takes: the one table behind the checks, the scenario builder, hover, completion and
 * docs/language.md. Plausible ranges are in the base unit of the dimension (quantities.ts).
 */
import type { Dimension } from './quantities.js';

export type BlockKind =
  | 'travelers'
  | 'link'
  | 'demand'
  | 'charging'
  | 'v2g'
  | 'feeder'
  | 'bus'
  | 'line'
  | 'source'
  | 'generator'
  | 'pv'
  | 'shape';

/**
 * How a value is written: `single` 3 MW; `upTo` up to 3 MW; `range` 1 MW to 3 MW, or up to 3 MW for 0 to 3 MW;
 * `band` the same, where a bare 3 Mvar stands for -3 to 3 Mvar; `profile` one value or steps `17:00 3 …, 17:30 4 …`;
 * `steps` steps only.
 */
export type Form = 'single' | 'upTo' | 'range' | 'band' | 'profile' | 'steps';

export interface PropertyRule {
  /** Identifies the rule in its block; the name of the property, or what a bare amount stands for. */
  readonly id: string;
  /** The word that introduces the value; undefined where only a bare amount is written. */
  readonly key?: string;
  /** The value may stand alone, recognised by its dimension. */
  readonly bare?: boolean;
  /** The first one is meant when a number has no unit. */
  readonly dimensions: readonly Dimension[];
  readonly form: Form;
  readonly required?: boolean;
  /** Smallest value allowed; `positive` excludes zero. */
  readonly sign?: 'positive' | 'nonnegative';
  /** Largest value allowed, in the base unit. */
  readonly most?: number;
  readonly whole?: boolean;
  /** Values outside are possible but look like a wrong unit: a warning. */
  readonly plausible?: readonly [number, number];
  /** What holds when the property is left out. */
  readonly default?: string;
  readonly example: string;
  readonly doc: string;
}

const share = {
  dimensions: ['share'],
  form: 'single',
  sign: 'nonnegative',
  most: 1,
  default: '0 %',
} as const;

/** Both services of a station take the same properties, but for the coupon. */
const service: readonly PropertyRule[] = [
  {
    ...{ id: 'ports', key: 'ports', dimensions: ['number'], form: 'single', required: true },
    ...{ sign: 'positive', whole: true, plausible: [1, 10_000], example: 'ports 60' },
    doc: 'Number of ports. Waiting vehicles count as load: ports bound the waiting time, not the occupancy.',
  },
  {
    ...{ id: 'power', key: 'power', dimensions: ['power'], form: 'single', required: true },
    ...{ sign: 'positive', plausible: [1, 2000], example: 'power 60 kW' },
    doc: 'Power of one port.',
  },
  {
    ...{ id: 'service', key: 'service', dimensions: ['time'], form: 'single', required: true },
    ...{ sign: 'positive', plausible: [1 / 60, 24], example: 'service 30 min' },
    doc: 'Time that a vehicle is plugged in; rounded up to whole intervals for the occupancy, exact for the energy.',
  },
  {
    ...{ id: 'wait', key: 'wait', dimensions: ['time'], form: 'upTo', sign: 'nonnegative' },
    ...{ plausible: [0, 12], default: 'no waiting cost', example: 'wait up to 30 min' },
    doc: 'Waiting time when as many vehicles are present as there are ports; it grows with the cube of the occupancy.',
  },
  {
    ...{ id: 'price', key: 'price', dimensions: ['energyPrice'], form: 'profile', required: true },
    ...{ plausible: [0, 1000], example: 'price 2 CNY/kWh' },
    doc: 'What a driver pays (charging) or is paid (V2G) for a unit of energy; one value, or steps.',
  },
];

export const PROPERTIES: Readonly<Record<BlockKind, readonly PropertyRule[]>> = {
  travelers: [
    {
      ...share,
      id: 'charging',
      key: 'charging',
      example: 'charging 20 %',
      doc: 'Share of travellers who charge once.',
    },
    { ...share, id: 'v2g', key: 'v2g', example: 'v2g 10 %', doc: 'Share of travellers who discharge once.' },
    {
      ...{
        id: 'value of time',
        key: 'value of time',
        dimensions: ['timePrice'],
        form: 'single',
        required: true,
      },
      ...{ sign: 'positive', plausible: [0.5, 2000], example: 'value of time 30 CNY/h' },
      doc: 'Money that an hour of travel, service or waiting is worth to a traveller.',
    },
  ],
  link: [
    {
      ...{ id: 'time', key: 'time', dimensions: ['time'], form: 'single', required: true },
      ...{ sign: 'positive', plausible: [1 / 3600, 3], example: 'time 7 min' },
      doc: 'Free-flow travel time.',
    },
    {
      ...{ id: 'capacity', key: 'capacity', dimensions: ['flow'], form: 'single', required: true },
      ...{ sign: 'positive', plausible: [20, 20_000], example: 'capacity 1800 veh/h' },
      doc: 'Capacity of the BPR function: at this inflow the travel time is 1.15 times the free-flow time.',
    },
  ],
  demand: [
    {
      ...{ id: 'flow', bare: true, dimensions: ['flow'], form: 'profile', required: true },
      ...{ sign: 'nonnegative', plausible: [0, 50_000], example: '300 veh/h' },
      doc: 'Departure rate of all travellers; one value for the whole horizon, or steps.',
    },
  ],
  charging: [
    ...service,
    {
      ...{
        id: 'coupon',
        key: 'coupon',
        dimensions: ['energyPrice', 'money'],
        form: 'upTo',
        sign: 'nonnegative',
      },
      ...{ default: 'no cap', example: 'coupon up to 1.5 CNY/kWh' },
      doc: 'Largest coupon: a discount on a unit of energy, or a sum for each vehicle.',
    },
  ],
  v2g: [
    ...service,
    {
      ...{ id: 'coupon', key: 'coupon', dimensions: ['money'], form: 'upTo', sign: 'nonnegative' },
      ...{ default: 'no cap', example: 'coupon up to 45 CNY' },
      doc: 'Largest coupon: a sum for each vehicle, paid once.',
    },
  ],
  feeder: [
    {
      ...{ id: 'base', key: 'base', dimensions: ['voltage'], form: 'single', required: true },
      ...{ sign: 'positive', plausible: [0.1, 150], example: 'base 12.66 kV' },
      doc: 'Nominal line-to-line voltage: 1 pu.',
    },
    {
      ...{ id: 'voltage', key: 'voltage', dimensions: ['perUnit'], form: 'range', required: true },
      ...{ sign: 'positive', plausible: [0.5, 1.5], example: 'voltage 0.93 to 1.07 pu' },
      doc: 'Band that the voltage of every bus has to keep.',
    },
  ],
  bus: [
    {
      ...{ id: 'load', key: 'load', dimensions: ['power'], form: 'single' },
      ...{ plausible: [-1e5, 1e5], default: '0 kW', example: 'load 100 kW' },
      doc: 'Active load, times the shape; negative for an injection.',
    },
    {
      ...{ id: 'reactive load', key: 'load', bare: true, dimensions: ['reactivePower'], form: 'single' },
      ...{ plausible: [-1e5, 1e5], default: '0 kvar', example: '60 kvar' },
      doc: 'Reactive load, times the shape.',
    },
  ],
  line: [
    {
      ...{ id: 'r', key: 'r', dimensions: ['resistance'], form: 'single', required: true },
      ...{ sign: 'nonnegative', plausible: [0, 100], example: 'r 0.0922 ohm' },
      doc: 'Series resistance.',
    },
    {
      ...{ id: 'x', key: 'x', dimensions: ['resistance'], form: 'single', required: true },
      ...{ sign: 'nonnegative', plausible: [0, 100], example: 'x 0.0470 ohm' },
      doc: 'Series reactance.',
    },
    {
      ...{ id: 'limit', key: 'limit', dimensions: ['current'], form: 'single', sign: 'positive' },
      ...{ plausible: [1, 10_000], default: 'no limit', example: 'limit 400 A' },
      doc: 'Largest current.',
    },
  ],
  source: [
    {
      ...{ id: 'power', bare: true, dimensions: ['power'], form: 'range', required: true },
      ...{ plausible: [-1e6, 1e6], example: '-5 MW to 12 MW' },
      doc: 'Active power that the utility can deliver; a negative end allows export to it.',
    },
    {
      ...{ id: 'reactive power', bare: true, dimensions: ['reactivePower'], form: 'band', required: true },
      ...{ plausible: [-1e6, 1e6], example: '-8 Mvar to 8 Mvar' },
      doc: 'Reactive power that the utility can deliver.',
    },
    {
      ...{ id: 'voltage', key: 'voltage', dimensions: ['perUnit'], form: 'single', sign: 'positive' },
      ...{ plausible: [0.5, 1.5], default: '1 pu', example: 'voltage 1.03 pu' },
      doc: 'Voltage that the source holds at its bus.',
    },
    {
      ...{ id: 'price', key: 'price', dimensions: ['energyPrice'], form: 'profile' },
      ...{
        plausible: [-100, 1000],
        default: '0 in the currency of the scenario',
        example: 'price 0.6 CNY/kWh',
      },
      doc: 'Price of energy from the utility; one value, or steps.',
    },
  ],
  generator: [
    {
      ...{ id: 'power', bare: true, dimensions: ['power'], form: 'range', required: true },
      ...{ plausible: [-1e6, 1e6], example: 'up to 1.5 MW' },
      doc: 'Active power; `up to 1.5 MW` is 0 to 1.5 MW.',
    },
    {
      ...{ id: 'reactive power', bare: true, dimensions: ['reactivePower'], form: 'band' },
      ...{ plausible: [-1e6, 1e6], default: '0 kvar (unity power factor)', example: '0.8 Mvar' },
      doc: 'Reactive power; `0.8 Mvar` is -0.8 to 0.8 Mvar.',
    },
    {
      ...{ id: 'cost', key: 'cost', dimensions: ['energyPrice'], form: 'single' },
      ...{ plausible: [0, 1000], default: '0 in the currency of the scenario', example: 'cost 0.9 CNY/kWh' },
      doc: 'Cost of a unit of energy.',
    },
  ],
  pv: [
    {
      ...{ id: 'rating', key: 'rating', dimensions: ['apparentPower'], form: 'single', required: true },
      ...{ sign: 'positive', plausible: [0.5, 1e6], example: 'rating 1 MVA' },
      doc: 'Apparent power of the inverter.',
    },
    {
      ...{ id: 'output', key: 'output', dimensions: ['power'], form: 'single', required: true },
      ...{ sign: 'nonnegative', plausible: [0, 1e6], example: 'output 0.8 MW' },
      doc: 'Available active power, times the shape; the inverter may curtail it.',
    },
  ],
  shape: [
    {
      ...{ id: 'factor', bare: true, dimensions: ['number', 'share'], form: 'steps', required: true },
      ...{ sign: 'nonnegative', plausible: [0, 10], example: '17:00 0.90' },
      doc: 'Factor from this time on.',
    },
  ],
};

/** Blocks whose values may follow a shape. */
export const SHAPED_BLOCKS: ReadonlySet<BlockKind> = new Set<BlockKind>(['bus', 'pv']);

/** Whole blocks, in the snippet syntax of the protocol, by the keyword that opens them. */
export interface Snippet {
  readonly label: string;
  readonly detail: string;
  readonly text: string;
}

export const TOP_LEVEL_SNIPPETS: Readonly<Record<string, readonly Snippet[]>> = {
  scenario: [{ label: 'scenario …', detail: 'name and title', text: 'scenario ${1:Name} "${2:Title}"' }],
  horizon: [
    {
      label: 'horizon …',
      detail: 'times and step',
      text: 'horizon ${1:17:00} to ${2:19:00} step ${3:10} min',
    },
  ],
  travelers: [
    {
      label: 'travelers { … }',
      detail: 'shares and value of time',
      text: 'travelers {\n  charging ${1:20} %\n  v2g ${2:10} %\n  value of time ${3:30} ${4:CNY}/h\n}',
    },
  ],
  roads: [
    {
      label: 'roads { … }',
      detail: 'road network',
      text: 'roads ${1:Network} {\n  node ${2:n1}, ${3:n2}\n  link ${2:n1} -> ${3:n2} { time ${4:7} min, capacity ${5:1800} veh/h }\n  demand ${2:n1} -> ${3:n2} { ${6:300} veh/h }\n}',
    },
  ],
  station: [
    {
      label: 'station { … }',
      detail: 'charging station with both services',
      text: 'station ${1:CS1} {\n  charging { ports ${2:60}, power ${3:60} kW, service ${4:30} min, price ${5:2} CNY/kWh }\n  v2g { ports ${6:40}, power ${7:40} kW, service ${8:30} min, price ${9:3} CNY/kWh }\n}',
    },
  ],
  couple: [
    {
      label: 'couple { … }',
      detail: 'station at a node and a bus',
      text: 'couple ${1:CS1} { node ${2:n1}, bus ${3:b2} }',
    },
  ],
  feeder: [
    {
      label: 'feeder { … }',
      detail: 'radial feeder',
      text: 'feeder ${1:Name} {\n  base ${2:12.66} kV\n  voltage ${3:0.93} to ${4:1.07} pu\n  bus ${5:b1}\n  bus ${6:b2} { load ${7:100} kW, ${8:60} kvar }\n  line ${5:b1} -- ${6:b2} { r ${9:0.0922} ohm, x ${10:0.047} ohm, limit ${11:400} A }\n  source ${12:Grid} at ${5:b1} { -5 MW to 12 MW, -8 Mvar to 8 Mvar, voltage 1 pu }\n}',
    },
  ],
  study: [
    {
      label: 'study characterize { … }',
      detail: 'flexible operation region',
      text: 'study ${1:Region} characterize {\n  axes ${2:CS1} at ${3:18:00}\n  subsidy ${4:1000} CNY, ${5:2000} CNY\n  directions every 45 deg\n}',
    },
    {
      label: 'study characterize over time { … }',
      detail: 'a region at each interval',
      text: 'study ${1:Evening} characterize {\n  axes ${2:CS1} at ${3:17:30} to ${4:18:30}\n  subsidy ${5:1000} CNY\n}',
    },
    {
      label: 'study dispatch { … }',
      detail: 'cheapest operation with a reserve',
      text: 'study ${1:Reserve} dispatch {\n  region ${2:Region}\n  reserve ${3:5} MW at ${4:b30} at ${5:18:00}\n  tiers ${6:1000} CNY, ${7:2000} CNY\n}',
    },
    {
      label: 'study compare { … }',
      detail: 'static model beside the dynamic one',
      text: 'study ${1:DynamicVsStatic} compare {\n  region ${2:Region}\n  static interval ${3:30} min\n}',
    },
  ],
};

const ROAD_SNIPPETS: Readonly<Record<string, readonly Snippet[]>> = {
  link: [
    {
      label: 'link -> { … }',
      detail: 'one-way road',
      text: 'link ${1:n1} -> ${2:n2} { time ${3:7} min, capacity ${4:1800} veh/h }',
    },
  ],
  demand: [
    {
      label: 'demand -> { … }',
      detail: 'origin and destination',
      text: 'demand ${1:n1} -> ${2:n2} { ${3:300} veh/h }',
    },
  ],
};

const STATION_SNIPPETS: Readonly<Record<string, readonly Snippet[]>> = {
  charging: [
    {
      label: 'charging { … }',
      detail: 'charging service',
      text: 'charging { ports ${1:60}, power ${2:60} kW, service ${3:30} min, price ${4:2} CNY/kWh }',
    },
  ],
  v2g: [
    {
      label: 'v2g { … }',
      detail: 'V2G service',
      text: 'v2g { ports ${1:40}, power ${2:40} kW, service ${3:30} min, price ${4:3} CNY/kWh }',
    },
  ],
};

const FEEDER_SNIPPETS: Readonly<Record<string, readonly Snippet[]>> = {
  bus: [
    { label: 'bus { … }', detail: 'bus with load', text: 'bus ${1:b2} { load ${2:100} kW, ${3:60} kvar }' },
  ],
  line: [
    {
      label: 'line -- { … }',
      detail: 'line between buses',
      text: 'line ${1:b1} -- ${2:b2} { r ${3:0.0922} ohm, x ${4:0.047} ohm, limit ${5:400} A }',
    },
  ],
  source: [
    {
      label: 'source { … }',
      detail: 'utility',
      text: 'source ${1:Grid} at ${2:b1} { ${3:-5} MW to ${4:12} MW, ${5:-8} Mvar to ${6:8} Mvar, voltage ${7:1} pu }',
    },
  ],
  generator: [
    {
      label: 'generator { … }',
      detail: 'dispatchable unit',
      text: 'generator ${1:DG1} at ${2:b18} { up to ${3:1.5} MW, ${4:0.8} Mvar, cost ${5:0.9} CNY/kWh }',
    },
  ],
  pv: [
    {
      label: 'pv { … }',
      detail: 'PV system',
      text: 'pv ${1:PV1} at ${2:b14} { rating ${3:1} MVA, output ${4:0.8} MW }',
    },
  ],
  shape: [
    {
      label: 'shape { … }',
      detail: 'factors over time',
      text: 'shape ${1:Evening} { ${2:17:00} ${3:0.9}, ${4:18:00} ${5:1} }',
    },
  ],
};

/** Statements inside a declaration, by the word that opens it. */
export const MEMBER_SNIPPETS: Readonly<
  Record<string, Readonly<Record<string, readonly Snippet[]>> | undefined>
> = {
  roads: ROAD_SNIPPETS,
  station: STATION_SNIPPETS,
  feeder: FEEDER_SNIPPETS,
};

/** The text of a snippet for an editor without snippets: its placeholders as plain text. */
export function plainText(snippet: string): string {
  return snippet.replace(/\$\{\d+:([^}]*)\}/g, '$1');
}

/**
 * The codes of all diagnostics. They are stable: editors, tests and authors' scripts rely on them. Each has an entry
 * of the same name in docs/language.md, with its cause and what to change.
 */
export const DIAGNOSTIC_CODES = [
  // the text
  ...['syntax', 'character', 'file-empty', 'file-too-large', 'too-many-problems', 'check-failed'],
  // names and files
  ...['name-unknown', 'name-not-imported', 'name-duplicate', 'name-ambiguous', 'name-empty'],
  ...['import-missing', 'import-cycle', 'import-duplicate', 'declaration-duplicate', 'declaration-missing'],
  // quantities
  ...[
    'unit-missing',
    'unit-unknown',
    'unit-wrong',
    'unit-implausible',
    'currency-unknown',
    'currency-mismatch',
  ],
  ...[
    'value-missing',
    'value-form',
    'value-not-positive',
    'value-negative',
    'value-too-large',
    'value-not-whole',
  ],
  'range-order',
  // properties
  ...['property-unknown', 'property-misplaced', 'property-missing', 'property-duplicate'],
  // times
  ...['time-invalid', 'time-outside-horizon', 'time-off-grid', 'time-order', 'time-start'],
  ...['horizon-order', 'horizon-step', 'horizon-too-long'],
  // travellers and roads
  ...['shares-exceed', 'link-duplicate', 'link-loop', 'demand-duplicate', 'demand-loop', 'demand-zero'],
  ...['demand-no-path', 'demand-no-station'],
  // stations
  ...['service-missing', 'service-duplicate', 'service-rounded'],
  ...['station-uncoupled', 'station-coupled-twice', 'station-unreachable', 'node-coupled-twice'],
  ...['coupling-incomplete', 'coupling-duplicate'],
  // feeder
  ...['line-duplicate', 'line-loop', 'impedance-zero', 'bus-no-line', 'bus-missing', 'source-missing'],
  ...['source-duplicate', 'feeder-loop', 'feeder-island', 'source-outside-band', 'output-above-rating'],
  ...['base-case-voltage', 'base-case-current', 'base-case-collapse'],
  // studies
  ...[
    'study-kind',
    'study-entry-missing',
    'study-entry-misplaced',
    'study-entry-duplicate',
    'axis-duplicate',
    'axis-time',
    'axis-range-length',
  ],
  ...['axes-too-many', 'amounts-order', 'directions-angle', 'directions-gap', 'region-kind'],
  ...['static-interval', 'expect-not-produced'],
] as const;

export type DiagnosticCode = (typeof DIAGNOSTIC_CODES)[number];

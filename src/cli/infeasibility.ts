/** Why a study has no answer, with the lines of the file that state the limits in its way. */
import type { SourceMap } from '../language/source-map.js';
import type { Infeasibility, NamedLimit } from '../solver/result.js';
import { shortPath } from './diagnostics.js';

export function infeasibilityLines(name: string, infeasible: Infeasibility, sources: SourceMap): string[] {
  return [
    `${name}: ${infeasible.message}`,
    ...infeasible.limits.map((limit) => `  ${limitLine(limit, sources)}`),
  ];
}

function limitLine(limit: NamedLimit, sources: SourceMap): string {
  const { kind, element, interval, relaxation, unit } = limit;
  const at = interval === null ? '' : ` in interval ${interval}`;
  const location = limitKeys(limit)
    .map((key) => sources.get(key))
    .find((one) => one !== undefined);
  const where = location
    ? `${shortPath(location.file)}:${location.range.line}:${location.range.column} `
    : '';
  const change = `${Math.abs(relaxation).toPrecision(3)} ${unit} ${relaxation < 0 ? 'less' : 'more'}`;
  return `${where}${kind} of ${element}${at}: ${change} would do`;
}

/** Where a limit may be stated, the most exact place first. */
function limitKeys({ kind, element }: NamedLimit): string[] {
  switch (kind) {
    case 'voltage':
      return ['feeder.voltage', `bus:${element}`];
    case 'current':
      return [`line:${element}.limit`, `line:${element}`];
    case 'source':
    case 'generator':
      return [`${kind}:${element}.power`, `${kind}:${element}`];
    case 'pv':
      return [`pv:${element}.rating`, `pv:${element}`];
    case 'coupon cap':
      return [`station:${element}.coupon`, `station:${element}`];
    case 'load':
      return [`station:${element}`, `bus:${element}`];
    default:
      return [`study:${element}`, `bus:${element}`, `station:${element}`];
  }
}

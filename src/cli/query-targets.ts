/** Operating points as a planner types them: "1.2,0.8,1.5" in the order of the axes, or "CS1=1.2MW,CS2=800kW,…". */
import type { Scenario } from '../solver/scenario.js';
import type { Axis } from '../solver/study-spec.js';
import { axisLabel, clockTime } from '../report/labels.js';

const KW_PER_MW = 1000;
const LOAD = /^([+-]?\d+(?:\.\d+)?)\s*(MW|kW)?$/i;

/** The point in MW per axis, or what is wrong with the text. */
export function parseTarget(text: string, axes: readonly Axis[], scenario: Scenario): number[] | Error {
  const parts = text.split(',').map((part) => part.trim());
  const wanted = axes
    .map((axis) => axisLabel(axis, scenario.startMinutes, scenario.intervalHours))
    .join(', ');
  if (parts.length !== axes.length)
    return new Error(`--at ${text}: want ${axes.length} loads, for ${wanted}; got ${parts.length}`);
  const target = new Array<number>(axes.length).fill(NaN);
  for (let k = 0; k < parts.length; k++) {
    const named = /^(.*)=(.*)$/.exec(parts[k]);
    const axis = named ? axisOf(named[1].trim(), axes, scenario) : k;
    if (axis < 0) return new Error(`--at ${text}: ${named?.[1].trim()} is no axis; the axes are ${wanted}`);
    const load = LOAD.exec((named ? named[2] : parts[k]).trim());
    if (!load) return new Error(`--at ${text}: "${parts[k]}" is no load; write 1.2, 1.2MW or 1200kW`);
    if (!Number.isNaN(target[axis])) return new Error(`--at ${text}: ${parts[k]} names an axis twice`);
    target[axis] = Number(load[1]) / (load[2]?.toLowerCase() === 'kw' ? KW_PER_MW : 1);
  }
  return target;
}

/** By station, or by station and time where a station has several axes: "CS1@18:00". */
function axisOf(name: string, axes: readonly Axis[], scenario: Scenario): number {
  const [station, time] = name.split('@').map((part) => part.trim());
  const fits = axes.flatMap((axis, index) =>
    axis.station === station &&
    (time === undefined || clockTime(scenario.startMinutes, scenario.intervalHours, axis.interval) === time)
      ? [index]
      : [],
  );
  return fits.length === 1 ? fits[0] : -1;
}

/** The time grid of a scenario: intervals of equal length from the start of the horizon. */
import type { Horizon } from './generated/ast.js';
import type { Report } from './problem.js';
import { readQuantity } from './quantity-reader.js';
import { parseTime } from './time.js';

export interface TimeGrid {
  readonly startMinutes: number;
  readonly endMinutes: number;
  readonly stepMinutes: number;
}

/** A day in steps of a minute fits; a horizon with more intervals is a wrong unit rather than a study. */
export const MOST_INTERVALS = 2000;

/** Two times closer than this are the same: steps are rarely shorter than a second, and rounding is far smaller. */
const TIME_TOLERANCE_MINUTES = 1e-6;

/** The grid that a horizon states, divisible or not; undefined, with problems, when a part cannot be read. */
export function readHorizon(horizon: Horizon, report: Report): TimeGrid | undefined {
  const ends = (['from', 'to'] as const).map((property) => {
    const minutes = parseTime(horizon[property]);
    if (minutes === undefined && horizon[property]) {
      const message = `'${horizon[property]}' is not a time of day; minutes go from 00 to 59.`;
      report({ severity: 'error', code: 'time-invalid', message, node: horizon, property });
    }
    return minutes;
  });
  const step = horizon.step && readQuantity(horizon.step, ['time'], report);
  if (step && !(step.value > 0)) {
    const message = "The horizon's step must be greater than zero.";
    report({ severity: 'error', code: 'value-not-positive', message, node: horizon.step });
    return undefined;
  }
  const [startMinutes, endMinutes] = ends;
  if (startMinutes === undefined || endMinutes === undefined || !step) return undefined;
  return { startMinutes, endMinutes, stepMinutes: step.value * 60 };
}

/** Length of the horizon in steps; a whole number when the step divides it. */
export function intervalCount(grid: TimeGrid): number {
  const count = (grid.endMinutes - grid.startMinutes) / grid.stepMinutes;
  return isWhole(count) ? Math.round(count) : count;
}

/** True for a grid that intervals can be counted on; validation/horizon.ts says what is wrong with any other. */
export function isUsable(grid: TimeGrid): boolean {
  const count = intervalCount(grid);
  return Number.isInteger(count) && count > 0 && count <= MOST_INTERVALS;
}

/** Position of a time on the grid in intervals; a whole number when an interval starts then. */
export function intervalIndex(grid: TimeGrid, minutes: number): number {
  const index = (minutes - grid.startMinutes) / grid.stepMinutes;
  return isWhole(index) ? Math.round(index) : index;
}

/** True when a number of intervals is whole up to rounding. */
export function isWhole(count: number): boolean {
  return Math.abs(count - Math.round(count)) <= TIME_TOLERANCE_MINUTES;
}

/** The horizon goes forward and is a whole number of steps. */
import { intervalCount, MOST_INTERVALS, readHorizon } from '../horizon.js';
import { formatTime } from '../time.js';
import type { CheckContext } from './context.js';

export function checkHorizon(context: CheckContext): void {
  for (const horizon of context.own.horizons) {
    const grid = readHorizon(horizon, context.report);
    if (!grid) continue;
    const { startMinutes, endMinutes, stepMinutes } = grid;
    const intervals = intervalCount(grid);
    if (endMinutes <= startMinutes) {
      const overnight = `${formatTime(endMinutes + 24 * 60)}`;
      const message = `The horizon ends before it starts; past midnight hours go on: '${horizon.from} to ${overnight}'.`;
      context.error('horizon-order', horizon, message, { property: 'to', data: { suggestion: overnight } });
    } else if (!Number.isInteger(intervals)) {
      const fitted = formatTime(startMinutes + Math.max(1, Math.round(intervals)) * stepMinutes);
      const minutes = `${Number(stepMinutes.toFixed(6))} min`;
      const message = `Steps of ${minutes} do not divide the horizon of ${endMinutes - startMinutes} min; it could end at ${fitted}.`;
      context.error('horizon-step', horizon, message, { property: 'step', data: { suggestion: fitted } });
    } else if (intervals > MOST_INTERVALS) {
      const message = `The horizon has ${intervals} intervals; at most ${MOST_INTERVALS} are allowed. Check the unit of the step.`;
      context.error('horizon-too-long', horizon, message, { property: 'step' });
    }
  }
}

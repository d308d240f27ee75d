/** How far a run has come, in the words of the status item. */
import { duration, mw } from '../../report/labels.js';
import type { RunProgress } from './protocol.js';

/** "12 of 26 directions, 2,000 CNY, 32 s, about 40 s left". */
export function progressText(progress: RunProgress | null): string {
  if (!progress) return 'starting';
  const { phase, done, total, budget, elapsedSeconds, remainingSeconds } = progress;
  return [
    total === null ? `${done} ${phase}` : `${done} of ${total} ${phase}`,
    ...(budget === null ? [] : [budget]),
    duration(elapsedSeconds),
    ...(remainingSeconds === null ? [] : [`about ${duration(remainingSeconds)} left`]),
  ].join(', ');
}

/** "along (0.58, −0.58, 0.58)"; empty where there is none. */
export const directionText = (progress: RunProgress | null): string =>
  progress?.direction ? `along (${progress.direction.map((d) => mw(d)).join(', ')})` : '';

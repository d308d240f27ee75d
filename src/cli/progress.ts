/** A line on a terminal that says how far a study is; nothing at all when the output is piped. */
import type { StudyProgress } from '../solver/study-run.js';

/** The part of a terminal's stream that is used; `process.stderr` is one. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export interface ProgressLine {
  show(study: string, progress: StudyProgress): void;
  /** Removes the line, so that what is printed next starts clean. */
  clear(): void;
}

const BAR_CELLS = 24;
/** Often enough to look alive, too seldom to cost anything. */
const REDRAW_MS = 100;
const CLEAR_LINE = '\r\x1b[2K';

export function progressLine(
  stream: ProgressStream,
  currency: string,
  now: () => number = Date.now,
): ProgressLine {
  if (!stream.isTTY) return { show: () => {}, clear: () => {} };
  let drawn = -Infinity;
  return {
    show: (study, progress) => {
      if (now() - drawn < REDRAW_MS) return;
      drawn = now();
      const text = `${study} ${progressText(progress, currency)}`;
      // A line that wraps cannot be removed by going back to its start.
      stream.write(`${CLEAR_LINE}${text.slice(0, (stream.columns ?? 80) - 1)}`);
    },
    clear: () => {
      if (drawn > -Infinity) stream.write(CLEAR_LINE);
      drawn = -Infinity;
    },
  };
}

/** "██████░░ 42/130 directions · 2000 CNY · (0.71, −0.71, 0) · 0:12". */
export function progressText(progress: StudyProgress, currency: string): string {
  const { phase, done, total, subsidyCap, direction, elapsedSeconds, interval } = progress;
  const filled = total ? Math.min(BAR_CELLS, Math.round((BAR_CELLS * done) / total)) : 0;
  const bar = total ? `${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)} ${done}/${total}` : `${done}`;
  const parts = [`${bar} ${phase}`];
  if (interval) parts.push(`interval ${interval.index + 1} of ${interval.count}`);
  if (subsidyCap !== undefined) parts.push(subsidyCap === null ? 'unlimited' : `${subsidyCap} ${currency}`);
  if (direction) parts.push(`(${direction.map(component).join(', ')})`);
  const seconds = Math.floor(elapsedSeconds);
  parts.push(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`);
  return parts.join(' · ');
}

function component(value: number): string {
  return value
    .toFixed(2)
    .replace(/\.?0+$/, '')
    .replace(/^-0$/, '0')
    .replace('-', '−');
}

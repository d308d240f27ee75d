/** Times of day, as minutes after midnight. Hours may pass 24: a horizon over midnight is `23:00 to 25:00`. */

const TIME = /^(\d{1,2}):(\d{2})$/;

/** Minutes after midnight of a time such as `17:30`; undefined when it is not one. */
export function parseTime(text: string | undefined): number | undefined {
  const match = TIME.exec(text ?? '');
  if (!match || Number(match[2]) > 59) return undefined;
  return Number(match[1]) * 60 + Number(match[2]);
}

/** `17:30` for 1050. */
export function formatTime(minutes: number): string {
  const whole = Math.round(minutes);
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
}

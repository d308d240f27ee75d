/** Numbers as a person reads them. */

/** At most so many significant digits, and no more zeros than needed: 0.000575, 3.6, 12000. */
export function readable(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(digits));
  return Math.abs(rounded) >= 1e-6 && Math.abs(rounded) < 1e15 ? plain(rounded) : String(rounded);
}

function plain(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 12, useGrouping: false });
}

/** A time span: `7 min`, `1 h 20 min`, `45 s`. */
export function readableHours(hours: number): string {
  const seconds = Math.round(hours * 3600);
  if (seconds < 60) return `${seconds} s`;
  if (seconds % 60 !== 0) return `${readable(hours * 60)} min`;
  const minutes = seconds / 60;
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

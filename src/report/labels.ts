/** Words and numbers as a planner writes them. */
import { format } from 'd3-format';
import type { Axis, SubsidyCap } from '../solver/study-spec.js';

const grouped = format(',.0f');
const SUPERSCRIPTS: Record<string, string> = { '2': '²', '3': '³' };

/** "18:00" for the start of an interval; hours beyond midnight go on from zero. */
export function clockTime(startMinutes: number, intervalHours: number, interval: number): string {
  const minutes = Math.round(startMinutes + interval * intervalHours * 60);
  const pad = (n: number) => String(n).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60) % 24)}:${pad(minutes % 60)}`;
}

/** "2,000 CNY", "unlimited". */
export function capLabel(cap: SubsidyCap, currency: string): string {
  return cap === null ? 'unlimited' : `${grouped(cap)} ${currency}`;
}

/** "CS1 18:00". */
export function axisLabel(axis: Axis, startMinutes: number, intervalHours: number): string {
  return `${axis.station} ${clockTime(startMinutes, intervalHours, axis.interval)}`;
}

/** "MW^3" as "MW³". */
export function unitLabel(unit: string): string {
  return unit.replace(/\^([23])/g, (_, power: string) => SUPERSCRIPTS[power]);
}

export const mw = format('.2f');
/** MW to the kW, where loads lie close together. */
export const kw = format('.3f');
export const money = format(',.0f');
/** Money per vehicle, kW: one decimal only where it says something. */
export const short = format('.3~g');
export const percent = format('.0%');
/** A change against what was before: "+76%"; a little is not nothing: "+0.3%". */
export const signedPercent = (fraction: number) =>
  format(fraction !== 0 && Math.abs(fraction) < 0.01 ? '+.1%' : '+.0%')(fraction);
/** Small dimensionless numbers such as an equilibrium gap: "4.1e-7". */
export const scientific = format('.1e');
export const pu = format('.3f');

/** A measure with three significant digits and no trailing dot: "63.0", "8.42", "120". */
export function measure(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 4));
}

/** "1:05" minutes and seconds, "42 s" below a minute. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** Columns: neighbouring statements of one kind, such as the links of a road network, line up. */
import type { LayoutLine } from './layout.js';

/** A column wider than its narrowest cell by more than this many characters helps nobody. */
const WIDEST_GAP = 40;

/** The two services of a station line up with each other. */
const KINDS: Readonly<Record<string, string>> = { v2g: 'charging' };

/** Pads the texts of the lines in place. */
export function alignColumns(lines: readonly LayoutLine[]): void {
  for (const group of groups(lines, sameKind)) alignEntries(group.filter(({ stops }) => stops.length > 0));
  for (const group of groups(lines, bothCommented)) alignComments(group);
}

/** Runs of neighbouring lines in which each belongs with the one before. */
function groups(
  lines: readonly LayoutLine[],
  belongs: (a: LayoutLine, b: LayoutLine) => boolean,
): LayoutLine[][] {
  const found: LayoutLine[][] = [];
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1];
    if (before && !line.spaced && line.depth === before.depth && belongs(before, line))
      found.at(-1)!.push(line);
    else found.push([line]);
  }
  return found.filter(({ length }) => length > 1);
}

function sameKind(a: LayoutLine, b: LayoutLine): boolean {
  return kindOf(a) !== undefined && kindOf(a) === kindOf(b);
}

function kindOf({ keyword, text }: LayoutLine): string | undefined {
  // A statement that goes on below has no columns of its own.
  return keyword === undefined || text.endsWith('{') ? undefined : (KINDS[keyword] ?? keyword);
}

function bothCommented(a: LayoutLine, b: LayoutLine): boolean {
  return a.trailing !== undefined && b.trailing !== undefined && a.text !== '' && b.text !== '';
}

/** Lines up the braces, and the entries as well where all lines have the same ones in the same order. */
function alignEntries(lines: readonly LayoutLine[]): void {
  if (lines.length < 2) return;
  alignStop(lines, 0);
  const [first] = lines;
  if (!lines.every((line) => signature(line) === signature(first))) return;
  for (let stop = 1; stop < first.stops.length; stop++) alignStop(lines, stop);
}

function signature({ text, stops }: LayoutLine): string {
  return stops.map((stop) => /[\p{L}_]*/u.exec(text.slice(stop).replace(/^\{ /, ''))![0]).join();
}

function alignStop(lines: readonly LayoutLine[], index: number): void {
  const columns = lines.map(({ stops }) => stops[index]);
  const column = Math.max(...columns);
  if (column - Math.min(...columns) > WIDEST_GAP) return;
  for (const line of lines) {
    const stop = line.stops[index];
    line.text = `${line.text.slice(0, stop)}${' '.repeat(column - stop)}${line.text.slice(stop)}`;
    for (let later = index; later < line.stops.length; later++) line.stops[later] += column - stop;
  }
}

function alignComments(lines: readonly LayoutLine[]): void {
  const width = Math.max(...lines.map(({ text }) => text.length));
  if (width - Math.min(...lines.map(({ text }) => text.length)) > WIDEST_GAP) return;
  for (const line of lines) line.text = line.text.padEnd(width);
}

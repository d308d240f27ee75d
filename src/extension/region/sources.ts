/** Which line of which file declares a station, node, link, bus or line, and the other way round. */
import type { SourceLocation } from '../../language/protocol.js';
import type { Element } from './protocol.js';
import { ElementKind } from './protocol.js';

/** By "station:CS1", "link:n1->n5", "bus:b30"; keys of other kinds are skipped. */
export type Sources = Readonly<Record<string, SourceLocation>>;

export function declarationOf(sources: Sources, { kind, id }: Element): SourceLocation | undefined {
  return Object.hasOwn(sources, `${kind}:${id}`) ? sources[`${kind}:${id}`] : undefined;
}

/** Scheme of an address; a single letter before a colon is the drive of a path. */
const SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/** True when the file of a location, a path or the address of a file that is on no disk, is the address itself. */
export const isAddress = (file: string): boolean => SCHEME.test(file);

/** The element with the least lines around a line, counted from 1; a node on its own line wins over its block. */
export function elementAt(sources: Sources, file: string, line: number): Element | undefined {
  let best: Element | undefined;
  let least = Infinity;
  for (const [key, at] of Object.entries(sources)) {
    const colon = key.indexOf(':');
    const kind = ElementKind.safeParse(key.slice(0, colon));
    const id = key.slice(colon + 1);
    // Properties of an element, "bus:b30.load", have entries of their own; ids of links and lines have no dots.
    if (!kind.success || at.file !== file || line < at.range.line || line > at.range.endLine) continue;
    if (isProperty(sources, kind.data, id)) continue;
    const lines = at.range.endLine - at.range.line;
    if (lines < least) [best, least] = [{ kind: kind.data, id }, lines];
  }
  return best;
}

function isProperty(sources: Sources, kind: string, id: string): boolean {
  for (let dot = id.indexOf('.'); dot >= 0; dot = id.indexOf('.', dot + 1)) {
    if (Object.hasOwn(sources, `${kind}:${id.slice(0, dot)}`)) return true;
  }
  return false;
}

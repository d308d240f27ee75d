/** Where the names of marked points stand: beside their marks, and not on each other. */

export interface Named {
  /** Pixels, of the mark. */
  at: readonly [number, number];
  /** Lines of text; none for a mark without a name. */
  lines: readonly string[];
  /** Where it stands when there is room. */
  prefer?: NamePlace;
}

/** Of the first line's base line, beside the mark. */
export interface NamePlace {
  x: number;
  y: number;
  'text-anchor': 'start' | 'end';
}

export const NAME_PLACES = {
  lowerRight: { x: 9, y: 15, 'text-anchor': 'start' },
  upperRight: { x: 9, y: -6, 'text-anchor': 'start' },
  upperLeft: { x: -10, y: -7, 'text-anchor': 'end' },
  lowerLeft: { x: -9, y: 15, 'text-anchor': 'end' },
  right: { x: 13, y: 4, 'text-anchor': 'start' },
} as const satisfies Record<string, NamePlace>;

type Box = readonly [left: number, top: number, right: number, bottom: number];

/** Of letters of 11 pixels in the widest of the usual faces: a name is rather taken for too long than for too short. */
const LETTER = { width: 6.8, above: 10, below: 3 };
export const LINE_HEIGHT = 14;
const MARK_REACH = 6;

/** For each name, in their order, a place where neither a mark nor a name before it stands; else where it would best stand. */
export function namePlaces(named: readonly Named[]): NamePlace[] {
  const marks = named.map(({ at: [x, y] }): Box => [
    x - MARK_REACH,
    y - MARK_REACH,
    x + MARK_REACH,
    y + MARK_REACH,
  ]);
  const taken: Box[] = [];
  return named.map((one, index) => {
    const best = one.prefer ?? NAME_PLACES.lowerRight;
    const others = marks.filter((_, k) => k !== index);
    const free = (place: NamePlace) =>
      ![...taken, ...others].some((other) => overlap(boxOf(one, place), other));
    const place = [best, ...Object.values(NAME_PLACES)].find(free) ?? best;
    if (one.lines.length > 0) taken.push(boxOf(one, place));
    return place;
  });
}

function boxOf({ at, lines }: Named, place: NamePlace): Box {
  const width = LETTER.width * Math.max(0, ...lines.map((line) => line.length));
  const left = at[0] + place.x - (place['text-anchor'] === 'end' ? width : 0);
  const base = at[1] + place.y;
  return [left, base - LETTER.above, left + width, base + (lines.length - 1) * LINE_HEIGHT + LETTER.below];
}

const overlap = (a: Box, b: Box): boolean => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/**
 * Fixtures for the specs of the checks: texts in which «code:underlined» marks what has to be reported, and nothing
 * else may be. A text without marks has to be clean.
 */
import { URI } from 'langium';
import { expect } from 'vitest';
import { MemoryFileSystem } from '../memory-file-system.js';
import type { LoadedProgram } from '../study-host.js';
import { loadProgram } from '../study-host.js';

const PARTS = {
  scenario: 'scenario S',
  horizon: 'horizon 17:00 to 18:00 step 10 min',
  travelers: 'travelers { charging 20 %, v2g 10 %, value of time 30 CNY/h }',
  roads: `roads R {
    node a, b, c
    link a -> b { time 7 min, capacity 1200 veh/h }
    link b -> c { time 7 min, capacity 1200 veh/h }
    demand a -> c { 300 veh/h }
  }`,
  station: `station CS {
    charging { ports 60, power 60 kW, service 10 min, price 2 CNY/kWh }
    v2g { ports 40, power 40 kW, service 10 min, price 3 CNY/kWh }
  }`,
  couple: 'couple CS { node b }',
  feeder: '',
  studies: '',
};

/** A complete scenario, with some of its parts replaced. */
export function scenario(parts: Partial<typeof PARTS> = {}): string {
  return Object.values({ ...PARTS, ...parts }).join('\n');
}

/** A small feeder, with one of its parts replaced or more added. */
export const FEEDER = `feeder F {
  base 12.66 kV
  voltage 0.9 to 1.1 pu
  source Grid at b1 { -5 MW to 12 MW, -8 Mvar to 8 Mvar }
  bus b1 bus b2 { load 100 kW, 60 kvar }
  line b1 -- b2 { r 0.1 ohm, x 0.1 ohm }
}`;

interface Mark {
  code: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

const MARK_EDGE = /«([a-z-]+):|»/g;

/** Takes the marks out of a text; they may be nested. */
function readMarks(marked: string): { text: string; marks: Mark[] } {
  const marks: Mark[] = [];
  const open: { code: string; offset: number }[] = [];
  let text = '';
  let end = 0;
  for (const match of marked.matchAll(MARK_EDGE)) {
    text += marked.slice(end, match.index);
    end = match.index + match[0].length;
    if (match[1]) {
      open.push({ code: match[1], offset: text.length });
      continue;
    }
    const { code, offset } = open.pop()!;
    const [start, stop] = [position(text, offset), position(text, text.length)];
    marks.push({ code, line: start[0], column: start[1], endLine: stop[0], endColumn: stop[1] });
  }
  return { text: text + marked.slice(end), marks };
}

function position(text: string, offset: number): [line: number, column: number] {
  const before = text.slice(0, offset).split('\n');
  return [before.length, before.at(-1)!.length + 1];
}

/** Loads a text and others beside it, by path. */
export async function load(
  text: string,
  others: Readonly<Record<string, string>> = {},
): Promise<LoadedProgram> {
  const files = new MemoryFileSystem({ '/main.v2g': text, ...others });
  return loadProgram(URI.file('/main.v2g'), { fileSystemProvider: () => files });
}

/** Holds the diagnostics of a text against its marks, and returns their messages. */
export async function expectMarks(
  marked: string,
  others: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const { text, marks } = readMarks(marked);
  const { diagnostics } = await load(text, others);
  const own = diagnostics.filter(({ file }) => file === '/main.v2g');
  const found = own.map(({ code, line, column, endLine, endColumn }) => ({
    code,
    line,
    column,
    endLine,
    endColumn,
  }));
  expect(sorted(found), own.map(({ message }) => message).join('\n')).toEqual(sorted(marks));
  return own.map(({ message }) => message);
}

function sorted(marks: readonly Mark[]): Mark[] {
  return [...marks].sort((a, b) => a.line - b.line || a.column - b.column || a.code.localeCompare(b.code));
}

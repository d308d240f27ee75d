/** Seeded damage to `.v2g` texts: what editors see while people type, paste, and open the wrong file. */

/** Mulberry32: small, fast, and the same everywhere. */
export class Random {
  constructor(private state: number) {}

  /** In [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let value = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  }

  /** Whole number below a bound. */
  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }
}

type Mutation = (text: string, random: Random) => string;

const ALPHABETS = [
  '道路网络节点',
  'дорога узел',
  'οδός κόμβος',
  'شارع عقدة',
  '🚗🔌⚡',
  'ｎｏｄｅ',
  '\u202e\u200b\ufeff',
  'Zürich–Genève',
];
const PIECES = [
  '{',
  '}',
  '"',
  ',',
  '->',
  '--',
  '/*',
  '*/',
  '//',
  '\0',
  '\t',
  '1e999',
  '-0',
  '99:99',
  '24:00',
  'MW',
  'constructor',
];
const WORDS = [
  'station',
  'roads',
  'feeder',
  'study',
  'import',
  'link',
  'at',
  'to',
  '__proto__',
  'value of time',
  'toString',
];

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'byte flip': (text, random) => {
    const bytes = Buffer.from(text, 'utf8');
    for (let flips = 1 + random.below(8); flips > 0 && bytes.length > 0; flips--) {
      bytes[random.below(bytes.length)] ^= 1 << random.below(8);
    }
    return bytes.toString('utf8');
  },
  cut: (text, random) => {
    const [a, b] = [random.below(text.length + 1), random.below(text.length + 1)];
    return text.slice(0, Math.min(a, b)) + text.slice(Math.max(a, b));
  },
  'end of file': (text, random) => text.slice(0, random.below(text.length + 1)),
  'swap lines': (text, random) => {
    const lines = text.split('\n');
    for (let swaps = 1 + random.below(5); swaps > 0; swaps--) {
      const [a, b] = [random.below(lines.length), random.below(lines.length)];
      [lines[a], lines[b]] = [lines[b], lines[a]];
    }
    return lines.join('\n');
  },
  'swap words': (text, random) => {
    const words = text.split(/(\s+)/);
    const [a, b] = [random.below(words.length), random.below(words.length)];
    [words[a], words[b]] = [words[b], words[a]];
    return words.join('');
  },
  'repeat a part': (text, random) => {
    const start = random.below(text.length + 1);
    const part = text.slice(start, start + random.below(400));
    return text.slice(0, start) + part.repeat(1 + random.below(20)) + text.slice(start);
  },
  insert: (text, random) => {
    const at = random.below(text.length + 1);
    return `${text.slice(0, at)}${random.pick([...PIECES, ...WORDS])} ${text.slice(at)}`;
  },
  'deep nesting': (text, random) => {
    const at = random.below(text.length + 1);
    const depth = 1 + random.below(3000);
    const closed = random.next() < 0.5 ? '}'.repeat(depth) : '';
    return `${text.slice(0, at)}${random.pick(['{', '{ bus x {', '/* {', 'station s { charging {'])} ${'{ '.repeat(depth)}${closed}${text.slice(at)}`;
  },
  'very long line': (text, random) => {
    const at = random.below(text.length + 1);
    const length = 1000 + random.below(40_000);
    return (
      text.slice(0, at) +
      random.pick(['x', '1', '-', ' ', ',', '"', 'n1, ', 'kW ']).repeat(length / 2) +
      text.slice(at)
    );
  },
  'other alphabet': (text, random) => {
    const at = random.below(text.length + 1);
    return text.slice(0, at) + random.pick(ALPHABETS) + text.slice(at);
  },
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'CR alone': (text) => text.replaceAll('\n', '\r'),
  'number changed': (text, random) => {
    const numbers = [...text.matchAll(/\d+(\.\d+)?/g)];
    if (numbers.length === 0) return text;
    const { 0: old, index } = random.pick(numbers);
    const fresh = random.pick(['0', '-1', '1e308', '1e-300', '999999999999', '0.1', '007', '']);
    return text.slice(0, index) + fresh + text.slice(index + old.length);
  },
  'unit changed': (text, random) => {
    const units = [...text.matchAll(/\b(kW|MW|min|h|veh\/h|ohm|A|kV|pu|CNY|kvar|Mvar|deg)\b/g)];
    if (units.length === 0) return text;
    const { 0: old, index } = random.pick(units);
    return (
      text.slice(0, index) +
      random.pick(['MW', 'h', 'parsec', '%', '', 'EUR/MWh', '¥']) +
      text.slice(index + old.length)
    );
  },
};

/** One to three kinds of damage. */
export function mutate(text: string, random: Random): { readonly text: string; readonly kinds: string } {
  const kinds: string[] = [];
  let mutated = text;
  for (let rounds = 1 + random.below(3); rounds > 0; rounds--) {
    const kind = random.pick(Object.keys(MUTATIONS));
    kinds.push(kind);
    mutated = MUTATIONS[kind](mutated, random);
  }
  return { text: mutated, kinds: kinds.join(', ') };
}

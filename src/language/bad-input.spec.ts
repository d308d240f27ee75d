/** Bad input gets a clear diagnostic or a right answer: never a stack trace, never a hang. */
import fc from 'fast-check';
import { EmptyFileSystem, URI } from 'langium';
import { describe, expect, it } from 'vitest';
import { formatText } from './format-text.js';
import type { Program } from './generated/ast.js';
import { LARGEST_TEXT } from './lexer.js';
import { GRID_SAMPLE, SCENARIO_SAMPLE } from './samples.fixture.js';
import type { LoadedProgram } from './study-host.js';
import { readProgram } from './study-host.js';
import { createV2gServices } from './v2g-module.js';
import { MOST_PROBLEMS } from './validation/validator.js';
import { load, scenario } from './validation/fixture.js';

/** Nobody waits longer for an answer to a file of noise; generous, because test machines are shared. */
const PATIENCE_MS = 10_000;

/** Bytes of a linear congruential generator, the same in every run. */
function noise(length: number, alphabet: (byte: number) => string): string {
  let state = 12345;
  const next = () => (state = (state * 1103515245 + 12345) % 2147483648) >> 16;
  return Array.from({ length }, () => alphabet(next() & 0xff)).join('');
}

const ALPHABETS: [string, (byte: number) => string][] = [
  ['bytes', (byte) => String.fromCharCode(byte)],
  ['braces', (byte) => '{}'[byte & 1]],
  ['words', (byte) => ['station ', 'link ', '{ ', '} ', 'a ', '-> ', '3 ', 'at '][byte & 7]],
  ['one long line of letters', (byte) => String.fromCharCode(97 + (byte % 26))],
];

describe('noise', () => {
  it.each(ALPHABETS)('10 MB of %s are refused at once', async (_, alphabet) => {
    const started = performance.now();
    const { diagnostics, scenario: none } = await load(noise(10_000_000, alphabet));
    expect(none).toBeNull();
    expect(diagnostics).toMatchObject([{ code: 'file-too-large', severity: 'error' }]);
    expect(performance.now() - started).toBeLessThan(PATIENCE_MS);
  });

  it.each(ALPHABETS)('1 MB of %s gets a bounded list of problems', async (_, alphabet) => {
    const started = performance.now();
    const { diagnostics } = await load(noise(1_000_000, alphabet));
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics.length).toBeLessThanOrEqual(MOST_PROBLEMS + 1);
    expect(performance.now() - started).toBeLessThan(PATIENCE_MS);
  });

  it('of braces does not overflow the stack', async () => {
    const { diagnostics } = await load('roads {'.repeat(50_000));
    expect(diagnostics[0]).toMatchObject({ code: 'syntax' });
    expect(LARGEST_TEXT).toBeGreaterThan(350_000);
  });
});

describe('odd scenarios', () => {
  it.each([
    ['a horizon of one interval', scenario({ horizon: 'horizon 17:00 to 17:10 step 10 min' })],
    ['nothing but charging', scenario().replace('charging 20 %, v2g 10 %', 'charging 100 %')],
    ['zero demand', scenario().replace('300 veh/h', '0 veh/h')],
    [
      'no station and no need of one',
      scenario({ station: '', couple: '' }).replace('charging 20 %, v2g 10 %, ', ''),
    ],
  ])('with %s are loaded', async (_, text) => {
    const { scenario: loaded, diagnostics } = await load(text);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(loaded).not.toBeNull();
  });
});

/** As load does, with one set of services for all texts: building a parser takes longer than using it. */
const { shared } = createV2gServices(EmptyFileSystem);
let count = 0;
async function checkInPlace(text: string): Promise<LoadedProgram> {
  const {
    LangiumDocumentFactory: factory,
    LangiumDocuments: documents,
    DocumentBuilder: builder,
  } = shared.workspace;
  const document = factory.fromString<Program>(text, URI.file(`/mutated${++count}.v2g`));
  documents.addDocument(document);
  await builder.build([document], { validation: true });
  const program = readProgram(document, shared);
  await builder.update([], [document.uri]);
  return program;
}

describe('mutated files', () => {
  const source = `${SCENARIO_SAMPLE}\n${GRID_SAMPLE}\n${scenario()}`;
  const cut = fc.record({ kind: fc.constant('cut' as const), at: fc.nat(source.length), length: fc.nat(40) });
  const swap = fc.record({
    kind: fc.constant('swap' as const),
    at: fc.nat(source.length),
    length: fc.nat(30),
  });
  const insert = fc.record({
    kind: fc.constant('insert' as const),
    at: fc.nat(source.length),
    text: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        '{',
        '}',
        '"',
        '/*',
        '->',
        '--',
        '\r\n',
        '1e999',
        '-',
        'NaN',
        '__proto__',
        'constructor',
        '漢字',
        'at',
        '\0',
      ),
    ),
  });
  const mutations = fc.array(fc.oneof(cut, swap, insert), { minLength: 1, maxLength: 6 });

  it('never make a check, the builder or the formatter throw', async () => {
    await fc.assert(
      fc.asyncProperty(mutations, async (list) => {
        let text = source;
        for (const mutation of list) {
          const { at } = mutation;
          if (mutation.kind === 'cut') text = text.slice(0, at) + text.slice(at + mutation.length);
          else if (mutation.kind === 'insert') text = text.slice(0, at) + mutation.text + text.slice(at);
          else {
            const end = at + mutation.length;
            text =
              text.slice(0, at) +
              text.slice(end, end + mutation.length) +
              text.slice(at, end) +
              text.slice(end + mutation.length);
          }
        }
        const { diagnostics } = await checkInPlace(text);
        expect(diagnostics.filter(({ code }) => code === 'check-failed' || code === '')).toEqual([]);
        const formatted = formatText(text);
        if (!(formatted instanceof Error)) expect(formatText(formatted)).toBe(formatted);
      }),
      { seed: 20250607, numRuns: 500 },
    );
  }, 300_000);
});

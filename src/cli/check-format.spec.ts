import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check } from './check.js';
import { shortPath } from './diagnostics.js';
import { EXIT } from './exit-codes.js';
import { format } from './format.js';

let folder: string;
let lines: string[];
let notes: string[];
const output = {
  line: (text: string) => void lines.push(text),
  note: (text: string) => void notes.push(text),
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'v2g-cli-'));
  [lines, notes] = [[], []];
});
afterEach(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('v2g check', () => {
  it('is quiet about a clean file', async () => {
    expect(await check(['examples/evening-peak.v2g'], output)).toBe(EXIT.ok);
    expect([lines, notes]).toEqual([[], []]);
  });

  it('prints file, line, column, severity, message and code, and exits with 1 on errors', async () => {
    const path = await write(
      'a.v2g',
      'roads R {\n  node a, b\n  link a -> b { time 7, capacity 1200 veh/h }\n}\n',
    );
    expect(await check([path], output)).toBe(EXIT.failed);
    expect(lines).toEqual([
      `${path}:3:22 error The unit is missing: this is a time, in h or min or s. [unit-missing]`,
    ]);
    expect(notes).toEqual(['1 error, 0 warnings']);
  });

  it('exits with 0 when there are only warnings', async () => {
    const path = await write(
      'a.v2g',
      'roads R {\n  node a, b\n  link a -> b { time 7 h, capacity 1200 veh/h }\n}\n',
    );
    expect(await check([path], output)).toBe(EXIT.ok);
    expect(lines[0]).toContain('warning');
  });

  it('reports what is wrong in an imported file there, once', async () => {
    const library = await write('lib.v2g', 'roads R { node a node a }');
    const one = await write('one.v2g', 'import "lib.v2g"');
    const two = await write('two.v2g', 'import "lib.v2g"');
    expect(await check([one, two], output)).toBe(EXIT.failed);
    expect(lines.filter((line) => line.startsWith(library))).toEqual([
      expect.stringContaining(`${library}:1:23 error`),
    ]);
  });

  it('says so when a file does not exist, or is a folder', async () => {
    expect(await check([join(folder, 'none.v2g'), folder], output)).toBe(EXIT.failed);
    expect(lines).toEqual([
      expect.stringContaining(
        'none.v2g:1:1 error The file cannot be read: it does not exist. [import-missing]',
      ),
      expect.stringContaining(':1:1 error The file cannot be read: it is a folder. [import-missing]'),
    ]);
  });
});

describe('v2g format', () => {
  it('rewrites a file once', async () => {
    const path = await write('a.v2g', 'roads R{node a}');
    expect(await format([path], false, output)).toBe(EXIT.ok);
    expect(await readFile(path, 'utf8')).toBe('roads R {\n  node a\n}\n');
    expect(lines).toEqual([`${shortPath(path)}: formatted`]);
    lines = [];
    expect(await format([path], false, output)).toBe(EXIT.ok);
    expect(lines).toEqual([]);
  });

  it('only verifies with --check', async () => {
    const path = await write('a.v2g', 'roads R{node a}');
    expect(await format([path], true, output)).toBe(EXIT.failed);
    expect(await readFile(path, 'utf8')).toBe('roads R{node a}');
  });

  it('leaves a file with a syntax error alone', async () => {
    const path = await write('a.v2g', 'roads R{\nnode }');
    expect(await format([path, join(folder, 'none.v2g')], false, output)).toBe(EXIT.failed);
    expect(await readFile(path, 'utf8')).toBe('roads R{\nnode }');
    expect(notes).toEqual([
      `${path}: not formatted: there is a syntax error in line 2`,
      expect.stringContaining('none.v2g: the file does not exist'),
    ]);
  });
});

describe('the examples', () => {
  it('are formatted', async () => {
    const names = [
      'evening-peak',
      'corridor',
      'one-station',
      'braess-station',
      'feeders/ieee33',
      'feeders/ieee33-modified',
    ];
    expect(
      await format(
        names.map((name) => `examples/${name}.v2g`),
        true,
        output,
      ),
    ).toBe(EXIT.ok);
  });
});

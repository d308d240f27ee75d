/**
 * `npm run bench:editor`: the speed of the language server, measured through the Language Server Protocol, beside stock
 * Langium on its own domain model in a file of the same length. Exits 1 when a limit is missed.
 *
 * Processor time of the server's main thread is printed beside the time on the clock: it is what a keystroke costs on a
 * machine that has nothing else to do.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { importingScenario, largeNetwork, largeScenario } from '../../test/large/large-scenario.js';
import { Session } from './session.js';

/** Issue limits, in ms and MB. */
const LIMITS = { open: 1500, keystroke: 800, importing: 80, memory: 300 };
const KEYSTROKES = 21;

interface Row {
  readonly what: string;
  readonly ms: number;
  readonly processorMs?: number;
  readonly limit?: number;
}

const folder = mkdtempSync(join(tmpdir(), 'v2g-bench-'));
const rows: Row[] = [];
try {
  await bundle('src/language/server.ts', 'v2g.mjs');
  await bundle('bench/editor/domain-model-server.ts', 'domain-model.mjs');
  for (const lines of [1000, 3000, 10_000]) await measureScenario(lines);
  await measureImporting();
  await measureDomainModel(10_000);
  print();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function bundle(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile: join(folder, outfile),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
}

function start(server: string): Session {
  return new Session([process.execPath, join(folder, server), '--stdio']);
}

async function measureScenario(lines: number): Promise<void> {
  const session = start('v2g.mjs');
  await session.initialize(null);
  const uri = pathToFileURL(join(folder, 'large.v2g')).toString();
  const text = largeScenario(lines);
  const before = session.processorMs();
  const { ms, diagnostics } = await session.open(uri, 'v2g', text);
  const cpu = since(session, before);
  if (diagnostics > 0) throw new Error(`The generated scenario has ${diagnostics} problems.`);
  const count = text.split('\n').length;
  const name = `${count} lines of .v2g`;
  rows.push({
    what: `${name}: open and check, cold`,
    ms,
    processorMs: cpu,
    ...(lines === 10_000 ? { limit: LIMITS.open } : {}),
  });
  const line = text.split('\n').findIndex((each, index) => index > count / 3 && each.includes('time 3 min'));
  const character = text.split('\n')[line].indexOf('time 3') + 'time 3'.length;
  const typed = await type(session, uri, line, character, '0');
  rows.push({
    what: `${name}: keystroke, median`,
    ...typed,
    ...(lines === 10_000 ? { limit: LIMITS.keystroke } : {}),
  });
  if (lines === 10_000) {
    await measureBurst(session, uri, line, character);
    memory(session, name);
  }
  await session.close();
}

/** Ten keystrokes at once: the work of the first nine is given up. */
async function measureBurst(session: Session, uri: string, line: number, character: number): Promise<void> {
  const published = session.published.get(uri) ?? 0;
  const begin = performance.now();
  const before = session.processorMs();
  for (let index = 0; index < 10; index++) {
    await session.change(uri, line, character, index % 2 === 0 ? '0' : '');
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await session.nextDiagnostics(uri);
  const answers = (session.published.get(uri) ?? 0) - published;
  rows.push({
    what: `ten keystrokes 30 ms apart: until the last answer (${answers} ${answers === 1 ? 'answer' : 'answers'})`,
    ms: performance.now() - begin,
    processorMs: since(session, before),
  });
}

async function measureImporting(): Promise<void> {
  const network = largeNetwork(10_000);
  writeFileSync(join(folder, 'network.v2g'), network);
  const text = importingScenario(200, 'network.v2g');
  const session = start('v2g.mjs');
  await session.initialize(null);
  const uri = pathToFileURL(join(folder, 'main.v2g')).toString();
  const before = session.processorMs();
  const { ms, diagnostics } = await session.open(uri, 'v2g', text);
  if (diagnostics > 0) throw new Error(`The importing scenario has ${diagnostics} problems.`);
  const name = `${text.split('\n').length} lines that import ${network.split('\n').length}`;
  rows.push({ what: `${name}: open and check, cold`, ms, processorMs: since(session, before) });
  const line = text.split('\n').findIndex((each) => each.includes('demand'));
  const character = text.split('\n')[line].indexOf('{ ') + 3;
  rows.push({
    what: `${name}: keystroke, median`,
    ...(await type(session, uri, line, character, '0')),
    limit: LIMITS.importing,
  });
  memory(session, name);
  await session.close();
}

async function measureDomainModel(lines: number): Promise<void> {
  const entities = Math.floor(lines / 10);
  const text = Array.from({ length: entities }, (_, index) => {
    const features = Array.from({ length: 8 }, (_value, f) => `  f${f}: E${(index * 7 + f) % entities}`);
    return [`entity E${index} {`, ...features, '}'].join('\n');
  }).join('\n');
  const session = start('domain-model.mjs');
  await session.initialize(null);
  const uri = pathToFileURL(join(folder, 'large.dmodel')).toString();
  const before = session.processorMs();
  const { ms } = await session.open(uri, 'domain-model', text);
  const name = `${text.split('\n').length} lines of Langium's domain model`;
  rows.push({ what: `${name}: open and check, cold`, ms, processorMs: since(session, before) });
  const line = Math.floor(lines / 30) * 10 + 1;
  rows.push({ what: `${name}: keystroke, median`, ...(await type(session, uri, line, 4, '0')) });
  memory(session, name);
  await session.close();
}

/** Types a character and deletes it again. */
async function type(session: Session, uri: string, line: number, character: number, text: string) {
  const times: number[] = [];
  const processor: number[] = [];
  for (let index = 0; index < KEYSTROKES; index++) {
    const before = session.processorMs();
    times.push(await session.keystroke(uri, line, character, index % 2 === 0 ? text : ''));
    processor.push(since(session, before) ?? Number.NaN);
  }
  return { ms: median(times), processorMs: median(processor) };
}

function since(session: Session, before: number | undefined): number | undefined {
  const now = session.processorMs();
  return now === undefined || before === undefined ? undefined : now - before;
}

function memory(session: Session, name: string): void {
  const megabytes = session.residentMb();
  if (megabytes === undefined) return;
  const limit = name.includes('.v2g') || name.includes('import') ? { limit: LIMITS.memory } : {};
  rows.push({ what: `${name}: memory after all that, in MB`, ms: megabytes, ...limit });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** On a machine that others use as well, the clock says how busy they are: there the processor time decides. */
function isMissed({ ms, processorMs, limit }: Row, busy: boolean): boolean {
  return limit !== undefined && (busy ? (processorMs ?? ms) : ms) > limit;
}

function print(): void {
  const busy = loadavg()[0] > availableParallelism();
  const width = Math.max(...rows.map(({ what }) => what.length));
  console.log(`${''.padEnd(width)}     clock  processor     limit`);
  for (const row of rows) {
    const cells = [row.ms, row.processorMs, row.limit].map((value) =>
      (value === undefined ? '' : value.toFixed(0)).padStart(10),
    );
    console.log(`${row.what.padEnd(width)}${cells.join('')}${isMissed(row, busy) ? '  missed' : ''}`);
  }
  if (busy) console.log('The machine was busy with other work: limits are held against the processor time.');
  if (rows.some((row) => isMissed(row, busy))) process.exitCode = 1;
}

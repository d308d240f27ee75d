/** Opens mutated files and asks every service about them: nothing may throw, and every answer comes in time. */
import { readFileSync } from 'node:fs';
import { EmptyFileSystem, URI } from 'langium';
import type { ProgramDocument } from '../../src/language/program.js';
import { createV2gLspServices, type V2gLsp } from '../../src/language/lsp/lsp-module.js';
import { selectionRanges } from '../../src/language/lsp/selection-ranges.js';
import { studyOutlines } from '../../src/language/lsp/study-outline.js';
import { readProgram } from '../../src/language/study-host.js';
import { mutate, Random } from './mutations.js';

/** Longest time for one answer. */
export const LIMIT_MS = 2000;

const SEEDS = [
  'test/fixtures/language/every-construct.v2g',
  'examples/evening-peak.v2g',
  'examples/feeders/ieee33-modified.v2g',
  'examples/corridor.v2g',
  'examples/braess-station.v2g',
].map((path) => readFileSync(path, 'utf8'));

export interface FuzzFailure {
  readonly seed: number;
  readonly kinds: string;
  readonly step: string;
  readonly message: string;
  readonly text: string;
}

export interface FuzzReport {
  readonly files: number;
  readonly slowestMs: number;
  readonly slowestStep: string;
  readonly failures: readonly FuzzFailure[];
}

/** @param onProgress Called after each file. */
export async function fuzz(
  first: number,
  count: number,
  onProgress?: (done: number) => void,
): Promise<FuzzReport> {
  const failures: FuzzFailure[] = [];
  let [slowestMs, slowestStep] = [0, ''];
  for (let seed = first; seed < first + count; seed++) {
    const random = new Random(seed);
    const { text, kinds } = mutate(random.pick(SEEDS), random);
    const fail = (step: string, message: string) => failures.push({ seed, kinds, step, message, text });
    // A process on a busy machine is not slower than one on a free one: processor time counts.
    const timed = async (step: string, run: () => unknown) => {
      const start = process.cpuUsage();
      try {
        await run();
      } catch (error) {
        fail(step, error instanceof Error ? (error.stack ?? error.message) : String(error));
      }
      const { user, system } = process.cpuUsage(start);
      const ms = (user + system) / 1000;
      if (ms > slowestMs) [slowestMs, slowestStep] = [ms, `${step} of file ${seed} (${kinds})`];
      if (ms > LIMIT_MS) fail(step, `took ${Math.round(ms)} ms`);
    };
    await tryFile(text, random, timed, fail);
    onProgress?.(seed - first + 1);
  }
  return { files: count, slowestMs, slowestStep, failures };
}

type Timed = (step: string, run: () => unknown) => Promise<void>;

/** A fresh workspace from time to time: nothing may pile up, and starting one costs more than a file. */
const FILES_PER_WORKSPACE = 500;
let workspace: V2gLsp | undefined;
let used = 0;

async function freshWorkspace(): Promise<V2gLsp> {
  if (!workspace || used++ % FILES_PER_WORKSPACE === 0) {
    workspace = createV2gLspServices(EmptyFileSystem);
    await workspace.shared.workspace.ConfigurationProvider.initialized({});
  }
  return workspace;
}

async function tryFile(
  text: string,
  random: Random,
  timed: Timed,
  fail: (step: string, message: string) => void,
) {
  const { shared, V2g } = await freshWorkspace();
  const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = shared.workspace;
  const uri = URI.parse('file:///fuzz.v2g');
  let document: ProgramDocument | undefined;
  await timed('parse', () => {
    document = LangiumDocumentFactory.fromString(text, uri) as ProgramDocument;
    LangiumDocuments.addDocument(document);
  });
  if (!document) return;
  const open = document;
  const checks = { validation: { categories: ['built-in', 'fast', 'slow'] } };
  await timed('check', () => DocumentBuilder.build([open], checks));
  const broken = open.diagnostics?.find(({ code }) => code === 'check-failed');
  if (broken) fail('check', String(broken.message));
  await timed('scenario', () => readProgram(open, shared));

  const { lsp } = V2g;
  const textDocument = { uri: uri.toString() };
  const { textDocument: content } = open;
  const whole = { start: { line: 0, character: 0 }, end: content.positionAt(text.length) };
  const position = content.positionAt(random.below(text.length + 1));
  const at = { textDocument, position };
  const diagnostics = (open.diagnostics ?? []).slice(0, 20);
  await timed('completion', () => lsp.CompletionProvider!.getCompletion(open, at));
  await timed('hover', () => lsp.HoverProvider!.getHoverContent(open, at));
  await timed('inlay hints', () =>
    lsp.InlayHintProvider!.getInlayHints(open, { textDocument, range: whole }),
  );
  await timed('lenses', () => lsp.CodeLensProvider!.provideCodeLens(open, { textDocument }));
  await timed('definition', () => lsp.DefinitionProvider!.getDefinition(open, at));
  await timed('references', () =>
    lsp.ReferencesProvider!.findReferences(open, { ...at, context: { includeDeclaration: true } }),
  );
  await timed('highlight', () => lsp.DocumentHighlightProvider!.getDocumentHighlight(open, at));
  await timed('rename', () => lsp.RenameProvider!.rename(open, { ...at, newName: 'other name' }));
  await timed('outline', () => lsp.DocumentSymbolProvider!.getSymbols(open, { textDocument }));
  await timed('symbols', () => shared.lsp.WorkspaceSymbolProvider!.getSymbols({ query: 'n' }));
  await timed('folding', () => lsp.FoldingRangeProvider!.getFoldingRanges(open, { textDocument }));
  await timed('selection', () => selectionRanges(open, [position]));
  await timed('links', () => lsp.DocumentLinkProvider!.getDocumentLinks(open, { textDocument }));
  await timed('tokens', () => lsp.SemanticTokenProvider!.semanticHighlight(open, { textDocument }));
  await timed('format', () =>
    lsp.Formatter!.formatDocument(open, { textDocument, options: { tabSize: 2, insertSpaces: true } }),
  );
  await timed('fixes', () =>
    lsp.CodeActionProvider!.getCodeActions(open, { textDocument, range: whole, context: { diagnostics } }),
  );
  await timed('call hierarchy', async () => {
    const [item] = (await lsp.CallHierarchyProvider!.prepareCallHierarchy(open, at)) ?? [];
    if (!item) return;
    await lsp.CallHierarchyProvider!.incomingCalls({ item });
    await lsp.CallHierarchyProvider!.outgoingCalls({ item });
  });
  await timed('studies', () => studyOutlines(open.parseResult.value));
  await timed('close', () => DocumentBuilder.update([], [uri]));
}

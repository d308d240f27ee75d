import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CompletionItemKind, type CompletionItem } from 'vscode-languageserver-types';
import {
  buildFixture,
  describeFixtures,
  showPosition,
  type Mark,
} from '../../../test/fixtures/language/fixtures.js';
import { createV2gLspServices } from './lsp-module.js';
import type { V2gLsp } from './lsp-module.js';
import { EmptyFileSystem, URI } from 'langium';
import type { ProgramDocument } from '../program.js';

const kindNames = new Map(Object.entries(CompletionItemKind).map(([name, value]) => [value, name]));

async function complete(
  { V2g }: Pick<V2gLsp, 'V2g'>,
  { document, position }: Mark,
): Promise<CompletionItem[]> {
  const params = { textDocument: { uri: document.uri.toString() }, position };
  return (await V2g.lsp.CompletionProvider!.getCompletion(document, params))?.items ?? [];
}

describeFixtures('completion', async (fixture) => {
  const answers = [];
  for (const mark of fixture.marks) {
    const lines = mark.document.textDocument.getText().split('\n');
    const items = await complete(fixture, mark);
    const shown = items
      .sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1))
      .map(({ label, kind }) => `${label} (${kindNames.get(kind!)})`);
    answers.push(
      `=== ${showPosition(mark.position)} ${lines[mark.position.line].trim()}\n${shown.join(', ') || 'nothing'}`,
    );
  }
  return answers.join('\n');
});

/** Words after which the author makes something up, or opens a block. */
const FREE_AFTER = new Set([
  ...['scenario', 'roads', 'node', 'station', 'feeder', 'bus', 'source', 'generator', 'pv', 'study'],
  ...[
    'characterize',
    'dispatch',
    'compare',
    'travelers',
    'charging',
    'v2g',
    'shape',
    'import',
    'horizon',
    'to',
  ],
]);

/** All words of the grammar, and the brace that opens a block. */
const KEYWORDS = new Set<string>(
  [...readFileSync('src/language/v2g.langium', 'utf8').matchAll(/'([a-z0-9]+|\{)'/g)].map(([, word]) => word),
);

const SAMPLE = readFileSync('test/fixtures/language/every-construct.v2g', 'utf8');

/** Ends of all words and braces of a text with the words. */
function stops(text: string): { word: string; end: number }[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"[^"\n]*"/g, (part) => part.replace(/\S/g, ' '));
  return [...code.matchAll(/[a-z][a-z0-9]*(?![\w:])|\{/g)].map(({ 0: word, index }) => ({
    word,
    end: index + word.length,
  }));
}

describe('completion', () => {
  const lsp = createV2gLspServices(EmptyFileSystem);

  async function open(text: string, name: string): Promise<ProgramDocument> {
    const uri = URI.file(`/${name}.v2g`);
    const { LangiumDocuments, LangiumDocumentFactory, DocumentBuilder } = lsp.shared.workspace;
    LangiumDocuments.deleteDocument(uri);
    const document = LangiumDocumentFactory.fromString(text, uri) as ProgramDocument;
    LangiumDocuments.addDocument(document);
    await DocumentBuilder.build([document]);
    return document;
  }

  /** What is offered behind the end of a text, and whether a blank stands between. */
  async function completeAtEnd(prefix: string): Promise<CompletionItem[]> {
    const cut = await open(prefix, 'cut');
    const at = cut.textDocument.positionAt(prefix.length);
    return complete(lsp, { document: cut, position: at, range: { start: at, end: at } });
  }

  it('offers only what the grammar takes, after every word and brace', async () => {
    const wrong: string[] = [];
    for (const { end } of stops(SAMPLE)) {
      // The blank keeps the word before it from being completed itself.
      const prefix = `${SAMPLE.slice(0, end)} `;
      for (const item of await completeAtEnd(prefix)) {
        const inserted = (item.textEdit as { newText: string }).newText.replace(/\$\{\d+:([^}]*)\}/g, '$1');
        if (!isAccepted(prefix, inserted)) wrong.push(`${prefix.split('\n').at(-1)!.trim()} + ${inserted}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  /** True when no syntax error lies before the end of what was inserted. */
  function isAccepted(prefix: string, inserted: string): boolean {
    const text = prefix + inserted;
    const { parserErrors } = lsp.V2g.parser.LangiumParser.parse(text);
    return parserErrors.every(({ token }) => token.image === '' || token.startOffset >= text.length);
  }

  it('offers something at the start of every block and after every keyword that takes a word', async () => {
    const silent: string[] = [];
    for (const { word, end } of stops(SAMPLE)) {
      const prefix = `${SAMPLE.slice(0, end)} `;
      if (!KEYWORDS.has(word) || FREE_AFTER.has(word) || !isWordNext(prefix)) continue;
      if ((await completeAtEnd(prefix)).length === 0) silent.push(prefix.split('\n').at(-1)!.trim());
    }
    expect(silent).toEqual([]);
  });

  /** A number comes next where the parser takes one and takes no word. */
  function isWordNext(prefix: string): boolean {
    return !isAccepted(prefix, '1') || prefix.trimEnd().endsWith('{');
  }

  it('replaces the word that has been begun', async () => {
    const { V2g, marks } = await buildFixture('roads R { node n1, n2 link n<|> }');
    const items = await complete({ V2g }, marks[0]);
    expect(items.map(({ label, textEdit }) => [label, textEdit])).toContainEqual([
      'n2',
      { range: { start: { line: 0, character: 27 }, end: { line: 0, character: 28 } }, newText: 'n2' },
    ]);
  });

  it('names only studies that have a region where a region is named', async () => {
    const { V2g, marks } = await buildFixture(`
      study One characterize { axes CS1 at 18:00 }
      study Several characterize { axes CS1 at 17:30 to 18:30 }
      study Reserve dispatch { region <|> }`);
    expect((await complete({ V2g }, marks[0])).map(({ label }) => label)).toEqual(['One']);
  });

  it('offers snippets as plain text to an editor without placeholders', async () => {
    const { V2g, shared, marks } = await buildFixture('<|>');
    await shared.lsp.LanguageServer.initialize({ capabilities: {}, processId: null, rootUri: null });
    const items = await complete({ V2g }, marks[0]);
    const station = items.find(({ label }) => label === 'station { … }')!;
    // An editor that says nothing of placeholders in `initialize` has none.
    expect(station.insertTextFormat).toBeUndefined();
    expect((station.textEdit as { newText: string }).newText).toContain(
      'station CS1 {\n  charging { ports 60',
    );
  });

  it('answers in a long file without parsing it again', async () => {
    const lines = Array.from(
      { length: 5000 },
      (_, index) => `  link n1 -> n2 { time ${index + 1} min, capacity 1 veh/h }`,
    );
    const { V2g, marks } = await buildFixture(
      `roads R {\n  node n1, n2\n${lines.join('\n')}\n  link n1 -> <|>\n}`,
    );
    const items = await complete({ V2g }, marks[0]);
    expect(items.map(({ label }) => label)).toEqual(['n1', 'n2']);
  });
});

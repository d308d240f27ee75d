/** Definition, references, highlights, rename: Langium's providers on this language's names, and our own rename. */
import { describe, expect, it } from 'vitest';
import type { Location } from 'vscode-languageserver-types';
import {
  applyEdits,
  buildFixture,
  describeFixtures,
  type Fixture,
  type Mark,
  showDifference,
  showPosition,
  showRange,
  textIn,
} from '../../../test/fixtures/language/fixtures.js';

const at = ({ document, position }: Mark) => ({ textDocument: { uri: document.uri.toString() }, position });

describeFixtures('definition', async ({ V2g, marks, documents }) => {
  const answers = [];
  for (const mark of marks) {
    const links = (await V2g.lsp.DefinitionProvider!.getDefinition(mark.document, at(mark))) ?? [];
    for (const { targetUri, targetSelectionRange, originSelectionRange } of links) {
      const target = documents.find(({ uri }) => uri.toString() === targetUri)!;
      const from = textIn(mark.document, originSelectionRange!);
      const line = target.textDocument.getText().split('\n')[targetSelectionRange.start.line].trim();
      answers.push(
        `${showPosition(mark.position)} ${from} → ${target.uri.path} ${showRange(targetSelectionRange)} in: ${line}`,
      );
    }
    if (links.length === 0) answers.push(`${showPosition(mark.position)} → nothing`);
  }
  return answers.join('\n');
});

function showLocations(locations: readonly Location[]): string {
  return locations.map(({ uri, range }) => `${uri.replace('file://', '')} ${showRange(range)}`).join('\n');
}

describeFixtures('references', async ({ V2g, marks }) => {
  const [mark] = marks;
  const params = { ...at(mark), context: { includeDeclaration: true } };
  return showLocations((await V2g.lsp.ReferencesProvider!.findReferences(mark.document, params)) ?? []);
});

describeFixtures('highlight', async ({ V2g, marks }) => {
  const [mark] = marks;
  const found =
    (await V2g.lsp.DocumentHighlightProvider!.getDocumentHighlight(mark.document, at(mark))) ?? [];
  return found.map(({ range }) => `${showRange(range)} ${textIn(mark.document, range)}`).join('\n');
});

async function rename({ V2g, marks, documents }: Fixture, newName: string): Promise<string> {
  const [mark] = marks;
  const { changes = {} } =
    (await V2g.lsp.RenameProvider!.rename(mark.document, { ...at(mark), newName })) ?? {};
  return documents
    .map((document) => {
      const after = applyEdits(document, changes[document.uri.toString()] ?? []);
      return `${document.uri.path}\n${showDifference(document.textDocument.getText(), after)}`;
    })
    .join('\n');
}

describeFixtures('rename', async (fixture) =>
  [
    `--- to hub\n${await rename(fixture, 'hub')}`,
    `--- to Main St (quoted)\n${await rename(fixture, 'Main St')}`,
    `--- to line (a reserved word)\n${await rename(fixture, 'line')}`,
  ].join('\n'),
);

describe('rename', () => {
  it('starts from names only', async () => {
    const { V2g, marks } = await buildFixture('st<|>ation C<|>S1 { }');
    const ranges = [];
    for (const mark of marks)
      ranges.push(await V2g.lsp.RenameProvider!.prepareRename(mark.document, at(mark)));
    expect(ranges.map((range) => range && showRange(range))).toEqual([undefined, '1:9-1:12']);
  });

  it.each(['', '  ', 'a\nb'])('refuses the name %j', async (newName) => {
    const { V2g, marks } = await buildFixture('station C<|>S1 { }');
    const [mark] = marks;
    await expect(V2g.lsp.RenameProvider!.rename(mark.document, { ...at(mark), newName })).rejects.toThrow(
      /one line/,
    );
  });
});

import { Cancellation, DocumentState, EmptyFileSystem, URI } from 'langium';
import { describe, expect, it } from 'vitest';
import { createV2gLspServices } from '../lsp/lsp-module.js';

async function documentsOf(...texts: string[]) {
  const { shared } = createV2gLspServices(EmptyFileSystem);
  const { LangiumDocuments, LangiumDocumentFactory, ConfigurationProvider } = shared.workspace;
  await ConfigurationProvider.initialized({});
  const documents = texts.map((text, index) =>
    LangiumDocumentFactory.fromString(text, URI.parse(`file:///${index}.v2g`)),
  );
  for (const document of documents) LangiumDocuments.addDocument(document);
  return { documents, builder: shared.workspace.DocumentBuilder };
}

const CHECKS = { validation: { categories: ['built-in', 'fast'] } };
const WRONG = 'roads R { node n1 link n1 -> n2 { time 7 min, capacity 1800 veh/h } }';

describe('a build that is cut short', () => {
  it.each([DocumentState.IndexedReferences, DocumentState.Validated])(
    'in the moment when a file has reached state %i tells those who wait for that',
    async (state) => {
      const { documents, builder } = await documentsOf(WRONG);
      const { uri } = documents[0];
      const change = new Cancellation.CancellationTokenSource();
      builder.onDocumentPhase(state, () => change.cancel());
      const waiting = builder.waitUntil(state, uri);
      await builder.build(documents, CHECKS, change.token).catch(() => {});
      // The save after the keystroke: it goes on behind the state that was reached.
      await builder.build(documents, CHECKS);
      expect(await waiting).toBe(uri);
    },
  );

  it('is taken up again by the next one, even of another file, with the checks that it was asked for', async () => {
    const { documents, builder } = await documentsOf(WRONG, 'roads Other { node n1 }');
    const [first, second] = documents;
    const change = new Cancellation.CancellationTokenSource();
    builder.onDocumentPhase(DocumentState.ComputedScopes, () => change.cancel());
    await builder.build([first], CHECKS, change.token).catch(() => {});
    expect(first.state).toBeLessThan(DocumentState.Validated);
    await builder.build([second], { validation: false });
    expect(first.state).toBe(DocumentState.Validated);
    expect(first.diagnostics?.map(({ code }) => code)).toContain('name-unknown');
  });
});

describe('a build that has nothing to do', () => {
  it('tells those who wait for all files', async () => {
    const { documents, builder } = await documentsOf(WRONG);
    await builder.build(documents, CHECKS);
    // As when an unchanged file is saved again.
    const again = builder.build(documents, CHECKS);
    await Promise.all([builder.waitUntil(DocumentState.IndexedReferences), again]);
    expect(documents[0].state).toBe(DocumentState.Validated);
  });
});

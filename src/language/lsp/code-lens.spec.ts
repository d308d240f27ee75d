import { describe, expect, it } from 'vitest';
import { buildFixture, describeFixtures, type Fixture } from '../../../test/fixtures/language/fixtures.js';
import { TEST_STUDY_COMMAND } from '../protocol.js';

async function lenses({ V2g, document }: Fixture) {
  const params = { textDocument: { uri: document.uri.toString() } };
  return (await V2g.lsp.CodeLensProvider!.provideCodeLens(document, params)) ?? [];
}

describeFixtures('code-lens', async (fixture) => {
  fixture.lsp.results.set(fixture.document.uri.toString(), 'Region', '62.2 MW³ at 2000 CNY, 12 s');
  const shown = (await lenses(fixture)).map(
    ({ range, command }) =>
      `${range.start.line + 1}: ${command!.title} → ${command!.command || 'text'} ${JSON.stringify(command!.arguments)}`,
  );
  return shown.join('\n');
});

describe('code lenses', () => {
  it('forget a result that the client takes back, and are off by a setting', async () => {
    const fixture = await buildFixture('study Region characterize { axes CS1 at 18:00 }');
    const uri = fixture.document.uri.toString();
    fixture.lsp.results.set(uri, 'Region', 'old');
    expect(await lenses(fixture)).toHaveLength(3);
    fixture.lsp.results.set(uri, 'Region', null);
    expect(await lenses(fixture)).toHaveLength(2);
    fixture.shared.workspace.ConfigurationProvider.updateConfiguration({
      settings: { v2g: { codeLens: { enabled: false } } },
    });
    expect(await lenses(fixture)).toEqual([]);
  });

  it('offer tests only where the study expects something', async () => {
    const [without, with_] = await Promise.all(
      ['', 'expect dimension 1'].map(async (line) =>
        lenses(await buildFixture(`study Region characterize { axes CS1 at 18:00 ${line} }`)),
      ),
    );
    const hasTests = (found: typeof without) =>
      found.some(({ command }) => command?.command === TEST_STUDY_COMMAND);
    expect([hasTests(without), hasTests(with_)]).toEqual([false, true]);
  });
});

import { describe, expect, it } from 'vitest';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-types';
import {
  applyEdits,
  buildFixture,
  describeFixtures,
  type Fixture,
  showDifference,
  showPosition,
} from '../../../test/fixtures/language/fixtures.js';
import { FIXES } from './code-actions.js';

async function actions(
  { V2g, document }: Fixture,
  range: Diagnostic['range'],
  diagnostics: Diagnostic[],
): Promise<CodeAction[]> {
  const textDocument = { uri: document.uri.toString() };
  const found = await V2g.lsp.CodeActionProvider!.getCodeActions(document, {
    textDocument,
    range,
    context: { diagnostics },
  });
  return (found ?? []) as CodeAction[];
}

function apply({ document }: Fixture, action: CodeAction): string {
  return applyEdits(document, action.edit!.changes![document.uri.toString()]);
}

const codes = (fixture: Fixture) => (fixture.document.diagnostics ?? []).map(({ code }) => String(code));

/** The files of a fixture with another text of its first one. */
function withMain({ files }: Fixture, text: string): string {
  const others = Object.entries(files).slice(1);
  return [text, ...others.map(([path, other]) => `//@ file ${path.slice(1)}\n${other}`)].join('\n');
}

/** Every fix of every diagnostic, what it changes, and which problem it solves or brings. */
describeFixtures('quick-fixes', async (fixture) => {
  const answers: string[] = [];
  for (const { position, range } of fixture.marks) {
    for (const action of await actions(fixture, range, [])) {
      const text = apply(fixture, action);
      answers.push(`${showPosition(position)} ${action.title} (${action.kind})`);
      answers.push(showDifference(fixture.files['/main.v2g'], text));
    }
  }
  for (const diagnostic of fixture.document.diagnostics ?? []) {
    const fixes = await actions(fixture, diagnostic.range, [diagnostic]);
    for (const action of fixes.filter(({ kind }) => kind === 'quickfix')) {
      const text = apply(fixture, action);
      const after = codes(await buildFixture(withMain(fixture, text)));
      const before = codes(fixture);
      const gone = before.filter((code) => count(before, code) > count(after, code));
      const fresh = after.filter((code) => count(after, code) > count(before, code));
      answers.push(
        `${showPosition(diagnostic.range.start)} [${diagnostic.code}] ${action.title}${action.isPreferred ? ' *' : ''}`,
        showDifference(fixture.files['/main.v2g'], text),
        `  solves ${[...new Set(gone)].join(', ') || 'nothing'}${fresh.length > 0 ? `; then ${[...new Set(fresh)].join(', ')}` : ''}`,
      );
    }
  }
  return answers.join('\n');
});

function count(list: readonly string[], item: string): number {
  return list.filter((each) => each === item).length;
}

describe('code actions', () => {
  it('exist for far more than twelve codes', () => {
    expect(Object.keys(FIXES).length).toBeGreaterThan(30);
  });

  it('are found for an editor that does not send back the data of a diagnostic', async () => {
    const fixture = await buildFixture(
      'roads R { node n1, n2 link n1 -> n22 { time 1 min, capacity 9 veh/h } }',
    );
    const { data, ...bare } = fixture.document.diagnostics!.find(({ code }) => code === 'name-unknown')!;
    expect(data).toBeDefined();
    const titles = (await actions(fixture, bare.range, [bare])).map(({ title }) => title);
    expect(titles).toContain("Change to 'n2'");
  });

  it('are only those of the kind that is asked for', async () => {
    const fixture = await buildFixture(
      'roads R { node n1, n2 link n1 -> n2 { time 1 min, capacity 9 veh/h } }',
    );
    const params = { textDocument: { uri: fixture.document.uri.toString() } };
    const at = { line: 0, character: 24 };
    const ask = async (only: string[]) =>
      fixture.V2g.lsp.CodeActionProvider!.getCodeActions(fixture.document, {
        ...params,
        range: { start: at, end: at },
        context: { diagnostics: [], only },
      });
    expect(await ask(['quickfix'])).toEqual([]);
    expect(await ask(['refactor'])).not.toEqual([]);
  });
});

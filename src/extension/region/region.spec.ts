import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { syntheticResult } from '../../../test/fixtures/synthetic-result.js';
import { deriveStudyView } from '../../report/derive.js';
import type { StudySpec } from '../../solver/study-spec.js';
import { recordOf } from './plans.js';
import { panelHtml } from './panel-html.js';
import { PANEL_PROTOCOL_VERSION, PanelState, ToPanel, ToWebview } from './protocol.js';
import { ResultStore } from './result-store.js';
import { familyOf, runFamily } from './run-family.js';
import type { FromRunner } from './runner-protocol.js';
import { declarationOf, elementAt, isAddress, type Sources } from './sources.js';

const version = PANEL_PROTOCOL_VERSION;
const file = syntheticResult({ points: 16 });

describe('the panel’s protocol', () => {
  it('carries a view whole', () => {
    const message = { version, type: 'view', view: deriveStudyView(file, 'Region') };
    expect(ToWebview.parse(structuredClone(message))).toEqual(message);
  });

  it('refuses other versions, unknown messages and broken ones', () => {
    expect(ToPanel.safeParse({ version, type: 'run' }).success).toBe(true);
    expect(ToPanel.safeParse({ version: version + 1, type: 'run' }).success).toBe(false);
    expect(ToPanel.safeParse({ version, type: 'shell', command: 'rm' }).success).toBe(false);
    expect(ToPanel.safeParse({ version, type: 'project', axes: [-1] }).success).toBe(false);
    expect(PanelState.safeParse({ version, uri: 'file:///a' }).success).toBe(false);
  });
});

describe('the panel’s page', () => {
  it('lets nothing in but its own script and style, and escapes what is user text', () => {
    const page = panelHtml({
      scriptUri: 'https://x/webview.js',
      styleUri: 'https://x/webview.css',
      cspSource: 'https://x',
      nonce: 'abc',
      uri: 'file:///"><img onerror=alert(1)>',
      study: '<img onerror=alert(1)>',
    });
    expect(page).toContain("default-src 'none'");
    expect(page).toContain("script-src 'nonce-abc'");
    expect(page).not.toMatch(/unsafe|<img/);
    expect(page.match(/<script/g)).toHaveLength(1);
  });
});

describe('kept results', () => {
  it('come back as they were, one per file and study', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'v2g-store-'));
    const store = new ResultStore(path.join(folder, 'results'));
    expect(await store.load('file:///a', 'Region')).toBeNull();
    const kept = { fingerprint: 'f', record: recordOf(file) };
    await store.save('file:///a', 'Region', kept);
    expect(await store.load('file:///a', 'Region')).toEqual(kept);
    expect(await store.load('file:///b', 'Region')).toBeNull();
    const [name] = await readdir(path.join(folder, 'results'));
    await writeFile(path.join(folder, 'results', name), '{"version":2,');
    expect(await store.load('file:///a', 'Region')).toBeNull();
    await rm(folder, { recursive: true });
  });
});

const axes = [{ station: 'CS1', interval: 6 }];
const studies: StudySpec[] = [
  { kind: 'dispatch', name: 'Reserve', region: 'Region', reserve: null, tiers: [], expectations: [] },
  { kind: 'compare', name: 'Versus', region: 'Region', staticIntervalH: 0.5, expectations: [] },
  {
    kind: 'characterize',
    name: 'Other',
    axes,
    subsidyCaps: [1],
    directions: { kind: 'every', degrees: 45 },
    expectations: [],
  },
  {
    kind: 'characterize',
    name: 'Region',
    axes,
    subsidyCaps: [1],
    directions: { kind: 'every', degrees: 45 },
    expectations: [],
  },
];

describe('a family of studies', () => {
  it('is the region and all that refers to it, from whichever of them one starts', () => {
    for (const name of ['Region', 'Reserve', 'Versus']) {
      expect(familyOf(studies, name).map((s) => s.name)).toEqual(['Region', 'Versus', 'Reserve']);
    }
    expect(familyOf(studies, 'Nowhere')).toEqual([]);
  });

  const run = async (fails: string[]) => {
    const messages: FromRunner[] = [];
    const engine = { run: async () => [], dispose: async () => {} };
    const request = { scenario: file.scenario, studies: familyOf(studies, 'Region'), workers: 1 };
    const given: string[][] = [];
    await runFamily(
      request,
      async (_, spec, { previous }) => {
        given.push(previous.map((p) => p.name));
        if (fails.includes(spec.name)) throw new Error('no path');
        return { ...file.studies[0], name: spec.name };
      },
      engine,
      new AbortController().signal,
      (m) => messages.push(m),
    );
    return { said: messages.map((m) => m.type), given };
  };

  it('hands each study what was found before it, and goes on without one that fails', async () => {
    const { said, given } = await run(['Versus']);
    expect(said).toEqual(['result', 'skipped', 'result', 'end']);
    expect(given).toEqual([[], ['Region'], ['Region']]);
  });

  it('stops where there is no region to refer to', async () => {
    expect((await run(['Region'])).said).toEqual(['skipped', 'end']);
  });
});

describe('lines of the file', () => {
  const at = (line: number, endLine: number, f = '/a.v2g') => ({
    file: f,
    range: { line, column: 1, endLine, endColumn: 9 },
  });
  const sources: Sources = {
    'station:CS1': at(10, 10),
    'station:CS1.charging': at(11, 13),
    'node:n1': at(3, 3),
    'link:n1->n5': at(4, 6),
    'bus:b30': at(2, 2, '/feeder.v2g'),
    'bus:b30.load': at(2, 2, '/feeder.v2g'),
    'study:Region': at(20, 25),
  };

  it('are found from elements and elements from them', () => {
    expect(declarationOf(sources, { kind: 'bus', id: 'b30' })).toEqual(sources['bus:b30']);
    expect(declarationOf(sources, { kind: 'bus', id: 'toString' })).toBeUndefined();
    expect(elementAt(sources, '/a.v2g', 5)).toEqual({ kind: 'link', id: 'n1->n5' });
    expect(elementAt(sources, '/feeder.v2g', 2)).toEqual({ kind: 'bus', id: 'b30' });
    expect(elementAt(sources, '/a.v2g', 22)).toBeUndefined();
  });

  it.each([
    ['v2g-memory:/examples/corridor.v2g', true],
    ['vscode-vfs://github/owner/repository/a.v2g', true],
    ['/home/me/a:b.v2g', false],
    ['C:\\cases\\a.v2g', false],
  ])('a file on no disk is an address: %s', (file, expected) => {
    expect(isAddress(file)).toBe(expected);
  });
});

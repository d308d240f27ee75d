/** The server as a process, over standard input and output, as the editors of docs/editors.md start it. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProtocolConnection } from 'vscode-languageserver/node';
import { ServerProcess } from '../../test/fixtures/language/server-process.js';
import { GRID, SMALL } from '../../test/fixtures/language/small-files.js';
import {
  PROTOCOL_VERSION,
  RESOURCE_REQUEST,
  SCENARIO_REQUEST,
  ScenarioAnswer,
  STUDIES_REQUEST,
  StudiesAnswer,
  STUDY_RESULT_NOTIFICATION,
  type InitializationOptions,
  type ResourceAnswer,
} from './protocol.js';

const TEXT = `${SMALL}study Region characterize {
  axes CS1 at 18:00
  expect dimension 1
}
`;

let server: ServerProcess;
let connection: ProtocolConnection;
let uri: string;

beforeAll(async () => {
  server = await ServerProcess.start({
    initializationOptions: {
      readsResources: true,
      lastResults: [{ uri: 'memory:/kept.v2g', study: 'Region', summary: '62.2 MW³, 12 s' }],
    } satisfies InitializationOptions,
  });
  connection = server.connection;
  uri = server.uriOf('main.v2g');
  writeFileSync(join(server.folder, 'main.v2g'), TEXT);
  writeFileSync(join(server.folder, 'grid.v2g'), GRID);
  await server.open(uri, TEXT);
});

afterAll(() => server.stop());

describe('the language server over standard input and output', () => {
  it('names all of its services', () => {
    expect(Object.keys(server.capabilities)).toEqual(
      expect.arrayContaining([
        ...[
          'completionProvider',
          'hoverProvider',
          'definitionProvider',
          'referencesProvider',
          'renameProvider',
        ],
        ...[
          'documentHighlightProvider',
          'documentSymbolProvider',
          'workspaceSymbolProvider',
          'codeActionProvider',
        ],
        ...['codeLensProvider', 'inlayHintProvider', 'foldingRangeProvider', 'selectionRangeProvider'],
        ...['documentLinkProvider', 'semanticTokensProvider', 'documentFormattingProvider'],
        ...['documentRangeFormattingProvider', 'callHierarchyProvider'],
      ]),
    );
  });

  it('finds imports on the disk without a workspace, and reports nothing on a good file', async () => {
    expect(await server.diagnostics(uri, () => true)).toEqual([]);
  });

  it('runs the slow checks on save, and keeps them until the next change', async () => {
    await server.change(uri, TEXT.replace('link n1 -> n2', 'link n2 -> n1'));
    await server.save(uri);
    const slow = await server.diagnostics(uri, (found) => found.length > 0);
    expect(slow.map(({ code }) => code)).toContain('demand-no-path');
    await server.change(uri, TEXT);
    await server.diagnostics(uri, (found) => found.length === 0);
  });

  it('grows selections', async () => {
    const [range] = await connection.sendRequest<{ range: unknown; parent: unknown }[]>(
      'textDocument/selectionRange',
      { textDocument: { uri }, positions: [{ line: 6, character: 24 }] },
    );
    expect(range).toMatchObject({ parent: { parent: {} } });
  });

  it('lists studies with their expectations', async () => {
    const answer = await connection.sendRequest(STUDIES_REQUEST, { version: PROTOCOL_VERSION, uri });
    const { studies } = StudiesAnswer.parse(answer);
    expect(studies).toMatchObject([
      { name: 'Region', kind: 'characterize', expectations: [{ text: 'expect dimension 1' }] },
    ]);
  });

  it('answers with the scenario, its studies and where each part is written', async () => {
    const answer = await connection.sendRequest(SCENARIO_REQUEST, { version: PROTOCOL_VERSION, uri });
    const { scenario, studies, errors, sources } = ScenarioAnswer.parse(answer);
    expect(errors).toEqual([]);
    expect(scenario?.feeder?.buses.map(({ id }) => id)).toEqual(['b1', 'b2']);
    expect(studies).toHaveLength(1);
    expect(sources?.['station:CS1'].range.line).toBe(10);
  });

  it('shows the last result of a study above it', async () => {
    await connection.sendNotification(STUDY_RESULT_NOTIFICATION, {
      version: PROTOCOL_VERSION,
      uri,
      study: 'Region',
      summary: '3.6 MW, 2 s',
    });
    expect(await server.lenses(uri)).toEqual(['▶ Run', 'Show region', 'Run tests (1)', '3.6 MW, 2 s']);
  });

  it('knows the results that the editor remembers from before the server was started', async () => {
    await server.open('memory:/kept.v2g', TEXT);
    expect(await server.lenses('memory:/kept.v2g')).toContain('62.2 MW³, 12 s');
  });

  it('asks the editor for files that are on no disk, again after one that was not there', async () => {
    connection.onRequest<ResourceAnswer, unknown>(RESOURCE_REQUEST, (message: { uri: string }) => {
      const found = message.uri === 'memory:/grid.v2g';
      return found
        ? { version: PROTOCOL_VERSION, kind: 'file', text: GRID }
        : { version: PROTOCOL_VERSION, kind: 'nothing' };
    });
    await server.open('memory:/main.v2g', TEXT);
    expect(await server.diagnostics('memory:/main.v2g', () => true)).toEqual([]);
    await server.open('memory:/other.v2g', TEXT.replace('grid.v2g', 'nowhere.v2g'));
    const missing = await server.diagnostics('memory:/other.v2g', (found) => found.length > 0);
    expect(missing.map(({ code }) => code)).toContain('import-missing');
  });

  it('says how it is started when it is started without a transport', () => {
    const { status, stderr } = spawnSync(process.execPath, [server.entry], { encoding: 'utf8' });
    expect(status).toBe(2);
    expect(stderr).toContain('v2g-language-server --stdio');
  });
});

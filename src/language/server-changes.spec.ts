/** What is asked while files are changed, saved and opened: an answer for each request, about the text as it then is. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServerProcess } from '../../test/fixtures/language/server-process.js';
import { GRID, SMALL } from '../../test/fixtures/language/small-files.js';
import { PROTOCOL_VERSION, SCENARIO_REQUEST, ScenarioAnswer } from './protocol.js';

const TEXT = `${SMALL}study Region characterize { axes CS1 at 18:00 }
`;
/** So long that the server waits a moment before it parses it: a keystroke more would be cheaper. */
const LONG = TEXT + '// a remark that takes room and nothing else\n'.repeat(4000);

let server: ServerProcess;
/** What the server has asked the editor to ask again. */
const refreshed: string[] = [];

beforeAll(async () => {
  server = await ServerProcess.start({
    capabilities: {
      workspace: { codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } },
    },
  });
  for (const what of ['codeLens', 'inlayHint']) {
    server.connection.onRequest(`workspace/${what}/refresh`, () => {
      refreshed.push(what);
      return null;
    });
  }
  writeFileSync(join(server.folder, 'grid.v2g'), GRID);
});
afterAll(() => server.stop());

const moment = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function opened(name: string, text = TEXT): Promise<string> {
  const uri = server.uriOf(name);
  await server.open(uri, text);
  await server.diagnostics(uri, () => true);
  return uri;
}

describe('lenses', () => {
  it('are those of the text just typed, whenever it is saved and whenever they are asked for', async () => {
    const uri = await opened('typed.v2g');
    for (let round = 0; round < 24; round++) {
      const test = `expect dimension ${round}`;
      await server.change(uri, TEXT.replace('at 18:00 }', `at 18:00 ${test} }`));
      const before = round % 2 ? server.lenses(uri) : undefined;
      await moment(round / 2);
      await server.save(uri);
      const lenses = await (before ?? server.lenses(uri));
      expect(lenses, `round ${round}`).toEqual(['▶ Run', 'Show region', 'Run tests (1)']);
      await server.change(uri, TEXT);
      expect(await server.lenses(uri)).toHaveLength(2);
    }
  });

  it('of a file opened while a long one is read come when it is its turn', async () => {
    await server.open(server.uriOf('long.v2g'), LONG);
    const uri = server.uriOf('beside-long.v2g');
    await server.open(uri, TEXT);
    expect(await server.lenses(uri)).toEqual(['▶ Run', 'Show region']);
  });

  it('of a file changed while a long one is read are those of the changed text', async () => {
    const [long, uri] = [await opened('long-too.v2g', LONG), await opened('waiting.v2g')];
    await server.change(long, `${LONG}\n`);
    await server.change(uri, TEXT.replace('at 18:00', 'at 18:00 expect dimension 1'));
    expect(await server.lenses(uri)).toContain('Run tests (1)');
  });
});

describe('references', () => {
  it('in a file changed while a long one is read are those of the changed text', async () => {
    const [long, uri] = [await opened('long-again.v2g', LONG), await opened('renamed.v2g')];
    await server.change(long, `${LONG}\n`);
    await server.change(uri, `\n\n${TEXT}`);
    const line = TEXT.split('\n').findIndex((each) => each.startsWith('station CS1')) + 2;
    const highlights = await server.connection.sendRequest<{ range: { start: { line: number } } }[]>(
      'textDocument/documentHighlight',
      { textDocument: { uri }, position: { line, character: 'station C'.length } },
    );
    // The station, its coupling, its axis.
    expect(highlights.map(({ range }) => range.start.line)).toEqual([line, line + 1, line + 2]);
  });
});

describe('checks', () => {
  it('of a file are done although another one is saved in the same moment', async () => {
    const [first, second] = [await opened('first.v2g'), await opened('second.v2g')];
    await server.change(first, TEXT.replace('link n1 -> n2', 'link n2 -> n1'));
    await server.change(second, TEXT.replace('bus b2 }', 'bus nowhere }'));
    await Promise.all([server.save(first), server.save(second)]);
    // A road too few is found by the slow checks, which are those on save.
    const slow = await server.diagnostics(first, (found) => found.length > 0);
    expect(slow.map(({ code }) => code)).toContain('demand-no-path');
    const fast = await server.diagnostics(second, (found) => found.length > 0);
    expect(fast.map(({ code }) => code)).toContain('name-unknown');
  });
});

describe('the scenario', () => {
  it('is that of the changed text when a change cuts its checks short', async () => {
    const uri = server.uriOf('run.v2g');
    await server.open(uri, `${LONG}study Broken charcterize { }\n`);
    const asked = server.connection.sendRequest(SCENARIO_REQUEST, { version: PROTOCOL_VERSION, uri });
    await server.change(uri, `${LONG}\n\nstudy Broken charcterize { }\n`);
    const { scenario, errors } = ScenarioAnswer.parse(await asked);
    expect(scenario).toBeNull();
    expect(errors.join()).toContain('charcterize');
  });
});

describe('an editor is asked to ask again', () => {
  const since = async (act: () => Promise<unknown>) => {
    await moment(400);
    refreshed.length = 0;
    await act();
    await moment(500);
    return refreshed;
  };

  it('for hints, once, when a file that they depend on has been typed into', async () => {
    const [uri, grid] = [await opened('hints.v2g'), await opened('grid.v2g', GRID)];
    const typing = async () => {
      for (let key = 0; key < 5; key++) {
        await server.change(grid, GRID.replace('100 kW', `${100 + key} kW`));
        await moment(20);
      }
    };
    expect(await since(typing)).toEqual(['inlayHint']);
    expect(uri).not.toBe(grid);
  });

  it('for hints and lenses when a setting has changed', async () => {
    const settings = { v2g: { codeLens: { enabled: true } } };
    const found = await since(() =>
      server.connection.sendNotification('workspace/didChangeConfiguration', { settings }),
    );
    expect([...found].sort()).toEqual(['codeLens', 'inlayHint']);
  });
});

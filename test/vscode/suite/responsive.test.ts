/** The editor while a study runs: the workers may be busy, the person who writes must not notice. */
import assert from 'node:assert/strict';
import { availableParallelism } from 'node:os';
import * as vscode from 'vscode';
import { at, closeAll, eventually, workspaceFile } from './workspace.js';

/** Completion answers within this time while all workers are busy. */
const ANSWER_MS = 200;
/** How many of a hundred answers. */
const SHARE = 0.95;
/** On the shared machine of a CI run all figures are printed, and only a stall fails: no neighbour makes one of seconds. */
const PATIENCE = process.env.CI ? 10 : 1;
const ROUND_TRIPS = 40;
/** A person pauses between two words. */
const PAUSE_MS = 100;
const WARM_UP = 5;
/** After it every worker has loaded its solver and works. */
const START_MS = 3000;

suite('the editor during a run', function () {
  this.timeout(180_000);
  teardown(closeAll);
  suiteTeardown(() => setWorkers(undefined));

  // The default setting leaves a core to the editor; one worker a core leaves it only what their priority says.
  for (const workers of [0, availableParallelism()]) {
    const named = workers === 0 ? 'the workers of the default setting' : `${workers} workers, one a core,`;
    test(`completes within ${ANSWER_MS} ms while ${named} are busy`, async () => {
      await setWorkers(workers);
      const file = workspaceFile('evening-peak.v2g');
      const editor = await vscode.window.showTextDocument(file);
      const place = at(editor, 'couple CS3 { node ');
      await eventually('completion', async () => ((await complete(file, place)) > 0 ? true : undefined));
      const idle = await roundTrips(file, place);
      let ended = false;
      const study = { uri: file.toString(), study: 'Region' };
      void vscode.commands.executeCommand('v2g.runStudy', study).then(() => (ended = true));
      await new Promise((done) => setTimeout(done, START_MS));
      const busy = await roundTrips(file, place);
      assert.ok(!ended, 'the run was over before the last completion');
      console.log(`    completion in ms, idle ${words(idle)}; with ${named} busy ${words(busy)}`);
      assert.ok(
        quantile(busy, SHARE) <= PATIENCE * ANSWER_MS,
        `${SHARE * 100} % within ${quantile(busy, SHARE).toFixed(0)} ms`,
      );
    });
  }
});

async function setWorkers(count: number | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('v2g');
  await settings.update('study.workers', count, vscode.ConfigurationTarget.Global);
}

/** Number of entries. */
async function complete(file: vscode.Uri, place: vscode.Position): Promise<number> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    file,
    place,
  );
  return list?.items.length ?? 0;
}

/** Milliseconds from the question, in the extension host, to the answer of the language server. */
async function roundTrips(file: vscode.Uri, place: vscode.Position): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < WARM_UP + ROUND_TRIPS; i++) {
    await new Promise((done) => setTimeout(done, PAUSE_MS));
    const start = performance.now();
    assert.ok((await complete(file, place)) > 0);
    if (i >= WARM_UP) times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];

const words = (sorted: readonly number[]): string =>
  `median ${quantile(sorted, 0.5).toFixed(0)}, 95 % ${quantile(sorted, 0.95).toFixed(0)}, most ${sorted.at(-1)!.toFixed(0)}`;

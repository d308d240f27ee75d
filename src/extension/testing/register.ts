import * as vscode from 'vscode';
import {
  TEST_STUDY_COMMAND,
  type StudyCommandArguments,
  type StudyOutline,
} from '../../language/protocol.js';
import type { ExpectationOutcome } from '../../solver/expectations/evaluate.js';
import { TestTree, toRange, type StudyTest } from './test-tree.js';

/** Runs a study; one outcome per `expect` line, in their order. Rejects in plain words when it cannot be run. */
export type StudyTester = (
  uri: vscode.Uri,
  study: string,
  cancel: vscode.CancellationToken,
) => Promise<ExpectationOutcome[]>;

/** Test Explorer: each study with `expect` lines is a test; a failing line is marked with expected and found. */
export function registerTesting(
  studiesOf: (uri: vscode.Uri) => Promise<StudyOutline[]>,
  tester: StudyTester,
): vscode.Disposable {
  const controller = vscode.tests.createTestController('v2g', 'V2G Flexibility');
  const tree = new TestTree(controller, studiesOf);

  const runTests = async (
    request: vscode.TestRunRequest,
    cancel: vscode.CancellationToken,
  ): Promise<void> => {
    const run = controller.createTestRun(request);
    const included = request.include ?? [...controller.items].map(([, item]) => item);
    const excluded = new Set(request.exclude);
    const items = included
      .flatMap((item) => (tree.testOf(item) ? [item] : [...item.children].map(([, child]) => child)))
      .filter((item) => !excluded.has(item));
    for (const item of items) run.enqueued(item);
    for (const item of items) {
      if (cancel.isCancellationRequested) run.skipped(item);
      else await runOne(run, item, tree.testOf(item)!, tester, run.token);
    }
    run.end();
  };
  controller.createRunProfile('Run', vscode.TestRunProfileKind.Run, runTests, true);

  const command = vscode.commands.registerCommand(
    TEST_STUDY_COMMAND,
    async ({ uri, study }: StudyCommandArguments) => {
      const file = vscode.Uri.parse(uri);
      await tree.update(file);
      const item = tree.find(file, study);
      if (!item) return;
      const source = new vscode.CancellationTokenSource();
      await runTests(new vscode.TestRunRequest([item]), source.token);
      source.dispose();
    },
  );
  return vscode.Disposable.from(command, tree, controller);
}

async function runOne(
  run: vscode.TestRun,
  item: vscode.TestItem,
  { uri, study }: StudyTest,
  tester: StudyTester,
  cancel: vscode.CancellationToken,
): Promise<void> {
  run.started(item);
  const start = Date.now();
  try {
    const outcomes = await tester(uri, study.name, cancel);
    if (cancel.isCancellationRequested) {
      run.skipped(item);
      return;
    }
    const messages = outcomes.flatMap(({ passed, expected, found }, index) => {
      run.appendOutput(`${passed ? '✓' : '✗'} expect ${expected}: found ${found}\r\n`, undefined, item);
      if (passed) return [];
      const message = vscode.TestMessage.diff(`Expected ${expected}, found ${found}`, expected, found);
      message.location = new vscode.Location(uri, toRange(study.expectations[index].range));
      return [message];
    });
    if (messages.length > 0) run.failed(item, messages, Date.now() - start);
    else run.passed(item, Date.now() - start);
  } catch (error) {
    if (cancel.isCancellationRequested) run.skipped(item);
    else
      run.errored(
        item,
        new vscode.TestMessage(error instanceof Error ? error.message : String(error)),
        Date.now() - start,
      );
  }
}

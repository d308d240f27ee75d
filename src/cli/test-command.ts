/** The command line of `v2g test`. */
import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import { loadFile } from '../language/node-file-system.js';
import { WorkerPool } from '../solver/engine/worker-pool.js';
import { runStudy, RUNNABLE_KINDS } from '../solver/study.js';
import { EXIT } from './exit-codes.js';
import { terminal } from './output.js';
import { exitOnSecondInterrupt, positiveInteger, WORKER_ENTRY } from './run-command.js';
import { test, type TestOptions } from './test.js';

export function testCommand(): Command {
  return new Command('test')
    .description('Run the studies that state what they expect; exit 1 with what was found beside it.')
    .argument('<file...>', 'files that state scenarios and studies with expect lines')
    .option('--study <name>', 'test this study and what it builds on, not all of them')
    .option('--junit <out>', 'write a JUnit XML report')
    .option(
      '--workers <count>',
      'worker threads; results do not depend on it',
      positiveInteger,
      availableParallelism(),
    )
    .addHelpText(
      'after',
      `
Exit codes: ${EXIT.ok} every expectation holds; ${EXIT.failed} one does not, or a file has errors;
${EXIT.usage} wrong command line; ${EXIT.internal} a study failed; ${EXIT.interrupted} stopped by Ctrl-C.`,
    )
    .action(async (files: string[], options: TestOptions) => {
      process.exitCode = await test(files, options, {
        load: loadFile,
        runners: Object.fromEntries(RUNNABLE_KINDS.map((kind) => [kind, runStudy])),
        createEngine: (workers) => new WorkerPool(workers, WORKER_ENTRY),
        output: terminal,
        progress: process.stderr,
        signal: exitOnSecondInterrupt(),
      });
    });
}

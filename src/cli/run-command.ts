/** The command line of `v2g run`: options, worker threads, Ctrl-C. */
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { loadFile } from '../language/node-file-system.js';
import { regionSvg } from '../report/region-svg.js';
import { WorkerPool } from '../solver/engine/worker-pool.js';
import { runStudy, RUNNABLE_KINDS } from '../solver/study.js';
import { EXIT } from './exit-codes.js';
import { terminal } from './output.js';
import { run, type RunOptions } from './run.js';

/** The build puts the workers' entry beside the command. */
export const WORKER_ENTRY = new URL('./worker.js', import.meta.url);

export function runCommand(): Command {
  return new Command('run')
    .description('Run the studies of a file and print what they found.')
    .argument('<file>', 'a file that states a scenario and studies')
    .option('--study <name>', 'run this study and what it builds on, not all of them')
    .option('--budget <amounts...>', 'budgets instead of those in the file, such as 1000,2000 or unlimited')
    .option('--json <out>', 'write the result file; "-" for standard output, which then carries nothing else')
    .option(
      '--warm <result>',
      'start from what an earlier run found, perhaps before the file was changed: a result file',
    )
    .option(
      '--bounds',
      'prove outer bounds for each budget as well, which takes minutes; Ctrl-C keeps what is proven',
    )
    .option(
      '--sensitivity',
      'what a larger budget, higher coupon caps, more ports and stronger lines would add',
    )
    .option('--svg <out>', 'write the picture of the region')
    .option(
      '--workers <count>',
      'worker threads; results do not depend on it',
      positiveInteger,
      availableParallelism(),
    )
    .addOption(
      new Option('--feeder <choice>', "keep to the feeder's limits, leave it out, or print both measures")
        .choices(['on', 'off', 'both'])
        .default('on'),
    )
    .addHelpText('after', exitCodesHelp())
    .action(async (file: string, options: RunOptions) => {
      process.exitCode = await run(file, options, {
        load: loadFile,
        runners: Object.fromEntries(RUNNABLE_KINDS.map((kind) => [kind, runStudy])),
        createEngine: (workers) => new WorkerPool(workers, WORKER_ENTRY).start(),
        draw: regionSvg,
        output: terminal,
        progress: process.stderr,
        signal: exitOnSecondInterrupt(),
        generator: { name: 'v2g', version: packageJson.version },
      });
    });
}

/** Aborted by Ctrl-C, and by the SIGTERM with which a cluster ends a job's time. */
export function exitOnSecondInterrupt(): AbortSignal {
  const interrupt = new AbortController();
  process.once('SIGTERM', () => interrupt.abort());
  process.once('SIGINT', () => {
    interrupt.abort();
    // Who presses twice does not want to wait for the files either.
    process.once('SIGINT', () => process.exit(EXIT.interrupted));
  });
  return interrupt.signal;
}

export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('want a whole number from 1 on.');
  return value;
}

function exitCodesHelp(): string {
  return `
Exit codes: ${EXIT.ok} all is well; ${EXIT.failed} errors in the file; ${EXIT.usage} wrong command line;
${EXIT.notRunnable} a study that this version cannot run; ${EXIT.infeasible} a study without an answer (why is printed);
${EXIT.internal} a fault of v2g; ${EXIT.interrupted} stopped by Ctrl-C (what was found is written, marked partial).`;
}

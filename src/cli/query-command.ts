/** The command line of `v2g query`. */
import { availableParallelism } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { loadFile } from '../language/node-file-system.js';
import { WorkerPool } from '../solver/engine/worker-pool.js';
import { runStudy, RUNNABLE_KINDS } from '../solver/study.js';
import { EXIT } from './exit-codes.js';
import { terminal } from './output.js';
import { query, type QueryOptions } from './query.js';
import { exitOnSecondInterrupt, positiveInteger, WORKER_ENTRY } from './run-command.js';

export function queryCommand(): Command {
  return new Command('query')
    .description('Ask for operating points: the cheapest coupons that bring them about, with certificate.')
    .argument('<file>', 'a file that states a scenario and a characterize study')
    .option('--study <name>', 'the study whose axes are meant; the first one when left out')
    .option('--at <loads...>', 'operating points, such as 1.2,0.8,1.5 or CS1=1.2MW,CS2=800kW,CS3=1.5MW')
    .option('--budget <amount>', 'the most that coupons may cost; unlimited when left out')
    .option('--result <result>', 'a result file of the study: queries start from its points')
    .option('--sample <count>', 'ask for random points inside the hull of a budget', positiveInteger)
    .option('--seed <number>', 'of the random points', integer, 1)
    .option('--price-map', 'the least subsidy over the region, on its corners and on a lattice inside')
    .option(
      '--spread',
      'what else the coupons of the answers can bring about, and coupons that rule it out; without --at, of all points whose cold solve differs',
    )
    .option('--json <out>', 'write the result file with the answers; "-" for standard output')
    .option('--workers <count>', 'worker threads', positiveInteger, availableParallelism())
    .addOption(
      new Option('--feeder <choice>', "keep to the feeder's limits or leave it out")
        .choices(['on', 'off'])
        .default('on'),
    )
    .addHelpText(
      'after',
      `
Exit codes: ${EXIT.ok} every point was reached; ${EXIT.failed} errors in a file; ${EXIT.usage} wrong command line;
${EXIT.infeasible} a point was not reached (why, and the nearest one, were printed); ${EXIT.interrupted} stopped by Ctrl-C.`,
    )
    .action(async (file: string, options: QueryOptions) => {
      process.exitCode = await query(file, options, {
        load: loadFile,
        runners: Object.fromEntries(RUNNABLE_KINDS.map((kind) => [kind, runStudy])),
        createEngine: (workers) => new WorkerPool(workers, WORKER_ENTRY),
        output: terminal,
        progress: process.stderr,
        signal: exitOnSecondInterrupt(),
        generator: { name: 'v2g', version: packageJson.version },
      });
    });
}

function integer(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('want a whole number.');
  return value;
}

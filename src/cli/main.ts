#!/usr/bin/env node
/** The `v2g` command: one file for each of its commands, and this list of them. */
import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { checkCommand } from './check.js';
import { diffCommand } from './diff.js';
import { EXIT } from './exit-codes.js';
import { formatCommand } from './format.js';
import { queryCommand } from './query-command.js';
import { reportCommand } from './report.js';
import { runCommand } from './run-command.js';
import { testCommand } from './test-command.js';
import { verifyCommand } from './verify.js';

const program = new Command('v2g')
  .description('Certified flexible operation regions of charging stations, from .v2g files.')
  .version(packageJson.version)
  .showHelpAfterError('(v2g --help lists the commands)')
  .exitOverride();

for (const command of [
  checkCommand(),
  formatCommand(),
  runCommand(),
  testCommand(),
  queryCommand(),
  verifyCommand(),
  diffCommand(),
  reportCommand(),
]) {
  program.addCommand(command.copyInheritedSettings(program));
}

// Who reads through `head` closes the pipe early: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  } else {
    process.stderr.write(`v2g: internal fault: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT.internal;
  }
}

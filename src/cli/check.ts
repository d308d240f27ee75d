/** `v2g check FILE…`: every diagnostic of the files and of what they import. */
import { Command } from 'commander';
import { loadFile } from '../language/node-file-system.js';
import type { ProgramDiagnostic } from '../language/study-host.js';
import { countLine, diagnosticLine } from './diagnostics.js';
import type { ExitCode } from './exit-codes.js';
import { EXIT } from './exit-codes.js';
import type { Output } from './output.js';
import { terminal } from './output.js';

export function checkCommand(): Command {
  return new Command('check')
    .description('Check files and what they import; exit 1 when there are errors.')
    .argument('<file...>', 'files to check')
    .action(async (files: string[]) => {
      process.exitCode = await check(files, terminal);
    });
}

/** Prints `file:line:col severity message [code]` for each diagnostic, and a count on the error stream. */
export async function check(files: readonly string[], output: Output): Promise<ExitCode> {
  // A file that several of the given ones import is reported once.
  const found = new Map<string, ProgramDiagnostic>();
  for (const file of files) {
    for (const diagnostic of (await loadFile(file)).diagnostics)
      found.set(diagnosticLine(diagnostic), diagnostic);
  }
  for (const line of found.keys()) output.line(line);
  const diagnostics = [...found.values()];
  if (diagnostics.length > 0) output.note(countLine(diagnostics));
  return diagnostics.some(({ severity }) => severity === 'error') ? EXIT.failed : EXIT.ok;
}

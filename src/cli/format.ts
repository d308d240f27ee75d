/** `v2g format FILE…`: rewrites files in the one layout, or says which ones differ from it. */
import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { formatText } from '../language/format-text.js';
import { shortPath } from './diagnostics.js';
import type { ExitCode } from './exit-codes.js';
import { EXIT } from './exit-codes.js';
import type { Output } from './output.js';
import { terminal } from './output.js';

export function formatCommand(): Command {
  return new Command('format')
    .description('Format files in place; a file with syntax errors is left alone.')
    .argument('<file...>', 'files to format')
    .option('--check', 'change nothing; exit 1 when a file is not formatted')
    .action(async (files: string[], { check }: { check?: boolean }) => {
      process.exitCode = await format(files, check ?? false, terminal);
    });
}

export async function format(
  files: readonly string[],
  checkOnly: boolean,
  output: Output,
): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  for (const file of files) {
    const text = await read(file);
    const formatted = text instanceof Error ? text : formatText(text);
    if (formatted instanceof Error) {
      output.note(`${shortPath(file)}: ${formatted.message}`);
      code = EXIT.failed;
    } else if (formatted !== text && checkOnly) {
      output.line(`${shortPath(file)}: not formatted`);
      code = EXIT.failed;
    } else if (formatted !== text) {
      await writeFile(file, formatted);
      output.line(`${shortPath(file)}: formatted`);
    }
  }
  return code;
}

async function read(file: string): Promise<string | Error> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return new Error(
      missing ? 'the file does not exist' : `the file cannot be read: ${(error as Error).message}`,
    );
  }
}

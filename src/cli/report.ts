/** `v2g report RESULT.json -o report.html`: the report that the panel exports, from the terminal. */
import { Command } from 'commander';
import { reportHtml } from '../report/html.js';
import { shortPath } from './diagnostics.js';
import type { ExitCode } from './exit-codes.js';
import { EXIT } from './exit-codes.js';
import type { Output } from './output.js';
import { terminal } from './output.js';
import { readResultFile, writeTextFile } from './result-file.js';

export function reportCommand(): Command {
  return new Command('report')
    .description('Write a result file as one HTML page that needs nothing else.')
    .argument('<result>', 'a result file, as written by v2g run --json')
    .requiredOption('-o, --output <file>', 'the page to write; "-" for standard output')
    .action(async (file: string, options: { output: string }) => {
      process.exitCode = await report(file, options.output, terminal);
    });
}

export async function report(file: string, target: string, output: Output): Promise<ExitCode> {
  const result = await readResultFile(file);
  if (result instanceof Error) {
    output.note(`${shortPath(file)}: ${result.message}`);
    return EXIT.failed;
  }
  if (!result.studies.some((study) => study.kind === 'characterize')) {
    output.note(`${shortPath(file)}: holds no region to report on; run a characterize study first`);
    return EXIT.failed;
  }
  const page = await reportHtml(result);
  if (target === '-') {
    output.line(page);
    return EXIT.ok;
  }
  await writeTextFile(target, page);
  output.note(`wrote ${shortPath(target)}`);
  return EXIT.ok;
}

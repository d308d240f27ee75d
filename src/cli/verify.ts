/** `v2g verify RESULT.json`: the referee recomputes every claim of a result file. */
import { Command } from 'commander';
import type { Finding } from '../referee/finding.js';
import { NOT_RECOMPUTED, verifyResult } from '../referee/verify.js';
import { shortPath } from './diagnostics.js';
import type { ExitCode } from './exit-codes.js';
import { EXIT } from './exit-codes.js';
import type { Output } from './output.js';
import { terminal } from './output.js';
import { readResultFile } from './result-file.js';

/** Violations printed for one study; a wrong scenario breaks every claim of every point. */
const PRINTED_VIOLATIONS = 40;

export function verifyCommand(): Command {
  return new Command('verify')
    .description('Recompute every claim of result files; exit 1 when one does not hold.')
    .argument('<result...>', 'result files, as written by v2g run --json')
    .option('--all', 'print every violation, not only the first of each study')
    .action(async (files: string[], { all }: { all?: boolean }) => {
      process.exitCode = await verify(files, all ?? false, terminal);
    });
}

/** Prints a summary of each study and its violations. */
export async function verify(files: readonly string[], all: boolean, output: Output): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  for (const file of files) {
    const result = await readResultFile(file);
    if (result instanceof Error) {
      output.note(`${shortPath(file)}: ${result.message}`);
      code = EXIT.failed;
      continue;
    }
    const findings = verifyResult(result);
    if (findings.some(({ ok }) => !ok)) code = EXIT.failed;
    output.line(
      `${shortPath(file)}: ${result.scenario.name}, by ${result.generator.name} ${result.generator.version}`,
    );
    for (const study of ['scenario', ...result.studies.map(({ name }) => name)]) {
      const own = findings.filter((finding) => finding.study === study);
      for (const line of studyReport(study, own, all)) output.line(line);
    }
    output.line(`  not recomputed: ${NOT_RECOMPUTED.join('; ')}`);
  }
  return code;
}

function studyReport(study: string, findings: readonly Finding[], all: boolean): string[] {
  const violations = findings.filter(({ ok }) => !ok);
  const points = new Set(
    findings.filter(({ point }) => point !== null).map(({ region, point }) => `${region}/${point}`),
  );
  const shown = all ? violations : violations.slice(0, PRINTED_VIOLATIONS);
  const counts = `${points.size} points, ${findings.length} claims`;
  return [
    `  ${study}: ${counts}, ${findings.length === 0 ? 'nothing to check' : violations.length === 0 ? 'all hold' : `${violations.length} do not hold`}`,
    ...shown.map((finding) => `    ${violationLine(finding)}`),
    ...(shown.length < violations.length
      ? [`    … and ${violations.length - shown.length} more (--all)`]
      : []),
  ];
}

/** "2000 CNY, point 17: subsidy within budget, money: stated 2000, recomputed 2003.1 (tolerance 0.002)". */
function violationLine({ region, point, claim, stated, recomputed, tolerance }: Finding): string {
  const place = [region, typeof point === 'number' ? `point ${point}` : point].filter(
    (part) => part !== null,
  );
  const where = place.length > 0 ? `${place.join(', ')}: ` : '';
  const within = tolerance > 0 ? ` (tolerance ${tolerance})` : '';
  return `${where}${claim}: stated ${stated ?? 'nothing'}, recomputed ${recomputed ?? 'nothing'}${within}`;
}

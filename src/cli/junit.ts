/** The outcome of `v2g test` as JUnit XML, the form in which CI systems read tests. */
import { create } from 'xmlbuilder2';
import type { SourceLocation } from '../language/source-map.js';
import type { ExpectationOutcome } from '../solver/expectations/evaluate.js';
import { shortPath } from './diagnostics.js';

export interface LocatedOutcome extends ExpectationOutcome {
  location: SourceLocation | undefined;
}

export interface TestedStudy {
  file: string;
  /** Null where the file has errors and no study of it was run. */
  study: string | null;
  seconds: number;
  outcomes: readonly LocatedOutcome[];
  /** Diagnostics that kept the file from being run. */
  errors?: readonly string[];
}

/** One suite a study, one case an expectation; a file with errors is a suite with one case in error. */
export function junitXml(tested: readonly TestedStudy[]): string {
  const total = counts(tested);
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('testsuites', total);
  for (const one of tested) {
    const { file, study, seconds, outcomes, errors } = one;
    // The study is run once for all its expectations: time belongs to the suite.
    const suite = root.ele('testsuite', {
      name: study ?? file,
      ...counts([one]),
      time: seconds.toFixed(3),
    });
    for (const { passed, expected, found, location } of outcomes) {
      const place = location && { file: shortPath(location.file), line: location.range.line };
      const test = suite.ele('testcase', { classname: `${file}.${study}`, name: expected, ...place });
      if (passed) continue;
      const message = `expected ${expected}, found ${found}`;
      const at = place ? `${place.file}:${place.line}:${location.range.column} ` : '';
      test.ele('failure', { type: 'expectation', message }).txt(`${at}${message}`);
    }
    if (errors) {
      const test = suite.ele('testcase', { classname: file, name: 'errors', file });
      test.ele('error', { type: 'diagnostics', message: errors[0] ?? '' }).txt(errors.join('\n'));
    }
  }
  return `${root.end({ prettyPrint: true })}\n`;
}

function counts(tested: readonly TestedStudy[]): Record<'tests' | 'failures' | 'errors', number> {
  const outcomes = tested.flatMap((one) => one.outcomes);
  const errors = tested.filter((one) => one.errors).length;
  return {
    tests: outcomes.length + errors,
    failures: outcomes.filter(({ passed }) => !passed).length,
    errors,
  };
}

/** Diagnostics on a terminal, one line each, in the form that problem matchers of editors read. */
import { relative } from 'node:path';
import type { ProgramDiagnostic } from '../language/study-host.js';

/** `file:line:col severity message [code]`; the file is relative to the working directory when it lies in it. */
export function diagnosticLine(diagnostic: ProgramDiagnostic): string {
  const { file, line, column, severity, message, code } = diagnostic;
  return `${shortPath(file)}:${line}:${column} ${severity} ${message.replace(/\s+/g, ' ')} [${code}]`;
}

/** A path as a person in the working directory would write it. */
export function shortPath(file: string): string {
  const path = relative('', file);
  return path === '' || path.startsWith('..') ? file : path;
}

/** `2 errors, 1 warning`. */
export function countLine(diagnostics: readonly ProgramDiagnostic[]): string {
  const count = (severity: ProgramDiagnostic['severity']) =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return `${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

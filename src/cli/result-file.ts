/** Reading and writing result files, with errors in plain words. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import { RESULT_FORMAT, RESULT_VERSION, ResultFile } from '../solver/result.js';

/** Of a malformed file, the first problems are enough to see what is wrong. */
const SHOWN_PROBLEMS = 5;

/** The file, or what is wrong with it. */
export async function readResultFile(path: string): Promise<ResultFile | Error> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return new Error(
      missing ? 'the file does not exist' : `the file cannot be read: ${(error as Error).message}`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return new Error(`not JSON: ${(error as Error).message}`);
  }
  const { format, version } = (value ?? {}) as { format?: unknown; version?: unknown };
  if (format !== RESULT_FORMAT) return new Error(`not a result file: its "format" is not "${RESULT_FORMAT}"`);
  if (typeof version === 'number' && version > RESULT_VERSION) {
    return new Error(`written in version ${version} of the format; this v2g reads version ${RESULT_VERSION}`);
  }
  const parsed = ResultFile.safeParse(value);
  return parsed.success ? parsed.data : new Error(`not a valid result file:\n${problems(parsed.error)}`);
}

function problems({ issues }: z.ZodError): string {
  const shown = issues.slice(0, SHOWN_PROBLEMS).map(({ path, message }) => {
    const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
    return `  ${place.replace(/^\./, '') || 'the file'}: ${message}`;
  });
  const more = issues.length - shown.length;
  return [...shown, ...(more > 0 ? [`  … and ${more} more`] : [])].join('\n');
}

/** Writes a text file, making its folder where it is missing. */
export async function writeTextFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

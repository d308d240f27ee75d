/**
 * Results on disk, one file per study, so that an unchanged scenario opens at once and survives a restart. The first
 * line is the result without its plans, each line after it the plan of a point: read, but not parsed before it is asked for.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { ResultFile } from '../../solver/result.js';
import type { StudyRecord } from './plans.js';

const Head = z.object({ version: z.literal(2), fingerprint: z.string(), result: ResultFile });
export interface Stored {
  fingerprint: string;
  record: StudyRecord;
}

export class ResultStore {
  /** @param folder made when the first result is kept */
  constructor(private readonly folder: string) {}

  /** Null where there is none, or none that this version can read. */
  async load(uri: string, study: string): Promise<Stored | null> {
    try {
      const [head, ...plans] = (await readFile(this.file(uri, study), 'utf8')).split('\n');
      const parsed = Head.safeParse(JSON.parse(head));
      if (!parsed.success) return null;
      const { fingerprint, result } = parsed.data;
      return { fingerprint, record: { result, plans } };
    } catch {
      return null;
    }
  }

  /** @throws Error of the file system */
  async save(uri: string, study: string, { fingerprint, record }: Stored): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const file = this.file(uri, study);
    // Written beside and renamed, so that nobody ever reads half a file.
    const draft = `${file}.${process.pid}`;
    const head = JSON.stringify({ version: 2, fingerprint, result: record.result });
    await writeFile(draft, [head, ...record.plans].join('\n'));
    await rename(draft, file);
  }

  private file(uri: string, study: string): string {
    const name = createHash('sha256').update(`${uri}\n${study}`).digest('hex').slice(0, 32);
    return path.join(this.folder, `${name}.json`);
  }
}
